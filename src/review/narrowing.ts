/**
 * Which of the options of an analysis make a check look at less than its policy is about, in the words of the command line. A gate
 * that is green because of one of them has to say so. Options that turn more on are none of them; a map is one, since it may call
 * anything safe.
 */

import { type PolicyScope, WHOLE_SCOPE } from './policy.js'

/** The options that can. */
export interface NarrowingOptions {
  readonly packages?: readonly string[] | undefined
  readonly target?: readonly string[] | undefined
  readonly features?: readonly string[] | undefined
  readonly cfg?: readonly string[] | undefined
  readonly allFeatures?: boolean | undefined
  readonly noDefaultFeatures?: boolean | undefined
  readonly allowMissing?: boolean | undefined
  readonly entry?: string | undefined
  /** In the words of the user; the scope has the same words where it means the same files. */
  readonly capabilityMaps?: readonly string[] | undefined
}

/** Those that were given: `--entry main`, `--target x86_64-pc-windows-msvc`. What the policy is about may be as little. */
export function narrowingOf(options: NarrowingOptions, scope: PolicyScope = WHOLE_SCOPE): readonly string[] {
  const { packages = [], target = [], cfg = [], noDefaultFeatures, allowMissing, entry, capabilityMaps = [] } = options
  return [
    ...(entry === undefined || entry === scope.entry ? [] : [`--entry ${entry}`]),
    ...(isPart(packages, scope.packages) ? packages.map((name) => `-p ${name}`) : []),
    ...(isPart(target, scope.targets) ? target.map((triple) => `--target ${triple}`) : []),
    ...cfg.filter((option) => !scope.cfg.includes(option)).map((option) => `--cfg ${option}`),
    ...lackingFeatures(options, scope),
    ...(noDefaultFeatures && !scope.noDefaultFeatures ? ['--no-default-features'] : []),
    ...(allowMissing ? ['--allow-missing'] : []),
    ...capabilityMaps.filter((map) => !scope.maps.includes(map)).map((map) => `--capability-map ${map}`),
  ]
}

/** Options about features stand in the place of all that the policy says of them. */
function lackingFeatures(options: NarrowingOptions, scope: PolicyScope): readonly string[] {
  const { features = [], allFeatures = false, noDefaultFeatures = false } = options
  if (allFeatures || (features.length === 0 && !noDefaultFeatures)) return []
  const lacks = scope.allFeatures || scope.features.some((feature) => !features.includes(feature))
  if (!lacks) return []
  if (features.length > 0) return [`--features ${features.join(',')}`]
  // Where the policy has the default ones, the option is told for leaving these off.
  return scope.noDefaultFeatures ? ['--no-default-features'] : []
}

/** Some were named, and not all that the policy names; without any it is about all. */
function isPart(given: readonly string[], all: readonly string[]): boolean {
  return given.length > 0 && (all.length === 0 || all.some((word) => !given.includes(word)))
}
