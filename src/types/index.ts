/**
 * types: what every expression's type is, and so which function every call means. It reads names' definitions and
 * nothing else; it does not know what is dangerous, and it never rejects code: what it cannot type is unresolved, with
 * its place (law 1).
 */
import type { Def, Program } from '../names/index.js'
import { newCaches, type SystemImpls, type TypeContext } from './context.js'
import { addImpls, newImplIndex } from './impl-index.js'

export type {
  BodyFact,
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

export { environmentOf, genericsOf, type Predicates, predicatesOf } from './generics.js'
export { headersOf } from './impl-index.js'
export { holdsFunction, reinterpreted } from './infer/made-functions.js'
export { ownedTypes } from './owned-types.js'
export { aliasTarget, fieldsOf, fieldTy, implHeader, opaqueBoundsOf, signatureOf, valueTy } from './signature.js'
export { HAS_OPEN_CONST, mapTy, substTraitRef, type TraitRef, type Ty, UNKNOWN } from './ty.js'
export { tyId } from './ty-id.js'
