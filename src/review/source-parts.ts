/**
 * In what the sources of one package on two sides differ. A directory is compared as it is seen from the workspace, since
 * two states of a crate may stand in different places of a repository. What only one side says (an older report has no
 * source, a lockfile may lack a checksum) is no difference: a note of the diff tells it.
 */
import { posix } from 'node:path'
import type { SourceChange } from '../report/diff-result.js'
import type { AnalysisResult, PackageResult, SourceResult } from '../report/result.js'

export type SourcePart = SourceChange['differs'][number]

/** A package, and the result that it stands in. */
export interface SourceSide {
  readonly owner: Pick<PackageResult, 'version' | 'origin' | 'source' | 'local'>
  /** Where the workspace stands in its repository. */
  readonly directory: AnalysisResult['directory']
}

/** The parts in the order of the schema; empty when it is the same source. */
export function differingParts(old: SourceSide, now: SourceSide): readonly SourcePart[] {
  // What was asked for itself on both sides comes from where the user said.
  if (old.owner.local && now.owner.local) return []
  const [was, is] = [old.owner.source, now.owner.source]
  if (!was || !is) return old.owner.origin === now.owner.origin ? [] : ['kind']
  if (was.kind !== is.kind) return ['kind', ...(was.by === is.by ? [] : (['by'] as const))]
  const fromOf = ({ directory }: SourceSide, { from }: SourceResult): string =>
    from === undefined ? '' : `${from.kind} ${from.kind === 'directory' ? seenFrom(directory, from.url) : from.url}`
  const placeOf = ({ directory }: SourceSide, source: SourceResult): string =>
    source.directory === undefined ? 'outside' : seenFrom(directory, source.directory)
  const parts: Readonly<Record<SourcePart, boolean>> = {
    kind: false,
    url: was.url !== is.url,
    reference: was.reference !== is.reference,
    revision: was.revision !== is.revision,
    directory: is.kind === 'path' && placeOf(old, was) !== placeOf(now, is),
    checksum: otherContent(old.owner, now.owner),
    by: was.by !== is.by,
    from: fromOf(old, was) !== fromOf(now, is),
  }
  return (Object.keys(parts) as SourcePart[]).filter((part) => parts[part])
}

/** Of one version the archive is one: another sum is other content under the same name. */
function otherContent(old: SourceSide['owner'], now: SourceSide['owner']): boolean {
  const [was, is] = [old.source?.checksum, now.source?.checksum]
  return old.version === now.version && was !== undefined && is !== undefined && was !== is
}

const seenFrom = (workspace: string | undefined, directory: string): string =>
  directory === 'outside' || workspace === undefined ? directory : posix.relative(workspace, directory)

/** The repository's configuration of cargo, which results list as a package: cargo takes it from nowhere. No crate has its name. */
export const CONFIGURATION_NAME = '.cargo'
export const isConfiguration = ({ name, local }: Pick<PackageResult, 'name' | 'local'>): boolean =>
  local && name === CONFIGURATION_NAME

/** What stands in the place of a source of the configuration: the sum over its files, by which a policy pins them. */
export function configurationText({ digest }: Pick<PackageResult, 'digest'>): string {
  return `configuration sha256:${digest ?? 'unknown'}`
}
