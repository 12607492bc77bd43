/**
 * Packages that depend on themselves in the end: cargo refuses them where it chooses versions, whatever is compiled then.
 * Dev-dependencies do not count, since a library is compiled without them; whoever asks leaves them away.
 */
import { ProjectError } from '../base/index.js'

/** What each package depends on. */
export type Dependees = ReadonlyMap<string, ReadonlySet<string>>

interface Step {
  readonly at: string
  readonly ahead: string[]
}

/** Throws ProjectError that names the packages of a circle, when there is one. `nameOf` says one for a reader. */
export function refuseCircle(dependees: Dependees, nameOf: (id: string) => string): void {
  const circle = circleOf(dependees)
  if (!circle) return
  const [first = ''] = circle
  throw new ProjectError(
    `${nameOf(first)} depends on itself`,
    `${[...circle, first].map(nameOf).join(' -> ')}; cargo refuses such a circle`,
    'Take one of these dependencies out, or let it be one for tests alone (dev-dependencies).',
  )
}

/** Some packages of which each depends on the next and the last on the first; always the same ones. */
function circleOf(dependees: Dependees): readonly string[] | undefined {
  const done = new Set<string>()
  const stepTo = (at: string): Step => ({ at, ahead: [...(dependees.get(at) ?? [])].sort().reverse() })
  for (const start of [...dependees.keys()].sort()) {
    const path = done.has(start) ? [] : [stepTo(start)]
    const onPath = new Set(path.map(({ at }) => at))
    for (let last = path.at(-1); last; last = path.at(-1)) {
      const next = last.ahead.pop()
      if (next === undefined) {
        done.add(last.at)
        onPath.delete(last.at)
        path.pop()
      } else if (onPath.has(next)) {
        return path.slice(path.findIndex(({ at }) => at === next)).map(({ at }) => at)
      } else if (!done.has(next)) {
        onPath.add(next)
        path.push(stepTo(next))
      }
    }
  }
  return undefined
}
