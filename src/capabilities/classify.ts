/**
 * What the maps make of the functions and references of a graph: the only file that decides what counts as a power of a
 * function. Searching knows nothing of maps.
 *
 * A classified function is a wall (law 2): a reference to it gives what the map says and nothing of its body. But our own
 * maps speak only for code that nobody sees: std, foreign functions. Where a body stands in the graph, it speaks for
 * itself: a crate must not hide behind a name that our maps call safe. A user who classifies a function of a crate has
 * decided so, and then what stands in its body is not looked at either.
 */
import type { CallGraph, FunctionNode, Reference, SyntacticFact } from '../graph/index.js'
import type { CapabilityMaps, Effect } from './map-index.js'
import { findEffect, findFact, findSyscall } from './map-lookup.js'

export interface Classification {
  /** The user's row of each function, by number; the closures and items inside of one are behind its wall too. */
  readonly walls: readonly (Effect | undefined)[]
  readonly ofReference: (reference: Reference) => Classified
  readonly ofFact: (fact: SyntacticFact, node: FunctionNode) => Effect | undefined
}
export interface Classified {
  /** What the reference itself gives its caller. */
  readonly effect?: Effect
  /** Nothing of the callee's body reaches the caller. */
  readonly wall: boolean
}

export function classify(graph: CallGraph, maps: CapabilityMaps): Classification {
  const effectOf = effectsOfReferences(maps)
  return {
    walls: graph.functions.map((node) => wallOf(maps, node)),
    ofReference: (reference) => {
      const target = reference.to === undefined ? undefined : graph.functions[reference.to]
      const effect = effectOf(reference)
      // No name is a closure's own: of those in a function that a row of ours names, their bodies speak.
      if (target?.kind === 'closure' && !effect?.own) return OPEN
      if (effect)
        return hasBody(target) && !effect.own ? besideBody(maps, reference, effect) : { effect, wall: effect.wall }
      const foreign = reference.symbol !== undefined && (target === undefined || target.kind === 'foreign fn')
      // What the maps know by its symbol is what they say; this is for the others.
      const unnamed = foreign ? findFact(maps, 'foreign call', reference.symbol as string) : undefined
      return unnamed ? { effect: unnamed, wall: true } : OPEN
    },
    ofFact: (fact, node) => {
      if (fact.kind === 'constant argument') return findSyscall(maps, fact.what)
      return findFact(maps, fact.kind, fact.what, lastSegment(node.path))
    },
  }
}

const OPEN: Classified = { wall: false }

/** Crates that only declare or wrap foreign functions get what the map says as well: their bodies end at a pointer. */
function besideBody(maps: CapabilityMaps, reference: Reference, effect: Effect): Classified {
  const crate = reference.callee?.split('::', 1)[0]
  return crate !== undefined && maps.symbolCrates.has(crate) ? { effect, wall: false } : OPEN
}

function hasBody(target: FunctionNode | undefined): boolean {
  return target?.kind === 'fn'
}

function wallOf(maps: CapabilityMaps, node: FunctionNode): Effect | undefined {
  if (!maps.layers.some((layer) => layer.own) || node.kind === 'foreign fn') return undefined
  const effect = findEffect(maps, { callee: node.outer ?? node.path })
  return effect?.own && effect.wall ? effect : undefined
}

/** The row of each reference; most callees are referred to many times. */
function effectsOfReferences(maps: CapabilityMaps): (reference: Reference) => Effect | undefined {
  const known = new Map<string, Effect | undefined>()
  return (reference) => {
    const key = `${reference.callee}\0${reference.symbol ?? ''}\0${reference.item ?? ''}\0${reference.aliases.join('\0')}`
    if (known.has(key)) return known.get(key)
    const paths = reference.callee === null ? reference.aliases : [reference.callee, ...reference.aliases]
    let effect = findEffect(maps, reference)
    for (const path of paths) effect ??= findSyscall(maps, path)
    known.set(key, effect)
    return effect
  }
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf(':') + 1)
}
