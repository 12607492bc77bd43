/** Which mechanisms a difference needs: each is left out in turn, and stays out when the same kind of difference is still there. */
import type { Caps, Outcome, Place } from './run-world.js'
import { runWorld } from './run-world.js'

export async function shrink(found: Outcome, off: ReadonlySet<string>, caps: Caps, place: Place): Promise<Outcome> {
  const kinds = new Set(found.differences.map(({ kind }) => kind))
  let smallest = found
  const without = new Set(off)
  for (const name of found.mechanisms.slice(1)) {
    const tried = await runWorld(found.seed, new Set([...without, name]), caps, place)
    const same = tried.mutation === found.mutation && tried.differences.some(({ kind }) => kinds.has(kind))
    if (!same) continue
    without.add(name)
    smallest = tried
  }
  return smallest
}
