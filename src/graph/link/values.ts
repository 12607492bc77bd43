/**
 * Calls of values: closures, function pointers, parameters with an `Fn` bound. A closure that is called where it was
 * made is known; else two things are known of what can be called: what was handed to the function as its generic
 * argument, and which functions and closures of the package are used as values and have that signature. All of these
 * are `possible`.
 *
 * What this deliberately does not do: follow values through fields and across packages but by generic arguments. Whoever
 * makes a closure or names a function as a value refers to it for certain, so no power is lost for that.
 */
import { checked } from '../../base/index.js'
import type { GraphLoss } from '../call-graph.js'
import type { CrateShare, FunctionKey, Handed, UsedValue } from '../crate-share.js'
import { dispatchLoss } from '../limit-losses.js'
import { type ValueCallKey, valueCallKey } from '../record-keys.js'
import { type OpenGraph, type OpenNode, type OpenReference, type PlacedSite, possible } from './open-graph.js'
import { listsFit } from './shapes-fit.js'

/** Functions that one called value may be; a call with more of them is reported as not followed. */
export const VALUES_PER_CALL = 64

interface PlacedCall {
  readonly at: PlacedSite
  readonly in: OpenNode
  /** The type parameter of the function it stands in, when the value's type is one. */
  readonly param: number | undefined
  readonly signature: UsedValue['signature']
}

export interface ValueState {
  readonly calls: Map<ValueCallKey, PlacedCall>
  /** By package: what is used as a value there; a function's signature is said by its last share. */
  readonly values: Map<string, Map<FunctionKey, UsedValue['signature']>>
  /** Generic arguments that are functions, or the caller's own parameters. */
  readonly handed: Handed[]
}
/** The graph with that. */
type WithValues = OpenGraph & { readonly values: ValueState }

export function newValueState(): ValueState {
  return { calls: new Map(), values: new Map(), handed: [] }
}

/** Takes in a share's values and calls of values; its functions have nodes already. */
export function addValues(
  { values: state }: WithValues,
  { package: pkg, open }: CrateShare,
  sites: readonly PlacedSite[],
  nodes: readonly OpenNode[],
): void {
  const values = state.values.get(pkg) ?? new Map()
  state.values.set(pkg, values)
  for (const { function: key, signature } of open.values) values.set(key, signature)
  for (const call of open.valueCalls) {
    const { param, signature } = call
    const at = checked(sites[call.at])
    const key = valueCallKey(at, param, signature)
    if (!state.calls.has(key)) state.calls.set(key, { at, in: checked(nodes[call.function]), param, signature })
  }
  for (const handed of open.handed) state.handed.push(handed)
}

/** The references that calls of values stand for, and a loss for each that has too many. */
export function valueReferences(state: WithValues): {
  readonly references: OpenReference[]
  readonly losses: GraphLoss[]
} {
  const references: OpenReference[] = []
  const losses: GraphLoss[] = []
  const handed = handedValues(state)
  for (const call of state.values.calls.values()) {
    const given = call.param === undefined ? undefined : handed.get(paramKey(call.in, call.param))
    const nodes = new Set(given ?? matching(state, call))
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
function matching({ values: { values }, nodeOfKey }: WithValues, call: PlacedCall): readonly OpenNode[] {
  const found: OpenNode[] = []
  for (const [key, signature] of values.get(call.in.package) ?? []) {
    const node = listsFit(signature, call.signature) ? nodeOfKey.get(key) : undefined
    if (node) found.push(node)
  }
  return found
}

/** For each function and type parameter: the functions that it may stand for, handed on until nothing is new. */
function handedValues({ values, nodeOfKey }: WithValues): ReadonlyMap<string, ReadonlySet<OpenNode>> {
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
  for (const { to, param, value } of values.handed) {
    const target = nodeOfKey.get(to)
    const given = nodeOfKey.get(value.function)
    if (!target || !given) continue
    const key = paramKey(target, param)
    if (value.param === undefined) {
      queue.push({ key, value: given })
      continue
    }
    const from = paramKey(given, value.param)
    const known = onward.get(from)
    if (known) known.push(key)
    else onward.set(from, [key])
  }
  for (const { key, value } of queue)
    if (add(key, value)) for (const next of onward.get(key) ?? []) queue.push({ key: next, value })
  return out
}
