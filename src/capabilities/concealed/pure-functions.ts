/**
 * Functions that only work something out: nothing that they call, as far as it is known and all of it is, has a capability but
 * `unsafe`. What such a function makes of constants comes from the constants alone.
 */
import type { CallGraph, Reference } from '../../graph/index.js'
import { type Classification, classify } from '../classify.js'
import { lazily } from '../lazily.js'
import type { CapabilityMaps } from '../map-index.js'

/** Functions that are looked at for one; of more it is not known. */
const FUNCTION_LIMIT = 400

export class PureFunctions {
  readonly #known = new Map<number, boolean>()
  readonly #classification: () => Classification
  readonly #referencesOf: () => ReadonlyMap<number, readonly Reference[]>

  constructor(
    private readonly graph: CallGraph,
    maps: CapabilityMaps,
  ) {
    this.#classification = lazily(() => classify(graph, maps))
    this.#referencesOf = lazily(() => byCaller(graph.references))
  }

  isPure(fn: number): boolean {
    const known = this.#known.get(fn)
    if (known !== undefined) return known
    const is = this.#search(fn)
    this.#known.set(fn, is)
    return is
  }

  #search(start: number): boolean {
    const seen = new Set([start])
    for (const fn of seen) {
      const node = this.graph.functions[fn]
      if (!node || node.kind === 'foreign fn' || seen.size > FUNCTION_LIMIT) return false
      const { ofFact, ofReference } = this.#classification()
      if (node.facts.some((fact) => hasPower(ofFact(fact, node)?.grants))) return false
      for (const reference of this.#referencesOf().get(fn) ?? []) {
        if (reference.callee === null || hasPower(ofReference(reference).effect?.grants)) return false
        if (reference.to !== undefined) seen.add(reference.to)
        else if (reference.symbol !== undefined) return false
      }
    }
    return true
  }
}

function byCaller(references: readonly Reference[]): ReadonlyMap<number, readonly Reference[]> {
  const known = new Map<number, Reference[]>()
  for (const reference of references) {
    const own = known.get(reference.from)
    if (own) own.push(reference)
    else known.set(reference.from, [reference])
  }
  return known
}

const hasPower = (grants: readonly string[] = []): boolean => grants.some((one) => one !== 'unsafe')
