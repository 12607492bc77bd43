/**
 * Whether a module's names may mean something else for another target. What a condition on an item does is seen at the
 * item that is called; a conditional `use` or type alias leaves no trace in what it leads to, so bodies that see one
 * are inferred for each target. Aliases that stand in other modules and reach a body through a signature are not seen.
 */
import type { CfgExpr } from '../base/index.js'
import type { Module } from '../names/index.js'

const answers = new WeakMap<Module, boolean>()

/** For the names of the module and, from a block's, of the modules around it. `differs` must always be the same. */
export function namesDiffer(module: Module, differs: (cfg: CfgExpr) => boolean): boolean {
  const known = answers.get(module)
  if (known !== undefined) return known
  const around = module.block && module.parent !== undefined && namesDiffer(module.parent, differs)
  const answer = around || ownNamesDiffer(module, differs)
  answers.set(module, answer)
  return answer
}

function ownNamesDiffer({ scope }: Module, differs: (cfg: CfgExpr) => boolean): boolean {
  for (const names of [scope.types, scope.values]) {
    for (const { cfg, def } of names.values()) {
      if (cfg && differs(cfg)) return true
      if (def.kind === 'alias' && differs(def.cfg)) return true
    }
  }
  return false
}
