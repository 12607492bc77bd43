/**
 * Inference of one crate for one target: its bodies, one after another, into a share. Nothing is kept elsewhere and no
 * other stage's data is changed, but for the caches of the types room, the limits that it reached and what macro
 * expansion lost on the way, which are taken from it here.
 *
 * A body that means the same for every target is inferred once: `earlier` tells which bodies need not be looked at again.
 */
import type { CfgExpr } from '../base/index.js'
import type { Crate, Loss, Program } from '../names/index.js'
import {
  type BlockModule,
  guessedOptions,
  meeting,
  otherTargets,
  type Question,
  questionsIn,
  takeLosses,
  unreadOptions,
} from '../names/index.js'
import type { Unit } from '../project/index.js'
import { newTypeContext, type TypeContext, takeReached } from '../types/index.js'
import { ALL_GROUPS, type AlikeGroups } from './alike-targets.js'
import type { BodyTask } from './bodies.js'
import { addBody } from './body-records.js'
import type { CrateShare, GroupSet } from './crate-share.js'
import { addBlockAnswers, answersAlike } from './differing-answers.js'
import { namesAlike } from './differing-names.js'
import { noteImpls, noteNames } from './dispatch-records.js'
import type { EarlierBodies } from './earlier-bodies.js'
import { functionOf } from './function-records.js'
import { HIDING_LOSSES } from './hiding-losses.js'
import { inferredBodies } from './inferred-bodies.js'
import { limitLoss } from './limit-losses.js'
import { finishShare, type GrowingFunction, newShareBuilder, type ShareBuilder } from './share-builder.js'
import { systemImpls } from './system-impls.js'
import { preferFacade } from './type-path.js'

/** A Program that is ready to be inferred. */
export interface PreparedProgram {
  readonly program: Program
  readonly target: string
  /** The number of the target among those that are looked at. */
  readonly group: number
  /** For which of them a condition comes to what it comes to for this one. */
  readonly alike: (cfg: CfgExpr) => GroupSet
  /** What was lost of crates before their bodies were looked at, by crate. */
  readonly losses: ReadonlyMap<Crate, readonly Loss[]>
}

/** What crates of one Program are inferred with. */
export interface InferenceContext extends PreparedProgram {
  /** What is known of types by now. */
  readonly tcx: TypeContext
}

/** Prepares a Program; `target` is the triple that its shares are named by. */
export function newInferenceContext(
  program: Program,
  target: string,
  group = 0,
  alikeGroups: AlikeGroups = () => ALL_GROUPS,
): InferenceContext {
  preferFacade(program.core, program.alloc, program.std)
  // Headers of impls are looked at right away: whether they depend on the target is noted then.
  const alike = (cfg: CfgExpr): GroupSet => alikeGroups(cfg, group)
  otherTargets(program).alike = alike
  const tcx = newTypeContext(program, systemImpls())
  const losses = new Map<Crate, Loss[]>()
  for (const loss of [...program.losses, ...takeLosses(program)]) {
    const known = losses.get(loss.crate)
    if (known) known.push(loss)
    else losses.set(loss.crate, [loss])
  }
  return { tcx, program, target, group, alike, losses }
}

/** With caches of its own: what comes out then does not depend on what was inferred before. */
export const withOwnCaches = (prepared: PreparedProgram): InferenceContext => ({
  ...prepared,
  tcx: newTypeContext(prepared.program, systemImpls()),
})

/** What a crate of the Program refers to and does. `unit` is the crate's own, `at` its position among all. */
export function inferCrate(
  context: InferenceContext,
  crate: Crate,
  unit: Unit,
  at: number,
  earlier: EarlierBodies,
): CrateShare {
  const { tcx, group, alike } = context
  const builder = newShareBuilder(tcx, crate, unit)
  const blocks: BlockModule[] = []
  // The first target takes nothing over.
  const answers = group === 0 ? NO_ANSWERS : answersAlike(tcx, crate)
  const open = (task: BodyTask) => {
    const found = functionOf(builder, task)
    const { record, isNew } = found
    const from = earlier.groupOf(record, group, at, () => namesAlike(task.module, alike), answers)
    if (from === undefined) return isNew || !record.inferred || record.holdsFor !== ALL_GROUPS ? found : undefined
    record.sameAs = from
    return undefined
  }
  const nested: Nested[] = []
  const others = otherTargets(tcx.program)
  for (const { task, wanted, types, met, around } of inferredBodies(tcx, crate, open)) {
    const { index, record } = wanted
    if (around) nested.push({ inner: record, outer: around.record })
    meeting(others, met, () => addBody(builder, index, task, types, alike))
    record.holdsFor &= met.same & namesAlike(task.module, alike)
    record.asked = [...new Set([...(record.asked ?? []), ...questionsIn(met.asked)])]
    if (group > 0) for (const block of types.blocks) addBlockAnswers(tcx, crate, block)
    blocks.push(...types.blocks)
  }
  spreadOutwards(nested)
  noteNames(builder)
  noteImpls(builder, blocks)
  addLimits(builder)
  addGuesses(builder)
  // What the std model could not read is the same for every crate and stands in data/std/losses.txt.
  for (const loss of [...(context.losses.get(crate) ?? []), ...takeLosses(tcx.program)])
    if (loss.crate.unit) addLoss(builder, loss, loss.crate.unit)
  return finishShare(builder, context.target)
}

const NO_ANSWERS: ReadonlyMap<Question, GroupSet> = new Map()

/** A function in a block, and the one whose body the block is in. */
interface Nested {
  readonly inner: GrowingFunction
  readonly outer: GrowingFunction
}

/**
 * Items of a block are met by whoever infers the body around them alone: the body and they are inferred for each target,
 * unless all of them hold for all targets.
 */
function spreadOutwards(nested: readonly Nested[]): void {
  // The innermost come last.
  for (const { inner, outer } of [...nested].reverse()) {
    if (inner.holdsFor !== ALL_GROUPS) outer.holdsFor = 0
    outer.asked = [...new Set([...(outer.asked ?? []), ...(inner.asked ?? [])])]
  }
  for (const { inner, outer } of nested) {
    if (outer.holdsFor === ALL_GROUPS) continue
    outer.holdsFor = 0
    inner.holdsFor = 0
  }
}

/** Limits that headers and bounds reached which no body asked for. */
function addLimits({ tcx, unit, losses }: ShareBuilder): void {
  const place = { package: unit.package, file: unit.root, line: 0, column: 0 }
  for (const what of takeReached(tcx)) losses.push(limitLoss(place, what))
}

/** Options of the build script, which is not run to know them: code that a guess left out, or that may not be there. */
function addGuesses({ crate, unit, losses }: ShareBuilder): void {
  for (const { name, holds, open } of guessedOptions(crate))
    losses.push({
      kind: 'build script cfg',
      what: `cfg(${name}) is for the build script to say; ${open ? 'read both ways' : `read as ${holds ? 'set' : 'not set'}`}`,
      package: unit.package,
      file: unit.root,
      line: 0,
      column: 0,
    })
  for (const name of unreadOptions(crate))
    losses.push({
      kind: 'unread cfg',
      what: `cfg(${name}) brings dependencies that were not read; read as not set`,
      package: unit.package,
      file: unit.root,
      line: 0,
      column: 0,
    })
}

function addLoss(
  { losses, closed }: ShareBuilder,
  { kind, what, place, endLine }: Loss,
  unit: { readonly id: string },
): void {
  const { package: pkg, file, line, column } = place
  losses.push({ kind, what, package: pkg, file, line, column, ...(endLine !== undefined && { endLine }) })
  if (HIDING_LOSSES.has(kind)) closed.add(unit.id)
}
