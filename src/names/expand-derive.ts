/**
 * What `#[derive(..)]` makes: for std's derives an impl with the trait's own signatures, for others (proc macros, never
 * run) an impl without items when the name is that of a trait too, and a loss.
 */
import type {
  Bound,
  GenericArg,
  GenericParam,
  Generics,
  ImplItem,
  Path,
  TypeRef,
  WherePredicate,
} from '../syntax/index.js'
import { addImpl } from './collect-assoc.js'
import { type CrateState, lose, type PendingAttribute } from './crate-state.js'
import type { AdtDef, AssocDef, Def, ImplDef, MacroDef, Module, TraitDef } from './defs.js'
import { derivedFunctions } from './derived-functions.js'
import { resolveNames } from './resolve-path.js'

export function expandDerive(state: CrateState, pending: PendingAttribute, adt: AdtDef, macro: MacroDef): void {
  const name = pending.path.map((part) => part.name).join('::')
  const at = pending.path[0]?.at ?? 0
  pending.source.visits?.note(pending.source, at, 'attribute', macro.builtin === undefined ? 'told' : 'led')
  if (macro.builtin !== undefined) {
    const trait = traitBeside(macro)
    if (trait) addDerived(state, pending, adt, trait, true)
    return
  }
  lose(state, 'proc macro', `#[derive(${name})]`, pending.source, at)
  pending.at.module.opaque = true
  const found = resolveNames(state, {
    module: pending.at.module,
    source: pending.source,
    names: pending.path,
    global: pending.global,
    preludes: true,
  })
  const trait = found.types?.def
  if (trait?.kind === 'trait') addDerived(state, pending, adt, trait, false)
}

/** A built-in derive macro stands beside the trait that it implements, or in a module right below. */
function traitBeside(macro: MacroDef): TraitDef | undefined {
  for (let at: Module | undefined = macro.module; at; at = at.parent) {
    const def = at.scope.types.get(macro.name)?.def
    if (def?.kind === 'trait') return def
  }
  return undefined
}

function addDerived(
  state: CrateState,
  pending: PendingAttribute,
  adt: AdtDef,
  trait: TraitDef,
  withItems: boolean,
): void {
  const at = pending.path[0]?.at ?? 0
  const items: AssocDef[] = []
  const def: ImplDef = {
    kind: 'impl',
    id: state.program.nextId++,
    name: '',
    crate: state.crate,
    module: adt.module,
    source: adt.source,
    cfg: pending.at.cfg,
    vis: 'public',
    ast: implItem(state, adt, trait, at),
    items,
    derived: trait,
  }
  addImpl(state, pending.at, def)
  if (!withItems) return
  for (const fn of derivedFunctions(state, def, trait, adt)) {
    items.push(fn)
    state.sink.defs.push(fn)
  }
}

/**
 * `impl<T: Trait> Trait for Adt<T>`, with the type's own parameters and bounds. As rustc does, what fields name of a parameter
 * (`I::Item`) is bound as well.
 */
function implItem(state: CrateState, adt: AdtDef, trait: TraitDef, at: number): ImplItem {
  const generics = 'generics' in adt.ast ? adt.ast.generics : { params: [], where: [] }
  const bound = { path: madePath(state, trait, at), maybe: false }
  const params = generics.params.map((param): GenericParam => {
    const { default: _default, ...rest } = param
    return param.k === 'type' ? { ...rest, bounds: [...param.bounds, bound] } : rest
  })
  const args = generics.params.map(
    (param): GenericArg => ({ k: 'path', path: { global: false, segments: [{ name: param.name, at }], at, end: at } }),
  )
  const self: TypeRef = { k: 'path', path: madePath(state, adt, at, args) }
  return {
    k: 'impl',
    name: '',
    nameAt: at,
    vis: { k: 'inherited' },
    attrs: [],
    at,
    end: at,
    generics: { params, where: [...generics.where, ...partsOfParams(adt, generics, bound)] } satisfies Generics,
    trait: madePath(state, trait, at),
    negative: false,
    unsafe: false,
    self,
    items: [],
  }
}

/** `I::Item: Trait` for each path in the types of fields that begins with a parameter and goes on. */
function partsOfParams(adt: AdtDef, { params }: Generics, bound: Bound): readonly WherePredicate[] {
  const names = new Set(params.map(({ name }) => name))
  if (names.size === 0) return []
  const found = new Map<string, WherePredicate>()
  const visit = (ty: TypeRef): void => {
    if (ty.k === 'ref' || ty.k === 'ptr' || ty.k === 'slice' || ty.k === 'array') visit(ty.ty)
    if (ty.k === 'tuple') ty.tys.forEach(visit)
    if (ty.k !== 'path') return
    const { segments } = ty.path
    if (segments.length > 1 && !ty.path.global && names.has(segments[0]?.name ?? ''))
      found.set(segments.map(({ name }) => name).join('::'), { ty, bounds: [bound] })
    for (const { args } of segments) for (const arg of args?.args ?? []) if (arg.k !== 'const') visit(arg)
  }
  const fields = 'fields' in adt.ast ? adt.ast.fields : adt.variants.flatMap(({ ast }) => ast.fields)
  for (const { ty } of fields) visit(ty)
  return [...found.values()]
}

/** A path of ours that means a definition whatever is in scope. */
function madePath(
  state: CrateState,
  def: Exclude<Def, { kind: 'prim' }>,
  at: number,
  args: readonly GenericArg[] = [],
): Path {
  const generic = args.length === 0 ? {} : { args: { args, bindings: [] } }
  const path: Path = { global: false, segments: [{ name: def.name, at, ...generic }], at, end: at }
  state.program.madePaths.set(path, { types: def, rest: 1, opaque: false })
  return path
}
