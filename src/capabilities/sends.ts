/**
 * What is read here and handed on there: values from the environment, a file or another program that reach an argument of a
 * network or exec use, by the ways that values are followed. What only stands beside each other is not claimed; nor is what names the
 * program or the machine itself: `$RUSTC --version` sends nothing.
 */
import { checked, compareText } from '../base/index.js'
import type { CallGraph, Reference } from '../graph/index.js'
import type { Capability } from './capability.js'
import type { PathStep, Sending } from './findings.js'
import type { KnownValue, Source } from './known-values.js'
import type { CapabilityMaps } from './map-index.js'
import { findArgumentRows } from './map-lookup.js'
import type { ResourceKind } from './map-schema.js'
import type { ValueEvaluator } from './value-evaluator.js'

/** Arguments of one call that are looked at. */
const ARGUMENT_LIMIT = 8

export class SendingFinder {
  readonly #known = new Map<number, readonly Sending[]>()

  constructor(
    private readonly graph: CallGraph,
    private readonly maps: CapabilityMaps,
    private readonly evaluator: () => ValueEvaluator,
  ) {}

  /** Of places that have the capability; each thing that is sent once, with the first of its ways. */
  sendingsOf(
    places: readonly { readonly reference?: number }[],
    capability: Capability,
    by: string | undefined,
  ): readonly Sending[] {
    if (capability !== 'exec' && !capability.startsWith('network/')) return []
    const found = new Map<string, Sending>()
    for (const { reference } of places) {
      if (reference === undefined) continue
      for (const sending of this.#of(reference)) {
        const isMeant = by === undefined || sending.path.some((step) => step.package === by)
        if (isMeant && !found.has(sending.value)) found.set(sending.value, sending)
      }
    }
    return [...found.values()].sort((a, b) => compareText(a.value, b.value))
  }

  #of(index: number): readonly Sending[] {
    const known = this.#known.get(index)
    if (known) return known
    const found = this.#find(checked(this.graph.references[index]))
    this.#known.set(index, found)
    return found
  }

  #find(reference: Reference): readonly Sending[] {
    const kinds = new Map<number, ResourceKind>(
      findArgumentRows(this.maps, reference, (layer) => layer.resources).map(({ row }) => [row.argument, row.kind]),
    )
    const count = Math.min(reference.values?.length ?? 0, ARGUMENT_LIMIT)
    const sources = Array.from({ length: count }, (_, i) => i).flatMap((i) =>
      this.evaluator()
        .argument(reference, i)
        .flatMap((value) => sourcesIn(value, kinds.get(i))),
    )
    return sources.flatMap((source) => this.#sending(source, reference) ?? [])
  }

  #sending({ call, via }: Source, to: Reference): Sending | undefined {
    const from = this.evaluator().callOf(call)
    if (!from) return undefined
    const between = via.flatMap((each) => this.evaluator().callOf(each) ?? [])
    return { value: this.evaluator().sourceText(from), path: [from, ...between, to].map((one) => this.#step(one)) }
  }

  #step({ callee, name, package: id, file, line, column }: Reference): PathStep {
    return { function: callee ?? name, package: id, file, line, column }
  }
}

/** Where what is handed on as data comes from; a value that is the machine or program itself hands nothing on. */
function sourcesIn({ sources = [], sent = [], parts }: KnownValue, kind: ResourceKind | undefined): readonly Source[] {
  if (kind === undefined || kind === 'argument') return [...sources, ...sent]
  if (kind === 'program') return sent
  // A name that is looked up carries what is in it.
  const isName = kind === 'host' || kind === 'address'
  return isName && parts.length > 1 && hasTextBehind(parts) ? sources : []
}

/** `$SECRET.evil.example`: more than a port stands behind it. */
function hasTextBehind(parts: KnownValue['parts']): boolean {
  const last = parts.at(-1)
  return typeof last === 'object' && 'text' in last && /[a-z]/i.test(last.text)
}
