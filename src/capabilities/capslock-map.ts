/**
 * Reads capability maps in Capslock's line format (`.cm`), so that a team can keep one file for both tools:
 *
 *     # a comment
 *     package my_crate::net NETWORK
 *     func my_crate::net::probe SAFE
 *
 * Names are Rust paths. `ignore_edge`, `unanalyzed` and `cgo_suffix` steer Go's call graph and have no meaning here:
 * they are an error, not skipped, because whoever wrote them expects an effect.
 */
import type { Capability } from './capability.js'
import { type LoadedMap, MapError, type MapSource } from './map-file.js'
import { type MapRow, mapFileSchema } from './map-schema.js'
import { parsePathKey } from './path-key.js'

/** Capslock's names for ours (DESIGN.md, "Capabilities"). */
const CATEGORIES: ReadonlyMap<string, readonly Capability[]> = new Map<string, readonly Capability[]>([
  ['FILES', ['fs/write', 'fs/read', 'fs/meta']],
  ['NETWORK', ['network/connect', 'network/listen', 'network/resolve']],
  ['RUNTIME', ['thread']],
  ['READ_SYSTEM_STATE', ['env/read', 'env/args', 'system/read']],
  ['MODIFY_SYSTEM_STATE', ['env/write', 'system/write', 'process/signal']],
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
  const rows: MapRow[] = []
  const lines: number[] = []
  source.text.split('\n').forEach((text, index) => {
    const [keyword, name, category, ...rest] = text.replace(/#.*$/, '').trim().split(/\s+/)
    if (!keyword) return
    const fail = (problem: string): never => {
      throw new MapError(source.name, index + 1, problem)
    }
    if (keyword !== 'func' && keyword !== 'package') fail(`"${keyword}" lines have no meaning for Rust`)
    if (name === undefined || category === undefined || rest.length > 0) fail(`expected "${keyword} PATH CATEGORY"`)
    if (parsePathKey(name as string) === undefined) fail(`"${name}" is not a Rust path`)
    const effect = effectOf((category as string).replace(/^CAPABILITY_/, ''))
    if (!effect) fail(`"${category}" is none of Capslock's categories`)
    rows.push({ ...(keyword === 'func' ? { path: name } : { prefix: name }), ...effect } as MapRow)
    lines.push(index + 1)
  })
  const content = { ...mapFileSchema.parse({ version: 1 }), rows }
  return { source, content, lineOf: ([, index]) => lines[Number(index)] ?? 1 }
}

function effectOf(category: string): Pick<MapRow, 'grants' | 'safe' | 'neutral'> | undefined {
  if (category === 'SAFE') return { safe: 'Capslock category SAFE' }
  if (category === 'UNSPECIFIED') return { neutral: true }
  const grants = CATEGORIES.get(category)
  return grants && { grants }
}
