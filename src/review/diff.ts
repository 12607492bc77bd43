/**
 * Two results compared: what was gained and lost, package by package and stage by stage. It sees results and nothing
 * else, so that a report of another day is as good as an analysis of now.
 *
 * Identity is never a line number: see diff-uses.ts for what a use is, diff-pairs.ts for what a package is.
 */
import { type Change, DIFF_SCHEMA_VERSION, type DiffResult, type PackageDiff } from '../report/diff-result.js'
import { filterResult, type ResultFilter } from '../report/filter.js'
import { repositoryFacts } from '../report/repository-files.js'
import type { AnalysisResult } from '../report/result.js'
import { compareCapabilities } from '../report/severity.js'
import { capabilityChanges } from './diff-capabilities.js'
import { type CoverageByPackage, coverageByPackage, coverageChanges } from './diff-coverage.js'
import { fileChanges } from './diff-files.js'
import { type Comparable, type DiffInput, type PackagePair, tellsReach, tellsUses } from './diff-input.js'
import { notesOn } from './diff-notes.js'
import { compareChanges, comparePackages } from './diff-order.js'
import { dependentsOf, packageDiff } from './diff-package.js'
import { pairPackages } from './diff-pairs.js'
import { reachChanges } from './diff-reach.js'
import { type SourceDirectories, sourceChanges } from './diff-sources.js'
import { unitChanges } from './diff-units.js'
import { tellsValues, valueChanges } from './diff-values.js'

/**
 * What `now` has that `old` had not, and the reverse. The filter restricts capabilities and stages; packages, sources,
 * files and coverage stay whole. `toolVersion` is of the caps that compares.
 */
export function diffResults(
  old: DiffInput,
  now: DiffInput,
  toolVersion: string,
  filter: ResultFilter = {},
): DiffResult {
  const [before, after] = [filterResult(old.result, filter), filterResult(now.result, filter)]
  const pairs = pairPackages(before, after)
  const comparable: Comparable = {
    uses: tellsUses(old.result) && tellsUses(now.result),
    reach: tellsReach(old) && tellsReach(now),
    values: tellsValues(old) && tellsValues(now),
    crates: new Set([...before.packages, ...after.packages].map(({ name }) => name.replaceAll('-', '_'))),
  }
  const compared = comparePairs(pairs, before, after, comparable, filter)
  const packages = compared.map(({ diff }) => diff).filter((diff) => diff.change !== 'none' || diff.changes.length > 0)
  const changes = packages.flatMap((diff) => diff.changes)
  const countPackages = (...kinds: readonly PackageDiff['change'][]): number =>
    packages.filter(({ change }) => kinds.includes(change)).length
  const countChanges = (direction: Change['direction']): number =>
    changes.filter((change) => change.direction === direction).length
  const countUnchanged = (of: keyof Unchanged): number =>
    compared.reduce((sum, { unchanged }) => sum + unchanged[of], 0)
  const repository = repositoryFacts(now.result)
  return {
    schemaVersion: DIFF_SCHEMA_VERSION,
    tool: { name: 'caps', version: toolVersion },
    old: sideOf(old),
    new: sideOf(now),
    ...filterFact(filter),
    ...(repository && { repository }),
    notes: notesOn({ old, new: now }),
    packages: [...packages].sort(comparePackages),
    summary: {
      packages: {
        added: countPackages('added'),
        removed: countPackages('removed'),
        changed: countPackages('version', 'content', 'none'),
        unchanged: compared.length - packages.length,
      },
      changes: { more: countChanges('more'), less: countChanges('less'), other: countChanges('other') },
      capabilities: { gained: onlyIn(after, before), lost: onlyIn(before, after) },
      unchanged: {
        capabilities: countUnchanged('capabilities'),
        sites: countUnchanged('sites'),
        units: countUnchanged('units'),
        files: countUnchanged('files'),
      },
    },
  }
}

type Unchanged = DiffResult['summary']['unchanged']
interface ComparedPackage {
  readonly diff: PackageDiff
  readonly unchanged: Unchanged
}

function comparePairs(
  pairs: readonly PackagePair[],
  before: AnalysisResult,
  after: AnalysisResult,
  comparable: Comparable,
  filter: ResultFilter,
): readonly ComparedPackage[] {
  const reached = comparable.reach ? reachChanges(pairs) : new Map<string, readonly Change[]>()
  const values = comparable.values ? valueChanges(pairs) : new Map<string, readonly Change[]>()
  const oldCoverage = coverageByPackage(before.coverage, before.members[0] ?? '')
  const newCoverage = coverageByPackage(after.coverage, after.members[0] ?? '')
  const directories = { old: before.directory, new: after.directory }
  const oldDependents = dependentsOf(before)
  const newDependents = dependentsOf(after)
  return pairs.map((pair) => {
    const found = compareOne(pair, comparable, oldCoverage, newCoverage, directories, filter)
    const shown = pair.new ?? pair.old
    const dependents = (pair.new ? newDependents : oldDependents).get(shown?.id ?? '') ?? []
    const id = shown?.id ?? ''
    const changes = [...found.changes, ...(reached.get(id) ?? []), ...(values.get(id) ?? [])].sort(compareChanges)
    return { diff: packageDiff(pair, dependents, changes), unchanged: found.unchanged }
  })
}

function compareOne(
  pair: PackagePair,
  comparable: Comparable,
  oldCoverage: CoverageByPackage,
  newCoverage: CoverageByPackage,
  directories: SourceDirectories,
  filter: ResultFilter,
): { readonly changes: readonly Change[]; readonly unchanged: Unchanged } {
  const stages = filter.stages && filter.stages.length > 0 ? new Set<string>(filter.stages) : undefined
  const direct = capabilityChanges(pair, comparable)
  const units = unitChanges(pair)
  const files = fileChanges(pair)
  return {
    changes: [
      ...direct.changes,
      ...sourceChanges(pair, directories),
      ...units.changes.filter(({ stage }) => stages?.has(stage) ?? true),
      ...files.changes,
      ...coverageChanges(pair, oldCoverage, newCoverage),
    ],
    unchanged: { ...direct.unchanged, units: units.unchanged, files: files.unchanged },
  }
}

/** Words of a filter, so that an empty diff is not read as an answer to what was not asked. */
function filterFact({ capabilities = [], stages = [] }: ResultFilter): Pick<DiffResult, 'filter'> {
  return capabilities.length + stages.length > 0 ? { filter: { capabilities, stages } } : {}
}

function sideOf({ result, from }: DiffInput): DiffResult['old'] {
  const { root, members, packages, granularity, targets, lockedBy, tool } = result
  const lock = lockedBy === undefined ? {} : { lockedBy }
  return { root, members, packages: packages.length, from, granularity, targets, ...lock, toolVersion: tool.version }
}

/** Capabilities that some package of the first has for certain, and none of the second. */
function onlyIn(one: AnalysisResult, other: AnalysisResult): string[] {
  const had = certainCapabilities(other)
  return [...certainCapabilities(one)].filter((capability) => !had.has(capability)).sort(compareCapabilities)
}

function certainCapabilities({ packages }: AnalysisResult): ReadonlySet<string> {
  const findings = packages.flatMap(({ capabilities }) => capabilities)
  return new Set(findings.filter(({ certainty }) => certainty === 'certain').map(({ capability }) => capability))
}
