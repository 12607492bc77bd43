/**
 * For which targets a module's names mean the same. What a condition on an item does is seen at the item that is called; a
 * conditional `use` or type alias leaves no trace in what it leads to, so bodies that see one are inferred anew for the
 * targets that have another. What stands in other modules and reaches a body through what it asks: differing-answers.ts.
 */
import type { CfgExpr } from '../base/index.js'
import type { Module } from '../names/index.js'
import { ALL_GROUPS } from './alike-targets.js'
import type { GroupSet } from './crate-share.js'

const answers = new WeakMap<Module, GroupSet>()

/** For the names of the module and, from a block's, of the modules around it. `alike` must always be the same. */
export function namesAlike(module: Module, alike: (cfg: CfgExpr) => GroupSet): GroupSet {
  const known = answers.get(module)
  if (known !== undefined) return known
  const around = module.block && module.parent !== undefined ? namesAlike(module.parent, alike) : ALL_GROUPS
  const answer = around & ownNamesAlike(module, alike)
  answers.set(module, answer)
  return answer
}

function ownNamesAlike({ scope }: Module, alike: (cfg: CfgExpr) => GroupSet): GroupSet {
  let all = ALL_GROUPS
  for (const names of [scope.types, scope.values, scope.macros]) {
    for (const { cfg, def } of names.values()) {
      if (cfg) all &= alike(cfg)
      if (def.kind === 'alias') all &= alike(def.cfg)
    }
  }
  return all
}
