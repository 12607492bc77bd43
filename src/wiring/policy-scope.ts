/**
 * Which code a policy and the options of a command mean together: what an option names holds, for the rest what the policy
 * names. Whether that is less than the policy is about is review/narrowing.ts's matter.
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

const isEmpty = (words: readonly string[] | undefined): boolean => words === undefined || words.length === 0

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
