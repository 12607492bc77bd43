/**
 * Where packages come from when a policy is begun, as rules: registries for all dependencies together, and by name what
 * comes from elsewhere, with its address and commit, so that a package cannot move there or away unseen.
 *
 * Own packages are named too: a dependency that is put into a directory of the workspace becomes one of its members, and
 * a rule for the group `own` would let it pass.
 */
import { compareText } from '../base/index.js'
import type { AnalysisResult, PackageResult, SourceResult } from '../report/result.js'
import { sourceText } from '../report/source-text.js'
import { isNameable, type PackageGroup } from './policy.js'
import { configurationText, isConfiguration } from './source-parts.js'

export interface SourceUse {
  readonly subject: { readonly group: PackageGroup } | { readonly names: readonly string[] }
  /** As a policy writes them. */
  readonly from: readonly string[]
}

/** The group first, then packages by name; those of one source share a rule. Nothing is said of an older report. */
export function sourceUses(result: AnalysisResult): readonly SourceUse[] {
  const owners = result.packages.filter(
    (owner): owner is Sourced => owner.source !== undefined && !isConfiguration(owner),
  )
  const named = namedSources(owners)
  const dependencies = owners.filter(({ local, source }) => !local && isOfRegistry(source))
  const from = textsOf(dependencies.filter(({ name }) => !named.has(name)))
  const group = { subject: { group: 'dependencies' as const }, from }
  return [...(from.length > 0 ? [group] : []), ...shared(named), ...configurationUses(result)]
}

/** A rule that allows `exec` allows any program: a configuration that does something is pinned as it is. */
function configurationUses({ packages }: AnalysisResult): readonly SourceUse[] {
  return packages
    .filter((owner) => isConfiguration(owner) && owner.capabilities.length > 0 && owner.digest !== undefined)
    .map((owner) => ({ subject: { names: [owner.name] }, from: [configurationText(owner)] }))
}

type Sourced = PackageResult & { readonly source: SourceResult }

/** By name, all sources of packages of which one is own or of no registry. */
function namedSources(owners: readonly Sourced[]): ReadonlyMap<string, readonly string[]> {
  const names = owners
    .filter(({ local, source }) => local || !isOfRegistry(source))
    .map(({ name }) => name)
    .filter(isNameable)
  return new Map(
    [...new Set(names)].sort(compareText).map((name) => [name, textsOf(owners.filter((owner) => owner.name === name))]),
  )
}

const isOfRegistry = ({ kind, by }: SourceResult): boolean => kind === 'registry' && by === undefined

/** Own packages move inside of the repository; a dependency's directory is part of where it comes from. */
function textsOf(owners: readonly Sourced[]): readonly string[] {
  const texts = owners.map(({ local, source }) =>
    local && source.kind === 'path' && source.directory !== undefined && source.by === undefined
      ? 'path'
      : sourceText(source),
  )
  return [...new Set(texts)].sort(compareText)
}

function shared(named: ReadonlyMap<string, readonly string[]>): readonly SourceUse[] {
  const bySource = new Map<string, { readonly names: string[]; readonly from: readonly string[] }>()
  for (const [name, from] of named) {
    const key = from.join('\0')
    const known = bySource.get(key)
    if (known) known.names.push(name)
    else bySource.set(key, { names: [name], from })
  }
  return [...bySource.values()].map(({ names, from }) => ({ subject: { names }, from }))
}
