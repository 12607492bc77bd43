/**
 * types: what every expression's type is, and so which function every call means. It reads names' definitions and
 * nothing else, and does not know what is dangerous (docs/resolution.md, 2).
 *
 * What it computes, and in which order:
 *
 * 1. `newTypeContext` finds the lang items of a Program and indexes its impls by trait and self type (impl-index.ts). All else is
 *    made when it is first asked for, and kept in the context: types as written become types as meant (lower.ts), with generics
 *    and bounds (generics.ts), signatures, fields and headers (signature.ts).
 * 2. `inferBody` (infer/infer-body.ts) takes one body at a time. It asks three things of this room: unify two types (table.ts),
 *    select what makes a trait hold (solve.ts; auto traits and `Copy`: marker-traits.ts), project its associated types (normalize.ts), find
 *    a method (autoderef.ts, then probe.ts; The Rust Reference, "Method-call expressions"). What cannot be decided yet waits
 *    (obligations.ts).
 *
 * Why it ends: a variable is bound once. Dereferences, nesting of obligations, of associated types and of types, rounds, and
 * the effort that a body and a crate may cost (effort.ts) have named limits; limits.ts says which of them were reached.
 *
 * The law that it keeps: what it cannot type is UNKNOWN, fits everything and binds nothing, and a call of it is unresolved, with
 * its place and reason. Several candidates that may be meant are all handed on; one is taken only where code that
 * compiles can mean no other.
 *
 * What it deliberately does not do: reject code; lifetimes, borrows, well-formedness, exhaustiveness, since no call means
 * something else because of them.
 */
import type { Def, Program } from '../names/index.js'
import { newCaches, type SystemImpls, type TypeContext } from './context.js'
import { addImpls, newImplIndex } from './impl-index.js'

export { answeredByImpl, itemsOf, memberOf } from './asked.js'
export type {
  BodyFact,
  BodyRecipe,
  BodyReference,
  BodyTypes,
  Callee,
  ClosureBody,
  OwnedValue,
} from './body-types.js'
export { anyOf, type BodyValue, type CallValues } from './body-values.js'
export { inBuilds, langTrait, type SystemImpls, type TypeContext } from './context.js'
export { inferBody } from './infer/infer-body.js'
export { takeReached } from './limits.js'
export type { Code, RecipeConst } from './recipe-code.js'

/** Prepares a Program for inference: lang items found, impls indexed. */
export function newTypeContext(program: Program, system: SystemImpls): TypeContext {
  const tcx: TypeContext = {
    program,
    lang: langItems(program),
    impls: newImplIndex(),
    generics: new Map(),
    ...newCaches(),
    system,
    reached: new Set(),
    views: [],
  }
  for (const crate of program.crates) addImpls(tcx, crate.impls)
  return tcx
}

/** `#[lang = "…"]` of core, alloc and std; on the functions of traits too. */
function langItems(program: Program): ReadonlyMap<string, Def> {
  const lang = new Map<string, Def>()
  const add = (def: Def): void => {
    if (!('ast' in def) || !def.ast || !('attrs' in def.ast)) return
    for (const { meta } of def.ast.attrs)
      if (meta.path === 'lang' && meta.value !== undefined) lang.set(meta.value, def)
  }
  for (const crate of [program.core, program.alloc, program.std]) {
    for (const def of crate.defs) {
      add(def)
      if (def.kind === 'trait') for (const item of def.items) add(item)
    }
  }
  return lang
}

export { environmentOf, genericsOf, predicatesOf } from './generics.js'
export type { Predicates } from './generics-info.js'
export { headersOf } from './impl-index.js'
export { holdsFunction, reinterpreted } from './infer/made-functions.js'
export { noteReference } from './note-reference.js'
export { ownedTypes } from './owned-types.js'
export { aliasTarget, fieldsOf, fieldTy, implHeader, opaqueBoundsOf, signatureOf, valueTy } from './signature.js'
export { HAS_OPEN_CONST, mapTy, substTraitRef, type TraitRef, type Ty, UNKNOWN } from './ty.js'
export { tyId } from './ty-id.js'
