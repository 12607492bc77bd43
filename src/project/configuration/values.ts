/**
 * Values of cargo's configuration with their places, and how cargo merges those of several files. Plain data; nothing is
 * said here about what a key means.
 */
import { ProjectError } from '../../base/index.js'
import type { ConfigurationPlace } from '../cargo-configuration.js'

/** Where a value stands, and what relative paths in it count from. */
export interface Origin extends ConfigurationPlace {
  /** Absolute: the directory above the one that holds the file. */
  readonly root: string
}

export type ConfigurationValue =
  | { readonly k: 'string'; readonly value: string; readonly at: Origin }
  | { readonly k: 'boolean'; readonly value: boolean; readonly at: Origin }
  | { readonly k: 'integer'; readonly value: number; readonly at: Origin }
  | ConfigurationList
  | ConfigurationTable

export interface ConfigurationList {
  readonly k: 'list'
  readonly items: readonly ConfigurationValue[]
  readonly at: Origin
  /** Of a program with arguments: those of files farther away. */
  readonly others?: readonly ConfigurationList[]
}

export interface ConfigurationTable {
  readonly k: 'table'
  readonly entries: ReadonlyMap<string, ConfigurationValue>
  readonly at: Origin
}

/**
 * Lists that name a program and its arguments. They are not to be joined: the nearer one holds. Yet cargo 1.95 joins them now
 * and then, by the order in which it happens to visit the keys of two files, and then starts the program of the farther
 * one: so that one is kept beside it.
 */
const WHOLE_LISTS: readonly (readonly string[])[] = [
  ['credential-alias', '*'],
  ['doc', 'browser'],
  ['host', 'runner'],
  ['registries', '*', 'credential-provider'],
  ['registry', 'credential-provider'],
  ['target', '*', 'runner'],
]

/**
 * Two tables as one. Of two plain values that of `strong` holds; the elements of its lists come last. Throws ProjectError where
 * cargo refuses: a list or table cannot be merged with something else.
 */
export function mergeTables(
  weak: ConfigurationTable,
  strong: ConfigurationTable,
  path: readonly string[] = [],
): ConfigurationTable {
  const entries = new Map(weak.entries)
  for (const [key, value] of strong.entries) {
    const other = entries.get(key)
    entries.set(key, other ? mergeValues(other, value, [...path, key]) : value)
  }
  return { k: 'table', entries, at: strong.at }
}

function mergeValues(
  weak: ConfigurationValue,
  strong: ConfigurationValue,
  path: readonly string[],
): ConfigurationValue {
  if (weak.k === 'table' && strong.k === 'table') return mergeTables(weak, strong, path)
  if (weak.k === 'list' && strong.k === 'list') {
    const whole = WHOLE_LISTS.some(
      (pattern) => pattern.length === path.length && pattern.every((part, i) => part === '*' || part === path[i]),
    )
    const { others = [], ...farther } = weak
    if (whole) return { ...strong, others: [farther, ...others, ...(strong.others ?? [])] }
    return { k: 'list', items: [...weak.items, ...strong.items], at: strong.at }
  }
  if (isContainer(weak) || isContainer(strong)) {
    throw new ProjectError(
      `${placeText(strong.at)}: ${keyText(path)} cannot be merged with that of ${placeText(weak.at)}`,
      `one is a ${weak.k}, the other a ${strong.k}; cargo refuses such a configuration`,
      'Make both of one kind.',
    )
  }
  return strong
}

function isContainer({ k }: ConfigurationValue): boolean {
  return k === 'list' || k === 'table'
}

/** `FILE:LINE`, for messages. */
export function placeText({ file, line }: ConfigurationPlace): string {
  return `${file}:${line}`
}

/** A key as it is written in TOML: parts that are no bare keys in quotes. */
export function keyText(path: readonly string[]): string {
  return path.map((part) => (/^[\w-]+$/.test(part) ? part : `'${part}'`)).join('.')
}

/** The place alone, as results have it. */
export function placeOf({ file, scope, line, column }: Origin): ConfigurationPlace {
  return { file, scope, line, column }
}
