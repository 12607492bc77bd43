/**
 * The `[features]` of a manifest: with the implicit ones of optional dependencies, and only where cargo would take it. A
 * feature that turns on nothing that is there makes cargo refuse the whole package; read on, it would hide that another
 * code than the one looked at is meant.
 */
import type { ManifestDependency } from './dependency-tables.js'
import { parseFeatureValue } from './feature-value.js'

/** Every feature with what it turns on; an optional dependency is one too unless some feature names it with `dep:`. */
export function withImplicitFeatures(
  declared: Readonly<Record<string, readonly string[]>>,
  dependencies: readonly Pick<ManifestDependency, 'nameInToml' | 'optional'>[],
): ReadonlyMap<string, readonly string[]> {
  const features = new Map(Object.entries(declared))
  const explicit = new Set<string>()
  for (const values of features.values()) {
    for (const value of values) if (value.startsWith('dep:')) explicit.add(value.slice('dep:'.length))
  }
  for (const { nameInToml, optional } of dependencies) {
    if (optional && !features.has(nameInToml) && !explicit.has(nameInToml))
      features.set(nameInToml, [`dep:${nameInToml}`])
  }
  return features
}

/** Why cargo would not take the table; undefined when it would. `features` has the implicit ones. */
export function featureTrouble(
  features: ReadonlyMap<string, readonly string[]>,
  dependencies: readonly ManifestDependency[],
): string | undefined {
  const all = new Set(dependencies.map(({ nameInToml }) => nameInToml))
  const optional = new Set(dependencies.filter((one) => one.optional).map(({ nameInToml }) => nameInToml))
  const named = new Set<string>()
  for (const [feature, values] of features) {
    for (const text of values) {
      if (text === feature) return `feature ${feature} turns on itself`
      const trouble = valueTrouble(text, features, all, optional)
      if (trouble !== undefined) return `feature ${feature} turns on ${text}, ${trouble}`
      const value = parseFeatureValue(text)
      if (value.k !== 'feature') named.add(value.name)
    }
  }
  const unnamed = [...optional].find((name) => !named.has(name))
  return unnamed === undefined ? undefined : `no feature turns on the optional dependency ${unnamed}`
}

function valueTrouble(
  text: string,
  features: ReadonlyMap<string, unknown>,
  all: ReadonlySet<string>,
  optional: ReadonlySet<string>,
): string | undefined {
  const value = parseFeatureValue(text)
  const { name } = value
  switch (value.k) {
    case 'feature':
      if (features.has(name)) return undefined
      if (optional.has(name)) return `and ${name} is an optional dependency that is no feature: it would be dep:${name}`
      return all.has(name)
        ? `and the dependency ${name} is not optional`
        : 'which is neither a feature nor a dependency'
    case 'dep':
      if (!all.has(name)) return `and there is no dependency ${name}`
      return optional.has(name) ? undefined : `and the dependency ${name} is not optional`
    case 'dep-feature':
      if (!all.has(name)) return `and there is no dependency ${name}`
      if (value.feature.includes('/')) return 'which has two slashes'
      return value.weak && !optional.has(name) ? `and the dependency ${name} is not optional` : undefined
  }
}
