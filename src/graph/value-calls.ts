/**
 * Calls of values: closures, function pointers, parameters with an `Fn` bound. A closure that is called where it was
 * made is known; else two things are known of what can be called: what was handed to the function as its generic
 * argument, and which functions and closures of the package are used as values and have that signature. All of these
 * are `possible`.
 *
 * What this deliberately does not do: follow values through fields and across packages but by generic arguments. Whoever
 * makes a closure or names a function as a value refers to it for certain, so no power is lost for that.
 */
import type { FnDef } from '../names/defs.js'
import type { BodyReference, BodyTypes, TypeContext } from '../types/index.js'
import { signatureOf } from '../types/signature.js'
import type { Ty } from '../types/ty.js'
import type { BodyTask } from './bodies.js'
import type { GraphLoss } from './call-graph.js'
import { possible } from './dispatch.js'
import type { GraphState, OpenNode, OpenReference } from './graph-state.js'
import { type ValueCallKey, valueCallKey } from './keys.js'
import { dispatchLoss } from './limit-losses.js'
import { listsFit, shapeOf } from './type-shape.js'

/** Functions that one called value may be; a call with more of them is reported as not followed. */
export const VALUES_PER_CALL = 64

/** Parameters, then the result. */
type Signature = readonly string[]

interface ValueCall {
  readonly at: OpenReference
  readonly in: OpenNode
  /** The type parameter of the function it stands in, when the value's type is one. */
  readonly param: number | undefined
  readonly signature: Signature
}
export interface ValueState {
  readonly calls: Map<ValueCallKey, ValueCall>
  /** By package: what is used as a value there. */
  readonly values: Map<string, Map<OpenNode, Signature>>
  /** Generic arguments that are functions, or the caller's own parameters. */
  readonly handed: Handed[]
  /** What was noted of the Program that is being added, whose functions may have no nodes yet. */
  readonly open: {
    readonly values: { readonly package: string; readonly fn: FnDef; readonly signature: Signature }[]
    readonly handed: { readonly to: FnDef; readonly param: number; readonly value: FnDef | Given }[]
  }
}
/** A function, or what a type parameter of another function stands for. */
type Given = { readonly node: OpenNode; readonly param?: number }
interface Handed {
  readonly to: OpenNode
  readonly param: number
  readonly value: Given
}

export function newValueState(): ValueState {
  return { calls: new Map(), values: new Map(), handed: [], open: { values: [], handed: [] } }
}

/** Notes the closures of a body as values. */
export function noteClosures(state: ValueState, types: BodyTypes, closures: readonly OpenNode[]): void {
  for (const [i, closure] of types.closures.entries()) {
    const node = closures[i] as OpenNode
    valuesOf(state, node.package).set(
      node,
      [...closure.params, closure.ret].map((ty) => shapeOf(ty)),
    )
  }
}

/** Notes a function that is named but not called, and the functions among a callee's generic arguments. */
export function noteValues(
  state: ValueState,
  tcx: TypeContext,
  ref: BodyReference,
  body: OpenNode,
  closures: readonly OpenNode[],
): void {
  const { callee } = ref
  if (callee.k !== 'fn') return
  const to = callee.impl ?? callee.fn
  if (ref.found === 'path' && !ref.called && to.crate.unit) {
    const { params, ret } = signatureOf(tcx, to)
    state.open.values.push({ package: body.package, fn: to, signature: [...params, ret].map((ty) => shapeOf(ty)) })
  }
  // An impl's function has parameters of its own around it, in another order than the trait's.
  if (callee.impl || !to.crate.unit) return
  for (const [param, arg] of callee.args.entries()) {
    const ty = arg.k === 'ref' ? arg.ty : arg
    if (ty.k === 'closure') {
      const node = closures[ty.id]
      if (node) state.open.handed.push({ to, param, value: { node } })
    } else if (ty.k === 'fndef' && ty.def.kind === 'fn') state.open.handed.push({ to, param, value: ty.def })
    else if (ty.k === 'param') state.open.handed.push({ to, param, value: { node: body, param: ty.index } })
  }
}

function valuesOf(state: ValueState, pkg: string): Map<OpenNode, Signature> {
  let values = state.values.get(pkg)
  if (!values) state.values.set(pkg, (values = new Map()))
  return values
}

/** Finds the nodes of what was noted of a Program; to be called when the functions of all its crates have nodes. */
export function linkValues(graph: GraphState): void {
  const { open, handed } = graph.values
  for (const { package: pkg, fn, signature } of open.values.splice(0)) {
    const node = graph.nodeOfDef.get(fn)
    if (node) valuesOf(graph.values, pkg).set(node, signature)
  }
  for (const { to, param, value } of open.handed.splice(0)) {
    const target = graph.nodeOfDef.get(to)
    const given = 'node' in value ? value : { node: graph.nodeOfDef.get(value) }
    if (target && given.node) handed.push({ to: target, param, value: { ...given, node: given.node } })
  }
}

/** Notes the call of a value. A closure of this very body is known: its node is the result. */
export function noteValueCall(
  state: ValueState,
  ref: BodyReference,
  at: OpenReference,
  task: BodyTask,
  body: OpenNode,
  closures: readonly OpenNode[],
): OpenNode | undefined {
  const { callee } = ref
  if (callee.k !== 'value') return undefined
  const ty = callee.ty.k === 'ref' ? callee.ty.ty : callee.ty
  if (ty.k === 'closure') return closures[ty.id]
  const signature = [...callee.params, callee.ret].map((part: Ty) => shapeOf(part))
  const param = ty.k === 'param' && task.owner.kind === 'fn' ? ty.index : undefined
  const key = valueCallKey(at, param, signature)
  if (!state.calls.has(key)) state.calls.set(key, { at, in: body, param, signature })
  return undefined
}

/** The references that calls of values stand for, and a loss for each that has too many. */
export function valueReferences(graph: GraphState): {
  readonly references: OpenReference[]
  readonly losses: GraphLoss[]
} {
  const state = graph.values
  const references: OpenReference[] = []
  const losses: GraphLoss[] = []
  const handed = handedValues(graph)
  for (const call of state.calls.values()) {
    const given = call.param === undefined ? undefined : handed.get(paramKey(call.in, call.param))
    const found = given ?? matching(state, call)
    const nodes = new Set(found)
    if (nodes.size > VALUES_PER_CALL) {
      losses.push(dispatchLoss(call.at, `call of a value: ${nodes.size} functions can be meant`))
      continue
    }
    for (const node of nodes) references.push(possible(call.at, node, 'value'))
  }
  return { references, losses }
}

const paramKey = (fn: OpenNode, param: number): string => `${fn.id}:${param}`

/** What the package uses as values and has the signature. */
function matching(state: ValueState, call: ValueCall): readonly OpenNode[] {
  const values = state.values.get(call.in.package) ?? new Map<OpenNode, Signature>()
  return [...values].flatMap(([value, signature]) => (listsFit(signature, call.signature) ? [value] : []))
}

/** For each function and type parameter: the functions that it may stand for, handed on until nothing is new. */
function handedValues(graph: GraphState): ReadonlyMap<string, ReadonlySet<OpenNode>> {
  const out = new Map<string, Set<OpenNode>>()
  const add = (key: string, value: OpenNode): boolean => {
    let set = out.get(key)
    if (!set) out.set(key, (set = new Set()))
    if (set.has(value) || set.size > VALUES_PER_CALL) return false
    set.add(value)
    return true
  }
  // A parameter that is handed on: to which others.
  const onward = new Map<string, string[]>()
  const queue: { readonly key: string; readonly value: OpenNode }[] = []
  for (const { to, param, value } of graph.values.handed) {
    const key = paramKey(to, param)
    if (value.param === undefined) queue.push({ key, value: value.node })
    else {
      const from = paramKey(value.node, value.param)
      const known = onward.get(from)
      if (known) known.push(key)
      else onward.set(from, [key])
    }
  }
  for (const { key, value } of queue)
    if (add(key, value)) for (const next of onward.get(key) ?? []) queue.push({ key: next, value })
  return out
}
