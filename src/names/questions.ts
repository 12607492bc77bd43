/** The questions that leave no trace where they find nothing, as numbers of texts that mean the same for every target. */
import type { OwnModule } from './crate-state.js'
import { definitionPath } from './definition-paths.js'
import type { AdtDef, Crate, Def, Module } from './defs.js'
import { type Question, questionOf } from './other-targets.js'

const numbers = new WeakMap<object, Question>()

/** The number of a definition's path, kept: one is asked for with each name that is looked up. */
export function numberOf(def: Def): Question {
  let number = numbers.get(def)
  if (number === undefined) numbers.set(def, (number = questionOf(definitionPath(def))))
  return number
}

/** What a module or enum has of the name. */
export const nameIn = (owner: Module | AdtDef, name: string): Question => questionOf(name, numberOf(owner))

/** Which traits with an item of the name a module brings into scope. */
export const traitItemIn = (module: Module, name: string): Question => questionOf(` traits ${name}`, numberOf(module))

/** Which `macro_rules` of the name are in a crate. */
export const textualMacro = (crate: Crate, name: string): Question =>
  questionOf(` macro_rules ${name}`, numberOf(crate.root))

/** Which macro of the name `#[macro_use]` brings. */
export const usedMacro = (crate: Crate, name: string): Question =>
  questionOf(` macro_use ${name}`, numberOf(crate.root))

/** Which crate code calls by the name. */
export const crateOfName = (crate: Crate, name: string): Question => questionOf(` crate ${name}`, numberOf(crate.root))

/** A block is known by its globs: what else it has stands in the body that has it. */
export function namedOwners(module: Module): readonly (Module | AdtDef)[] {
  return module.block ? (module as OwnModule).globs : [module]
}
