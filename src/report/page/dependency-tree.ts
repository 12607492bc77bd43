/**
 * The dependency graph as a tree that can be shown: each package stands once with its dependencies, at the place nearest
 * to what was asked for; elsewhere it is named only. So the tree is finite whatever circles the graph has.
 */
import { compareText } from '../../base/index.js'
import { compareCapabilities } from '../severity.js'

export interface GraphPackage {
  readonly id: string
  readonly local: boolean
  readonly dependencies: readonly { readonly package: string; readonly kinds: readonly string[] }[]
}

export interface TreeChild {
  readonly id: string
  /** What for: `normal`, `build`, `dev`. */
  readonly kinds: readonly string[]
  /** Its dependencies stand below it here, and nowhere else. */
  readonly unfolds: boolean
}

export interface DependencyTree {
  /** What was asked for, then what none of it depends on. */
  readonly roots: readonly TreeChild[]
  /** The one with the most serious capability at or below it first, then by id. */
  childrenOf(id: string): readonly TreeChild[]
  /** From what was asked for to the package: a shortest chain of dependencies, both ends included. */
  chainOf(id: string): readonly string[]
  /** Ids of the package and all that it depends on. */
  withBelow(id: string): ReadonlySet<string>
  /** Capabilities of the package and all below it, most serious first. */
  capabilitiesWithin(id: string): readonly string[]
}

/** `own` gives the capabilities that a package has itself. */
export function dependencyTree(
  packages: readonly GraphPackage[],
  own: (id: string) => readonly string[],
): DependencyTree {
  const byId = new Map(packages.map((owner) => [owner.id, owner]))
  const parents = nearestParents(packages, byId)
  const within = new Map<string, readonly string[]>()

  const withBelow = (id: string): ReadonlySet<string> => {
    const seen = new Set([id])
    // A set gives what is added while it is walked, too.
    for (const each of seen) for (const { package: next } of byId.get(each)?.dependencies ?? []) seen.add(next)
    return seen
  }
  const capabilitiesWithin = (id: string): readonly string[] => {
    let found = within.get(id)
    if (!found) {
      found = [...new Set([...withBelow(id)].flatMap((each) => own(each)))].sort(compareCapabilities)
      within.set(id, found)
    }
    return found
  }
  const compare = (a: TreeChild, b: TreeChild): number => {
    const [first, second] = [capabilitiesWithin(a.id)[0], capabilitiesWithin(b.id)[0]]
    if (first !== second)
      return first === undefined ? 1 : second === undefined ? -1 : compareCapabilities(first, second)
    return compareText(a.id, b.id)
  }
  return {
    roots: packages
      .filter(({ id }) => parents.get(id) === undefined)
      .map(({ id }) => ({ id, kinds: [], unfolds: true }))
      .sort((a, b) => Number(byId.get(b.id)?.local) - Number(byId.get(a.id)?.local) || compare(a, b)),
    childrenOf: (id) =>
      (byId.get(id)?.dependencies ?? [])
        .map(({ package: child, kinds }) => ({ id: child, kinds, unfolds: parents.get(child) === id }))
        .sort(compare),
    chainOf: (id) => {
      const chain = [id]
      for (let at = parents.get(id); at !== undefined; at = parents.get(at)) chain.unshift(at)
      return chain
    },
    withBelow,
    capabilitiesWithin,
  }
}

/** For each package the one that it stands below; by breadth, so that the chain is a shortest one. */
function nearestParents(
  packages: readonly GraphPackage[],
  byId: ReadonlyMap<string, GraphPackage>,
): ReadonlyMap<string, string | undefined> {
  const parents = new Map<string, string | undefined>()
  const spread = (start: GraphPackage[]): void => {
    const queue = start.filter(({ id }) => !parents.has(id))
    for (const { id } of queue) parents.set(id, undefined)
    for (const owner of queue) {
      for (const { package: id } of owner.dependencies) {
        const child = byId.get(id)
        if (!child || parents.has(id)) continue
        parents.set(id, owner.id)
        queue.push(child)
      }
    }
  }
  spread(packages.filter(({ local }) => local))
  for (const owner of packages) spread([owner])
  return parents
}
