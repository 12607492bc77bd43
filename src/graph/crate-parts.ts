/**
 * The parts in which the crates of one target are inferred: each with caches of its own, so that parts may be done side by side
 * and what comes out does not depend on how many are. What a cache holds is the same whoever filled it, but for the limits of
 * work that were reached on the way; parts are therefore a matter of the sources alone, never of the machine.
 */

/** More would make the caches of small programs anew for nothing. */
const MOST_PARTS = 4
/** In characters of source. */
const SMALLEST_PART = 500_000

/** The part of each unit, by the unit's position. */
export type UnitParts = readonly number[]

/** Everything in one part. */
export const ONE_PART: UnitParts = []

export const partOf = (parts: UnitParts, at: number): number => parts[at] ?? 0

/**
 * Cuts the units, which come dependencies first, into parts of about one size. Those of one package stay together, since they
 * have functions in common. `sizeOf` tells how many characters a package has.
 */
export function partsOf(units: readonly { readonly package: string }[], sizeOf: (id: string) => number): UnitParts {
  const packages = new Set(units.map((unit) => unit.package))
  let whole = 0
  for (const id of packages) whole += sizeOf(id)
  const count = Math.max(1, Math.min(MOST_PARTS, Math.floor(whole / SMALLEST_PART)))
  const byPackage = new Map<string, number>()
  let before = 0
  for (const id of packages) {
    const size = sizeOf(id)
    // By its middle, so that a large package is not in the part that it hardly begins in.
    byPackage.set(id, Math.min(count - 1, Math.floor(((before + size / 2) / Math.max(1, whole)) * count)))
    before += size
  }
  // A part that a large package reaches across has none of its own: those behind it move up.
  const used = new Map([...new Set(byPackage.values())].map((part, i) => [part, i]))
  return units.map((unit) => used.get(byPackage.get(unit.package) ?? 0) ?? 0)
}

/** How many parts there are. */
export const countOf = (parts: UnitParts): number => parts.reduce((most, part) => Math.max(most, part + 1), 1)
