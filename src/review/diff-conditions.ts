/**
 * Conditions of the result (cfg formulas as text) joined and compared: did code come to exist in more builds, or fewer?
 *
 * A formula is read as alternatives of parts, the form that the analysis prints; a part is compared by its text alone, so
 * that nothing is known of what `unix` implies. What cannot be told by that is "changed", never "the same".
 */
import { checked, compareText } from '../base/index.js'

export type ConditionChange = 'same' | 'wider' | 'narrower' | 'changed'

/** Beyond this a formula says nothing to a reader: widened to `true`, as in the analysis itself. */
const MAX_ALTERNATIVES = 64

/** Parts that hold together; the empty one is `true`. */
type Alternative = ReadonlySet<string>

/** The condition under which at least one of the given ones holds. */
export function joinConditions(conditions: Iterable<string>): string {
  return print(simplified([...new Set(conditions)].flatMap(alternativesOf)))
}

/** How the builds in which code exists changed. */
export function compareConditions(before: string, after: string): ConditionChange {
  if (before === after) return 'same'
  const [old, now] = [simplified(alternativesOf(before)), simplified(alternativesOf(after))]
  const [grew, shrank] = [!implies(now, old), !implies(old, now)]
  if (grew && shrank) return 'changed'
  return grew ? 'wider' : shrank ? 'narrower' : 'same'
}

/** Each alternative of the first is a special case of one of the second. */
function implies(special: readonly Alternative[], general: readonly Alternative[]): boolean {
  return special.every((one) => general.some((other) => isWider(other, one)))
}

/** Fewer parts hold more often. */
const isWider = (wide: Alternative, narrow: Alternative): boolean => [...wide].every((part) => narrow.has(part))

function alternativesOf(condition: string): readonly Alternative[] {
  if (condition === 'true') return [new Set()]
  if (condition === 'false') return []
  return listOf('any', condition).map((one) => new Set(listOf('all', one)))
}

/** The parts of `all(a, b)`; of anything else, itself. */
function listOf(operator: 'any' | 'all', text: string): readonly string[] {
  if (!text.startsWith(`${operator}(`) || !text.endsWith(')')) return [text]
  const parts: string[] = []
  let [depth, start, quoted] = [0, operator.length + 1, false]
  for (let i = start; i < text.length - 1; i++) {
    const char = text[i]
    if (quoted && char === '\\') i++
    else if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === '(') depth++
    else if (char === ')') depth--
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, i))
      start = i + 2
    }
  }
  parts.push(text.slice(start, -1))
  return parts
}

/** Special cases of others left out, and `x` with `not(x)` folded into one. */
function simplified(given: readonly Alternative[]): readonly Alternative[] {
  let kept: readonly Alternative[] = absorbed(given)
  for (let folded = fold(kept); folded; folded = fold(kept)) kept = absorbed(folded)
  return kept
}

function absorbed(given: readonly Alternative[]): readonly Alternative[] {
  const kept: Alternative[] = []
  for (const one of [...given].sort((a, b) => a.size - b.size)) {
    if (kept.some((other) => isWider(other, one))) continue
    if (kept.length === MAX_ALTERNATIVES) return [new Set()]
    kept.push(one)
  }
  return kept
}

/** Two alternatives that differ in one part and its opposite hold as if the part were not there; undefined when none do. */
function fold(given: readonly Alternative[]): readonly Alternative[] | undefined {
  const byKey = new Map(given.map((one) => [keyOf(one), one]))
  for (const one of given) {
    for (const part of one) {
      const rest = [...one].filter((other) => other !== part)
      const opposite = byKey.get(keyOf([...rest, oppositeOf(part)]))
      if (opposite) return [...given.filter((other) => other !== one && other !== opposite), new Set(rest)]
    }
  }
  return undefined
}

const oppositeOf = (part: string): string => (part.startsWith('not(') ? part.slice(4, -1) : `not(${part})`)
const keyOf = (parts: Iterable<string>): string => [...parts].sort(compareText).join('\0')

function print(alternatives: readonly Alternative[]): string {
  if (alternatives.some((one) => one.size === 0)) return 'true'
  const texts = alternatives.map((one) => printList('all', [...one]))
  return texts.length === 0 ? 'false' : printList('any', texts)
}

const printList = (operator: string, parts: readonly string[]): string =>
  parts.length === 1 ? checked(parts[0]) : `${operator}(${[...parts].sort(compareText).join(', ')})`
