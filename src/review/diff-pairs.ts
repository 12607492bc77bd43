/**
 * Which package of one side is which of the other. Names decide; of several versions of one name those that cargo would
 * take for each other (semver-compatible) come first, then what is left in the order of versions.
 *
 * It reads nothing but names, versions and, where two are of one version, sources: a package that comes from elsewhere is
 * the same one from elsewhere. And a package that was renamed is one removed and one added, for whoever depends
 * on it depends on another publisher now. Only what was asked for itself is paired whatever it is called.
 */
import semver from 'semver'
import { compareText } from '../base/index.js'
import type { AnalysisResult, PackageResult } from '../report/result.js'
import { sourceText } from '../report/source-text.js'
import type { PackagePair } from './diff-input.js'

/** Every package of both results, once each; sorted by name, then by version. */
export function pairPackages(before: AnalysisResult, after: AnalysisResult): readonly PackagePair[] {
  const oldByName = byName(before.packages)
  const newByName = byName(after.packages)
  const renamed = renamedMember(before, after)
  const pairs: PackagePair[] = renamed ? [renamed] : []
  for (const name of [...new Set([...oldByName.keys(), ...newByName.keys()])].sort(compareText)) {
    const [olds, news] = [oldByName.get(name) ?? [], newByName.get(name) ?? []]
    pairs.push(
      ...pairVersions(
        olds.filter((one) => one !== renamed?.old),
        news.filter((one) => one !== renamed?.new),
      ),
    )
  }
  return pairs
}

/** Two crates of different names that are to be compared: a fork and its origin, a look-alike and what it looks like. */
function renamedMember(before: AnalysisResult, after: AnalysisResult): PackagePair | undefined {
  if (before.members.length !== 1 || after.members.length !== 1) return undefined
  const old = before.packages.find((one) => one.id === before.members[0])
  const now = after.packages.find((one) => one.id === after.members[0])
  return old && now && old.name !== now.name ? { old, new: now } : undefined
}

function byName(packages: readonly PackageResult[]): ReadonlyMap<string, readonly PackageResult[]> {
  const found = new Map<string, PackageResult[]>()
  for (const one of packages) {
    const list = found.get(one.name)
    if (list) list.push(one)
    else found.set(one.name, [one])
  }
  return found
}

/** Each rule pairs what the rules before it left over, the newest first. */
const RULES: readonly ((a: PackageResult, b: PackageResult) => boolean)[] = [
  (a, b) => a.id === b.id,
  // One name and version may stand there from two sources.
  (a, b) => a.version === b.version && textOf(a) === textOf(b),
  (a, b) => a.version === b.version,
  (a, b) => compatibleRange(a.version) === compatibleRange(b.version),
  () => true,
]

const textOf = ({ source, origin }: PackageResult): string => (source ? sourceText(source) : origin)

function pairVersions(before: readonly PackageResult[], after: readonly PackageResult[]): PackagePair[] {
  const olds = [...before].sort(newestFirst)
  const news = [...after].sort(newestFirst)
  const pairs: PackagePair[] = []
  for (const fits of RULES) {
    for (const now of [...news]) {
      const old = olds.find((one) => fits(one, now))
      if (!old) continue
      pairs.push({ old, new: now })
      olds.splice(olds.indexOf(old), 1)
      news.splice(news.indexOf(now), 1)
    }
  }
  pairs.push(...olds.map((old) => ({ old })), ...news.map((now) => ({ new: now })))
  return pairs.sort(
    (a, b) => newestFirst(b.new ?? b.old, a.new ?? a.old) || compareText(a.old?.id ?? '', b.old?.id ?? ''),
  )
}

/** The part of a version that decides compatibility: the first number that is not 0, with all before it. */
function compatibleRange(version: string): string {
  const parsed = semver.parse(version, { loose: true })
  if (!parsed) return version
  if (parsed.major > 0) return `${parsed.major}`
  return parsed.minor > 0 ? `0.${parsed.minor}` : `0.0.${parsed.patch}`
}

function newestFirst(a: PackageResult | undefined, b: PackageResult | undefined): number {
  const [left, right] = [a, b].map((one) => semver.parse(one?.version ?? '', { loose: true }))
  const order = left && right ? semver.compareBuild(right, left) : 0
  return order !== 0 ? order : compareText(b?.id ?? '', a?.id ?? '')
}
