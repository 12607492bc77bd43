/**
 * Holds what was derived against what the maps say. A function with a power that no row names is a hole in the maps; a row
 * that grants what is not derived, or does not grant what is, needs an explanation beside it (`differences` of the map).
 */
import type { Capability, LoadedMap } from '../capabilities/index.js'
import { buildMaps, type CapabilityMaps, type Effect, findEffect } from '../capabilities/index.js'
import type { DerivedTable } from './derived-table.js'

/** One capability of one row, or of a function that has none. */
export interface Difference {
  /** unmapped: no row names the function; derived: the row does not grant it; granted: no function of the row derives it. */
  readonly kind: 'unmapped' | 'derived' | 'granted'
  /** The row and its file, `std::fs::read (fs.toml)`; for `unmapped` the function. */
  readonly subject: string
  readonly capability: Capability
  /** A function with the power, and the entry point that it reaches; empty for `granted`. */
  readonly example: string
}

/** Everything that the derivation and the maps say differently, in the order of the derivation, then of the rows. */
export function findDifferences(powers: DerivedTable['powers'], loaded: readonly LoadedMap[]): readonly Difference[] {
  const maps = buildMaps(loaded)
  const found = new Map<string, Difference>()
  const note = (difference: Difference): void => {
    const key = keyOf(difference)
    if (!found.has(key)) found.set(key, difference)
  }
  const derivedOf = new Map<string, Set<Capability>>()
  for (const [path, capability, end] of powers) {
    const example = `${path} → ${end}`
    const effect = findEffect(maps, { callee: path })
    if (!effect) note({ kind: 'unmapped', subject: path, capability, example })
    else {
      const derived = derivedOf.get(effect.row) ?? new Set<Capability>()
      derivedOf.set(effect.row, derived.add(capability))
      if (!effect.grants.includes(capability)) note({ kind: 'derived', subject: effect.row, capability, example })
    }
  }
  for (const { row, grants } of rowsOfStd(maps)) {
    for (const capability of grants) {
      if (!derivedOf.get(row)?.has(capability)) note({ kind: 'granted', subject: row, capability, example: '' })
    }
  }
  return [...found.values()]
}

/** Rows of crates that only declare foreign functions are entry points themselves. */
function rowsOfStd({ layers, symbolCrates }: CapabilityMaps): readonly Effect[] {
  return layers.flatMap(({ exact, impls, types, modules }) =>
    [...exact, ...impls, ...types, ...modules].flatMap(([text, effect]) =>
      symbolCrates.has(/\w+/.exec(text)?.[0] ?? '') ? [] : [effect],
    ),
  )
}

export interface ExplainedDifferences {
  readonly unexplained: readonly Difference[]
  /** Parts of explanations that explain nothing: `fs.toml differences[2]: std::fs::read`. */
  readonly idle: readonly string[]
  readonly explained: number
}

/** Takes away the differences that the maps explain; what explains nothing any more is a mistake as well. */
export function explain(differences: readonly Difference[], loaded: readonly LoadedMap[]): ExplainedDifferences {
  const open = new Map(differences.map((difference) => [keyOf(difference), difference]))
  const idle: string[] = []
  for (const { source, content } of loaded) {
    content.differences.forEach(({ rows, derived = [], granted = [] }, index) => {
      const used = new Set<string>()
      for (const row of rows) {
        for (const [kind, capability] of [
          ...derived.map((each) => ['derived', each] as const),
          ...granted.map((each) => ['granted', each] as const),
        ]) {
          if (!open.delete(keyOf({ kind, subject: `${row} (${source.name})`, capability }))) continue
          used.add(row).add(`${kind} ${capability}`)
        }
      }
      const parts = [...rows, ...derived.map((each) => `derived ${each}`), ...granted.map((each) => `granted ${each}`)]
      for (const part of parts) if (!used.has(part)) idle.push(`${source.name} differences[${index}]: ${part}`)
    })
  }
  return { unexplained: [...open.values()], idle, explained: differences.length - open.size }
}

function keyOf({ kind, subject, capability }: Pick<Difference, 'kind' | 'subject' | 'capability'>): string {
  return `${kind}\0${subject}\0${capability}`
}
