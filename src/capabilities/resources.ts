/**
 * What a power acts on: for the places that have it, the values of the arguments that the maps name. A place of which the
 * maps name no argument says nothing; one whose argument is not known says so.
 */
import { checked, compareText, type Stage } from '../base/index.js'
import type { CallGraph, Reference } from '../graph/index.js'
import { requireArgument } from './argument-rows.js'
import type { Capability } from './capability.js'
import { Commonplace } from './commonplace.js'
import type { FactValue } from './fact-value.js'
import type { Resource } from './findings.js'
import { ANYTHING, isAnything, type KnownValue, textOfValue } from './known-values.js'
import { lazily } from './lazily.js'
import type { CapabilityMaps } from './map-index.js'
import { findArgumentRows } from './map-lookup.js'
import type { ResourceKind } from './map-schema.js'
import { SendingFinder } from './sends.js'
import { Tagger } from './tags.js'
import { ValueEvaluator } from './value-evaluator.js'

type Place = Pick<Reference, 'package' | 'file' | 'line' | 'column'>

/** A place that has a power; of a reference, its number in the graph. */
export interface PowerPlace extends Place {
  readonly reference?: number
  /** Of a place that is no reference: what it names. */
  readonly actsOn?: FactValue | undefined
}

interface ResourceValues {
  readonly kind: ResourceKind
  readonly of: readonly Capability[] | undefined
  readonly values: readonly KnownValue[]
}

export class ResourceFinder {
  readonly #known = new Map<number, readonly ResourceValues[]>()
  readonly #tagger: Tagger
  readonly #commonplace: Commonplace
  readonly sends: SendingFinder

  constructor(
    private readonly graph: CallGraph,
    private readonly maps: CapabilityMaps,
    /** Packages that were asked about. */
    roots: readonly string[],
    /** Made when a value is first asked for. */
    private readonly evaluator = lazily(() => new ValueEvaluator(graph, maps, roots)),
  ) {
    this.#tagger = new Tagger(maps.tags)
    this.sends = new SendingFinder(graph, maps, () => this.evaluator())
    this.#commonplace = new Commonplace(maps.commonplace)
  }

  /** Of places that have the capability; `by`: only what that package hands on. */
  resourcesOf(places: readonly PowerPlace[], capability: Capability, by?: string): readonly Resource[] {
    const found = new Map<string, { resource: Omit<Resource, 'sites'>; places: Set<string> }>()
    const add = (resource: Omit<Resource, 'sites'>, place: string): void => {
      const key = `${resource.value}\0${resource.kind}\0${(resource.arguments ?? []).join('\0')}\0${resource.known}`
      const entry = found.get(key) ?? { resource, places: new Set<string>() }
      found.set(key, entry)
      entry.places.add(place)
    }
    for (const { reference, actsOn, package: id, file, line, column } of places) {
      // No caller hands it on.
      if (actsOn && by === undefined) add(actsOn, placeKey({ package: id, file, line, column }))
      if (reference === undefined) continue
      for (const { kind, of, values } of this.#of(reference)) {
        if (of && !of.includes(capability)) continue
        for (const value of values) {
          if (by !== undefined && (isAnything(value) || !value.by.includes(by))) continue
          for (const resource of [resourceOf(kind, value), ...this.#sensitiveVariables(value, capability)])
            if (resource) add(resource, this.#placeOf(reference))
        }
      }
    }
    return [...found.entries()]
      .sort(([a, { resource: left }], [b, { resource: right }]) => rank(left) - rank(right) || compareText(a, b))
      .map(([, { resource, places: sites }]) => ({
        ...resource,
        ...this.#tags(resource, capability),
        sites: sites.size,
      }))
  }

  /** Why what these places do is commonplace; undefined when one of them does something else, or it is not known what. */
  commonplaceOf(places: readonly PowerPlace[], capability: Capability, stage: Stage): string | undefined {
    if (!this.#commonplace.speaksOf(capability, stage)) return undefined
    const isTold = places.every(
      ({ reference }) =>
        reference !== undefined && this.#of(reference).some(({ of }) => of?.includes(capability) ?? true),
    )
    if (!isTold) return undefined
    // What was opened elsewhere is told there.
    const values = this.resourcesOf(places, capability).filter(({ kind }) => kind !== 'handle')
    return this.#commonplace.reasonOf(capability, stage, values)
  }

  /** Of one reference, whatever capabilities it has. */
  ofReference(reference: number): readonly Omit<Resource, 'sites'>[] {
    const found = new Map<string, Omit<Resource, 'sites'>>()
    for (const { kind, values } of this.#of(reference))
      for (const value of values) {
        const resource = resourceOf(kind, value)
        if (resource) found.set(JSON.stringify(resource), resource)
      }
    return [...found.entries()]
      .sort(([a, left], [b, right]) => rank(left) - rank(right) || compareText(a, b))
      .map(([, resource]) => ({ ...resource, ...this.#tags(resource) }))
  }

  #tags(resource: Omit<Resource, 'sites'>, capability?: Capability): Pick<Resource, 'tags'> {
    const tags = this.#tagger.tagsOf(resource, capability)
    return tags.length > 0 ? { tags } : {}
  }

  /** Variables that a program is started with are told where they are sensitive: there are many, and most say nothing. */
  #sensitiveVariables({ variables = [] }: KnownValue, capability: Capability): readonly Omit<Resource, 'sites'>[] {
    return variables
      .map((value) => ({ kind: 'variable', value, known: 'written' }) as const)
      .filter((resource) => this.#tagger.tagsOf(resource, capability).length > 0)
  }

  #placeOf(index: number): string {
    return placeKey(checked(this.graph.references[index]))
  }

  #of(index: number): readonly ResourceValues[] {
    const known = this.#known.get(index)
    if (known) return known
    const reference = checked(this.graph.references[index])
    const rows = findArgumentRows(this.maps, reference, (layer) => layer.resources)
    const found = rows.map((placed): ResourceValues => {
      const { kind, argument, of } = placed.row
      const { values } = reference
      // What a handle is of was said where it was opened; a function of its type that is given none opens one.
      if (kind === 'handle') return { kind, of, values: values && argument >= values.length ? [] : [ANYTHING] }
      if (values && argument >= values.length) requireArgument(placed, argument, reference)
      return { kind, of, values: this.evaluator().argument(reference, argument) }
    })
    this.#known.set(index, found)
    return found
  }
}

const placeKey = ({ package: id, file, line, column }: Place): string => `${id}\0${file}\0${line}\0${column}`

/** What may be given as a number; anything else has a name, and a number in its place is a pointer or a part of the name. */
const MAY_BE_NUMBER: ReadonlySet<ResourceKind> = new Set(['address', 'argument', 'handle'])

/** Nothing for an empty text: it names nothing. */
function resourceOf(kind: ResourceKind, given: KnownValue): Omit<Resource, 'sites'> | undefined {
  const value = given.number && !MAY_BE_NUMBER.has(kind) ? ANYTHING : given
  const text = textOfValue(value).replace(/\0+$/, '')
  if (text === '') return undefined
  const more = value.added && value.added.length > 0 ? { arguments: value.added } : {}
  return { kind, value: text, known: howKnown(value), ...more }
}

function howKnown(value: KnownValue): Resource['known'] {
  if (isAnything(value)) return 'unknown'
  if (value.concealed) return 'concealed'
  if (value.parts.some((part) => part !== 'anything' && 'variable' in part)) return 'environment'
  return value.parts.includes('anything') ? 'pattern' : 'written'
}

const RANKS: readonly Resource['known'][] = ['concealed', 'written', 'pattern', 'environment', 'unknown']
const rank = ({ known }: Pick<Resource, 'known'>): number => RANKS.indexOf(known)
