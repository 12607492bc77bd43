/**
 * `--entry`: what is reachable from some functions of the packages that were asked for. Every reference is followed,
 * possible ones too, so that nothing reachable is left out.
 *
 * It is a question about what runs, so what nobody asks for stays whole: code before `main`, code that the linker or the
 * runtime finds, in every package; and all that runs when something is built (powers-by-stage.ts).
 */
import { checked, type Stage } from '../base/index.js'
import type { CallGraph, FunctionNode, Reference } from '../graph/index.js'
import { type Classification, classify } from './classify.js'
import type { CapabilityMaps } from './map-index.js'

/** All functions; what other crates can name; where runs begin; or a function, type or module by its path. */
export type Entry = 'all' | 'public' | 'main' | { readonly path: string }

/** Whether the stage is one that `--entry` asks about; what runs when something is built always stays whole. */
export function isAboutEntries(stage: Stage): boolean {
  return stage !== 'build' && stage !== 'macro'
}

/**
 * One byte a function, 1 when it is reachable; undefined for `all`. `roots` are the packages where starts are looked for;
 * none given means every package.
 */
export function functionsWithin(
  graph: CallGraph,
  maps: CapabilityMaps,
  entry: Entry,
  roots: readonly string[],
): Uint8Array | undefined {
  if (entry === 'all') return undefined
  const within = new Uint8Array(graph.functions.length)
  const asked = new Set(roots)
  const queue: number[] = []
  const visit = (id: number): void => {
    if (within[id]) return
    within[id] = 1
    queue.push(id)
  }
  const classification = classify(graph, maps)
  for (const node of graph.functions) {
    if (!node.stages.some((stage) => isAboutEntries(stage))) continue
    const isAsked = asked.size === 0 || asked.has(node.package)
    if ((isAsked && isStart(node, entry)) || runsUnasked(node, classification)) visit(node.id)
  }
  const references = referencesByCaller(graph)
  for (let head = 0; head < queue.length; head++) {
    for (const reference of references[checked(queue[head])] ?? []) {
      if (reference.to !== undefined) visit(reference.to)
    }
  }
  return within
}

/**
 * The same for whoever lists functions of all stages together: what runs when something is built is within, and all that it
 * refers to.
 */
export function functionsOfAllStages(
  graph: CallGraph,
  maps: CapabilityMaps,
  entry: Entry,
  roots: readonly string[],
): Uint8Array | undefined {
  const within = functionsWithin(graph, maps, entry, roots)
  if (!within) return undefined
  for (const { id, stages } of graph.functions) if (!stages.every(isAboutEntries)) within[id] = 1
  return within
}

function isStart(node: FunctionNode, entry: Exclude<Entry, 'all'>): boolean {
  if (entry === 'public') return node.public || node.entry
  if (entry === 'main') return node.entry
  return isAtPath(node, entry.path)
}

/** Whether the function has the path, or stands in the type or module of that path. */
export function isAtPath({ path }: FunctionNode, asked: string): boolean {
  return path === asked || path.startsWith(`${asked}::`)
}

/** The `main` of a program, or of a build script. */
export function isMainFunction({ entry, kind, unit, path }: FunctionNode): boolean {
  return entry && kind === 'fn' && PROGRAMS.has(unit) && path.endsWith('::main')
}

const PROGRAMS: ReadonlySet<FunctionNode['unit']> = new Set(['bin', 'build', 'example', 'test', 'bench'])

/**
 * Whether it takes part in a run though nothing refers to it: initialisers, exported symbols, what an attribute has the linker
 * or the runtime do, and what has no name (`global_asm!`, a block of foreign functions, `const _`).
 */
export function runsUnasked(node: FunctionNode, { ofFact }: Pick<Classification, 'ofFact'>): boolean {
  if (node.entry) return !isMainFunction(node)
  if (node.kind === 'module' || node.path.endsWith('::_')) return true
  return node.facts.some((fact) => fact.kind === 'attribute' && (ofFact(fact, node)?.grants.length ?? 0) > 0)
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
