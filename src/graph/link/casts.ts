/**
 * Bytes that become a function by way of a generic function: `unsafe fn cast<T>(p: usize) -> T` reinterprets whatever its caller
 * names, and a caller that names `fn()` has made a function. Which parameters a function reinterprets is followed through the
 * generic functions that hand their own parameters on, to the end; what a trait's function does for a type is not followed.
 */
import { checked } from '../../base/index.js'
import type { SyntacticFact } from '../call-graph.js'
import type { CrateShare, GenericCall } from '../crate-share.js'
import type { OpenGraph, OpenNode, PlacedSite } from './open-graph.js'

interface PlacedCall extends Pick<GenericCall, 'callee' | 'args'> {
  readonly at: PlacedSite
  readonly caller: OpenNode
}

export interface CastState {
  readonly calls: PlacedCall[]
  /** Parameters that a function reinterprets bytes as, by its node. */
  readonly reinterprets: Map<OpenNode, Set<number>>
}
/** The graph with that. */
type WithCasts = OpenGraph & { readonly casts: CastState }

export const newCastState = (): CastState => ({ calls: [], reinterprets: new Map() })

/** Takes in what a share's functions reinterpret and call; they have nodes already. */
export function addCasts(
  { casts }: WithCasts,
  { open }: CrateShare,
  sites: readonly PlacedSite[],
  nodes: readonly OpenNode[],
): void {
  for (const { function: index, param } of open.reinterprets) add(casts, checked(nodes[index]), param)
  for (const { at, caller, callee, args } of open.casts)
    casts.calls.push({ at: checked(sites[at]), caller: checked(nodes[caller]), callee, args })
}

function add({ reinterprets }: CastState, node: OpenNode, param: number): boolean {
  let known = reinterprets.get(node)
  if (!known) reinterprets.set(node, (known = new Set()))
  if (known.has(param)) return false
  known.add(param)
  return true
}

/** The functions that callers make through generic functions, each with the node in which it is made. */
export function castFacts({
  casts,
  nodes,
  nodeOfKey,
}: WithCasts): readonly { readonly node: OpenNode; readonly fact: SyntacticFact }[] {
  const callsOf = new Map<OpenNode, PlacedCall[]>()
  for (const call of casts.calls) {
    const target = nodeOfKey.get(call.callee)
    if (!target) continue
    const calls = callsOf.get(target)
    if (calls) calls.push(call)
    else callsOf.set(target, [call])
  }
  const facts: { node: OpenNode; fact: SyntacticFact }[] = []
  const open = [...casts.reinterprets].flatMap(([node, params]) => [...params].map((param) => ({ node, param })))
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { caller, at, args } of callsOf.get(next.node) ?? []) {
      const arg = args.find(({ index }) => index === next?.param)
      if (!arg) continue
      const { file, line, column, cfg, name: what } = at
      const node = checked(nodes[at.from])
      if (arg.isFunction) facts.push({ node, fact: { kind: 'transmute to function', what, file, line, column, cfg } })
      for (const param of arg.params) if (add(casts, caller, param)) open.push({ node: caller, param })
    }
  }
  return facts
}
