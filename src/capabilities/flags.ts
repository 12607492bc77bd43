/**
 * What known arguments take away: of a reference that has a power, the capabilities that the maps' `flags` hang on an argument
 * which is known not to ask for them. All values that the argument can have must be known; an unknown one narrows nothing.
 */
import { checked } from '../base/index.js'
import type { CallGraph, Reference } from '../graph/index.js'
import { type PlacedRow, requireArgument } from './argument-rows.js'
import type { Capability } from './capability.js'
import { integerOf, type KnownValue } from './known-values.js'
import { lazily } from './lazily.js'
import type { CapabilityMaps, Effect } from './map-index.js'
import { findArgumentRows } from './map-lookup.js'
import type { FlagCondition, FlagRow } from './map-schema.js'
import { type Arguments, ValueEvaluator } from './value-evaluator.js'

export class FlagFinder {
  /** Last names of all functions that a row speaks of: most references end in none. */
  readonly #names = new Set<string>()

  constructor(
    private readonly graph: CallGraph,
    private readonly maps: CapabilityMaps,
    roots: readonly string[],
    /** `target_os` of the targets that are looked at. */
    private readonly systems: readonly string[],
    /** Made when a value is first asked for. */
    readonly evaluator = lazily(() => new ValueEvaluator(graph, maps, roots)),
  ) {
    for (const { flags } of maps.layers)
      for (const name of [...flags.exact.keys(), ...flags.symbols.keys()]) this.#names.add(lastName(name))
  }

  /** Whether there can be a row for the reference: asked of all of them. */
  mayNarrow({ callee, symbol, aliases }: Reference): boolean {
    return (
      (callee !== null && this.#names.has(lastName(callee))) ||
      (symbol !== undefined && this.#names.has(symbol.replace(/^\x01_?|[$@].*$/g, ''))) ||
      aliases.some((alias) => this.#names.has(lastName(alias)))
    )
  }

  /** The rows that may take something away of what the effect grants; a user's effect is narrowed by the user's rows only. */
  rowsOf(reference: Reference, effect: Effect): readonly PlacedRow<FlagRow>[] {
    if (!this.mayNarrow(reference) || reference.values === undefined) return []
    // A function of the program that is called as a system's does what its body says.
    if (!effect.own && this.#isOfProgram(reference)) return []
    const layers = effect.own ? this.maps.layers.filter(({ own }) => own) : this.maps.layers
    return findArgumentRows({ ...this.maps, layers }, reference, (layer) => layer.flags).filter(
      ({ row }) => row.without.some((capability) => effect.grants.includes(capability)) && this.#holdsOn(row),
    )
  }

  /** Whether the row takes its capabilities away; `args`: by the one call of the function around that is meant. */
  takes(placed: PlacedRow<FlagRow>, reference: Reference, args?: Arguments): boolean {
    return placed.row.where.every((condition) => {
      const { argument } = condition
      const value = reference.values?.[argument]
      if (condition.types) return value?.k === 'typed' && condition.types.includes(value.type)
      if (argument < (reference.values?.length ?? 0))
        return this.evaluator()
          .exactly(reference, argument, args)
          .every((value) => isHarmless(condition, value))
      requireArgument(placed, argument, reference)
      return false
    })
  }

  /** What is left of a reference's capabilities, whoever calls the function that it stands in. */
  left(index: number, effect: Effect): readonly Capability[] {
    const reference = checked(this.graph.references[index])
    const taken = this.rowsOf(reference, effect).flatMap((placed) =>
      this.takes(placed, reference) ? placed.row.without : [],
    )
    return effect.grants.filter((capability) => !taken.includes(capability))
  }

  #isOfProgram({ to }: Reference): boolean {
    return to !== undefined && this.graph.functions[to]?.kind !== 'foreign fn'
  }

  #holdsOn({ on, not_on }: FlagRow): boolean {
    return this.systems.every((system) => on?.includes(system) !== false && not_on?.includes(system) !== true)
  }
}

function isHarmless({ only, mask, unset }: FlagCondition, value: KnownValue): boolean {
  if (unset)
    return value.options?.every((option) => !unset.includes(nameOf(option)) || option.endsWith('=false')) === true
  const known = integerOf(value)
  if (known === undefined) return false
  const number = mask === undefined ? known : known & BigInt(mask)
  return only?.some((each) => BigInt(each) === number) === true
}

const nameOf = (option: string): string => option.slice(0, option.indexOf('='))

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(':') + 1)
}
