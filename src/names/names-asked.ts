/** The questions about a crate's names whose answers other targets do not share, with those that do. */
import type { CfgExpr } from '../base/index.js'
import { meaningsOf } from './bindings.js'
import { type OwnModule, stateOf } from './crate-state.js'
import type { Crate, Module } from './defs.js'
import { ALL_TARGETS, meeting, newMet, type Question, type TargetSet } from './other-targets.js'
import { noteTraits } from './queries.js'
import { crateOfName, nameIn, textualMacro, traitItemIn, usedMacro } from './questions.js'
import { alikeOn, inModule, usedMacros } from './resolve-path.js'

/** To be asked when all names are settled. What stands in a module that another target has not is reached by the module's name. */
export function* namesAsked(crate: Crate): Generator<readonly [Question, TargetSet]> {
  const state = stateOf(crate)
  const { otherTargets } = state.program
  const { alike } = otherTargets
  if (!alike || !crate.unit) return
  const sameOf = (look: () => void): TargetSet => {
    const met = newMet()
    meeting(otherTargets, met, look)
    return met.same
  }
  for (const module of modulesOf(crate)) {
    const elsewhere = ~alike(module.cfg)
    const own = module as Module
    const names = new Set([...module.scope.types.keys(), ...module.scope.values.keys(), ...module.scope.macros.keys()])
    for (const name of names) {
      const same = sameOf(() => inModule(own, name, own, undefined)) | elsewhere
      if (same !== ALL_TARGETS) yield [nameIn(own, name), same]
    }
    const traits = new Set([...module.scope.unnamedTraits.keys()])
    for (const { def } of module.scope.types.values()) if (def.kind === 'trait') traits.add(def)
    for (const trait of traits) {
      const same = sameOf(() => noteTraits(own, '', [trait])) | elsewhere
      if (same !== ALL_TARGETS) for (const { name } of trait.items) yield [traitItemIn(own, name), same]
    }
  }
  for (const def of crate.defs) {
    if (def.kind === 'macro' && alike(def.cfg) !== ALL_TARGETS) yield [textualMacro(crate, def.name), alike(def.cfg)]
    if (def.kind === 'enum')
      for (const { name, cfg } of def.variants) yield [nameIn(def, name), alike(cfg) | ~alike(def.cfg)]
  }
  for (const name of state.macroUsePrelude.keys()) yield [usedMacro(crate, name), sameOf(() => usedMacros(state, name))]
  yield* cratesAsked(crate, alike)
}

/** Names that a manifest gives to a dependency for some platforms, which may be another on others. */
function* cratesAsked(crate: Crate, alike: (cfg: CfgExpr) => TargetSet): Generator<readonly [Question, TargetSet]> {
  for (const { name, platform } of crate.unit?.externs ?? []) {
    if (platform === undefined) continue
    yield [crateOfName(crate, name), alikeOn(platform, alike)]
  }
}

/** The crate's modules, but for those of blocks. */
function modulesOf(crate: Crate): readonly OwnModule[] {
  const all: OwnModule[] = [crate.root as Module as OwnModule]
  // The list grows while it is walked.
  for (const module of all)
    for (const binding of module.scope.types.values())
      for (const { def, via } of meaningsOf(binding))
        if (via === 'decl' && def.kind === 'module') all.push(def as Module as OwnModule)
  return all
}
