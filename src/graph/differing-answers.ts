/**
 * What this target answers otherwise than others: of the questions that leave no trace where they find nothing, those whose
 * answer hangs on a condition, with the targets that share it. A body is taken over from an earlier target only where none of
 * what it asked there is among them.
 */
import {
  type BlockModule,
  type Crate,
  type ImplDef,
  meeting,
  namesAsked,
  newMet,
  otherTargets,
  type Question,
} from '../names/index.js'
import { answeredByImpl, headersOf, itemsOf, memberOf, type TypeContext } from '../types/index.js'
import { ALL_GROUPS } from './alike-targets.js'
import type { GroupSet } from './crate-share.js'

type Answers = Map<Question, GroupSet>

const ofCrate = new WeakMap<Crate, Answers>()
const visible = new WeakMap<Crate, Answers>()

/** Of a crate and all that it can see. */
export function answersAlike(tcx: TypeContext, crate: Crate): ReadonlyMap<Question, GroupSet> {
  const known = visible.get(crate)
  if (known) return known
  const all: Answers = new Map()
  for (const other of crate.visibleCrates)
    if (other.unit) for (const [question, groups] of ownAnswers(tcx, other)) narrow(all, question, groups)
  visible.set(crate, all)
  return all
}

/** Impls in a block hold for the whole crate, and are met with the body around them. */
export function addBlockAnswers(tcx: TypeContext, crate: Crate, { defs }: BlockModule): void {
  for (const def of defs) {
    if (def.kind !== 'impl') continue
    for (const [question, groups] of implAnswers(tcx, def))
      for (const answers of [ofCrate.get(crate), visible.get(crate)]) if (answers) narrow(answers, question, groups)
  }
}

function ownAnswers(tcx: TypeContext, crate: Crate): Answers {
  const known = ofCrate.get(crate)
  if (known) return known
  const answers: Answers = new Map()
  ofCrate.set(crate, answers)
  const { alike } = otherTargets(tcx.program)
  if (!alike) return answers
  for (const [question, groups] of namesAsked(crate)) narrow(answers, question, groups)
  for (const impl of crate.impls)
    for (const [question, groups] of implAnswers(tcx, impl)) narrow(answers, question, groups)
  for (const def of crate.defs) {
    if (def.kind !== 'trait') continue
    const same = def.items.reduce((all, { cfg }) => all & alike(cfg), ALL_GROUPS)
    if (same !== ALL_GROUPS) narrow(answers, itemsOf(def), same | ~alike(def.cfg))
  }
  return answers
}

function* implAnswers(tcx: TypeContext, impl: ImplDef): Generator<readonly [Question, GroupSet]> {
  const others = otherTargets(tcx.program)
  const { alike } = others
  if (!alike) return
  const met = newMet()
  const headers = meeting(others, met, () => headersOf(tcx, impl))
  const sameItems = impl.items.reduce((all, { cfg }) => all & alike(cfg), met.same & alike(impl.cfg))
  if (sameItems === ALL_GROUPS) return
  for (const { self, trait } of headers) {
    // Where a target has not the type or the trait, its code cannot ask for what is in the impl.
    let elsewhere = self.k === 'adt' ? ~alike(self.def.cfg) : ~ALL_GROUPS
    if (trait) {
      elsewhere |= ~alike(trait.trait.cfg)
      for (const question of answeredByImpl(trait.trait, self)) yield [question, sameItems | elsewhere]
    } else
      for (const { name, cfg } of impl.items) {
        const question = memberOf(self, name)
        if (question !== undefined) yield [question, (met.same & alike(cfg)) | elsewhere]
      }
  }
}

function narrow(answers: Answers, question: Question, groups: GroupSet): void {
  const before = answers.get(question) ?? ALL_GROUPS
  if ((before & groups) !== before) answers.set(question, before & groups)
}
