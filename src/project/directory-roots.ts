/**
 * Roots that come as a directory: the packages picked of its workspace, and the workspace's lockfile. Where that is missing
 * or does not fit the manifests, cargo resolves anew in a directory of ours; the crate's own directory is only read.
 */
import { dirname, join, relative, sep } from 'node:path'
import { ProjectError } from '../base/index.js'
import type { AssemblyInput } from './assemble.js'
import { cargoHome } from './cargo-home.js'
import type { CargoPermission } from './cargo-run.js'
import { chosenView } from './chosen-view.js'
import { committedOutput } from './committed-output.js'
import { readConfiguredWorkspace } from './configured-workspace.js'
import { chooseLockfile, type FittedLock, fitAgain } from './directory-lock.js'
import { fetchPackages } from './fetch.js'
import { DISK } from './file-view.js'
import type { FoundSource } from './found-source.js'
import { GitAddresses } from './git-addresses.js'
import { isByPath, keyOfPath } from './lock-matcher.js'
import { type LockedPackage, packageText } from './lockfile.js'
import { expandMembers } from './member-directories.js'
import { lossesOfMissing, requirePaths } from './missing-paths.js'
import type { LoadOptions } from './options.js'
import type { PathPackage } from './path-collection.js'
import { type OverriddenLock, overrideLock } from './path-overrides.js'
import { type PathWorkspace, sourceOfPath } from './path-packages.js'
import { placeInRepository, repositoryOf } from './repository.js'
import { SourceSearch } from './source-search.js'
import { notesOnPlaces, type SourcePlaces, sourcePlaces } from './sources.js'
import { untrackedProblems } from './untracked.js'
import type { ProjectDiagnostic, ProjectLoss } from './workspace.js'

/** The packages of a directory. `manifest` is the absolute path of a Cargo.toml. Throws ProjectError. */
export async function directoryRootPackages(manifest: string, options: LoadOptions): Promise<AssemblyInput> {
  const { view, directory: start } = chosenView(dirname(manifest), options)
  const workspace = readConfiguredWorkspace(start, view)
  if (options.allowMissing !== true) requirePaths(workspace, (one) => !workspace.ofPatches.has(one))
  const picked = pickMembers(workspace, options.packages ?? [])
  const permission: CargoPermission = { offline: options.offline ?? false, untrusted: workspace.root }
  const repository = repositoryOf(workspace.root)
  const places = sourcePlaces({ cargoHome: cargoHome(), configuration: workspace.configuration, view, repository })
  const problems = [
    ...workspace.problems,
    ...untrackedProblems(workspace),
    ...lockfileProblems(workspace, options),
    ...notesOnPlaces(places),
  ]
  const search = new SourceSearch(places, permission)
  const directory: Directory = { workspace, picked, problems, search, places, permission, options }
  const choose = (): Promise<FittedLock> => chooseLockfile(workspace, search, options, permission, places)
  const lock = await choose()
  const locked = new Set(lock.fit.paths.values())
  if (options.allowMissing !== true) requirePaths(workspace, (one) => locked.has(one), lock.fit.absent)
  requireOneOfEach(lock, picked, options.packages ?? [])
  const refit = async (): Promise<AssemblyInput | undefined> => {
    const again = fitAgain(workspace, lock, search)
    if (again.fit.misfits.length === 0) return undefined
    return inputOf(directory, await choose())
  }
  // What cargo resolved anew fits; of what lay there more is known once all sources are at hand.
  return { ...inputOf(directory, lock), ...(lock.fit.partial && !lock.isNew ? { refit } : {}) }
}

interface Directory {
  readonly workspace: PathWorkspace
  readonly picked: readonly PathPackage[]
  readonly problems: readonly string[]
  readonly search: SourceSearch
  readonly places: SourcePlaces
  readonly permission: CargoPermission
  readonly options: LoadOptions
}

function inputOf(directory: Directory, lock: FittedLock): AssemblyInput {
  const { fit, problems } = lock
  const { workspace, picked, search, places, permission, options } = directory
  const { view, resolver, named } = workspace
  const repository = repositoryOf(workspace.root)
  const inRepository = placeInRepository(repository, workspace.root)
  const overridden = overrideLock(directory, lock)
  const { lockfile, matcher, packageOf } = overridden
  const rootOf = (member: PathPackage): LockedPackage => {
    const locked = matcher.byKey.get(keyOfPath(member))
    if (locked) return locked
    throw new ProjectError(
      `The lockfile has no ${member.manifest.name} ${member.manifest.version}`,
      'it belongs to another state of the workspace',
      'Name the right one, or leave --lockfile away.',
    )
  }
  const isVirtual = !(workspace.raw.package ?? workspace.raw.project)
  const addresses = new GitAddresses(workspace)
  const spelledSource = (locked: LockedPackage): FoundSource | undefined => {
    const found = search.find(locked)
    return found && addresses.spelled(locked, found)
  }
  return {
    lockfile,
    ...(inRepository === undefined ? {} : { directory: inRepository }),
    roots: picked.map(rootOf),
    ...(resolver === 1 ? { unified: { dev: true } } : {}),
    ...(resolver === 1 && !isVirtual && named ? { current: rootOf(named) } : {}),
    isLocal: ({ key }) => packageOf(key)?.isLocal === true,
    match: matchIn(overridden, addresses),
    find: (locked) => {
      const own = packageOf(locked.key)
      const found = own ? sourceOfPath(view, own, repository) : spelledSource(locked)
      const by = standInOf(locked, overridden, fit)
      return by === undefined || !found ? found : { ...found, source: { ...found.source, by } }
    },
    fetch: async (missing) => {
      options.onProgress?.({ step: 'fetching', packages: missing.length, names: missing.map(packageText) })
      await fetchPackages(missing, lockfile, permission, places)
    },
    diagnostics: [
      ...[...directory.problems, ...problems, ...overridden.problems].map((message) => ({ message })),
      ...problemsOfPaths(workspace),
    ],
    losses: [
      ...lossesOfMissing(workspace, picked, ({ manifest }) => `${manifest.name}@${manifest.version}`),
      ...outputLosses(workspace, picked, repository),
    ],
    configuration: workspace.configuration,
    lockedBy: lock.by,
  }
}

/** Which entry of the lockfile a dependency means. */
function matchIn(overridden: OverriddenLock, addresses: GitAddresses): AssemblyInput['match'] {
  const { matcher, packageOf, overriding } = overridden
  return (dependency, { key }) => {
    const path = packageOf(key)
    const locked = matcher.byKey.get(key)
    if (!locked) return undefined
    const override = overriding.get(dependency.packageName)
    if (override) return override
    const isNew = overriding.get(locked.name) === locked
    const meant = overridden.meant?.(dependency, key)
    const chosen = meant === undefined ? locked : { ...locked, dependencies: [meant] }
    const dependent = { locked: chosen, isNew, ...(path ? { path } : {}) }
    const found = matcher.match(dependency, dependent)
    if (found) {
      const to = matcher.built(found.locked)
      const replacement = to === found.locked ? undefined : matcher.replacementOf(found.locked)
      addresses.note((replacement ?? found.patch)?.dependency ?? dependency)
      return to
    }
    const isMissing = isByPath(dependency, dependent) && !matcher.targetOf(dependency, dependent)
    return isMissing ? 'missing' : undefined
  }
}

/** By what an entry stands in for another; undefined for one that does not. */
function standInOf(
  locked: LockedPackage,
  { overriding }: OverriddenLock,
  { replacing, patched }: FittedLock['fit'],
): 'paths' | 'replace' | 'patch' | undefined {
  if (overriding.get(locked.name) === locked) return 'paths'
  if (replacing.has(locked.key)) return 'replace'
  return patched.has(locked.key) ? 'patch' : undefined
}

/** cargo refuses a package of a path whose manifest it does not understand, whether it is built or not. */
function problemsOfPaths(workspace: PathWorkspace): readonly ProjectDiagnostic[] {
  return [...workspace.packages.values()].flatMap(({ manifest: { name, version, problems } }) =>
    problems.map((message) => ({ package: `${name}@${version}`, message })),
  )
}

function outputLosses(
  { view, root, configuration }: PathWorkspace,
  [first]: readonly PathPackage[],
  repository: string,
): readonly ProjectLoss[] {
  const directories = configuration.outputDirectories
  return committedOutput({ view, root, repository, directories }).flatMap((file) => {
    if (!first) return []
    const { name, version } = first.manifest
    const what = `${file} is committed: cargo runs what lies there in the place of what it would build`
    return [{ kind: 'build output', what, package: `${name}@${version}`, file, line: 0, column: 0 }]
  })
}

/** As cargo picks: `-p`, else the package named, else the default members, else all members. */
function pickMembers(workspace: PathWorkspace, asked: readonly string[]): readonly PathPackage[] {
  const local = [...workspace.packages.values()].filter(({ isLocal }) => isLocal)
  const members = local.filter(({ isMember }) => isMember)
  const names = local.map(({ manifest }) => manifest.name).sort()
  // What is wrong with them is wrong whatever is asked for.
  const defaults = defaultMembers(workspace, members)
  if (asked.length > 0) {
    return asked.map((text) => {
      const found = local.find(
        ({ manifest }) => text === manifest.name || text === `${manifest.name}@${manifest.version}`,
      )
      if (found) return found
      throw new ProjectError(
        `The workspace has no member ${text}`,
        'it was asked for with -p',
        `Name one of: ${names.join(', ')}.`,
      )
    })
  }
  if (defaults) return defaults
  if (workspace.named) return [workspace.named]
  if (members.length > 0) return members
  throw new ProjectError(
    'The workspace has no members',
    'its Cargo.toml names none that can be read',
    'Name a package of it.',
  )
}

/** Those that `default-members` names, where the workspace itself was named. Throws ProjectError. */
function defaultMembers(
  { view, root, raw, named }: PathWorkspace,
  members: readonly PathPackage[],
): readonly PathPackage[] | undefined {
  const defaults = raw.workspace?.['default-members']
  if (!defaults) return undefined
  const directories = expandMembers(view, root, defaults, [])
  // One that `members` names and `exclude` keeps out is passed over.
  const written = new Set(expandMembers(view, root, raw.workspace?.members ?? [], []))
  const other = directories.find(
    (directory) => !written.has(directory) && !members.some((one) => one.directory === directory),
  )
  if (other !== undefined) {
    const shown = relative(root, other).split(sep).join('/')
    throw new ProjectError(
      `The workspace has the default member ${shown}, which is no member`,
      'default-members of Cargo.toml names it',
      'Add it to members, or take it out; cargo refuses it too.',
    )
  }
  const atRoot = named === undefined || named.directory === root
  return atRoot ? members.filter(({ directory }) => directories.includes(directory)) : undefined
}

/** Throws ProjectError when `-p` names several packages that are locked: cargo asks which is meant. */
function requireOneOfEach({ lockfile }: FittedLock, picked: readonly PathPackage[], asked: readonly string[]): void {
  const byKey = new Map(lockfile.packages.map((one) => [one.key, one]))
  const reached = new Set<LockedPackage>()
  const pending = picked.map(keyOfPath)
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    const found = byKey.get(key)
    if (!found || reached.has(found)) continue
    reached.add(found)
    pending.push(...found.dependencies)
  }
  for (const name of asked) {
    const found = [...reached].filter((one) => one.name === name)
    if (found.length < 2) continue
    throw new ProjectError(
      `Several packages are named ${name}`,
      'it was asked for with -p',
      `Name one of: ${found.map(packageText).sort().join(', ')}.`,
    )
  }
}

/** A lockfile of the disk stands in for one that git does not have: said, unless it is kept out of git on purpose. */
function lockfileProblems({ view, root }: PathWorkspace, { lockfile }: LoadOptions): readonly string[] {
  if (lockfile !== undefined || view === DISK) return []
  const path = join(root, 'Cargo.lock')
  const absence = view.absence(path)
  if (absence === undefined || absence.kind === 'ignored' || DISK.realPath(path) === undefined) return []
  return [`Cargo.lock ${absence.why}; it was used all the same`]
}
