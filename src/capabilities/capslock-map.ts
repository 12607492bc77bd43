/**
 * Reads capability maps in Capslock's line format (`.cm`), so that a team can keep one file for both tools:
 *
 *     # a comment
 *     package my_crate::net NETWORK
 *     func my_crate::net::probe SAFE
 *     func <my_crate::Log as std::io::Write>::write CAPABILITY_FILES
 *     unanalyzed my_crate::plugin::run
 *
 * Names are Rust paths, and may hold spaces; a `package` is a module with all in it. `ignore_edge` and `cgo_suffix` steer
 * Go's call graph and have no meaning here: they are an error, not skipped, because whoever wrote them expects an effect.
 * So is a category that Capslock would take as a name of the user's own: our capabilities are a closed list.
 */
import { checked } from '../base/index.js'
import type { Capability } from './capability.js'
import { type LoadedMap, MapError, type MapSource } from './map-file.js'
import { type MapRow, mapFileSchema } from './map-schema.js'
import { parsePathKey } from './path-key.js'

/**
 * What Capslock's categories mean here: everything that the word covers. A category may have a part behind a slash
 * (`MODIFY_SYSTEM_STATE/ENV`), which narrows it; where the part is not known, the whole category is meant.
 */
export const CAPSLOCK_CATEGORIES: ReadonlyMap<string, readonly Capability[]> = new Map<string, readonly Capability[]>([
  ['FILES', ['fs/write', 'fs/read', 'fs/meta']],
  ['NETWORK', ['network/connect', 'network/listen', 'network/resolve']],
  ['RUNTIME', ['thread']],
  ['READ_SYSTEM_STATE', ['env/read', 'env/args', 'system/read']],
  ['MODIFY_SYSTEM_STATE', ['env/write', 'system/write', 'process/signal', 'process/exit']],
  ['MODIFY_SYSTEM_STATE/ENV', ['env/write']],
  ['MODIFY_SYSTEM_STATE/CHDIR', ['env/write']],
  ['OPERATING_SYSTEM', ['system/read', 'system/write']],
  ['SYSTEM_CALLS', ['syscall']],
  ['ARBITRARY_EXECUTION', ['asm', 'memory/exec']],
  ['CGO', ['ffi']],
  ['UNANALYZED', ['unanalyzed']],
  ['UNSAFE_POINTER', ['unsafe']],
  ['EXEC', ['exec']],
  ['DYNAMIC_LOADING', ['dynload']],
])

/** A map from Capslock's lines. Throws `MapError` at the first line that cannot be used. */
export function readCapslockMap(source: MapSource): LoadedMap {
  const read = source.text.split('\n').flatMap((text, index): readonly Line[] => {
    const words = checked(text.split('#', 1)[0]).trim().split(/\s+/)
    return words[0] === '' ? [] : [readLine(source, index + 1, words)]
  })
  // What has a category of its own is not `unanalyzed`, as in Capslock.
  const named = new Set(read.flatMap(({ keyword, name }) => (keyword === 'func' ? [name] : [])))
  const used = read.filter(({ keyword, name }) => keyword !== 'unanalyzed' || !named.has(name))
  const content = { ...mapFileSchema.parse({ version: 1 }), rows: used.map(({ row }) => row) }
  return { source, content, lineOf: ([, index]) => used[Number(index)]?.line ?? 1 }
}

interface Line {
  readonly line: number
  readonly keyword: string
  readonly name: string
  readonly row: MapRow
}

function readLine(source: MapSource, line: number, words: readonly string[]): Line {
  const fail = (problem: string): never => {
    throw new MapError(source.name, line, problem)
  }
  const keyword = checked(words[0])
  if (!['func', 'package', 'unanalyzed'].includes(keyword)) return fail(`"${keyword}" lines have no meaning for Rust`)
  const hasCategory = keyword !== 'unanalyzed'
  const name = words.slice(1, hasCategory ? -1 : undefined).join(' ')
  if (name === '') return fail(`expected "${keyword} PATH${hasCategory ? ' CATEGORY' : ''}"`)
  if (parsePathKey(name) === undefined) return fail(`"${name}" is not a Rust path`)
  const category = hasCategory ? checked(words.at(-1)) : 'UNANALYZED'
  const effect = effectOf(category.replace(/^CAPABILITY_/, ''))
  if (effect === undefined) return fail(`"${category}" is none of Capslock's categories`)
  if (effect === 'go') return fail(`"${category}" is about Go: Rust has nothing like it`)
  return { line, keyword, name, row: keyword === 'package' ? { prefix: name, ...effect } : { path: name, ...effect } }
}

function effectOf(category: string): Pick<MapRow, 'grants' | 'safe' | 'neutral'> | 'go' | undefined {
  if (category === 'SAFE') return { safe: 'Capslock category SAFE' }
  if (category === 'UNSPECIFIED') return { neutral: true }
  if (category === 'REFLECT') return 'go'
  const grants = CAPSLOCK_CATEGORIES.get(category) ?? CAPSLOCK_CATEGORIES.get(checked(category.split('/')[0]))
  return grants && { grants }
}
