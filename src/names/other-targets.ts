/**
 * On which other targets an answer is the same. Two things are noted of whatever is worked out:
 *
 * - `same`: the targets for which each condition comes to the same that was met on the way, of a binding, a definition, a
 *   field or a statement. It says what this target has and others have not.
 * - `asked`: the questions that were put, by names that mean the same for every target. What only another target has, where
 *   this one has nothing of the name, leaves no trace here; the other one is asked which of the questions it answers otherwise.
 *
 * What is the same on all of them depends on no target.
 */
import type { CfgExpr } from '../base/index.js'

/** A bit for each of the targets looked at, in their order. */
export type TargetSet = number

export const ALL_TARGETS: TargetSet = -1

/** A question's number, made of its text: two that share one are taken for the same, which costs work and loses nothing. */
export type Question = number

/** Questions, and what was kept with those that it asked when it was made. */
export interface Asked extends Set<Question | Asked> {}

/** What an answer hangs on. */
export interface Met {
  same: TargetSet
  asked: Asked
}

export interface OtherTargets extends Met {
  /** The targets for which a condition comes to what it comes to here; absent where there is but one. */
  alike?: (cfg: CfgExpr) => TargetSet
}

export const newMet = (): Met => ({ same: ALL_TARGETS, asked: new Set() as Asked })

/** Something was found, or is not there, under the condition. */
export function noteCondition(others: OtherTargets, cfg: CfgExpr | undefined): void {
  if (cfg !== undefined && cfg.k !== 'true' && others.alike) others.same &= others.alike(cfg)
}

/** Notes a question. */
export function ask(others: OtherTargets, question: Question): void {
  if (others.alike) others.asked.add(question)
}

/** Works something out; what it hangs on is added to `met`, and to what whoever asks hangs on. */
export function meeting<T>(others: OtherTargets, met: Met, make: () => T): T {
  if (!others.alike) return make()
  const { same, asked } = others
  others.same = ALL_TARGETS
  others.asked = met.asked
  try {
    return make()
  } finally {
    met.same &= others.same
    others.same &= same
    others.asked = asked
    if (met.asked.size > 0) asked.add(met.asked)
  }
}

/** An answer that was kept is given again. */
export function meet(others: OtherTargets, { same, asked }: Met): void {
  others.same &= same
  if (asked.size > 0) others.asked.add(asked)
}

/** All questions, those of what was kept too. */
export function questionsIn(asked: Asked): readonly Question[] {
  const all = new Set<Question>()
  const sets: Asked[] = [asked]
  const seen = new Set<Asked>(sets)
  for (const set of sets)
    for (const each of set) {
      if (typeof each === 'number') all.add(each)
      else if (!seen.has(each)) {
        seen.add(each)
        sets.push(each)
      }
    }
  return [...all]
}

/** The number of a question's text: FNV-1a over its code units; `begun`: that of what stands before it. */
export function questionOf(text: string, begun: Question = 0x811c9dc5): Question {
  let hash = begun
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash | 0
}
