/**
 * The crates of a survey as a graph: a node a crate version, whether it was looked at or is only depended on, and an edge from each to
 * what it depends on. A graphology graph, for that library's algorithms.
 */
import { DirectedGraph } from 'graphology'
import type { PackageResult } from '../../report/result.js'
import { analyzedCrates } from '../found-crates.js'
import type { SurveyDirectory } from '../survey-directory.js'

export interface CrateNode {
  /** It is in the list and was analyzed; of others only what a tree of theirs shows is known. */
  readonly analyzed: boolean
  /** Capabilities of its own code, certain ones, when it runs. */
  readonly direct: readonly string[]
  /** Those that it has through others only. */
  readonly transitive: readonly string[]
}
export interface CrateEdge {
  /** `normal`, `build`, `dev`, those that there are. */
  readonly kinds: readonly string[]
  /** Places of its code that refer to functions of the other. */
  readonly places: number
}
export type CrateGraph = DirectedGraph<CrateNode, CrateEdge>

export function crateGraph(directory: SurveyDirectory): CrateGraph {
  const graph: CrateGraph = new DirectedGraph()
  const trees: { readonly id: string; readonly packages: readonly PackageResult[] }[] = []
  const places = new Map<string, number>()
  for (const { id, record } of analyzedCrates(directory)) {
    trees.push({ id, packages: record.analysis.packages })
    for (const { package: to, places: count } of record.references) {
      const key = `${id} ${to}`
      if (to !== null) places.set(key, (places.get(key) ?? 0) + count)
    }
  }
  // Its own tree says of a crate what it is by default; another's may have other features.
  for (const { id, packages } of trees)
    addNodes(
      graph,
      packages.filter((owner) => owner.id === id),
      true,
    )
  for (const { packages } of trees) addNodes(graph, packages, false)
  for (const { packages } of trees) addEdges(graph, packages, places)
  return graph
}

function addNodes(graph: CrateGraph, packages: readonly PackageResult[], analyzed: boolean): void {
  for (const { id, capabilities } of packages) {
    if (graph.hasNode(id)) continue
    const of = (reach: 'direct' | 'transitive'): readonly string[] => {
      const found = capabilities.filter(
        (one) => one.stage === 'run' && one.certainty === 'certain' && one.reach === reach,
      )
      return [...new Set(found.map(({ capability }) => capability))].sort()
    }
    graph.addNode(id, { analyzed, direct: of('direct'), transitive: of('transitive') })
  }
}

function addEdges(graph: CrateGraph, packages: readonly PackageResult[], places: ReadonlyMap<string, number>): void {
  for (const { id, dependencies } of packages) {
    for (const { package: to, kinds } of dependencies) {
      if (!graph.hasNode(to)) continue
      const known = graph.hasEdge(id, to) ? graph.getEdgeAttributes(id, to).kinds : []
      const all = [...new Set([...known, ...kinds])].sort()
      graph.mergeEdge(id, to, { kinds: all, places: places.get(`${id} ${to}`) ?? 0 })
    }
  }
}
