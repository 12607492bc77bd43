/** Looking things up in a merged configuration. A value of the wrong kind is not there: `known-keys.ts` has told of it. */
import { resolve } from 'node:path'
import type { ConfigurationTable, ConfigurationValue, Origin } from './values.js'

export interface Text {
  readonly text: string
  readonly at: Origin
}

export function valueAt(root: ConfigurationTable, ...path: readonly string[]): ConfigurationValue | undefined {
  let value: ConfigurationValue | undefined = root
  for (const part of path) value = value?.k === 'table' ? value.entries.get(part) : undefined
  return value
}

/** The entries of a table; none when there is no such table. */
export function entriesAt(
  root: ConfigurationTable,
  ...path: readonly string[]
): readonly (readonly [string, ConfigurationValue])[] {
  const value = valueAt(root, ...path)
  return value?.k === 'table' ? [...value.entries] : []
}

export function textAt(root: ConfigurationTable, ...path: readonly string[]): Text | undefined {
  const value = valueAt(root, ...path)
  return value?.k === 'string' ? { text: value.value, at: value.at } : undefined
}

/** A string, or the elements of a list of strings. */
export function textsOf(value: ConfigurationValue | undefined): readonly Text[] {
  if (value?.k === 'string') return [{ text: value.value, at: value.at }]
  return value?.k === 'list'
    ? value.items.flatMap((item) => (item.k === 'string' ? [{ text: item.value, at: item.at }] : []))
    : []
}

/** Words: the elements of a list, or a string split at white space. */
export function wordsOf(value: ConfigurationValue | undefined): readonly Text[] {
  if (value?.k !== 'string') return textsOf(value)
  return value.value
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((text) => ({ text, at: value.at }))
}

/** A path in a configuration counts from the directory above the one that the file is in. */
export function absolutePath({ text, at }: Text): string {
  return resolve(at.root, text)
}
