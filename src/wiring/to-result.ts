/** From what the rooms found to the public result. A change of form only: nothing is left out and nothing is judged. */

import { type CfgExpr, printCfg } from '../base/index.js'
import type { CapabilityFinding, Way } from '../capabilities/index.js'
import type { PackageSource } from '../project/index.js'
import {
  type CargoConfiguration,
  CONFIGURATION_PACKAGE,
  type Package,
  type TargetPlatform,
  type Unit,
} from '../project/index.js'
import {
  type AnalysisResult,
  type Coverage,
  type Finding,
  type PackageResult,
  SCHEMA_VERSION,
  type SourceResult,
} from '../report/result.js'
import type { Analysis } from './analyze.js'
import { targetsOfCondition } from './condition-targets.js'
import { decidedFor } from './decided-condition.js'
import { type PackageDigests, packageDigests } from './package-digests.js'
import { capsVersion } from './version.js'

/** The result of an analysis; `ways`: with those of each transitive finding, which only a comparison asks for. */
export function toResult(analysis: Analysis, { ways = false }: { readonly ways?: boolean } = {}): AnalysisResult {
  const { workspace, findings } = analysis
  const capabilities = new Map(findings.packages.map((found) => [found.id, found.capabilities]))
  const units = unitsByPackage(workspace.units)
  const digestsOf = packageDigests(workspace, analysis.graph)
  const decided = decidedFor(workspace.targets)
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'caps', version: capsVersion() },
    root: workspace.roots.join(', '),
    members: workspace.roots,
    ...(workspace.directory !== undefined && { directory: workspace.directory }),
    targets: workspace.targets.map((target) => target.triple),
    ...(workspace.lockedBy !== undefined && { lockedBy: workspace.lockedBy }),
    granularity: analysis.granularity,
    ...configurationOf(workspace.configuration),
    packages: workspace.packages.map((owner) =>
      packageResult(
        owner,
        workspace.roots.includes(owner.id) || owner.id === CONFIGURATION_PACKAGE,
        units.get(owner.id) ?? [],
        (capabilities.get(owner.id) ?? []).map((found) => ({
          ...toFinding(found, workspace.targets, decided),
          ...(ways && found.ways && { ways: waysOf(found.ways, decided) }),
        })),
        digestsOf(owner),
      ),
    ),
    coverage: coverageOf(analysis),
  }
}

/** Every file that was read, and variables that decide something; each with the keys that decide what was looked at. */
function configurationOf({ files, decisions }: CargoConfiguration): Pick<AnalysisResult, 'configuration'> {
  const sources = new Map([...files, ...decisions.map(({ at }) => at)].map(({ file, scope }) => [file, scope]))
  if (sources.size === 0) return {}
  return {
    configuration: [...sources].map(([file, scope]) => {
      const own = decisions.filter(({ at }) => at.file === file)
      return { file, scope, decides: [...new Set(own.map(({ key }) => key))] }
    }),
  }
}

function unitsByPackage(units: readonly Unit[]): ReadonlyMap<string, readonly Unit[]> {
  const found = new Map<string, Unit[]>()
  for (const unit of units) {
    const list = found.get(unit.package)
    if (list) list.push(unit)
    else found.set(unit.package, [unit])
  }
  return found
}

function packageResult(
  owner: Package,
  asked: boolean,
  units: readonly Unit[],
  capabilities: readonly Finding[],
  digests: PackageDigests,
): PackageResult {
  const { id, name, version, source, verified, published, directory, dependencies } = owner
  return {
    id,
    name,
    version,
    origin: source.kind,
    // Configuration is no package that cargo takes from somewhere: no rule for sources is about it.
    ...(id !== CONFIGURATION_PACKAGE && { source: withoutPassword(source) }),
    ...(verified && { verified }),
    ...(published && { published }),
    local: asked,
    ...(directory !== undefined && { directory }),
    dependencies: dependencies.map((dependency) => ({ package: dependency.id, kinds: dependency.kinds })),
    units: units.map((unit) => {
      const { kind, root, stages } = unit
      const digest = digests.ofUnit(unit)
      return { kind, root, stages, ...(digest !== undefined && { digest }) }
    }),
    ...digests.ofPackage,
    capabilities: [...capabilities],
  }
}

/** Addresses may hold a secret of whoever wrote them; the user's name stays, since it may pretend to be a host. */
function withoutPassword(source: PackageSource): SourceResult {
  const { url, from } = source
  return {
    ...source,
    ...(url !== undefined && { url: clean(url) }),
    ...(from && { from: { ...from, url: clean(from.url) } }),
  }
}

const clean = (url: string): string => url.replace(/^([\w+.-]+:\/\/[^/@:?#]*):[^/@?#]*@/, '$1@')

/** Fields in the order of the schema, so that the JSON reads alike everywhere. */
function toFinding(
  found: CapabilityFinding,
  targets: readonly TargetPlatform[],
  decided: (condition: CfgExpr) => CfgExpr,
): Finding {
  return {
    capability: found.capability,
    stage: found.stage,
    certainty: found.certainty,
    reach: found.reach,
    condition: printCfg(decided(found.condition)),
    targets: targetsOfCondition(found.condition, targets),
    sites: found.sites,
    ...(found.module !== undefined && { module: found.module }),
    ...(found.function !== undefined && { function: found.function }),
    path: found.path.map((step) => ({
      function: step.function,
      ...(step.fact !== undefined && { fact: step.fact }),
      package: step.package,
      file: step.file,
      line: step.line,
      column: step.column,
    })),
    ...(found.literals && { literals: found.literals }),
    ...(found.resources && { resources: [...found.resources] }),
    ...(found.sends && {
      sends: found.sends.map(({ value, path }) => ({ value, path: path.map((step) => ({ ...step })) })),
    }),
    ...(found.commonplace !== undefined && { commonplace: found.commonplace }),
  }
}

const waysOf = (ways: readonly Way[], decided: (condition: CfgExpr) => CfgExpr): Finding['ways'] =>
  ways.map((way) => ({ function: way.function, condition: printCfg(decided(way.condition)), sites: way.sites }))

function coverageOf({ workspace, graph }: Analysis): Coverage {
  const { references, exact, trait, value, unresolved } = graph.stats
  const files = workspace.packages.flatMap((owner) => [...owner.tree.files]).filter(([path]) => path.endsWith('.rs'))
  return {
    references: { written: references, exact, trait, value, unresolved },
    unresolved: graph.references.flatMap((reference) =>
      reference.why === undefined
        ? []
        : [
            {
              reason: reference.why,
              name: reference.name,
              package: reference.package,
              file: reference.file,
              line: reference.line,
              column: reference.column,
            },
          ],
    ),
    losses: graph.losses.map(({ kind, what, package: owner, file, line, column }) => ({
      kind,
      what,
      package: owner,
      file,
      line,
      column,
    })),
    files: { rust: files.length, bytes: files.reduce((sum, [, bytes]) => sum + bytes, 0) },
    diagnostics: workspace.diagnostics.map(({ package: owner, file, message }) => ({
      ...(owner !== undefined && { package: owner }),
      ...(file !== undefined && { file }),
      message,
    })),
  }
}
