/**
 * Which code a policy and the options of a command mean together: what an option names holds, for the rest what the policy
 * names. And whether less is looked at than the policy is about, so that what nothing uses there may be used elsewhere.
 */

import type { PolicyScope } from '../review/policy.js'
import type { AnalyzeOptions } from './analysis-options.js'

/** The options with what the policy names where they name nothing. Options about features are one choice. */
export function optionsWithin(scope: PolicyScope, given: AnalyzeOptions): AnalyzeOptions {
  return {
    ...given,
    ...(isEmpty(given.packages) && scope.packages.length > 0 && { packages: scope.packages }),
    ...(isEmpty(given.target) && scope.targets.length > 0 && { target: scope.targets }),
    ...(!choosesFeatures(given) && featuresOf(scope)),
  }
}

/** What an analysis was asked to look at, as a policy records it. */
export function scopeOfOptions(options: AnalyzeOptions): PolicyScope {
  return {
    packages: options.packages ?? [],
    targets: options.target ?? [],
    features: options.features ?? [],
    allFeatures: options.allFeatures ?? false,
    noDefaultFeatures: options.noDefaultFeatures ?? false,
  }
}

/** Less was asked for than the policy is about. */
export function isNarrowed(scope: PolicyScope, given: AnalyzeOptions): boolean {
  const { packages = [], target = [], features = [], allFeatures = false, noDefaultFeatures = false, entry } = given
  const lacksFeatures =
    choosesFeatures(given) &&
    !allFeatures &&
    (scope.allFeatures || lacks(scope.features, features) || (noDefaultFeatures && !scope.noDefaultFeatures))
  return (
    entry !== undefined ||
    lacksFeatures ||
    (packages.length > 0 && (scope.packages.length === 0 || lacks(scope.packages, packages))) ||
    (target.length > 0 && (scope.targets.length === 0 || lacks(scope.targets, target)))
  )
}

const isEmpty = (words: readonly string[] | undefined): boolean => words === undefined || words.length === 0
const lacks = (all: readonly string[], some: readonly string[]): boolean => all.some((word) => !some.includes(word))

function choosesFeatures({ features, allFeatures, noDefaultFeatures }: AnalyzeOptions): boolean {
  return !isEmpty(features) || allFeatures === true || noDefaultFeatures === true
}

function featuresOf({ features, allFeatures, noDefaultFeatures }: PolicyScope): AnalyzeOptions {
  return {
    ...(features.length > 0 && { features }),
    ...(allFeatures && { allFeatures }),
    ...(noDefaultFeatures && { noDefaultFeatures }),
  }
}
