/** What holds for every call graph, whatever the code was. */
import { expect } from '@jest/globals'
import { cfgAnd } from '../../src/base/index.js'
import type { CallGraph, Reference } from '../../src/graph/call-graph.js'

/** Fails with the first of each kind of contradiction. */
export function expectConsistent(graph: CallGraph): void {
  const { functions, references } = graph
  expect(functions.filter((fn, index) => fn.id !== index)).toEqual([])
  expect(functions.filter((fn) => fn.endLine < fn.line || fn.line < 1 || fn.column < 1)).toEqual([])
  expect(references.filter((ref) => !functions[ref.from] || (ref.to !== undefined && !functions[ref.to]))).toEqual([])
  // What is not known says why; what is known has a path.
  expect(references.filter((ref) => (ref.callee === null) !== (ref.why !== undefined))).toEqual([])
  expect(references.filter((ref) => ref.package !== functions[ref.from]?.package)).toEqual([])
  expect(contradictions(graph)).toEqual([])
}

/** Places of one function that certainly mean two functions; macros and derives repeat a place, and are left aside. */
function contradictions({ functions, references }: CallGraph): readonly string[] {
  const calleeAt = new Map<string, Reference>()
  const out: string[] = []
  for (const ref of references) {
    if (
      ref.certainty !== 'certain' ||
      ref.writtenAt ||
      ref.callee === null ||
      (ref.found !== 'path' && ref.found !== 'method')
    )
      continue
    const from = functions[ref.from]
    if (from?.line === ref.line && from.column === ref.column) continue
    const place = `${ref.from} ${ref.file}:${ref.line}:${ref.column}`
    const known = calleeAt.get(place)
    // A name that means two things in two builds for a target says under which condition each.
    if (known && known.callee !== ref.callee && cfgAnd(known.cfg, ref.cfg).k !== 'false')
      out.push(`${place}: ${known.callee} and ${ref.callee}`)
    calleeAt.set(place, ref)
  }
  return out
}
