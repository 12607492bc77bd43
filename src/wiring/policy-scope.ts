/**
 * Which code a policy and the options of a command mean together: what an option names holds, for the rest what the policy
 * names. Whether that is less than the policy is about is review/narrowing.ts's matter.
 */

import { existsSync, realpathSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { ProjectError } from '../base/index.js'
import type { PolicyScope } from '../review/policy.js'
import type { AnalyzeOptions } from './analysis-options.js'

/** Where a policy stands: files that it names are there or below. Absolute. */
type Directory = string

/** The options with what the policy names where they name nothing. Options about features are one choice. */
export function optionsWithin(scope: PolicyScope, given: AnalyzeOptions, directory: Directory): AnalyzeOptions {
  return {
    ...given,
    ...(isEmpty(given.packages) && scope.packages.length > 0 && { packages: scope.packages }),
    ...(isEmpty(given.target) && scope.targets.length > 0 && { target: scope.targets }),
    ...(isEmpty(given.cfg) && scope.cfg.length > 0 && { cfg: scope.cfg }),
    ...(!choosesFeatures(given) && featuresOf(scope)),
    ...(given.entry === undefined && scope.entry !== undefined && { entry: scope.entry }),
    ...(isEmpty(given.capabilityMaps) &&
      scope.maps.length > 0 && { capabilityMaps: scope.maps.map((map) => mapInside(map, directory)) }),
  }
}

/** The scope with the maps in the words of the options, where these mean the same files. */
export function inWordsOf(
  { capabilityMaps = [] }: AnalyzeOptions,
  scope: PolicyScope,
  directory: Directory,
): PolicyScope {
  const wordOf = (map: string): string =>
    capabilityMaps.find((word) => realPath(word) === realPath(join(directory, map))) ?? map
  return { ...scope, maps: scope.maps.map(wordOf) }
}

/** Where a map of a policy is. Whoever may write the policy names no file elsewhere. Throws ProjectError. */
function mapInside(map: string, directory: Directory): string {
  const path = join(directory, map)
  if (isAbsolute(map) || !isInside(realPath(path), realPath(directory))) {
    throw new ProjectError(
      `The capability map ${map} of the policy is outside of its directory`,
      'a policy names no file elsewhere',
      'Put it beside the policy, or name it with --capability-map.',
    )
  }
  return path
}

const isInside = (path: string, directory: Directory): boolean => {
  const way = relative(directory, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

/** Links followed; of what is not there the path itself: whoever reads it tells. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path)
}

/** What an analysis was asked to look at, as a policy in that directory records it. Throws ProjectError for a map elsewhere. */
export function scopeOfOptions(options: AnalyzeOptions, directory: Directory): PolicyScope {
  return {
    packages: options.packages ?? [],
    targets: options.target ?? [],
    features: options.features ?? [],
    cfg: options.cfg ?? [],
    allFeatures: options.allFeatures ?? false,
    noDefaultFeatures: options.noDefaultFeatures ?? false,
    ...(options.entry !== undefined && { entry: options.entry }),
    maps: (options.capabilityMaps ?? []).map((map) => recordedMap(map, directory)),
  }
}

function recordedMap(map: string, directory: Directory): string {
  const [path, root] = [realPath(map), realPath(directory)]
  if (isInside(path, root)) return relative(root, path).split(sep).join('/')
  throw new ProjectError(
    `The capability map ${map} cannot be named in the policy`,
    'it is outside of the directory of the policy, where `caps check` looks for it',
    'Put it beside the policy.',
  )
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
