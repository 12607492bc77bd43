/** What a version asks for with the features that are wanted of it: dependencies, and features of those. */
import { parseFeatureValue } from './feature-value.js'
import type { Candidate, WantedPackage } from './version-question.js'

interface Required {
  readonly features: ReadonlySet<string>
  readonly dependencies: readonly { readonly wanted: WantedPackage; readonly features: ReadonlySet<string> }[]
}

/** What turning on features asks of dependencies; undefined when the package has no such feature. */
export function requiredBy(candidate: Candidate, names: readonly string[], isRoot: boolean): Required | undefined {
  const features = new Set<string>()
  const turnedOn = new Map<string, Set<string>>()
  const ofDependency = (name: string): Set<string> => {
    const known = turnedOn.get(name) ?? new Set<string>()
    turnedOn.set(name, known)
    return known
  }
  const isOptional = (name: string): boolean =>
    candidate.dependencies.some(({ nameInToml, optional }) => nameInToml === name && optional)
  const pending = [...names]
  for (let text = pending.pop(); text !== undefined; text = pending.pop()) {
    const value = parseFeatureValue(text)
    if (value.k === 'feature') {
      if (features.has(value.name)) continue
      const values = candidate.features.get(value.name)
      if (!values) return undefined
      features.add(value.name)
      pending.push(...values)
    } else if (value.k === 'dep') ofDependency(value.name)
    else {
      if (!value.weak && isOptional(value.name) && candidate.features.has(value.name)) pending.push(value.name)
      ofDependency(value.name).add(value.feature)
    }
  }
  const dependencies = candidate.dependencies.flatMap((wanted) => {
    const asked = turnedOn.get(wanted.nameInToml)
    if ((wanted.dev && !isRoot) || (wanted.optional && !asked)) return []
    return [{ wanted, features: new Set([...(asked ?? []), ...wanted.features]) }]
  })
  return { features, dependencies }
}
