/**
 * Bytes that become a function by way of a generic function: `unsafe fn cast<T>(p: usize) -> T` reinterprets whatever its caller
 * names, and a caller that names `fn()` has made a function. Which parameters a function reinterprets is followed through the
 * generic functions that hand their own parameters on, to the end; what a trait's function does for a type is not followed.
 */
import type { FnDef } from '../names/defs.js'
import type { BodyReference, TypeContext } from '../types/index.js'
import { holdsFunction, reinterpreted } from '../types/infer/made-functions.js'
import { mapTy, type Ty } from '../types/ty.js'
import { tyId } from '../types/ty-id.js'
import type { SyntacticFact } from './call-graph.js'
import type { OpenNode, OpenReference } from './graph-state.js'

/** A call of a generic function: for each of its parameters what the caller gives. */
interface GenericCall {
  readonly caller: OpenNode
  /** The caller or one of its closures: where a fact would stand. */
  readonly owner: OpenNode
  readonly at: OpenReference
  readonly args: readonly { readonly index: number; readonly isFunction: boolean; readonly params: readonly number[] }[]
  callee: FnDef | undefined
  target?: OpenNode
}

export interface GenericCasts {
  readonly calls: GenericCall[]
  /** Calls before this index have found their targets. */
  linked: number
  /** Parameters that a function reinterprets bytes as, by its node. */
  readonly reinterprets: Map<OpenNode, Set<number>>
}

export const newGenericCasts = (): GenericCasts => ({ calls: [], linked: 0, reinterprets: new Map() })

/** Notes what a reference of `caller`'s body reinterprets, and with what it calls a generic function of the program. */
export function noteGenericCast(
  casts: GenericCasts,
  tcx: TypeContext,
  ref: BodyReference,
  at: OpenReference,
  caller: OpenNode,
  owner: OpenNode,
): void {
  const { callee } = ref
  if (callee.k !== 'fn' || callee.args.length === 0) return
  const made = reinterpreted(tcx, callee)
  if (made) {
    for (const index of paramsOf(made)) add(casts, caller, index)
    return
  }
  if (!callee.fn.crate.unit || callee.fn.container?.kind === 'trait') return
  const args = callee.args.flatMap((arg, index) => {
    const isFunction = knownToHold(tcx, arg)
    const params = paramsOf(arg)
    return isFunction || params.length > 0 ? [{ index, isFunction, params }] : []
  })
  if (args.length > 0) casts.calls.push({ caller, owner, at, args, callee: callee.fn })
}

function add({ reinterprets }: GenericCasts, node: OpenNode, index: number): boolean {
  let known = reinterprets.get(node)
  if (!known) reinterprets.set(node, (known = new Set()))
  if (known.has(index)) return false
  known.add(index)
  return true
}

function paramsOf(ty: Ty): readonly number[] {
  if (ty.k === 'param') return [ty.index]
  const found = new Set<number>()
  mapTy(ty, (part) => {
    for (const index of paramsOf(part)) found.add(index)
    return part
  })
  return [...found]
}

const known = new WeakMap<TypeContext, Map<string, boolean>>()

function knownToHold(tcx: TypeContext, ty: Ty): boolean {
  if (ty.k === 'param' || ty.k === 'prim') return false
  let memo = known.get(tcx)
  if (!memo) known.set(tcx, (memo = new Map()))
  const id = tyId(ty)
  let holds = memo.get(id)
  if (holds === undefined) memo.set(id, (holds = holdsFunction(tcx, ty, new Set())))
  return holds
}

/** Leads the calls to nodes while the Program that they belong to is there. */
export function linkGenericCasts(casts: GenericCasts, nodeOfDef: ReadonlyMap<object, OpenNode>): void {
  for (const call of casts.calls.slice(casts.linked)) {
    const target = call.callee && nodeOfDef.get(call.callee)
    if (target) call.target = target
    call.callee = undefined
  }
  casts.linked = casts.calls.length
}

/** The functions that callers make through generic functions, each with the node in which it is made. */
export function genericCastFacts(
  casts: GenericCasts,
): readonly { readonly node: OpenNode; readonly fact: SyntacticFact }[] {
  const callsOf = new Map<OpenNode, GenericCall[]>()
  for (const call of casts.calls) {
    if (!call.target) continue
    const calls = callsOf.get(call.target)
    if (calls) calls.push(call)
    else callsOf.set(call.target, [call])
  }
  const facts: { node: OpenNode; fact: SyntacticFact }[] = []
  const open = [...casts.reinterprets].flatMap(([node, indexes]) => [...indexes].map((index) => ({ node, index })))
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { caller, owner, at, args } of callsOf.get(next.node) ?? []) {
      const arg = args.find(({ index }) => index === next?.index)
      if (!arg) continue
      const { file, line, column, cfg, name } = at
      if (arg.isFunction)
        facts.push({ node: owner, fact: { kind: 'transmute to function', what: name ?? '', file, line, column, cfg } })
      for (const index of arg.params) if (add(casts, caller, index)) open.push({ node: caller, index })
    }
  }
  return facts
}
