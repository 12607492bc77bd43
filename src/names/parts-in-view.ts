/** What of several parts under conditions stands in the view that is looked at, or may stand beside it. */
import { cfgAnd } from '../base/index.js'
import type { CfgExpr } from '../syntax/index.js'
import { stateOf } from './crate-state.js'
import type { AssocDef, Crate } from './defs.js'
import { noteCondition } from './other-targets.js'
import { choose, type UnderCfg } from './views.js'

/**
 * Fields, parameters or variables as the view has them: those of other builds are left out, and one whose condition is
 * open is there or not.
 */
export function partsInView<T extends UnderCfg>(crate: Crate, fields: readonly T[]): readonly T[] {
  if (fields.every((field) => field.cfg === undefined)) return fields
  const { cfg, program } = stateOf(crate)
  for (const field of fields) noteCondition(program.otherTargets, field.cfg)
  return fields.filter((field) => {
    if (!cfg.isOpen(field.cfg)) return cfg.holds(field.cfg)
    const absent = { cfg: { k: 'not', of: field.cfg as CfgExpr } as const }
    const meanings = cfg.holds(field.cfg) ? [field, absent] : [absent, field]
    return choose<UnderCfg>(program.view, cfg, meanings) === field
  })
}

/**
 * Of several that fit one place the one that the view shows, where builds for the target differ in which they have; else the
 * first.
 */
export function meaningInView<T extends UnderCfg>(crate: Crate, meanings: readonly T[]): T | undefined {
  const { cfg, program } = stateOf(crate)
  if (meanings.length < 2 || !meanings.some((meaning) => cfg.isOpen(meaning.cfg))) return meanings[0]
  const plainFirst = [...meanings].sort((a, b) => Number(cfg.holds(b.cfg)) - Number(cfg.holds(a.cfg)))
  return choose(program.view, cfg, plainFirst)
}

/** Whether there may be a build that has both. */
export function mayBothBe(crate: Crate, a: UnderCfg, b: UnderCfg): boolean {
  return stateOf(crate).cfg.mayHold(cfgAnd(a.cfg, b.cfg))
}

/** An impl's or trait's item as the view has it. */
export function itemInView<T extends AssocDef>(def: T): T {
  const others = (def.otherBuilds ?? []) as readonly T[]
  return others.length === 0 ? def : (meaningInView(def.crate, [def, ...others]) ?? def)
}
