/** `--capabilities fs,exec`, `--capabilities=-unsafe`: words that select capabilities, checked for typing mistakes. */
import { familyOf, nearestWord } from '../base/index.js'
import { capabilityNames } from '../wiring/lookup.js'
import { UsageError } from './error-message.js'

/** The family of a name that was probably meant, and what it has. */
function familyText(near: string, known: ReadonlySet<string>): string {
  const family = [...known].filter((name) => familyOf(name) === familyOf(near)).sort()
  return family.length === 1 ? `the nearest one is ${family[0]}` : `known of that family are ${family.join(', ')}`
}

/** The words, split at commas. Throws UsageError for a word that names neither a capability nor a family. */
export function capabilityWords(values: readonly string[]): string[] {
  const words = values.flatMap((value) => value.split(/[\s,]+/)).filter((word) => word !== '')
  const known = new Set(capabilityNames().flatMap((name) => [name, familyOf(name)]))
  for (const word of words) {
    const name = word.replace(/^-/, '')
    if (known.has(name)) continue
    const near = nearestWord(name, known)
    throw new UsageError(
      `There is no capability "${name}"`,
      near === undefined ? `known are ${[...known].sort().join(', ')}` : familyText(near, known),
      near === undefined
        ? 'Name one of these, or a family of them; a `-` before it leaves it out.'
        : `Did you mean "${near}"?`,
    )
  }
  return words
}
