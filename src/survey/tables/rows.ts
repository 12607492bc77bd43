/** From what a survey keeps of a crate to rows of its tables. A change of form: nothing is judged. */
import { compareText, familyOf } from '../../base/index.js'
import type { AnalysisResult, Finding, PackageResult } from '../../report/result.js'
import { crateText, type FailureRecord, type ResultRecord, type SurveyedCrate } from '../record.js'
import type { Row, Rows } from './schema.js'

/** The rows of one crate version. */
export function rowsOf(
  crate: SurveyedCrate,
  found: ResultRecord | FailureRecord | undefined,
  how: { readonly engine: string; readonly maps: string },
): Rows {
  const id = crateText(crate)
  if (!found) return { ...NONE, crates: [crateRow(crate, 'left', how)] }
  if ('failure' in found) {
    const { stage, kind, what, why } = found.failure
    return {
      ...NONE,
      crates: [{ ...crateRow(crate, 'failed', how), lockfile: found.lockfile }],
      failures: [{ crate: id, stage, kind, what, why }],
    }
  }
  const { analysis, finer, size, references, lockfile } = found
  const told = [
    ...analysis.packages.map(({ id: owner, capabilities }) => ({ owner, granularity: 'crate', capabilities })),
    ...Object.entries(finer).map(([granularity, capabilities]) => ({ owner: id, granularity, capabilities })),
  ].flatMap(({ capabilities, ...where }) => capabilities.map((finding) => ({ crate: id, ...where, finding })))
  return {
    ...NONE,
    crates: [
      {
        ...crateRow(crate, 'analyzed', how),
        lockfile,
        locked_by: analysis.lockedBy ?? null,
        packages: analysis.packages.length,
        modules: size.modules,
        functions: size.functions,
        public_functions: size.publicFunctions,
      },
    ],
    packages: analysis.packages.map((owner) => packageRow(id, owner)),
    dependencies: analysis.packages.flatMap(({ id: owner, dependencies }) =>
      dependencies.flatMap(({ package: dependency, kinds }) =>
        kinds.map((kind) => ({ crate: id, package: owner, dependency, kind })),
      ),
    ),
    findings: told.map(findingRow),
    resources: told.flatMap(resourceRows),
    calls: references.map(({ from, package: owner, to, certainty, condition, capabilities, places }) => ({
      crate: id,
      from_function: from,
      to_package: owner,
      to_function: to,
      certainty,
      condition,
      capabilities: joined(capabilities),
      places,
    })),
    build_scripts: analysis.packages.flatMap(({ id: owner, units }) =>
      units
        .filter(({ kind }) => kind === 'build' || kind === 'proc-macro')
        .map(({ kind, root, digest = null }) => ({ crate: id, package: owner, kind, file: root, digest })),
    ),
    ...coverageRows(id, analysis),
  }
}

const NONE: Rows = {
  crates: [],
  packages: [],
  dependencies: [],
  findings: [],
  resources: [],
  calls: [],
  build_scripts: [],
  coverage: [],
  losses: [],
  failures: [],
}

const joined = (texts: readonly string[] | undefined): string | null =>
  texts && texts.length > 0 ? texts.join(',') : null

function crateRow(
  crate: SurveyedCrate,
  outcome: string,
  { engine, maps }: { readonly engine: string; readonly maps: string },
): Row<'crates'> {
  const { name, version, rank = null, downloads = null } = crate
  return {
    crate: crateText(crate),
    name,
    version,
    rank,
    downloads,
    outcome,
    lockfile: null,
    locked_by: null,
    packages: null,
    modules: null,
    functions: null,
    public_functions: null,
    engine,
    maps,
  }
}

function packageRow(crate: string, owner: PackageResult): Row<'packages'> {
  const { id, name, version, origin, source, digest = null, binaries } = owner
  return {
    crate,
    package: id,
    name,
    version,
    origin,
    is_root: id === crate,
    checksum: source?.checksum ?? null,
    digest,
    binaries: binaries?.length ?? null,
  }
}

interface Told {
  readonly crate: string
  readonly owner: string
  readonly granularity: string
  readonly finding: Finding
}

function findingRow({ crate, owner, granularity, finding }: Told): Row<'findings'> {
  const { capability, stage, certainty, reach, condition, sites, module = null, function: fn = null, path } = finding
  const last = path.at(-1)
  if (!last) throw new Error(`a finding of ${owner} has no path`)
  // The step into another package stands where this one's code refers to it.
  const outward = path.findIndex(
    (step, index) => index > 0 && step.package === owner && path[index + 1]?.package !== owner,
  )
  const via = reach === 'transitive' ? (path[outward]?.function ?? null) : null
  return {
    crate,
    package: owner,
    granularity,
    capability,
    family: familyOf(capability),
    stage,
    certainty,
    reach,
    condition,
    sites,
    module,
    function: fn,
    via,
    power: last.function,
    power_package: last.package,
    steps: path.length,
    file: last.file,
    line: last.line,
  }
}

function resourceRows({ crate, owner, granularity, finding }: Told): readonly Row<'resources'>[] {
  const { capability, stage, reach, module = null, function: fn = null, resources = [] } = finding
  return resources.map(({ kind, value, known, arguments: given, tags, sites }) => ({
    crate,
    package: owner,
    granularity,
    capability,
    stage,
    reach,
    module,
    function: fn,
    kind,
    value,
    known,
    arguments: given ? JSON.stringify(given) : null,
    tags: joined(tags),
    sites,
  }))
}

function coverageRows(crate: string, { coverage }: AnalysisResult): Pick<Rows, 'coverage' | 'losses'> {
  const { references, losses, unresolved, files, diagnostics } = coverage
  const { written, exact, trait, value } = references
  const counts = new Map<string, Row<'losses'>>()
  const places = [
    ...losses.map(({ kind, package: owner }) => ({ kind, owner })),
    ...unresolved.map(({ reason, package: owner }) => ({ kind: `unresolved: ${reason}`, owner })),
  ]
  for (const { kind, owner } of places) {
    const key = `${owner}\0${kind}`
    counts.set(key, { crate, package: owner, kind, places: (counts.get(key)?.places ?? 0) + 1 })
  }
  return {
    coverage: [
      {
        crate,
        rust_files: files.rust,
        rust_bytes: files.bytes,
        written,
        exact,
        trait,
        value,
        unresolved: unresolved.length,
        losses: losses.length,
        diagnostics: diagnostics.length,
      },
    ],
    losses: [...counts].sort(([a], [b]) => compareText(a, b)).map(([, row]) => row),
  }
}
