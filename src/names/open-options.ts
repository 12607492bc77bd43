/**
 * Whether a formula can be true at all when some options are open: each is tried as set and not set, within what one
 * processor feature implies of others. It knows no target; which options are open is said by the caller.
 */
import { type CfgExpr, type CfgOracle, cfgTruth } from '../base/index.js'

/** Formulas that ask for more open options than this are taken to be true for some of them. */
const OPEN_LIMIT = 8

/** What a processor with the feature always has too (rustc's own table, the parts that code asks for). */
const IMPLIED: readonly (readonly string[])[] = [
  ['avx512f', 'avx2', 'fma', 'f16c', 'avx', 'sse4.2', 'sse4.1', 'ssse3', 'sse3', 'sse2', 'sse'],
  ['avx2', 'avx'],
  ['fma', 'avx'],
  ['f16c', 'avx'],
  ['avx', 'sse4.2'],
  ['sse4.2', 'sse4.1'],
  ['sse4.1', 'ssse3'],
  ['ssse3', 'sse3'],
  ['sse3', 'sse2'],
  ['sse4a', 'sse3'],
  ['aes', 'sse2'],
  ['pclmulqdq', 'sse2'],
  ['sve2', 'sve'],
  ['dotprod', 'neon'],
]

/** Whether some choice of the options that `settled` leaves open makes the formula true. */
export function canBeMet(cfg: CfgExpr, settled: CfgOracle): boolean {
  const open = new Map<string, { readonly name: string; readonly value: string | undefined }>()
  const collect = (name: string, value: string | undefined): undefined => {
    if (settled(name, value) === undefined) open.set(keyOf(name, value), { name, value })
    return undefined
  }
  cfgTruth(cfg, collect)
  if (open.size > OPEN_LIMIT) return true
  const keys = [...open.keys()]
  for (let choice = 0; choice < 1 << keys.length; choice++) {
    const set = new Set(keys.filter((_key, i) => choice & (1 << i)))
    if (!isPossible(set, keys)) continue
    if (cfgTruth(cfg, (name, value) => settled(name, value) ?? set.has(keyOf(name, value)))) return true
  }
  return false
}

function isPossible(set: ReadonlySet<string>, asked: readonly string[]): boolean {
  // One operating system has one name: of options with values that exclude each other at most one is set.
  for (const name of ONE_OF)
    if (asked.filter((key) => key.startsWith(`${name}=`) && set.has(key)).length > 1) return false
  if (set.has('unix') && set.has('windows')) return false
  return [...set].every((key) => implied(key).every((other) => !asked.includes(other) || set.has(other)))
}

const ONE_OF = [
  'target_os',
  'target_arch',
  'target_vendor',
  'target_env',
  'target_endian',
  'target_pointer_width',
  'panic',
]

function implied(key: string): readonly string[] {
  const [name, value] = key.split('=')
  if (name !== 'target_feature') return []
  const out = new Set<string>()
  const queue = [value]
  for (const feature of queue) {
    for (const [of, ...others] of IMPLIED) {
      if (of !== feature) continue
      for (const other of others) {
        if (out.has(other)) continue
        out.add(other)
        queue.push(other)
      }
    }
  }
  return [...out].map((other) => `target_feature=${other}`)
}

function keyOf(name: string, value: string | undefined): string {
  return value === undefined ? name : `${name}=${value}`
}
