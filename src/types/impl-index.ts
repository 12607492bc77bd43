/**
 * Where to look for methods and impls: inherent functions by the simplified self type, trait impls by trait and
 * simplified self type, blanket impls apart (The Rust Reference, "Implementations"). Built once per Program from names
 * alone; blocks of bodies add theirs when they are met.
 */
import type { ImplDef, TraitDef } from '../names/index.js'
import { inBuilds, type TypeContext } from './context.js'
import type { ImplHeader } from './headers.js'
import type { ImplIndex, TyKey } from './impl-tables.js'
import { reachLimit } from './limits.js'
import { implHeader } from './signature.js'
import { isFloatName, isIntName, type Ty, type VarKind } from './ty.js'

export function newImplIndex(): ImplIndex {
  return { inherent: new Map(), byTrait: new Map(), negative: new Map(), seen: new Set(), headers: new Map() }
}

export function tyKey(ty: Ty): TyKey | undefined {
  switch (ty.k) {
    case 'adt':
      return `adt:${ty.def.id}`
    case 'prim':
      return ty.name
    case 'ref':
      return ty.mut ? '&mut' : '&'
    case 'ptr':
      return ty.mut ? '*mut' : '*const'
    case 'slice':
    case 'array':
    case 'never':
    case 'closure':
    case 'future':
      return ty.k
    case 'tuple':
      return `tuple:${ty.tys.length}`
    case 'fnptr':
    case 'fndef':
      return ty.k
    case 'dyn':
      return ty.bounds[0] ? `dyn:${ty.bounds[0].trait.id}` : 'dyn'
    default:
      return undefined
  }
}

/** Adds impls to the index; one that is there already is skipped. One is found by each meaning that its header has. */
export function addImpls(tcx: TypeContext, impls: readonly ImplDef[]): void {
  const { seen, headers } = tcx.impls
  for (const impl of impls) {
    if (seen.has(impl)) continue
    seen.add(impl)
    const all = headersInViews(tcx, impl)
    if (all.length > 1) headers.set(impl, all)
    const keys = new Set<string>()
    for (const header of all) {
      const key = `${header.trait?.trait.id} ${tyKey(header.self)}`
      if (!keys.has(key)) addImpl(tcx.impls, impl, header)
      keys.add(key)
    }
  }
}

function addImpl({ inherent, byTrait, negative }: ImplIndex, impl: ImplDef, { self, trait }: ImplHeader): void {
  if (impl.ast.negative) {
    if (trait) push(negative, trait.trait, impl)
    return
  }
  const key = tyKey(self)
  if (trait) {
    let entry = byTrait.get(trait.trait)
    if (!entry) byTrait.set(trait.trait, (entry = { byKey: new Map(), blanket: [] }))
    if (key === undefined) entry.blanket.push(impl)
    else push(entry.byKey, key, impl)
  } else if (!impl.ast.trait && key !== undefined) {
    let names = inherent.get(key)
    if (!names) inherent.set(key, (names = new Map()))
    for (const item of impl.items) push(names, item.name, { impl, item })
  }
}

/** What the header is in each build that has the impl. */
function headersInViews(tcx: TypeContext, impl: ImplDef): readonly ImplHeader[] {
  const tooMany = (): void => reachLimit(tcx, 'the names in the header of an impl have too many meanings')
  return inBuilds(tcx, impl.cfg, (view) => implHeader(view, impl), tooMany)
}

/** What the header of an impl that was added can be. */
export function headersOf(tcx: TypeContext, impl: ImplDef): readonly ImplHeader[] {
  return tcx.impls.headers.get(impl) ?? [implHeader(tcx, impl)]
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const NONE: readonly ImplDef[] = []

/** Impls of a trait that may fit a type: those with its key, then the blanket ones; `kind` is that of a variable. */
export function candidateImpls(tcx: TypeContext, trait: TraitDef, self: Ty, kind: VarKind = 'any'): readonly ImplDef[] {
  const entry = tcx.impls.byTrait.get(trait)
  if (!entry) return NONE
  // A parameter stands for a type of its own, which no impl can name.
  if (self.k === 'param') return entry.blanket
  const key = tyKey(self)
  if (key === undefined) {
    const all: ImplDef[] = []
    for (const [name, list] of entry.byKey) if (mayBeKeyOf(name, kind)) all.push(...list)
    return all.concat(entry.blanket)
  }
  const keyed = entry.byKey.get(key) ?? NONE
  return entry.blanket.length === 0 ? keyed : keyed.concat(entry.blanket)
}

/** Whether a variable of that kind may become what has the key: anything, a number of either sort alone. */
const mayBeKeyOf = (key: TyKey, kind: VarKind): boolean =>
  kind === 'any' || (kind === 'int' ? isIntName(key) : isFloatName(key))

/** Negative impls of a trait for that kind of type. */
export function negativeImpls(tcx: TypeContext, trait: TraitDef, self: Ty): readonly ImplDef[] {
  const key = tyKey(self)
  const all = tcx.impls.negative.get(trait) ?? NONE
  return all.filter((impl) => [undefined, key].includes(tyKey(implHeader(tcx, impl).self)))
}
