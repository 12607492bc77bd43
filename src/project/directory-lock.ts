/**
 * The lockfile of a directory, held against its manifests as cargo does: the one that lies there while it fits, else none
 * with `--locked`, else what cargo would make of both. The crate's own directory is only read.
 */
import { join } from 'node:path'
import { ProjectError } from '../base/index.js'
import type { CargoPermission } from './cargo-run.js'
import { refuseCircle } from './dependency-circle.js'
import type { ManifestDependency } from './dependency-tables.js'
import { DISK } from './file-view.js'
import { fitLockfile, type KnownPackages, type LockFit, type LockRequest, wrongSum } from './lock-fit.js'
import { LockMatcher, type MatchRules } from './lock-matcher.js'
import { versionOfPath } from './locked-paths.js'
import { type Lockfile, parseLockfile } from './lockfile.js'
import { readLockfile } from './lockfile-read.js'
import type { LoadOptions } from './options.js'
import { type PatchEntry, requirePatches } from './patches.js'
import { directoryOf, type PathPackage } from './path-collection.js'
import { closedLockfile } from './path-lock.js'
import { type PathWorkspace, packageOfPatch } from './path-packages.js'
import { resolveLockfile } from './resolve-lock.js'
import type { ResolveRequest } from './resolve-request.js'
import { wantedIdentity } from './source-identity.js'
import type { SourcePlaces } from './sources.js'
import { meetsRequirement } from './version-req.js'
import type { LockChoice } from './workspace.js'

export interface FittedLock {
  readonly lockfile: Lockfile
  readonly matcher: LockMatcher
  readonly fit: LockFit
  /** Made for these manifests just now. */
  readonly isNew: boolean
  /** Of one that was made: what lay there before. */
  readonly previous?: Lockfile
  readonly by: LockChoice
  /** That the lockfile which lies there did not fit, and why. */
  readonly problems: readonly string[]
}

/** Misfits that a message names; more of them say nothing new. */
const MAX_MISFITS = 10

/** The lockfile to go by. Throws ProjectError. */
export async function chooseLockfile(
  workspace: PathWorkspace,
  known: KnownPackages,
  options: LoadOptions,
  permission: CargoPermission,
  places: SourcePlaces,
): Promise<FittedLock> {
  const own = options.lockfile === undefined ? ownLockfile(workspace) : readLockfile(options.lockfile)
  const name = options.lockfile ?? 'Cargo.lock'
  const by = lockOnDisk(workspace, options)
  const found = own && { ...fitted(workspace, own, known), by }
  const dangling = (own?.dangling ?? []).map((text) => `${name}: ${text}`)
  if (found && found.fit.misfits.length === 0) return { ...found, problems: dangling }
  const reasons = found ? listed(found.fit.misfits) : 'with --locked it may not be made'
  const need = found ? `${name} does not fit the manifests` : 'There is no Cargo.lock'
  if (options.locked === true) {
    throw new ProjectError(
      need,
      reasons,
      'Run without --locked, or run `cargo generate-lockfile` yourself if you trust the crate.',
    )
  }
  // What cargo would write anew without building anything else is said, and needs no cargo.
  const misfits = found ? found.fit.misfits.map((misfit) => `${name} does not fit: ${misfit}`) : []
  const problems = [...dangling, ...misfits]
  if (found && !found.fit.changesBuild) return { ...found, problems }
  const closed = closedLockfile(closedPackages(workspace, own !== undefined), options.withDev ?? false)
  const before = own ? { previous: own } : {}
  if (closed) return { ...fitted(workspace, closed, known), isNew: true, by: 'paths', problems, ...before }
  options.onProgress?.({ step: 'resolving' })
  const notes: string[] = []
  const world = { places, onNote: (note: string) => void notes.push(note) }
  const made = await resolveLockfile(need, resolveRequest(workspace, own), permission, world).catch(
    (thrown: unknown) => {
      if (!found || !(thrown instanceof ProjectError) || thrown.what !== need) throw thrown
      throw new ProjectError(need, `${reasons}\n${thrown.why}`, thrown.fix)
    },
  )
  for (const [key, wrong] of found?.fit.untrue ?? []) if (made.packages.some((one) => one.key === key)) throw wrong
  for (const { key, checksum } of made.packages) {
    const before = checksum === undefined ? undefined : found?.lockfile.packages.find((one) => one.key === key)
    if (checksum !== undefined && before?.checksum !== undefined && before.checksum !== checksum)
      throw wrongSum(before, checksum)
  }
  const again = fitted(workspace, made, known)
  const how = permission.offline ? 'offline' : found ? 'updated' : 'resolved'
  const odd = again.fit.changesBuild ? again.fit.misfits.map((misfit) => `as cargo resolved it: ${misfit}`) : []
  return { ...again, isNew: true, by: how, problems: [...problems, ...notes, ...odd], ...before }
}

/** Which lockfile is meant, as long as it fits. */
function lockOnDisk({ view, root }: PathWorkspace, options: LoadOptions): LockChoice {
  if (options.lockfile !== undefined) return 'named'
  return view !== DISK && view.readInside(root, 'Cargo.lock') === undefined ? 'worktree' : 'own'
}

/** The lockfile held against the manifests once more, when sources have come in since. */
export function fitAgain(workspace: PathWorkspace, { lockfile }: FittedLock, known: KnownPackages): FittedLock {
  return fitted(workspace, lockfile, known)
}

function fitted(workspace: PathWorkspace, given: Lockfile, known: KnownPackages): FittedLock {
  const packages = [...workspace.packages.values()]
  const pathPackages = packages.filter((one) => !workspace.overrides.includes(one)).map(({ manifest }) => manifest)
  const lockfile = withoutAbsentPaths(given, pathPackages)
  const matcher = new LockMatcher(lockfile, matchRules(workspace))
  const patches = workspace.patches.filter((patch) => !workspace.missingPatches.includes(patch))
  requirePatches(patches, {
    urlOf: ({ dependency, file }) =>
      dependency.path === undefined ? wantedIdentity(dependency, workspace.configuration, file).url : undefined,
    packageOf: (patch) => packageOfPatch(workspace, patch)?.manifest,
    versionOf: (patch) => matcher.versionOfPatch(patch),
  })
  const fit = fitLockfile({
    matcher,
    members: packages.filter(({ isMember }) => isMember),
    pathPackages,
    patches,
    known,
    membersMissing: workspace.missingMembers.length > 0,
  })
  // Of a lockfile that is not kept neither matters.
  if (!fit.changesBuild) {
    for (const wrong of fit.untrue.values()) throw wrong
    refuseCircle(fit.dependees, (key) => {
      const { name = key, version = '' } = matcher.byKey.get(key) ?? {}
      return `${name} ${version}`
    })
  }
  return { lockfile, matcher, fit, isNew: false, by: 'own', problems: [] }
}

/**
 * What names a package of a path by name and version means the only other one of them, once none of a path is there: so
 * cargo reads it.
 */
function withoutAbsentPaths(lockfile: Lockfile, paths: LockRequest['pathPackages']): Lockfile {
  const absent = lockfile.packages.filter((one) => one.source === undefined && versionOfPath(one, paths) === undefined)
  const others = new Map(
    absent.flatMap(({ key, name, version }) => {
      const same = lockfile.packages.filter((one) => one.name === name && one.version === version && one.key !== key)
      const [only] = same
      return only && same.length === 1 ? [[key, only.key]] : []
    }),
  )
  if (others.size === 0) return lockfile
  const packages = lockfile.packages.map((one) => ({
    ...one,
    dependencies: [...new Set(one.dependencies.map((key) => others.get(key) ?? key))],
  }))
  return { ...lockfile, packages }
}

function matchRules(workspace: PathWorkspace): MatchRules {
  const { view, packages, patches, replacements, configuration } = workspace
  return {
    configuration,
    patches,
    replacements,
    packageOfPatch: (patch) => packageOfPatch(workspace, patch),
    packageAt: (dependency, dependent) => {
      const directory = directoryOf(view, dependency, dependent)
      return directory === undefined ? undefined : packages.get(directory)
    },
  }
}

const listed = (misfits: readonly string[]): string => {
  const more = misfits.length - MAX_MISFITS
  return [...misfits.slice(0, MAX_MISFITS), ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}

function closedPackages(workspace: PathWorkspace, hasLock: boolean) {
  const packages = [...workspace.packages.values()]
  return packages.map((one) => ({
    manifest: one.manifest,
    isMember: one.isMember,
    memberOf: (dependency: ManifestDependency) =>
      dependency.path === undefined
        ? // With a lockfile cargo keeps the version that is locked, whether a patch has another or not.
          hasLock
          ? undefined
          : patchedPlace(workspace, packages, dependency, one)
        : placeOf(packages, directoryOf(workspace.view, dependency, one)),
  }))
}

/** The one patch by path that fits a dependency: cargo prefers it to whatever the registry has. */
function patchedPlace(
  workspace: PathWorkspace,
  packages: readonly PathPackage[],
  dependency: ManifestDependency,
  dependent: PathPackage,
): number | undefined {
  const { url } = wantedIdentity(dependency, workspace.configuration, dependent.manifest.name)
  const patches = workspace.patches.filter(
    (patch) => patch.of === url && patch.dependency.packageName === dependency.packageName,
  )
  const [only] = patches
  const target = only && patches.length === 1 ? packageOfPatch(workspace, only) : undefined
  if (!target || target.manifest.name !== dependency.packageName) return undefined
  const { requirement } = dependency
  const fits = requirement === undefined || meetsRequirement(target.manifest.version, requirement)
  return fits ? packages.indexOf(target) : undefined
}

/** What is asked to make a lockfile for a workspace. */
export function resolveRequest(workspace: PathWorkspace, previous: Lockfile | undefined): ResolveRequest {
  const packages = [...workspace.packages.values()]
  return {
    packages: packages.map((one) => ({
      manifest: one.manifest,
      isMember: one.isMember,
      withDev: one.isMember,
      memberOf: (dependency: ManifestDependency) =>
        dependency.path === undefined ? undefined : placeOf(packages, directoryOf(workspace.view, dependency, one)),
    })),
    patches: workspace.patches,
    replacements: workspace.replacements,
    patchMember: (patch: Pick<PatchEntry, 'dependency'>) =>
      patch.dependency.path === undefined ? undefined : placeOf(packages, packageOfPatch(workspace, patch)?.directory),
    resolver: workspace.resolver,
    configuration: workspace.configuration,
    ...(previous ? { previous } : {}),
  }
}

function placeOf(packages: readonly PathPackage[], directory: string | undefined): number | 'missing' {
  const place = packages.findIndex((one) => one.directory === directory)
  return place < 0 ? 'missing' : place
}

function ownLockfile(workspace: PathWorkspace): Lockfile | undefined {
  const found = workspace.view.readInside(workspace.root, 'Cargo.lock')
  if (found) {
    if (found.problem !== undefined)
      throw new ProjectError(
        'Cargo.lock cannot be read',
        found.problem,
        'Make it again with `cargo generate-lockfile`.',
      )
    return parseLockfile(found.text, 'Cargo.lock')
  }
  if (workspace.view.realPath(join(workspace.root, 'Cargo.lock')) === undefined) {
    // Of a revision that holds none, the one that lies there now and is not under version control.
    return workspace.view === DISK ? undefined : ownLockfile({ ...workspace, view: DISK })
  }
  throw new ProjectError(
    'Cargo.lock cannot be read',
    'it is not a file inside the workspace',
    'Replace it by a regular file.',
  )
}
