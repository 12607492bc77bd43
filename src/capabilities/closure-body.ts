/** Which function a closure stands in. */
import type { CallGraph, Reference } from '../graph/index.js'

/** Closures in closures that are looked at. */
const DEPTH_LIMIT = 40

/** The function around a closure: who makes it, and not who calls it. Undefined where that is not one function. `callers`: by target. */
export function bodyAround(
  { functions }: CallGraph,
  callers: ReadonlyMap<number, readonly Reference[]>,
  closure: number,
): number | undefined {
  let at = closure
  for (let i = 0; i < DEPTH_LIMIT; i++) {
    const node = functions[at]
    if (node?.kind !== 'closure') return at
    const makers = new Set<number>()
    for (const { found, from } of callers.get(at) ?? []) {
      const maker = functions[from]
      if (found !== 'value' || from === at || maker?.package !== node.package || maker.unit !== node.unit) continue
      if ((maker.kind === 'closure' ? maker.outer : maker.path) === node.outer) makers.add(from)
    }
    const [maker, ...others] = makers
    if (maker === undefined || others.length > 0) return undefined
    at = maker
  }
  return undefined
}
