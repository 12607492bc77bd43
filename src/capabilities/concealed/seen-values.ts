/** Between what the machine works with and what is known of arguments. */
import { CONCEALED, type KnownValue, textOfValue, written } from '../known-values.js'
import { plain, text, textOf, UNKNOWN, type Value } from './machine-values.js'

/** An argument of which one text is known; others are not known to the machine. */
export function asGiven(values: readonly KnownValue[]): Value {
  const [only, ...others] = values
  if (
    !only ||
    others.length > 0 ||
    only.builder ||
    only.parts.some((part) => part === 'anything' || 'variable' in part)
  )
    return UNKNOWN
  return text(textOfValue(only), only.concealed ?? false)
}

/**
 * What was followed, with what was seen: where all of it was worked out, that is what it is. `mayBeOthers`: there may be calls
 * that were not seen, with other values.
 */
export function withSeen(
  followed: readonly KnownValue[],
  seen: readonly Value[],
  mayBeOthers: boolean,
): readonly KnownValue[] {
  const found = seen.map(knownOf)
  const known = found.filter((value) => value !== undefined)
  const isWhole = known.length === found.length && (!mayBeOthers || known.every((value) => value.concealed))
  const concealed = known.filter((value) => value.concealed)
  // What is followed is as good, where nothing hides.
  const isOpen = followed.length === 0 || followed.some(hasHoles)
  if (concealed.length === 0 && !(isOpen && isWhole)) return followed
  if (isWhole) return known
  return [
    ...followed.filter((value) => !concealed.some((one) => textOfValue(one) === textOfValue(value))),
    ...concealed,
  ]
}

/** What is added to a builder, where it was seen once and all of it is known. */
export function wordsOf(seen: readonly Value[] | undefined): readonly string[] | undefined {
  const [only, ...others] = seen ?? []
  const of = only && others.length === 0 ? plain(only) : undefined
  if (!of || of.k === 'unknown') return undefined
  const items = of.k === 'list' && of.items.some((item) => plain(item).k === 'text') ? of.items : [of]
  const words = items.map((item) => textOf(item)?.s)
  return words.includes(undefined) ? undefined : words.filter((word) => word !== undefined)
}

/** Whether nothing at all is known of it. */
export const isUnknown = (value: Value): boolean => {
  const of = plain(value)
  return of.k === 'unknown' && !of.encoded
}

const hasHoles = ({ parts }: KnownValue): boolean => parts.includes('anything')

/** Undefined where it says nothing. */
function knownOf(value: Value): KnownValue | undefined {
  const of = plain(value)
  if (of.k === 'unknown') return of.encoded ? CONCEALED : undefined
  const found = textOf(of)
  if (!found || found.s === '') return undefined
  return found.hidden ? { ...written(found.s), concealed: true } : written(found.s)
}
