/**
 * `rust-toolchain.toml` and `rust-toolchain`, which rustup reads before cargo is started: of the directory and those above
 * it the nearest one holds (The rustup book, "The toolchain file"). With `path` every rustc and cargo is a program of that
 * directory; all else decides which release compiles, and is told as such.
 *
 * Without rustup nobody reads these files, so what is wrong in one is a loss and no error. What a release changes in the
 * language is not followed.
 */
import { dirname, join } from 'node:path'
import { messageOf } from '../../base/index.js'
import type { ConfigurationDecision, ConfigurationFile, ConfigurationPower } from '../cargo-configuration.js'
import { textAt, textsOf } from './lookup.js'
import { parseConfiguration } from './toml-values.js'
import { type ConfigurationTable, keyText, type Origin, placeOf } from './values.js'

/** The older name holds where both are. */
const TOOLCHAIN_FILES: readonly string[] = ['rust-toolchain', 'rust-toolchain.toml']

/** The nearest of them at or above a directory, absolute; undefined when there is none. */
export function toolchainFileFrom(start: string, exists: (path: string) => boolean): string | undefined {
  for (let at = start; ; at = dirname(at)) {
    const found = toolchainFileIn(at, exists)
    if (found !== undefined || dirname(at) === at) return found
  }
}

/** The one of a directory. */
export function toolchainFileIn(directory: string, exists: (path: string) => boolean): string | undefined {
  return TOOLCHAIN_FILES.map((name) => join(directory, name)).find(exists)
}

export interface Toolchain {
  readonly powers: readonly ConfigurationPower[]
  readonly decisions: readonly ConfigurationDecision[]
  readonly losses: readonly { readonly at: Origin; readonly message: string }[]
}

const KEYS: ReadonlyMap<string, 'string' | 'list'> = new Map([
  ['channel', 'string'],
  ['components', 'list'],
  ['path', 'string'],
  ['profile', 'string'],
  ['targets', 'list'],
])

/** What the file says. `directory`: the absolute one that it is in. */
export function readToolchain(file: ConfigurationFile, directory: string): Toolchain {
  const start: Origin = { file: file.file, scope: file.scope, root: directory, line: 1, column: 1 }
  const lines = file.text.split('\n').filter((line, index, all) => line !== '' || index < all.length - 1)
  // A file of one line without an ending in its name is the name of a release alone.
  if (!file.file.endsWith('.toml') && lines.length === 1) {
    return { powers: [], decisions: [{ at: placeOf(start), key: 'toolchain.channel' }], losses: [] }
  }
  let root: ConfigurationTable
  try {
    root = parseConfiguration(file, directory)
  } catch (thrown) {
    return { powers: [], decisions: [], losses: [{ at: start, message: `rustup refuses it: ${messageOf(thrown)}` }] }
  }
  return readKeys(root)
}

function readKeys(root: ConfigurationTable): Toolchain {
  const decisions: ConfigurationDecision[] = []
  const losses: { readonly at: Origin; readonly message: string }[] = []
  const lose = (path: readonly string[], at: Origin): void => {
    losses.push({ at, message: `${keyText(path)} is no key of a toolchain file that is known here` })
  }
  for (const [name, table] of root.entries) {
    if (name !== 'toolchain' || table.k !== 'table') lose([name], table.at)
    else {
      for (const [key, value] of table.entries) {
        const path = [name, key]
        const isTexts = value.k === 'list' && textsOf(value).length === value.items.length
        if (KEYS.get(key) !== value.k || (value.k === 'list' && !isTexts)) lose(path, value.at)
        else decisions.push({ at: placeOf(value.at), key: keyText(path) })
      }
    }
  }
  const path = textAt(root, 'toolchain', 'path')
  const powers = path
    ? [{ at: placeOf(path.at), key: 'toolchain.path', does: 'program' as const, what: path.text }]
    : []
  return { powers, decisions, losses }
}
