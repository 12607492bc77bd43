/** What stands in a list of `[features]` (Cargo book, "Features"). */

/** A value of the `[features]` table: `x`, `dep:x`, `x/y`, `x?/y`. */
export type FeatureValue =
  | { readonly k: 'feature'; readonly name: string }
  | { readonly k: 'dep'; readonly name: string }
  | { readonly k: 'dep-feature'; readonly name: string; readonly feature: string; readonly weak: boolean }

/** Parses a value of the `[features]` table or of `--features`. */
export function parseFeatureValue(text: string): FeatureValue {
  const slash = text.indexOf('/')
  if (slash >= 0) {
    const left = text.slice(0, slash)
    const weak = left.endsWith('?')
    return { k: 'dep-feature', name: weak ? left.slice(0, -1) : left, feature: text.slice(slash + 1), weak }
  }
  return text.startsWith('dep:') ? { k: 'dep', name: text.slice('dep:'.length) } : { k: 'feature', name: text }
}
