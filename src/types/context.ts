/**
 * What every part of the types room shares for one Program: the caches of lowered signatures and the indexes of impls.
 * It only holds them; each is filled by the file that is named after it.
 */
import { type CfgExpr, cfgAnd } from '../base/index.js'
import type { AdtDef, AliasDef, Def, FnDef, ImplDef, Program, TraitDef, VariantDef } from '../names/index.js'
import { currentView, otherTargets } from '../names/index.js'
import type { Field } from '../syntax/index.js'
import type { GenericOwner, GenericsInfo, Predicates } from './generics.js'
import type { ImplIndex } from './impl-index.js'
import type { FnSig, ImplHeader } from './signature.js'
import type { Ty } from './ty.js'

/** What whoever asks for types knows of std: which of its impls reach the system by themselves, and of which traits they are. */
export interface SystemImpls {
  readonly hasTrait: (trait: TraitDef) => boolean
  readonly has: (tcx: TypeContext, impl: ImplDef) => boolean
}

export interface TypeContext {
  readonly program: Program
  readonly lang: ReadonlyMap<string, Def>
  readonly impls: ImplIndex
  readonly generics: Map<GenericOwner, GenericsInfo>
  readonly predicates: Map<GenericOwner, Predicates>
  readonly environments: Map<GenericOwner, Predicates>
  readonly signatures: Map<FnDef, FnSig>
  readonly headers: Map<ImplDef, ImplHeader>
  /** By the struct, union or variant: two of one macro's may share the text of their fields. */
  readonly fieldTypes: Map<AdtDef | VariantDef, Map<Field, { ty?: Ty }>>
  readonly aliases: Map<AliasDef, Ty>
  readonly itemBounds: Map<AliasDef, Predicates>
  readonly opaqueBounds: Map<string, Predicates>
  readonly supertraits: Map<TraitDef, Predicates>
  readonly valueTypes: Map<Def, Ty>
  /** What was lowered from names that mean something else in other views: how many there are, and what was chosen. */
  readonly touched: Map<object, { readonly met: number; readonly chosen: CfgExpr }>
  /** What was lowered from something that other targets have not, or have otherwise. */
  readonly ofTarget: Set<object>
  readonly system: SystemImpls
  /** Limits that were reached and not told yet; see limits.ts. */
  readonly reached: Set<string>
  /** The same Program as its later views see it, by view. */
  readonly views: TypeContext[]
}

/** What depends on the meaning of names, empty. */
export function newCaches() {
  return {
    predicates: new Map(),
    environments: new Map(),
    signatures: new Map(),
    headers: new Map(),
    fieldTypes: new Map(),
    aliases: new Map(),
    itemBounds: new Map(),
    opaqueBounds: new Map(),
    supertraits: new Map(),
    valueTypes: new Map(),
    touched: new Map(),
    ofTarget: new Set<object>(),
  }
}

/** The context for a view: the indexes are shared, what is lowered is not. */
export function contextOfView(tcx: TypeContext, index: number): TypeContext {
  if (index === 0) return tcx
  const known = tcx.views[index]
  if (known) return known
  const made: TypeContext = { ...tcx, ...newCaches() }
  tcx.views[index] = made
  return made
}

/** Lowers something that is kept: whoever finds it later is told that other views have something else. */
export function tracked<T>(tcx: TypeContext, key: object, make: () => T): T {
  const view = currentView(tcx.program)
  const { met, chosen } = view
  view.met = 0
  const others = otherTargets(tcx.program)
  const { met: depends } = others
  others.met = false
  try {
    return make()
  } finally {
    if (others.met) tcx.ofTarget.add(key)
    others.met ||= depends
    if (view.met > 0) tcx.touched.set(key, { met: view.met, chosen: view.chosen })
    view.met = Math.max(view.met, met)
    if (view.met === 0) view.chosen = chosen
  }
}

/** Tells whoever asks in a view that what was found depends on it. */
export function noteTouched(tcx: TypeContext, key: object): void {
  if (tcx.ofTarget.has(key)) otherTargets(tcx.program).met = true
  if (tcx.touched.size === 0) return
  const known = tcx.touched.get(key)
  if (!known) return
  const view = currentView(tcx.program)
  view.met = Math.max(view.met, known.met)
  view.chosen = cfgAnd(view.chosen, known.chosen)
}

/** A lang item of std (`#[lang = "deref"]`) that is a trait. */
export function langTrait(tcx: TypeContext, name: string): TraitDef | undefined {
  const def = tcx.lang.get(name)
  return def?.kind === 'trait' ? def : undefined
}

/** A lang item of std that is a struct, enum or union. */
export function langAdt(tcx: TypeContext, name: string): AdtDef | undefined {
  const def = tcx.lang.get(name)
  return def && (def.kind === 'struct' || def.kind === 'enum' || def.kind === 'union') ? def : undefined
}
