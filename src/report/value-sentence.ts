/** What is done to something, in words: `connects to`, `starts`, `reads`. Raw text: whoever shows it escapes it. */
import type { CapabilityChange, Change, ValueChange } from './diff-result.js'
import { resourceText } from './resource-text.js'

/** By capability, where it says more than the kind of what it acts on. Now, and before. */
const BY_CAPABILITY: Readonly<Record<string, readonly [string, string]>> = {
  exec: ['starts', 'started'],
  'fs/read': ['reads', 'read'],
  'fs/write': ['writes', 'wrote'],
  'fs/meta': ['looks at', 'looked at'],
  'network/connect': ['connects to', 'connected to'],
  'network/listen': ['listens at', 'listened at'],
  'network/resolve': ['looks up', 'looked up'],
  'env/read': ['reads', 'read'],
  'env/write': ['sets', 'set'],
  dynload: ['loads', 'loaded'],
}
const OTHERWISE = ['acts on', 'acted on'] as const

/** Of `host` and the like what is not in the value itself. */
const NOUNS: Readonly<Record<string, string>> = { variable: 'the variable ', symbol: 'the symbol ' }

/** More values than these are counted. */
const MAX_BEFORE = 3

/** `connects to evil.example:443, connected to api.example:443 before`; `quote`: what becomes of text of the crate. */
export function valueVerb(
  { change, capability, certainty, resource, before }: ValueChange,
  quote: (text: string) => string = (text) => text,
): string {
  const [now, was] = BY_CAPABILITY[capability] ?? OTHERWISE
  const maybe = certainty === 'possible' ? 'possibly ' : ''
  const what =
    change === 'computed'
      ? `${/^[aeiou]/.test(resource.kind) ? 'an' : 'a'} ${resource.kind} that is worked out`
      : `${NOUNS[resource.kind] ?? ''}${quote(resourceText(resource))}`
  const more = before.length > MAX_BEFORE ? ` and ${before.length - MAX_BEFORE} more` : ''
  const known = before.slice(0, MAX_BEFORE).map((value) => quote(resourceText({ kind: '', value, known: 'written' })))
  const former = before.length === 0 ? 'nothing that was known' : `${known.join(', ')}${more}`
  return `${maybe}${now} ${what}, ${was} ${former} before`
}

/** Changes without those that the sentences about new values tell already: the same calls with other arguments. */
export function withoutTwiceTold(changes: readonly Change[]): readonly Change[] {
  const values = changes.filter((change) => change.kind === 'value')
  const isTold = (change: CapabilityChange): boolean => {
    const its = values.filter((value) => groupOf(value) === groupOf(change))
    const texts = new Set(its.flatMap(({ resource }) => [resource.value, ...(resource.arguments ?? [])]))
    return its.length > 0 && change.uses.every(({ literals }) => literals.gained.every((text) => texts.has(text)))
  }
  return changes.filter((change) => !(change.kind === 'capability' && change.change === 'arguments' && isTold(change)))
}

const groupOf = ({ capability, stage, certainty, reach }: CapabilityChange | ValueChange): string =>
  [capability, stage, certainty, reach].join(' ')
