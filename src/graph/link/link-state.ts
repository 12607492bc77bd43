/** The graph while shares are linked: functions by their keys, so that a second target's view of one joins the first's. */
import type { GraphLoss, SyntacticFact } from '../call-graph.js'
import { checksKeys, sameOrDefect } from '../key-checks.js'
import { referenceKey } from '../record-keys.js'
import { type CastState, newCastState } from './casts.js'
import type { ReadAt } from './const-reads.js'
import { type DispatchState, newDispatchState } from './dispatch.js'
import { type DropState, newDropState } from './drops.js'
import type { OpenGraph, OpenNode, OpenReference, OpenUse } from './open-graph.js'
import type { TargetGroups } from './target-conditions.js'
import { newValueState, type ValueState } from './values.js'

export interface LinkState extends OpenGraph {
  /** What is brought together at the end, when all of it is known. */
  readonly dispatch: DispatchState
  readonly values: ValueState
  readonly drops: DropState
  readonly constReads: ReadAt[]
  readonly casts: CastState
}

/** An empty graph, for the shares of these targets. */
export function newLinkState(groups: TargetGroups, roots: readonly string[]): LinkState {
  return {
    groups,
    roots,
    targetsOf: new Map(),
    nodes: [],
    nodeOfKey: new Map(),
    numberOfKey: new Map(),
    references: [],
    referenceKeys: new Map(),
    foundIn: new Map(),
    losses: [],
    lossKeys: new Set(),
    dispatch: newDispatchState(),
    values: newValueState(),
    drops: newDropState(),
    constReads: [],
    openReads: [],
    casts: newCastState(),
    sameUse: new Map(),
    fieldWrites: new Map(),
    exposes: new Map(),
  }
}

/** In place of a target's group: it holds whatever a target's body has. */
const EVERYWHERE = -1

/** One place of one function may be inferred for several targets; the same meaning counts once. `callee` tells apart functions of one path. */
export function addReference(state: LinkState, reference: OpenReference, callee: string, group = EVERYWHERE): void {
  const key = referenceKey(reference, callee)
  const known = state.referenceKeys.get(key)
  noteFound(state, known ?? reference, group)
  if (known) {
    noteSameCall(state, known, reference)
    if (checksKeys) sameOrDefect('reference', key, saidBy(known), saidBy(reference))
    return
  }
  state.referenceKeys.set(key, reference)
  state.references.push(reference)
}

/** A call of whose arguments nothing is known. */
const UNKNOWN_USE: OpenUse = { values: [], calls: [] }

/** Another target may hand over other values: a constant may be another there, or what is known here is not known there. */
function noteSameCall({ sameUse }: LinkState, known: OpenReference, { use }: OpenReference): void {
  if (use === known.use) return
  if (!use) addOther(known.use, UNKNOWN_USE)
  else if (!known.use) {
    known.use = use
    addOther(use, UNKNOWN_USE)
  } else if (!sameUse.has(use)) {
    sameUse.set(use, known.use)
    addOther(known.use, use)
  }
}

function addOther(use: OpenUse | undefined, other: OpenUse): void {
  if (!use || use.others?.includes(other)) return
  use.others ??= []
  use.others.push(other)
}

/** What a reference says, but its name (which is for the reader) and whom it was led to. */
function saidBy({ found, certainty, callee, symbol, why, literals, writtenAt }: OpenReference): string {
  // What can be meant is said once at a place, however it was thought of.
  const how = certainty === 'possible' ? [] : [found, symbol, why]
  return JSON.stringify([callee, certainty, literals ?? [], writtenAt, ...how])
}

/** The same fact of one function counts once. */
export function addFact(state: LinkState, node: OpenNode, fact: SyntacticFact, group = EVERYWHERE): void {
  const same = node.facts.find(
    (known) =>
      known.kind === fact.kind &&
      known.what === fact.what &&
      known.file === fact.file &&
      known.line === fact.line &&
      known.column === fact.column,
  )
  noteFound(state, same ?? fact, group)
  if (!same) node.facts.push(fact)
}

function noteFound({ foundIn, groups: { length } }: LinkState, found: object, group: number): void {
  // With one target it is found wherever its body is.
  if (length === 1) return
  const groups = foundIn.get(found)
  if (!groups) foundIn.set(found, [group])
  else if (!groups.includes(group)) groups.push(group)
}

export function addLoss(state: LinkState, loss: GraphLoss): void {
  const key = `${loss.kind}|${loss.package}|${loss.file}|${loss.line}|${loss.column}|${loss.what}`
  if (state.lossKeys.has(key)) return
  state.lossKeys.add(key)
  state.losses.push(loss)
}
