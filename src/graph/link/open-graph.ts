/**
 * The graph while it is put together: functions and references that lack what a later share, or the end, will tell of them. What is
 * brought together at the end has a state of its own (dispatch.ts, values.ts, drops.ts, const-reads.ts, casts.ts).
 */
import type { CfgExpr } from '../../base/index.js'
import type { FunctionNode, GraphLoss, Reference, SyntacticFact } from '../call-graph.js'
import type { FunctionKey, ShareFunction } from '../crate-share.js'
import type { ReferenceKey } from '../record-keys.js'
import type { SymbolicValue } from '../symbolic-values.js'
import type { TargetGroups } from './target-conditions.js'

export interface OpenNode extends Omit<FunctionNode, 'facts' | 'cfg' | 'returns' | 'recipes'> {
  cfg: CfgExpr
  readonly facts: SyntacticFact[]
  /** Targets for which its body was inferred, as indexes of their groups. */
  readonly inferredIn: number[]
  /** Further targets that have it, each with the one of these whose body it shares. */
  readonly sharedWith: (readonly [group: number, other: number])[]
  /** Of a closure: whose body makes it. */
  maker?: OpenNode
  /** The groups that have it, under this name. */
  readonly metIn: number[]
  /** Of one that some target calls otherwise: the groups that have its unit. */
  namedAmong?: readonly number[]
  /** What it gives to who calls it. */
  readonly returned: { readonly value: SymbolicValue<FunctionKey>; readonly calls: readonly (OpenUse | undefined)[] }[]
  readonly recipe: {
    readonly recipe: NonNullable<ShareFunction['recipe']>
    readonly calls: readonly (OpenUse | undefined)[]
  }[]
}

/** A call with what is known of its arguments; `calls` are those that its values name, by their place in the share. */
export interface OpenUse {
  readonly values: readonly (SymbolicValue<FunctionKey> | null)[]
  readonly calls: readonly (OpenUse | undefined)[]
  /** The same call in the shares of later targets. */
  others?: OpenUse[]
}

export interface OpenReference extends Omit<Reference, 'to' | 'call' | 'values'> {
  use?: OpenUse
  /** A node of the graph. */
  to?: number
  /** A function whose node may come with a later share. */
  pending?: FunctionKey
}

/** Where an open record stands: a reference that lacks its callee. */
export type PlacedSite = Pick<
  Reference,
  'from' | 'package' | 'file' | 'line' | 'column' | 'writtenAt' | 'cfg' | 'name' | 'literals'
> & { readonly use?: OpenUse }

export interface OpenWrite {
  readonly from: number
  readonly value: SymbolicValue<FunctionKey> | null
  readonly calls: readonly (OpenUse | undefined)[]
}

export interface OpenGraph {
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
  /** Those whose initialisers may come with a later share. */
  readonly openReads: { readonly at: PlacedSite; readonly of: FunctionKey }[]
  /** Calls that another target's share has as well, under the first one's. */
  readonly sameUse: Map<OpenUse, OpenUse>
  readonly fieldWrites: Map<string, OpenWrite[]>
  /** By package: those that its users can call by way of it. */
  readonly exposes: Map<string, Set<string>>
}

/** A reference at a place, to a callee that can be meant. */
export function possible(at: PlacedSite, node: OpenNode, found: Reference['found']): OpenReference {
  return { ...at, callee: node.path, aliases: [], certainty: 'possible', found, to: node.id }
}
