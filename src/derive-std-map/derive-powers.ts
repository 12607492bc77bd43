/**
 * Which powers the public functions of std have by what their bodies do, the operating system's entry points being the
 * only functions with a power of their own. Only what is certain counts, as in a gate: through a type parameter or a `dyn`
 * it is the power of whoever made the value.
 */
import type { CapabilityMaps } from '../capabilities/index.js'
import {
  buildPowerGraph,
  CAPABILITIES,
  type Capability,
  findEffect,
  type PowerGraph,
  pathFrom,
  type Reached,
  searchBack,
  UNREACHED,
} from '../capabilities/index.js'
import type { CallGraph, Reference } from '../graph/index.js'
import type { ImplOfTrait, PublicFunction } from './public-functions.js'

/** Of each power, the entry point at the end of a shortest path to it. */
export type Powers = ReadonlyMap<Capability, string>

/** By public path; functions without a power are not in it. */
export function derivePowers(
  graph: CallGraph,
  entryPoints: CapabilityMaps,
  functions: readonly PublicFunction[],
): ReadonlyMap<string, Powers> {
  const nodes = nodesByPath(graph)
  const powersOf = nodePowers(buildPowerGraph(graph, entryPoints))
  const called = traitCalls(graph, nodes)
  const derived = new Map<string, Map<Capability, string>>()
  for (const { path, node, impl } of functions) {
    const bodies = [node, ...(impl ? implNodes(impl, called(node, impl.trait)) : [])]
    for (const body of bodies) {
      for (const id of nodes.get(body) ?? []) {
        for (const [capability, end] of powersOf(id)) {
          const powers = derived.get(path) ?? new Map<Capability, string>()
          if (!powers.has(capability)) powers.set(capability, end)
          derived.set(path, powers)
        }
      }
    }
  }
  return derived
}

/** The rows that lay a wall around a function of the graph, as the maps spell them: `std::process::abort (walls.toml)`. */
export function wallsIn(graph: CallGraph, entryPoints: CapabilityMaps): ReadonlySet<string> {
  const rows = new Set<string>()
  for (const { path } of graph.functions) {
    const effect = findEffect(entryPoints, { callee: path })
    if (effect?.own) rows.add(effect.row)
  }
  return rows
}

function nodesByPath(graph: CallGraph): ReadonlyMap<string, readonly number[]> {
  const nodes = new Map<string, number[]>()
  for (const { path, id, kind } of graph.functions) {
    if (kind !== 'fn') continue
    const list = nodes.get(path)
    if (list) list.push(id)
    else nodes.set(path, [id])
  }
  return nodes
}

/** Everything goes on under one stage and one target: std's source is built for one at a time. */
const RUN = 1
const CERTAIN = { certain: true, unconditional: false }

function nodePowers(power: PowerGraph): (node: number) => Powers {
  const searches = CAPABILITIES.map((capability): readonly [Capability, Reached] => [
    capability,
    searchBack(power, power.seeds.get(capability) ?? [], RUN, CERTAIN),
  ])
  return (node) =>
    new Map(
      searches.flatMap(([capability, reached]) =>
        reached.next[node] === UNREACHED ? [] : [[capability, pathFrom(power, reached, node).seed.what] as const],
      ),
    )
}

function implNodes({ functions }: ImplOfTrait, names: ReadonlySet<string>): readonly string[] {
  return [...functions].flatMap(([name, node]) => (names.has(name) ? [node] : []))
}

/**
 * The functions of a trait that a function's text calls for a type that it leaves open, in helpers too: `read` is called
 * by the provided `Read::read_to_end`.
 */
function traitCalls(
  graph: CallGraph,
  nodes: ReadonlyMap<string, readonly number[]>,
): (node: string, trait: string) => ReadonlySet<string> {
  const from = new Map<number, Reference[]>()
  for (const reference of graph.references) {
    if (reference.certainty !== 'certain') continue
    const list = from.get(reference.from)
    if (list) list.push(reference)
    else from.set(reference.from, [reference])
  }
  const known = new Map<string, ReadonlySet<string>>()
  return (node, trait) => {
    const found = known.get(node)
    if (found) return found
    const names = new Set<string>()
    const seen = new Set<number>(nodes.get(node) ?? [])
    for (const id of seen) {
      for (const { callee, to } of from.get(id) ?? []) {
        const isConcrete = to !== undefined && !graph.functions[to]?.path.startsWith('<_ as ')
        const cut = callee?.lastIndexOf(` as ${trait}>::`) ?? -1
        if (callee && cut >= 0 && !isConcrete) names.add(callee.slice(callee.lastIndexOf(':') + 1))
        if (to !== undefined) seen.add(to)
      }
    }
    known.set(node, names)
    return names
  }
}
