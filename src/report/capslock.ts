/**
 * The result as Capslock prints its own (`capslock -output=json`): ProtoJSON of its `CapabilityInfoList`, so that what
 * reads Capslock's files, its `-output=compare` and `capslock-git-diff` among them, reads ours.
 *
 * Granularity is Capslock's: an entry for each package and capability, or with `--granularity function` for each
 * function. A package's code that runs when it is built or tested is a package of its own, `name/build`, `name/macro`,
 * `name/test`, as a Go command beside a library would be. Capslock cannot say `possible`, conditions or targets: its call
 * graph holds what may be called, and so does this. Paths have no version: only so can two releases be compared.
 */

import { checked, compareText } from '../base/index.js'
import { capslockName, capslockOrdinal } from './capslock-names.js'
import { escapedJson } from './escape.js'
import type { AnalysisResult, Finding, PackageResult, Step } from './result.js'

interface Entry {
  readonly packageName: string
  readonly packageDir: string
  readonly capabilityName: string
  readonly finding: Finding
}

/** The JSON text. */
export function renderCapslock(result: AnalysisResult): string {
  const names = new Map(result.packages.map(({ id, name }) => [id, name]))
  const list = {
    capabilityInfo: entriesOf(result).map((entry) => capabilityInfo(entry, names)),
    moduleInfo: result.packages.map(({ name, version }) => ({ path: name, version })),
    packageInfo: result.packages.flatMap((owner) => packageDirectories(owner).map((path) => ({ path }))),
  }
  return `${escapedJson(list, 2)}\n`
}

/** One for each package directory, capability and function that Capslock would tell apart: the most certain and direct one. */
function entriesOf(result: AnalysisResult): readonly Entry[] {
  const best = new Map<string, Entry>()
  for (const { name, capabilities } of result.packages) {
    for (const finding of capabilities) {
      const capabilityName = capslockName(finding.capability)
      if (capabilityName === undefined) continue
      const entry = { packageName: name, packageDir: packageDirectory(name, finding.stage), capabilityName, finding }
      const key = keyOf(entry).join('\0')
      const known = best.get(key)
      if (!known || compareExamples(finding, known.finding) < 0) best.set(key, entry)
    }
  }
  return [...best.values()].sort(compareEntries)
}

const keyOf = ({ packageDir, capabilityName, finding }: Entry): readonly string[] => [
  packageDir,
  finding.function ?? finding.module ?? '',
  capabilityName,
]

/** The better example first: certain before possible, direct before transitive, then the shorter path. */
function compareExamples(a: Finding, b: Finding): number {
  return (
    Number(a.certainty === 'possible') - Number(b.certainty === 'possible') ||
    Number(a.reach === 'transitive') - Number(b.reach === 'transitive') ||
    a.path.length - b.path.length
  )
}

/** As Capslock sorts: by the enumeration, what is not in it first, then by package and function. */
function compareEntries(a: Entry, b: Entry): number {
  const ordinal = (entry: Entry): number => capslockOrdinal(entry.capabilityName) ?? 0
  if (ordinal(a) !== ordinal(b)) return ordinal(a) - ordinal(b)
  const [x, y] = [keyOf(a).join('\0'), keyOf(b).join('\0')]
  return compareText(x, y)
}

function capabilityInfo(
  { packageName, packageDir, capabilityName, finding }: Entry,
  names: ReadonlyMap<string, string>,
) {
  return {
    packageName,
    ...(capslockOrdinal(capabilityName) !== undefined && { capability: `CAPABILITY_${capabilityName}` }),
    depPath: finding.path.map((step) => step.function).join(' '),
    packageDir,
    capabilityType: finding.reach === 'direct' ? 'CAPABILITY_TYPE_DIRECT' : 'CAPABILITY_TYPE_TRANSITIVE',
    path: finding.path.map((step, index) => ({
      name: step.function,
      ...(index > 0 && step.line > 0 && { site: siteOf(step) }),
      package: packageOfStep(finding, index, names),
    })),
    capabilityName,
  }
}

/** Where the step before refers to it. Numbers are text: ProtoJSON spells 64 bits so. */
function siteOf({ file, line, column }: Step) {
  return { filename: file.slice(file.lastIndexOf('/') + 1), line: String(line), column: String(column) }
}

/** A function stands in the package that the next step is referred to from; what the map names, in the crate of its path. */
function packageOfStep({ path, stage }: Finding, index: number, names: ReadonlyMap<string, string>): string {
  const inside = index === 0 ? path[0] : path[index + 1]
  if (inside) return packageDirectory(names.get(inside.package) ?? inside.package, stage)
  const { function: named, package: id } = checked(path[index])
  return /^<*&?(?:mut |dyn )*(\w+)::/.exec(named)?.[1] ?? packageDirectory(names.get(id) ?? id, stage)
}

const packageDirectory = (name: string, stage: Finding['stage']): string =>
  stage === 'run' ? name : `${name}/${stage}`

function packageDirectories({ name, units }: PackageResult): readonly string[] {
  const directories = units.flatMap((unit) => unit.stages.map((stage) => packageDirectory(name, stage)))
  return [...new Set(directories)].sort()
}
