/**
 * What link/dispatch.ts needs of a crate: calls of a trait's function whose impl is open, the crate's impls, the types that
 * it makes, what it can name. Which impls a call can mean is not decided here.
 */
import { checked } from '../base/index.js'
import type { AdtDef, AssocDef, BlockModule, Def, ImplDef, TraitDef } from '../names/index.js'
import {
  type BodyReference,
  type BodyTypes,
  type Callee,
  environmentOf,
  fieldsOf,
  genericsOf,
  headersOf,
  implHeader,
  inBuilds,
  langTrait,
  predicatesOf,
  type TraitRef,
  type Ty,
  type TypeContext,
  UNKNOWN,
} from '../types/index.js'
import { blanketBounds } from './blanket-bounds.js'
import type { BodyTask } from './bodies.js'
import type { FunctionKey, OpenCall } from './crate-share.js'
import { type FunctionDef, functionKey } from './function-keys.js'
import { callSiteKey, openCallKey } from './record-keys.js'
import type { ShareBuilder } from './share-builder.js'
import { defKey, shapeOf } from './type-shape.js'

/** Notes which types a body makes, and whether something in it stayed closed. */
export function noteMade({ made, closed, unit }: ShareBuilder, types: BodyTypes): void {
  for (const def of types.made) made.add(defKey(def))
  if (types.references.some((ref) => ref.callee.k === 'unresolved' && ref.callee.why === 'opaque macro'))
    closed.add(unit.id)
}

/** Notes a reference whose function depends on a type that is not known. `at` is the place of the certain reference. */
export function noteCall(builder: ShareBuilder, task: BodyTask, ref: BodyReference, at: number): void {
  const { tcx, open, callKeys } = builder
  const { callee } = ref
  const site = checked(builder.sites[at])
  if (callee.k !== 'fn' && callee.k !== 'const') return
  const add = (trait: TraitDef, name: string, means: OpenCall['means'], self: Ty, args: readonly string[]): void => {
    // The body of a derive stands in std, and is compiled here.
    const unit = builder.unit.id
    const shape = isOpen(self) ? '*' : shapeOf(self)
    for (const traits of boundsOn(tcx, task, self)) {
      const bounds = traits.filter((bound) => bound !== trait && !bound.ast.auto)
      const call = { at, unit, trait: defKey(trait), name, means, args, self: shape, bounds: bounds.map(defKey) }
      const key = `${openCallKey(site, site.function, call)}|${callSiteKey(site, call)}`
      if (callKeys.has(key)) continue
      callKeys.add(key)
      open.calls.push(call)
    }
  }
  if (callee.k === 'const') {
    const trait = callee.def.kind === 'const' ? callee.def.container : undefined
    const [self = UNKNOWN, ...rest] = callee.args ?? []
    if (trait?.kind === 'trait' && callee.args) add(trait, callee.def.name, 'const', self, shapesOf(rest))
    return
  }
  const ask = ({ trait, args }: TraitRef): void => {
    const [self = UNKNOWN, ...rest] = args
    add(trait, '', 'all', self, shapesOf(rest))
  }
  for (const asked of callee.asked ?? []) for (const bound of [asked, ...blanketBounds(tcx, asked)]) ask(bound)
  const trait = callee.fn.container
  if (trait?.kind !== 'trait') return
  const count = genericsOf(tcx, trait).all.length
  const rest = callee.args.slice(1, count)
  const means = !trait.crate.unit && callee.fn.ast.body !== undefined ? 'default' : 'one'
  for (const self of openSelves(tcx, callee)) {
    add(trait, callee.fn.name, means, self, shapesOf(rest))
    for (const bound of blanketBounds(tcx, { trait, args: [self, ...rest] })) ask(bound)
  }
}

/** The types on which it depends what is called: the receiver's own, or those that std's impl hands the call on to. */
function openSelves(tcx: TypeContext, callee: Callee & { k: 'fn' }): readonly Ty[] {
  const { self, impl } = callee
  if (!self || impl?.crate.unit) return []
  if (isOpen(self)) return [self]
  // Without an impl a type that is known has the compiler's own.
  if (impl?.container?.kind !== 'impl') return []
  const args = new Map<number, Ty>()
  bindParams(implHeader(tcx, impl.container).self, self, args)
  // `impl<R: Read> Read for Box<R>`: the same trait is asked of the parameter.
  return predicatesOf(tcx, impl.container).traits.flatMap((bound) => {
    const param = bound.args[0]
    const arg = bound.trait === callee.fn.container && param?.k === 'param' ? args.get(param.index) : undefined
    return arg && isOpen(arg) ? [arg] : []
  })
}

/** What an impl header's parameters stand for in a type that it fits. */
function bindParams(header: Ty, ty: Ty, into: Map<number, Ty>): void {
  if (header.k === 'param') into.set(header.index, ty)
  else if (header.k !== ty.k) return
  else if (header.k === 'adt')
    for (const [i, arg] of header.args.entries()) bindParams(arg, (ty as typeof header).args[i] ?? UNKNOWN, into)
  else if (header.k === 'ref' || header.k === 'ptr' || header.k === 'slice' || header.k === 'array')
    bindParams(header.ty, (ty as typeof header).ty, into)
}

const shapesOf = (tys: readonly Ty[]): readonly string[] => tys.map((ty) => shapeOf(ty))

const isOpen = (ty: Ty): boolean =>
  ty.k === 'param' || ty.k === 'dyn' || ty.k === 'opaque' || ty.k === 'proj' || ty.k === 'unknown' || ty.k === 'var'

/** The traits that a type has to implement, in each build for the target. */
function boundsOn(tcx: TypeContext, task: BodyTask, self: Ty): readonly (readonly TraitDef[])[] {
  if (self.k === 'dyn') return [self.bounds.map((bound) => bound.trait)]
  const { owner } = task
  if (self.k !== 'param' || owner.kind === 'static') return [[]]
  const environments = inBuilds(tcx, task.cfg, (view) => environmentOf(view, owner))
  return environments.map(({ traits }) =>
    traits.flatMap((ref) =>
      ref.args[0]?.k === 'param' && ref.args[0].index === self.index && ref.args.length === 1 ? [ref.trait] : [],
    ),
  )
}

/** Notes what the crate can name, and what others can make of it. */
export function noteNames({ crate, unit, open }: ShareBuilder): void {
  const visible = new Set([unit.id])
  for (const other of crate.visibleCrates) if (other.unit) visible.add(other.unit.id)
  open.visible.push(...visible)
  if (unit.kind === 'lib') for (const def of crate.defs) if (isOpenToAll(def)) open.offered.push(defKey(def))
}

/** A public type whose literals anybody can write; visibility of its modules is left aside. */
function isOpenToAll(def: Def): def is AdtDef {
  if (def.kind === 'enum') return def.vis === 'public'
  return def.kind === 'struct' && def.vis === 'public' && fieldsOf(def).every((field) => field.vis.k === 'public')
}

/** Notes the impls of the crate and of its bodies' blocks; to be called when its functions are in the share. */
export function noteImpls(builder: ShareBuilder, blocks: readonly BlockModule[]): void {
  for (const impl of builder.crate.impls) noteImpl(builder, impl)
  for (const { defs } of blocks) for (const def of defs) if (def.kind === 'impl') noteImpl(builder, def)
}

function noteImpl(builder: ShareBuilder, impl: ImplDef): void {
  const { tcx, open } = builder
  const fns: { name: string; key: FunctionKey; takesSelf: boolean }[] = []
  const consts: { name: string; key: FunctionKey }[] = []
  for (const item of impl.items.flatMap((each): readonly AssocDef[] => [each, ...(each.otherBuilds ?? [])])) {
    const key = item.kind === 'alias' ? undefined : keyOfNoted(builder, item)
    if (key === undefined) continue
    if (item.kind === 'fn') fns.push({ name: item.name, key, takesSelf: item.ast.self !== undefined })
    else consts.push({ name: item.name, key })
  }
  for (const { self, trait } of headersOf(tcx, impl)) {
    if (!trait) continue
    if (self.k === 'adt' && !impl.ast.negative && trait.trait === langTrait(tcx, 'drop'))
      for (const drop of fns) open.drops.push({ type: defKey(self.def), drop: drop.key })
    const needs = ownType(self)
    open.impls.push({
      trait: defKey(trait.trait),
      self: shapeOf(self),
      args: trait.args.slice(1).map((arg) => shapeOf(arg)),
      ...(needs === undefined ? {} : { needs }),
      // A derived function calls its fields' own, which are candidates themselves.
      fns: impl.derived ? [] : fns,
      consts: impl.derived ? [] : consts,
    })
  }
}

/** Of a function that is in the share: a plain number has no initialiser to look at. */
function keyOfNoted({ tcx, indexOf }: ShareBuilder, def: FunctionDef): FunctionKey | undefined {
  const key = functionKey(tcx, def)
  return key !== undefined && indexOf.has(key) ? key : undefined
}

/** The program's own type whose making is the sign that the impl can be meant. */
function ownType(self: Ty): string | undefined {
  const ty = self.k === 'ref' ? self.ty : self
  return ty.k === 'adt' && ty.def.crate.unit && !madeElsewhere(ty.def) ? defKey(ty.def) : undefined
}

/** Values of these come from foreign code, from casts and from `zeroed`, not only from literals. */
const madeElsewhere = (def: AdtDef): boolean =>
  def.kind === 'union' || def.kind === 'foreign type' || def.ast.attrs.some((attr) => attr.meta.path === 'repr')
