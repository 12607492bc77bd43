/**
 * Names that mean one thing in one build for the target and another in the next: of a release, of another processor, of
 * a build script's other choice. Such a name keeps all its meanings with their conditions, and what asks for it is done
 * once for each: in the first view every name means what it means in a plain build, in the later ones what else it may.
 *
 * A view is no build: names of unrelated conditions move on together, so that each meaning is seen in some view, but
 * not each combination. What contradicts what was chosen before, or the condition of the code that asks, is not chosen.
 */
import { CFG_TRUE, type CfgExpr, cfgAnd, checked } from '../base/index.js'
import type { CrateCfg } from './crate-cfg.js'

export interface View {
  /** 0: a plain build. */
  readonly index: number
  /** The condition of the code that asks. */
  under: CfgExpr
  /** How many further views show something else, as far as is known by now. */
  met: number
  /** The conditions of all that was chosen. */
  chosen: CfgExpr
  /** Some name had several meanings, whether or not the conditions left a choice. */
  hasChoice: boolean
  /** Of whoever asks outside of all views: one answer there says nothing of the next. */
  readonly forgets?: true
}

/** More meanings of one name than this are not looked at; who asks records that. */
export const VIEW_LIMIT = 6

export function plainView(): View {
  return { index: 0, under: CFG_TRUE, met: 0, chosen: CFG_TRUE, hasChoice: false, forgets: true }
}

/** Something that is there under a condition; absent: always. */
export interface UnderCfg {
  readonly cfg?: CfgExpr | undefined
}

/** The one of several meanings that the view shows. Those of a plain build come first. */
export function choose<T extends UnderCfg>(view: View, cfg: CrateCfg, meanings: readonly T[]): T | undefined {
  const count = meanings.length
  if (count < 2) return meanings[0]
  view.hasChoice = true
  let possible = 0
  let chosen: T | undefined
  for (let i = 0; i < count; i++) {
    const meaning = checked(meanings[(view.index + i) % count])
    if (!cfg.mayHold(cfgAnd(view.under, meaning.cfg))) continue
    possible++
    if (chosen === undefined && cfg.mayHold(cfgAnd(cfgAnd(view.under, view.chosen), meaning.cfg))) chosen = meaning
  }
  if (possible > 1) view.met = Math.max(view.met, count - 1)
  if (chosen === undefined) return meanings[view.index % count]
  if (possible > 1 && !view.forgets) view.chosen = cfgAnd(view.chosen, chosen.cfg)
  return chosen
}

export interface Seen<T> {
  readonly value: T
  /** Under which condition it was seen, besides that of the code that asks; true when every build sees the same. */
  readonly cfg: CfgExpr
  readonly index: number
}

/** Asks once in every view. `holder.view` is put back in the end; `tooMany` is told when VIEW_LIMIT was not enough. */
export function inEachView<T>(
  holder: { view: View },
  under: CfgExpr,
  ask: (index: number) => T,
  tooMany: () => void = () => {},
): readonly Seen<T>[] {
  const outer = holder.view
  const seen: Seen<T>[] = []
  let last = 0
  try {
    for (let index = 0; index <= Math.min(last, VIEW_LIMIT - 1); index++) {
      const view: View = { index, under, met: 0, chosen: CFG_TRUE, hasChoice: false }
      holder.view = view
      const value = ask(index)
      last = Math.max(last, view.met)
      seen.push({ value, cfg: view.chosen, index })
    }
  } finally {
    holder.view = outer
  }
  if (last >= VIEW_LIMIT) tooMany()
  return seen
}
