/**
 * Calls of a trait's function through a type parameter, `dyn` or `impl Trait`: which impls can be meant is known only
 * when every crate of every target was looked at. Rapid type analysis: an impl counts when a value of its type is made
 * somewhere. Calls and impls are collected share by share and brought together at the end.
 *
 * What this deliberately does not do: follow which type goes where. So every reference made here is `possible`, beside
 * the certain one to the trait's own function. In doubt an impl counts: too many are said, not too few.
 */
import { checked } from '../../base/index.js'
import type { GraphLoss } from '../call-graph.js'
import { conditionKey } from '../condition-key.js'
import type { CrateShare, OpenCall, OpenImpl } from '../crate-share.js'
import { dispatchLoss } from '../limit-losses.js'
import { callSiteKey, type OpenCallKey, openCallKey } from '../record-keys.js'
import type { ReadAt } from './const-reads.js'
import { type OpenGraph, type OpenNode, type OpenReference, type PlacedSite, possible } from './open-graph.js'
import { listsFit, shapesFit } from './shapes-fit.js'

/** Impls that one call may lead to; a call with more of them is reported as not followed. */
export const IMPLS_PER_CALL = 64

interface PlacedCall extends Omit<OpenCall, 'at'> {
  readonly at: PlacedSite
  /** Each place of the function that asks the same: every one is a site of its own. */
  readonly sites: Map<string, PlacedSite>
}
interface LinkedImpl extends Pick<OpenImpl, 'self' | 'args' | 'needs'> {
  readonly unit: string
  /** By name: builds and targets may have several in one's place. */
  readonly fns: Map<string, Set<ImplFunction>>
  /** Initialisers of its constants. */
  readonly consts: Map<string, Set<OpenNode>>
}
interface ImplFunction {
  readonly node: OpenNode
  readonly takesSelf: boolean
}

export interface DispatchState {
  readonly calls: Map<OpenCallKey, PlacedCall>
  /** By trait, then by a name of the impl's own. */
  readonly impls: Map<string, Map<string, LinkedImpl>>
  /** By trait: the types that implement it, `*` for a blanket impl. */
  readonly implementers: Map<string, Set<string>>
  readonly made: Set<string>
  /** Units of which it is not known what they make and implement. */
  readonly closedUnits: Set<string>
  /** For each unit, the units it can name. */
  readonly visible: Map<string, Set<string>>
}
/** The graph with that. */
type WithDispatch = OpenGraph & { readonly dispatch: DispatchState; readonly constReads: ReadAt[] }

export function newDispatchState(): DispatchState {
  return {
    calls: new Map(),
    impls: new Map(),
    implementers: new Map(),
    made: new Set(),
    closedUnits: new Set(),
    visible: new Map(),
  }
}

/** Takes in a share's calls and impls; its functions have nodes already. */
export function addDispatch(state: WithDispatch, share: CrateShare, sites: readonly PlacedSite[]): void {
  const { dispatch } = state
  const { open } = share
  for (const type of open.made) dispatch.made.add(type)
  // Whoever uses the library can make these.
  if (state.roots.includes(share.package)) for (const type of open.offered) dispatch.made.add(type)
  for (const unit of open.closed) dispatch.closedUnits.add(unit)
  const visible = dispatch.visible.get(share.unit) ?? new Set()
  dispatch.visible.set(share.unit, visible)
  for (const unit of open.visible) visible.add(unit)
  for (const call of open.calls) {
    const at = checked(sites[call.at])
    const key = openCallKey(at, at.from, call)
    const known = dispatch.calls.get(key)
    const site = callSiteKey(at, call)
    if (!known) dispatch.calls.set(key, { ...call, at, sites: new Map([[site, at]]) })
    else if (!known.sites.has(site)) known.sites.set(site, at)
  }
  for (const impl of open.impls) addImpl(state, impl, share.unit)
}

function addImpl({ dispatch, nodeOfKey }: WithDispatch, impl: OpenImpl, unit: string): void {
  const { trait, self, args, needs } = impl
  const implementers = dispatch.implementers.get(trait)
  if (implementers) implementers.add(self)
  else dispatch.implementers.set(trait, new Set([self]))
  const first = [...impl.fns, ...impl.consts].flatMap(({ key }) => nodeOfKey.get(key) ?? [])[0]
  if (!first) return
  const known = dispatch.impls.get(trait) ?? new Map<string, LinkedImpl>()
  dispatch.impls.set(trait, known)
  // One impl may be for another type in another build, and have other functions on another target.
  const id = [unit, first.id, self, args.join(';'), needs ?? ''].join('|')
  const linked = known.get(id) ?? {
    unit,
    self,
    args,
    ...(needs === undefined ? {} : { needs }),
    fns: new Map(),
    consts: new Map(),
  }
  known.set(id, linked)
  for (const { name, key, takesSelf } of impl.fns) {
    const node = nodeOfKey.get(key)
    const there = linked.fns.get(name) ?? new Set()
    linked.fns.set(name, there)
    if (node && ![...there].some((fn) => fn.node === node)) there.add({ node, takesSelf })
  }
  for (const { name, key } of impl.consts) {
    const node = nodeOfKey.get(key)
    if (node) linked.consts.set(name, (linked.consts.get(name) ?? new Set()).add(node))
  }
}

/** The references that the open calls stand for, and a loss for each that has too many. */
export function dispatchReferences(state: WithDispatch): {
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
  for (const { at } of state.constReads) referring.add(at.from)
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
      for (const of of targets.values()) state.constReads.push({ at: call.at, of, certainty: 'possible' })
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

function fits(dispatch: DispatchState, call: PlacedCall, impl: LinkedImpl): boolean {
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

function functionsMeant(dispatch: DispatchState, call: PlacedCall, impl: LinkedImpl): readonly OpenNode[] {
  const isMade = impl.needs === undefined || dispatch.made.has(impl.needs) || dispatch.closedUnits.has(impl.unit)
  if (call.means === 'const') {
    return [...(impl.consts.get(call.name) ?? [])]
  }
  const own = impl.fns.get(call.name)
  const fns = own ? [...own] : call.means === 'one' ? [] : [...impl.fns.values()].flatMap((each) => [...each])
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
