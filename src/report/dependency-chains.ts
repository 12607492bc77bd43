/** How a package gets into what was checked: a shortest chain of dependencies. */
import { DirectedGraph } from 'graphology'
import { singleSource } from 'graphology-shortest-path/unweighted.js'
import type { AnalysisResult } from './result.js'

/** Stands before everything that was asked for; no package id is empty. */
const START = ''

/** By package id, the chain from one of what was asked for; a package that nothing leads to has a chain of itself. */
export function chainsOf(result: AnalysisResult): (id: string) => readonly string[] {
  const graph = new DirectedGraph()
  graph.addNode(START)
  for (const { id, local } of result.packages) {
    graph.addNode(id)
    if (local) graph.addEdge(START, id)
  }
  for (const { id, dependencies } of result.packages) {
    // a filtered result may name packages that it does not hold
    for (const { package: to } of dependencies) if (graph.hasNode(to)) graph.mergeEdge(id, to)
  }
  const paths = new Map(Object.entries(singleSource(graph, START)))
  return (id) => paths.get(id)?.slice(1) ?? [id]
}
