/**
 * The call graph of a workspace, one Program (one target) after another: each crate is inferred into a share, which is
 * linked at once and not kept. A body that means the same for every target is inferred once: a later target adds what
 * those before it have not, and what a body means there that met something which comes to something else there.
 */
import type { Program } from '../names/index.js'
import type { Workspace } from '../project/index.js'
import { type AlikeGroups, alikeAmong } from './alike-targets.js'
import type { CallGraph } from './call-graph.js'
import { ONE_PART, partOf, type UnitParts } from './crate-parts.js'
import type { CrateShare } from './crate-share.js'
import { bodiesIn, EarlierBodies } from './earlier-bodies.js'
import { type InferenceContext, inferCrate, newInferenceContext, withOwnCaches } from './infer-crate.js'
import { addShare } from './link/add-share.js'
import { finishGraph as finishLinked } from './link/finish-graph.js'
import { addLoss, type LinkState, newLinkState } from './link/link-state.js'
import type { TargetGroups } from './link/target-conditions.js'

/** What the shares of several targets have in common while they are made, one target after another. */
export interface ShareState {
  readonly groups: TargetGroups
  /** Of the first group, whose bodies are inferred, all of them; later ones add little to it and are done in one part. */
  readonly parts: UnitParts
  readonly earlier: EarlierBodies
  readonly alike: AlikeGroups
  /** Programs that were taken in. */
  programs: number
}

export interface GraphState {
  readonly shares: ShareState
  readonly linked: LinkState
}

/** For the targets that will be looked at: a Program for each group, in their order, from the group of number `first` on. */
export function newShareState(groups: TargetGroups, parts = ONE_PART, first = 0): ShareState {
  return { groups, parts, earlier: new EarlierBodies(), alike: alikeAmong(groups), programs: first }
}

/** An empty graph, for the targets that will be added to it: a Program for each group, in their order. */
export function newGraphState(groups: TargetGroups, roots: readonly string[] = [], parts = ONE_PART): GraphState {
  return { shares: newShareState(groups, parts), linked: newLinkState(groups, roots) }
}

type Units = Pick<Workspace, 'units'>

/** The shares of a Program's crates, dependencies first; to be called for each target, in order. */
export function* sharesOf(
  state: ShareState,
  program: Program,
  workspace: Units,
  onCrate?: (name: string) => void,
): Generator<CrateShare> {
  yield* sharesOfPart(state, nextContext(state, program), workspace, undefined, onCrate)
}

/** Prepares the Program of the next group. */
export function nextContext(state: ShareState, program: Program): InferenceContext {
  const group = state.programs++
  const [target] = state.groups[group] ?? []
  if (!target) throw new Error('a Program more than targets')
  return newInferenceContext(program, target.triple, group, state.alike)
}

/** The caches of a part that is under way, and what it knows of bodies. */
interface OpenPart {
  readonly context: InferenceContext
  readonly earlier: EarlierBodies
  left: number
}

/**
 * The shares of a part, by the state's `parts`, or of all parts of a group, in the order of the units. The caches of the context
 * are to be empty.
 */
export function* sharesOfPart(
  state: ShareState,
  context: InferenceContext,
  { units }: Units,
  only?: number,
  onCrate?: (name: string) => void,
): Generator<CrateShare> {
  const { group, program } = context
  const parts = group === 0 ? state.parts : ONE_PART
  const crates = new Map(program.crates.flatMap((crate) => (crate.unit ? [[crate.unit.id, crate]] : [])))
  const left = new Map<number, number>()
  for (const at of units.keys()) left.set(partOf(parts, at), (left.get(partOf(parts, at)) ?? 0) + 1)
  const open = new Map<number, OpenPart>()
  let isFirst = true
  for (const [at, unit] of units.entries()) {
    const number = partOf(parts, at)
    if (only !== undefined && number !== only) continue
    const known = open.get(number)
    const part = known ?? {
      context: isFirst ? context : withOwnCaches(context),
      earlier: group === 0 ? new EarlierBodies() : state.earlier,
      left: left.get(number) ?? 0,
    }
    if (!known) isFirst = false
    if (--part.left === 0) open.delete(number)
    else open.set(number, part)
    const crate = crates.get(unit.id)
    if (!crate) throw new Error(`the Program has no crate for ${unit.id}`)
    onCrate?.(unit.id)
    const share = inferCrate(part.context, crate, unit, at, part.earlier)
    const bodies = bodiesIn(share, group, at)
    part.earlier.note(bodies)
    if (part.earlier !== state.earlier) state.earlier.note(bodies)
    yield share
  }
}

/** Adds a Program's part of the graph; to be called for each target, in order. */
export function addProgram(
  state: GraphState,
  program: Program,
  workspace: Pick<Workspace, 'units'>,
  onCrate?: (name: string) => void,
): void {
  for (const share of sharesOf(state.shares, program, workspace, onCrate)) addShare(state.linked, share)
}

/** Adds what was lost before any code was read. */
export function addProjectLosses({ linked }: GraphState, { losses = [] }: Workspace): void {
  for (const loss of losses) addLoss(linked, loss)
}

/** The graph in its final, stable order. */
export function finishGraph({ linked }: GraphState): CallGraph {
  return finishLinked(linked)
}

/**
 * The graph of shares that were made by anyone, in whatever order they come: they are linked in the order of their
 * targets, then of their units.
 */
export function linkShares(
  shares: readonly CrateShare[],
  groups: TargetGroups,
  { units, roots }: Pick<Workspace, 'units' | 'roots'>,
): CallGraph {
  const state = newLinkState(groups, roots)
  const targetAt = new Map(groups.flatMap(([target], i) => (target ? [[target.triple, i] as const] : [])))
  const unitAt = new Map(units.map(({ id }, i) => [id, i]))
  const at = (map: ReadonlyMap<string, number>, key: string): number => map.get(key) ?? map.size
  const ordered = [...shares].sort(
    (a, b) => at(targetAt, a.target) - at(targetAt, b.target) || at(unitAt, a.unit) - at(unitAt, b.unit),
  )
  for (const share of ordered) addShare(state, share)
  return finishLinked(state)
}
