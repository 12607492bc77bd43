/** Choices that are the same for the same seed on every machine. Each mechanism has a stream of its own, so that leaving one out does not change what the others choose. */

export interface Random {
  /** From 0 to below `end`. */
  below(end: number): number
  chance(probability: number): boolean
  /** Throws for an empty list. */
  pick<T>(items: readonly T[]): T
  /** Undefined for an empty list. */
  maybe<T>(items: readonly T[]): T | undefined
  /** At most `count` of the items, in their order. */
  some<T>(items: readonly T[], count: number): T[]
  shuffled<T>(items: readonly T[]): T[]
}

/** The stream of a text: mulberry32 over an FNV-1a hash. */
export function randomOf(text: string): Random {
  let state = 0x811c9dc5
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (end: number): number => Math.floor(next() * end)
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, key: next() }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item)
  const maybe = <T>(items: readonly T[]): T | undefined => items[below(items.length)]
  return {
    below,
    chance: (probability) => next() < probability,
    maybe,
    pick: (items) => {
      const index = below(items.length)
      if (index >= items.length) throw new Error('nothing to pick from')
      return items[index] as (typeof items)[number]
    },
    some: (items, count) => {
      const chosen = new Set(shuffled(items).slice(0, count))
      return items.filter((item) => chosen.has(item))
    },
    shuffled,
  }
}
