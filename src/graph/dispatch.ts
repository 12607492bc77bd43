/**
 * Calls of a trait's function through a type parameter, `dyn` or `impl Trait`: which impls can be meant is known only
 * when every crate of every target was looked at. Rapid type analysis: an impl counts when a value of its type is made
 * somewhere. Calls and impls are collected while the graph is built and brought together at its end.
 *
 * What this deliberately does not do: follow which type goes where. So every reference made here is `possible`, beside
 * the certain one to the trait's own function. In doubt an impl counts: too many are said, not too few.
 */
import type { AdtDef, Crate, Def, ImplDef, TraitDef } from '../names/defs.js'
import { environmentOf, genericsOf, predicatesOf } from '../types/generics.js'
import type { BodyReference, BodyTypes, Callee, TypeContext } from '../types/index.js'
import { fieldsOf, implHeader } from '../types/signature.js'
import { type TraitRef, type Ty, UNKNOWN } from '../types/ty.js'
import { blanketBounds } from './blanket-bounds.js'
import type { BodyTask } from './bodies.js'
import type { GraphLoss } from './call-graph.js'
import type { GraphState, OpenNode, OpenReference } from './graph-state.js'
import { conditionKey } from './keys.js'
import { dispatchLoss } from './limit-losses.js'
import { defKey, listsFit, shapeOf, shapesFit } from './type-shape.js'

/** Impls that one call may lead to; a call with more of them is reported as not followed. */
export const IMPLS_PER_CALL = 64

/** One call whose impl is open. */
interface OpenCall {
  readonly at: OpenReference
  /** Each place of the function that asks the same, by where it stands: every one is a site of its own. */
  readonly sites: Map<string, OpenReference>
  readonly unit: string
  readonly trait: string
  readonly name: string
  /** Which of an impl's functions: the one of that name; that, or where the impl leaves it to std's default all; or all. Or its constant. */
  readonly means: 'one' | 'default' | 'all' | 'const'
  readonly args: readonly string[]
  /** The type's own shape, where it is known. */
  readonly self: string
  /** Traits that the type has to implement too. */
  readonly bounds: readonly string[]
}
interface OpenImpl {
  readonly unit: string
  readonly self: string
  /** The type of which a value must be made for the impl to count; undefined: it always does. */
  readonly needs: string | undefined
  readonly args: readonly string[]
  readonly fns: ReadonlyMap<string, { readonly node: OpenNode; readonly takesSelf: boolean }>
  /** Initialisers of its constants. */
  readonly consts: ReadonlyMap<string, OpenNode>
}

export interface DispatchState {
  readonly calls: Map<string, OpenCall>
  /** By trait, then by a name of the impl's own. */
  readonly impls: Map<string, Map<string, OpenImpl>>
  /** By trait: the types that implement it, `*` for a blanket impl. */
  readonly implementers: Map<string, Set<string>>
  readonly made: Set<string>
  /** Units in which a macro stayed closed: what it makes and implements is not known. */
  readonly closedUnits: Set<string>
  /** For each unit, the units it can name. */
  readonly visible: Map<string, Set<string>>
  readonly blockImpls: ImplDef[]
}

export function newDispatchState(): DispatchState {
  return {
    calls: new Map(),
    impls: new Map(),
    implementers: new Map(),
    made: new Set(),
    closedUnits: new Set(),
    visible: new Map(),
    blockImpls: [],
  }
}

/** Notes which types a body makes, and the impls of its blocks. */
export function noteBody(state: DispatchState, types: BodyTypes, crate: Crate): void {
  for (const def of types.made) state.made.add(defKey(def))
  for (const block of types.blocks) state.blockImpls.push(...block.defs.filter((def) => def.kind === 'impl'))
  if (types.references.some((ref) => ref.callee.k === 'unresolved' && ref.callee.why === 'opaque macro'))
    state.closedUnits.add(crate.unit?.id ?? '')
}

/** Notes a reference whose function depends on a type that is not known. `at` is the certain reference. */
export function noteCall(
  state: DispatchState,
  tcx: TypeContext,
  task: BodyTask,
  ref: BodyReference,
  at: OpenReference,
): void {
  const { callee } = ref
  if (callee.k !== 'fn' && callee.k !== 'const') return
  const add = (trait: TraitDef, name: string, means: OpenCall['means'], self: Ty, args: readonly string[]): void => {
    const bounds = boundsOn(tcx, task, self).filter((bound) => bound !== trait && !bound.ast.auto)
    const unit = task.module.crate.unit?.id ?? ''
    const shape = isOpen(self) ? '*' : shapeOf(self)
    const call: OpenCall = {
      at,
      sites: new Map(),
      unit,
      trait: defKey(trait),
      name,
      means,
      args,
      self: shape,
      bounds: bounds.map(defKey),
    }
    const types = [shape, ...args].join(';')
    const key = [at.from, call.trait, name, means, call.bounds.join(';'), types, conditionKey(ref.cfg)].join('|')
    const known = state.calls.get(key) ?? call
    if (known === call) state.calls.set(key, call)
    // What std may call back and which constant is meant are said once for a function.
    if (means === 'one' || means === 'default' || known === call) {
      const site = siteKey(at)
      if (!known.sites.has(site)) known.sites.set(site, at)
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

const siteKey = ({ package: pkg, file, line, column, writtenAt, literals }: OpenReference): string =>
  JSON.stringify([pkg, file, line, column, writtenAt, literals])

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

function boundsOn(tcx: TypeContext, task: BodyTask, self: Ty): readonly TraitDef[] {
  if (self.k === 'dyn') return self.bounds.map((bound) => bound.trait)
  if (self.k !== 'param' || task.owner.kind === 'static') return []
  return environmentOf(tcx, task.owner).traits.flatMap((ref) =>
    ref.args[0]?.k === 'param' && ref.args[0].index === self.index && ref.args.length === 1 ? [ref.trait] : [],
  )
}

/** Notes a Program's impls; to be called when the functions of all its crates have nodes. */
export function noteProgram(state: GraphState, tcx: TypeContext, roots: readonly string[]): void {
  const { dispatch } = state
  for (const crate of tcx.program.crates) {
    if (!crate.unit) continue
    const visible = new Set(dispatch.visible.get(crate.unit.id)).add(crate.unit.id)
    for (const other of crate.visibleCrates) if (other.unit) visible.add(other.unit.id)
    dispatch.visible.set(crate.unit.id, visible)
    // Whoever uses the library can make these.
    if (crate.unit.kind === 'lib' && roots.includes(crate.unit.package))
      for (const def of crate.defs) if (isOpenToAll(def)) dispatch.made.add(defKey(def))
    for (const impl of crate.impls) noteImpl(state, tcx, impl, crate.unit.id)
  }
  for (const impl of dispatch.blockImpls.splice(0)) noteImpl(state, tcx, impl, impl.crate.unit?.id ?? '')
  for (const loss of tcx.program.losses)
    if (loss.crate.unit && HIDING_LOSSES.has(loss.kind)) dispatch.closedUnits.add(loss.crate.unit.id)
}

/** Losses behind which types may be made and traits implemented. */
const HIDING_LOSSES: ReadonlySet<string> = new Set([
  'syntax error',
  'missing file',
  'unreadable file',
  'unresolved macro',
  'proc macro',
  'generated code',
  'limit',
])

/** A public type whose literals anybody can write; visibility of its modules is left aside. */
function isOpenToAll(def: Def): def is AdtDef {
  if (def.kind === 'enum') return def.vis === 'public'
  return def.kind === 'struct' && def.vis === 'public' && fieldsOf(def).every((field) => field.vis.k === 'public')
}

function noteImpl(state: GraphState, tcx: TypeContext, impl: ImplDef, unit: string): void {
  const { self, trait } = implHeader(tcx, impl)
  if (!trait) return
  const { impls, implementers } = state.dispatch
  const key = defKey(trait.trait)
  const shape = shapeOf(self)
  addTo(implementers, key, shape)
  // A derived function calls its fields' own, which are candidates themselves.
  if (impl.derived) return
  const fns = new Map<string, { readonly node: OpenNode; readonly takesSelf: boolean }>()
  const consts = new Map<string, OpenNode>()
  for (const item of impl.items) {
    const node = state.nodeOfDef.get(item)
    if (node && item.kind === 'fn') fns.set(item.name, { node, takesSelf: item.ast.self !== undefined })
    else if (node && item.kind === 'const') consts.set(item.name, node)
  }
  const first = [...fns.values()][0]?.node ?? [...consts.values()][0]
  if (!first) return
  let known = impls.get(key)
  if (!known) impls.set(key, (known = new Map()))
  known.set(`${unit}|${first.id}`, {
    unit,
    self: shape,
    needs: ownType(self),
    args: trait.args.slice(1).map((arg) => shapeOf(arg)),
    fns,
    consts,
  })
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key)
  if (set) set.add(value)
  else map.set(key, new Set([value]))
}

/** The program's own type whose making is the sign that the impl can be meant. */
function ownType(self: Ty): string | undefined {
  const ty = self.k === 'ref' ? self.ty : self
  return ty.k === 'adt' && ty.def.crate.unit && !madeElsewhere(ty.def) ? defKey(ty.def) : undefined
}

/** Values of these come from foreign code, from casts and from `zeroed`, not only from literals. */
const madeElsewhere = (def: AdtDef): boolean =>
  def.kind === 'union' || def.kind === 'foreign type' || def.ast.attrs.some((attr) => attr.meta.path === 'repr')

/** The references that the open calls stand for, and a loss for each that has too many. */
export function dispatchReferences(state: GraphState): {
  readonly references: OpenReference[]
  readonly losses: GraphLoss[]
} {
  const { dispatch } = state
  const references: OpenReference[] = []
  const losses: GraphLoss[] = []
  const together = meetingUnits(dispatch.visible)
  // Of what std may call back, only what the function is not led to already under the same condition.
  const led = new Set<string>()
  const referring = new Set(state.references.map(({ from }) => from))
  for (const { at } of state.constReads.linked) referring.add(at.from)
  for (const { at } of dispatch.calls.values()) referring.add(at.from)
  // Most constants are plain numbers, of which nothing is said.
  const leads = (node: OpenNode): boolean => node.facts.length > 0 || referring.has(node.id)
  const calls = [...dispatch.calls.values()]
  for (const call of [
    ...calls.filter(({ means }) => means !== 'all'),
    ...calls.filter(({ means }) => means === 'all'),
  ]) {
    const targets = new Map<number, OpenNode>()
    const isConst = call.means === 'const'
    for (const impl of dispatch.impls.get(call.trait)?.values() ?? []) {
      // Thousands of impls may have a constant; how many more there are tells nothing.
      if (isConst && targets.size > IMPLS_PER_CALL) break
      if (!fits(dispatch, call, impl) || !together(call.unit, impl.unit)) continue
      for (const node of functionsMeant(dispatch, call, impl)) if (!isConst || leads(node)) targets.set(node.id, node)
    }
    if (targets.size > IMPLS_PER_CALL) {
      const asked = `${call.trait.slice(call.trait.indexOf('|') + 1)}${call.name && `::${call.name}`}`
      losses.push(dispatchLoss(call.at, `${asked}: ${targets.size} functions can be meant`))
      continue
    }
    if (isConst) {
      // const-reads.ts tells which of them lead somewhere in the end.
      for (const node of targets.values()) state.constReads.linked.push({ at: possible(call.at, node, 'path'), node })
      continue
    }
    for (const node of targets.values()) {
      const key = `${call.at.from}|${node.id}|${conditionKey(call.at.cfg)}`
      if (node.id === call.at.from || (call.means === 'all' && led.has(key))) continue
      led.add(key)
      const found = call.means === 'all' ? 'callback' : 'dispatch'
      for (const at of call.sites.values()) references.push(possible(at, node, found))
    }
  }
  return { references, losses }
}

/** The same place, with a callee that can be meant. */
export function possible(at: OpenReference, node: OpenNode, found: OpenReference['found']): OpenReference {
  const { symbol: _s, why: _w, target: _t, pendingTarget: _p, ...place } = at
  return { ...place, callee: node.path, aliases: [], certainty: 'possible', found, target: node.id }
}

function fits(dispatch: DispatchState, call: OpenCall, impl: OpenImpl): boolean {
  if (!listsFit(call.args, impl.args) || !shapesFit(call.self, impl.self)) return false
  if (dispatch.closedUnits.has(impl.unit)) return true
  return impl.self.includes('*') || call.bounds.every((bound) => mayImplement(dispatch, bound, impl.self))
}

function mayImplement(dispatch: DispatchState, trait: string, self: string): boolean {
  const implementers = dispatch.implementers.get(trait)
  // A trait without an impl in the program is implemented by std or the compiler for whole groups of types.
  if (!implementers || implementers.has(self)) return true
  for (const shape of implementers) if (shape.includes('*') && shapesFit(shape, self)) return true
  return false
}

function functionsMeant(dispatch: DispatchState, call: OpenCall, impl: OpenImpl): readonly OpenNode[] {
  const isMade = impl.needs === undefined || dispatch.made.has(impl.needs) || dispatch.closedUnits.has(impl.unit)
  if (call.means === 'const') {
    const node = impl.consts.get(call.name)
    return node ? [node] : []
  }
  const own = impl.fns.get(call.name)
  const fns = own ? [own] : call.means === 'one' ? [] : [...impl.fns.values()]
  // A function without a receiver needs no value.
  return fns.filter((fn) => isMade || !fn.takesSelf).map((fn) => fn.node)
}

/** Whether two units can come together in one program: some unit can name both. */
function meetingUnits(visible: ReadonlyMap<string, ReadonlySet<string>>): (a: string, b: string) => boolean {
  const named = new Set([...visible].flatMap(([id, others]) => [...others].filter((other) => other !== id)))
  const tops = [...visible].flatMap(([id, others]) => (named.has(id) ? [] : [others]))
  const known = new Map<string, boolean>()
  return (a, b) => {
    if (a === b) return true
    const key = a < b ? `${a}|${b}` : `${b}|${a}`
    let meet = known.get(key)
    if (meet === undefined) known.set(key, (meet = tops.some((others) => others.has(a) && others.has(b))))
    return meet
  }
}
