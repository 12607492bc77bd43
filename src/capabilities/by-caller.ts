/**
 * A graph in which a flag that a caller decides narrows what that caller reaches. A function that hands a parameter of its own
 * on to a flag does for one caller what it does not do for another: it gets a copy for those who ask for less. A copy is the
 * function in all but that; who calls it in another way, or hands it on as a value, keeps to the function itself.
 *
 * Copies stand behind all functions and references of the graph, whose numbers stay. Where limits are reached there are
 * fewer copies, and so fewer powers are taken away.
 */
import { checked } from '../base/index.js'
import type { CallGraph, FunctionNode, Reference, SymbolicValue } from '../graph/index.js'
import type { PlacedRow } from './argument-rows.js'
import type { Capability } from './capability.js'
import type { Classification } from './classify.js'
import type { FlagFinder } from './flags.js'
import type { FlagRow } from './map-schema.js'
import { type Arguments, isCalled } from './value-evaluator.js'

/** Calls one behind the other through which a flag is followed. */
const CHAIN_LIMIT = 6
/** Flags that hang on who calls: places where callers decide, all functions together. */
const OPEN_FLAG_LIMIT = 4096
const COPY_LIMIT = 4096

export interface ByCaller {
  readonly graph: CallGraph
  /** What is taken away of a reference's capabilities, by its number. */
  readonly taken: ReadonlyMap<number, ReadonlySet<Capability>>
  /** A reference's number in the graph that was copied from. */
  readonly originOf: (reference: number) => number
  /** Functions from this number on are copies. */
  readonly firstCopy: number
}

/** A flag that hangs on what a function is given. */
interface OpenFlag {
  readonly id: number
  readonly fn: number
  /** Where it is handed on: the mapped call itself, or the call of a function in which `inner` is open. */
  readonly via: number
  readonly inner: OpenFlag | undefined
  readonly without: FlagRow['without']
  readonly depth: number
  readonly isTaken: (args: Arguments) => boolean
}

/** `graph` itself when no caller decides anything. */
export function splitByCaller(graph: CallGraph, { ofReference }: Classification, flags: FlagFinder): ByCaller {
  const { references, functions } = graph
  const taken = new Map<number, Set<Capability>>()
  const open: OpenFlag[] = []
  const addOpen = (flag: Omit<OpenFlag, 'id'>): void => {
    const isFunction = functions[flag.fn]?.kind === 'fn'
    if (isFunction && open.length < OPEN_FLAG_LIMIT) open.push({ ...flag, id: open.length })
  }
  for (const [index, reference] of references.entries()) {
    if (reference.values === undefined) continue
    for (const [placed, without] of rowsAt(reference, ofReference, flags)) {
      if (flags.takes(placed, reference)) addTo(taken, index, without)
      else if (placed.row.where.some(({ argument }) => isGiven(reference.values?.[argument])))
        addOpen({
          fn: reference.from,
          via: index,
          inner: undefined,
          without,
          depth: 0,
          isTaken: (args) => flags.takes(placed, reference, args),
        })
    }
  }
  const whole: ByCaller = { graph, taken, originOf: (index) => index, firstCopy: functions.length }
  if (open.length === 0) return whole
  const takenBy = decidedByCallers(graph, open, addOpen, flags)
  return takenBy.size === 0 ? whole : withCopies(graph, taken, open, takenBy)
}

function rowsAt(
  reference: Reference,
  ofReference: Classification['ofReference'],
  flags: FlagFinder,
): readonly (readonly [PlacedRow<FlagRow>, FlagRow['without']])[] {
  if (!flags.mayNarrow(reference)) return []
  const { effect } = ofReference(reference)
  return effect ? flags.rowsOf(reference, effect).map((placed) => [placed, placed.row.without] as const) : []
}

/** The flags that each call takes away from the function that it calls; those that it hands on are added to `open`. */
function decidedByCallers(
  { references }: CallGraph,
  open: readonly OpenFlag[],
  addOpen: (flag: Omit<OpenFlag, 'id'>) => void,
  { evaluator }: FlagFinder,
): ReadonlyMap<number, readonly OpenFlag[]> {
  const takenBy = new Map<number, OpenFlag[]>()
  const callers = new Map<number, number[]>()
  for (const [index, reference] of references.entries()) {
    if (reference.to === undefined || !isCalled(reference)) continue
    const known = callers.get(reference.to)
    if (known) known.push(index)
    else callers.set(reference.to, [index])
  }
  for (let at = 0; at < open.length; at++) {
    const flag = checked(open[at])
    for (const index of callers.get(flag.fn) ?? []) {
      const call = checked(references[index])
      if (flag.isTaken(evaluator().argumentsOf(call))) {
        const known = takenBy.get(index)
        if (known) known.push(flag)
        else takenBy.set(index, [flag])
      } else if (flag.depth < CHAIN_LIMIT && call.values?.some(isGiven))
        addOpen({
          fn: call.from,
          via: index,
          inner: flag,
          without: flag.without,
          depth: flag.depth + 1,
          isTaken: (outer) => flag.isTaken(evaluator().argumentsOf(call, outer)),
        })
    }
  }
  return takenBy
}

function withCopies(
  graph: CallGraph,
  taken: Map<number, Set<Capability>>,
  open: readonly OpenFlag[],
  takenBy: ReadonlyMap<number, readonly OpenFlag[]>,
): ByCaller {
  const functions: FunctionNode[] = [...graph.functions]
  const references: Reference[] = [...graph.references]
  const origins: number[] = []
  const outgoing = referencesOf(graph, new Set(open.map(({ fn }) => fn)))
  const copies = new Map<string, number>()
  const todo: { readonly of: number; readonly to: number; readonly without: readonly OpenFlag[] }[] = []
  /** The function for who takes these away; itself where there is no room for another. */
  const copyOf = (of: number, without: readonly OpenFlag[]): number => {
    if (without.length === 0) return of
    const key = `${of} ${without
      .map(({ id }) => id)
      .sort((a, b) => a - b)
      .join(' ')}`
    const known = copies.get(key)
    if (known !== undefined) return known
    if (copies.size >= COPY_LIMIT) return of
    const to = functions.length
    functions.push({ ...checked(graph.functions[of]), id: to })
    copies.set(key, to)
    todo.push({ of, to, without })
    return to
  }
  for (const [index, flags] of takenBy) {
    const reference = checked(references[index])
    references[index] = { ...reference, to: copyOf(reference.to as number, flags) }
  }
  for (const { of, to, without } of todo) {
    for (const index of outgoing.get(of) ?? []) {
      const original = checked(graph.references[index])
      const here = without.filter(({ via }) => via === index)
      const onward = [...(takenBy.get(index) ?? []), ...here.flatMap(({ inner }) => (inner ? [inner] : []))]
      const target = original.to === undefined ? {} : { to: copyOf(original.to, onward) }
      const copy = graph.references.length + origins.length
      references.push({ ...original, ...target, from: to })
      origins.push(index)
      const gone = [...(taken.get(index) ?? []), ...here.flatMap((flag) => (flag.inner ? [] : flag.without))]
      if (gone.length > 0) addTo(taken, copy, gone)
    }
  }
  return {
    graph: { ...graph, functions, references },
    taken,
    originOf: (index) => origins[index - graph.references.length] ?? index,
    firstCopy: graph.functions.length,
  }
}

function referencesOf({ references }: CallGraph, wanted: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>()
  for (const [index, { from }] of references.entries()) {
    if (!wanted.has(from)) continue
    const known = found.get(from)
    if (known) known.push(index)
    else found.set(from, [index])
  }
  return found
}

/** Whether the value may hang on what the function is given. */
function isGiven(value: SymbolicValue | null | undefined): boolean {
  switch (value?.k) {
    case 'param':
    case 'result':
      return true
    case 'any':
    case 'list':
    case 'bits':
      return value.of.some(isGiven)
    case 'tuple':
    case 'struct':
      return value.of.some(([, part]) => isGiven(part))
    case 'element':
    case 'field':
    case 'typed':
      return isGiven(value.of)
    default:
      return false
  }
}

function addTo(map: Map<number, Set<Capability>>, key: number, capabilities: readonly Capability[]): void {
  const known = map.get(key) ?? new Set<Capability>()
  map.set(key, known)
  for (const capability of capabilities) known.add(capability)
}
