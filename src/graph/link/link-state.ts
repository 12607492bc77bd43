/** The graph while shares are linked: functions by their keys, so that a second target's view of one joins the first's. */
import type { CfgExpr } from '../../base/index.js'
import type { FunctionNode, GraphLoss, Reference, SyntacticFact } from '../call-graph.js'
import type { FunctionKey } from '../crate-share.js'
import { checksKeys, sameOrDefect } from '../key-checks.js'
import { type ReferenceKey, referenceKey } from '../record-keys.js'
import type { SymbolicValue } from '../symbolic-values.js'
import { type CastState, newCastState } from './casts.js'
import type { ReadAt } from './const-reads.js'
import { type DispatchState, newDispatchState } from './dispatch.js'
import { type DropState, newDropState } from './drops.js'
import type { TargetGroups } from './target-conditions.js'
import { newValueState, type ValueState } from './values.js'

export interface OpenNode extends Omit<FunctionNode, 'facts' | 'cfg' | 'returns'> {
  cfg: CfgExpr
  readonly facts: SyntacticFact[]
  /** Targets for which its body was inferred, as indexes of their groups. */
  readonly inferredIn: number[]
  /** Further targets that have it, each with the one of these whose body it shares. */
  readonly sharedWith: (readonly [group: number, other: number])[]
  /** Of a closure: whose body makes it. */
  maker?: OpenNode
  /** Of one that other targets call otherwise: of the targets that have its unit those that call it this. */
  namedIn?: { readonly targets: readonly number[]; readonly of: number[] }
  /** What it gives to who calls it. */
  readonly returned: { readonly value: SymbolicValue<FunctionKey>; readonly calls: readonly (OpenUse | undefined)[] }[]
}

/** A call with what is known of its arguments; `calls` are those that its values name, by their place in the share. */
export interface OpenUse {
  readonly values: readonly (SymbolicValue<FunctionKey> | null)[]
  readonly calls: readonly (OpenUse | undefined)[]
  /** The same call in the shares of later targets. */
  others?: OpenUse[]
}

export interface OpenReference extends Omit<Reference, 'target' | 'call' | 'values'> {
  use?: OpenUse
  /** A node of the graph. */
  target?: number
  /** A function whose node may come with a later share. */
  pending?: FunctionKey
}

/** Where an open record stands: a reference that lacks its callee. */
export type PlacedSite = Pick<
  Reference,
  'from' | 'package' | 'file' | 'line' | 'column' | 'writtenAt' | 'cfg' | 'name' | 'literals'
> & { readonly use?: OpenUse }

export interface LinkState {
  readonly groups: TargetGroups
  /** Packages that were asked about: whoever uses them is not in the program. */
  readonly roots: readonly string[]
  /** The targets for which there are shares of a unit, by its name. */
  readonly targetsOf: Map<string, number[]>
  readonly nodes: OpenNode[]
  readonly nodeOfKey: Map<FunctionKey, OpenNode>
  /** Numbers of the keys that references lead to: shorter in a reference's own key. */
  readonly numberOfKey: Map<FunctionKey, number>
  readonly references: OpenReference[]
  readonly referenceKeys: Map<ReferenceKey, OpenReference>
  /** Targets whose bodies had a reference or fact, where the body was inferred for several. */
  readonly foundIn: Map<object, number[]>
  readonly losses: GraphLoss[]
  readonly lossKeys: Set<string>
  /** What is brought together at the end, when all of it is known. */
  readonly dispatch: DispatchState
  readonly values: ValueState
  readonly drops: DropState
  readonly constReads: ReadAt[]
  /** Those whose initialisers may come with a later share. */
  readonly openReads: { readonly at: PlacedSite; readonly of: FunctionKey }[]
  readonly casts: CastState
  /** Calls that another target's share has as well, under the first one's. */
  readonly sameUse: Map<OpenUse, OpenUse>
  readonly fieldWrites: Map<string, OpenWrite[]>
  /** By package: those that its users can call by way of it. */
  readonly exposes: Map<string, Set<string>>
}

export interface OpenWrite {
  readonly from: number
  readonly value: SymbolicValue<FunctionKey> | null
  readonly calls: readonly (OpenUse | undefined)[]
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

/** A reference at a place, to a callee that can be meant. */
export function possible(at: PlacedSite, node: OpenNode, found: Reference['found']): OpenReference {
  return { ...at, callee: node.path, aliases: [], certainty: 'possible', found, target: node.id }
}
