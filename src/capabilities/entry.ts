/**
 * `--entry`: what is reachable from some functions of the packages that were asked for. Every reference is followed,
 * possible ones too, so that nothing reachable is left out.
 */
import type { CallGraph, FunctionNode, Reference } from '../graph/index.js'

/** All functions; what other crates can name; where runs begin; or a function, type or module by its path. */
export type Entry = 'all' | 'public' | 'main' | { readonly path: string }

/**
 * One byte a function, 1 when it is reachable; undefined for `all`. `roots` are the packages where starts are looked for;
 * none given means every package.
 */
export function functionsWithin(graph: CallGraph, entry: Entry, roots: readonly string[]): Uint8Array | undefined {
  if (entry === 'all') return undefined
  const within = new Uint8Array(graph.functions.length)
  const asked = new Set(roots)
  const queue: number[] = []
  const visit = (id: number): void => {
    if (within[id]) return
    within[id] = 1
    queue.push(id)
  }
  for (const node of graph.functions) {
    if ((asked.size === 0 || asked.has(node.package)) && isStart(node, entry)) visit(node.id)
  }
  const references = referencesByCaller(graph)
  for (let head = 0; head < queue.length; head++) {
    for (const reference of references[queue[head] as number] ?? []) {
      if (reference.target !== undefined) visit(reference.target)
    }
  }
  return within
}

function isStart(node: FunctionNode, entry: Exclude<Entry, 'all'>): boolean {
  if (entry === 'public') return node.public || node.entry
  if (entry === 'main') return node.entry
  return node.path === entry.path || node.path.startsWith(`${entry.path}::`)
}

function referencesByCaller(graph: CallGraph): readonly (readonly Reference[] | undefined)[] {
  const lists: Reference[][] = []
  for (const reference of graph.references) {
    const list = lists[reference.from]
    if (list) list.push(reference)
    else lists[reference.from] = [reference]
  }
  return lists
}
