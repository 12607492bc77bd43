/**
 * Roots that come as a directory: the packages picked of its workspace, and the workspace's lockfile. Where that is missing
 * or older than the manifests, cargo resolves anew in a directory of ours; the crate's own directory is only read.
 */
import { dirname, join } from 'node:path'
import type { AssemblyInput } from './assemble.js'
import { cargoHome } from './cargo-home.js'
import type { CargoPermission } from './cargo-run.js'
import { chosenView } from './chosen-view.js'
import { readConfiguration } from './configuration/read-configuration.js'
import type { ManifestDependency } from './dependency-tables.js'
import { ProjectError } from './errors.js'
import { fetchPackages } from './fetch.js'
import { DISK } from './file-view.js'
import { type Lockfile, packageText, parseLockfile } from './lockfile.js'
import { readLockfile } from './lockfile-read.js'
import type { LoadOptions } from './options.js'
import { lockfileFits } from './package-graph.js'
import { type ClosedMember, closedLockfile } from './path-lock.js'
import {
  directoryOf,
  expandMembers,
  type PathPackage,
  type PathWorkspace,
  readPathWorkspace,
  sourceOfPath,
} from './path-packages.js'
import { placeInRepository, repositoryOf } from './repository.js'
import { resolveLockfile } from './resolve-lock.js'
import { findSource, type SourcePlaces } from './sources.js'
import { untrackedProblems } from './untracked.js'
import { userVendorDirectories, workspaceVendorDirectories } from './vendor-config.js'

/** The packages of a directory. `manifest` is the absolute path of a Cargo.toml. Throws ProjectError. */
export async function directoryRootPackages(manifest: string, options: LoadOptions): Promise<AssemblyInput> {
  const { view, directory: start } = chosenView(dirname(manifest), options)
  const workspace = readPathWorkspace(join(start, 'Cargo.toml'), view)
  const picked = pickMembers(workspace, options.packages ?? [])
  const permission: CargoPermission = { offline: options.offline ?? false, untrusted: workspace.root }
  const lockfile = await chooseLockfile(workspace, options, permission)
  const problems = [...workspace.problems, ...untrackedProblems(workspace), ...lockfileProblems(workspace, options)]
  const places = placesOf(workspace, problems)
  const repository = repositoryOf(workspace.root)
  const configuration = readConfiguration({ view, start, repository, cargoHome: cargoHome() })
  const inRepository = placeInRepository(repository, workspace.root)
  const byKey = new Map([...workspace.packages.values()].map((found) => [keyOf(found), found]))
  return {
    lockfile,
    ...(inRepository === undefined ? {} : { directory: inRepository }),
    roots: picked.map((member) => {
      const locked = lockfile.packages.find(({ key }) => key === keyOf(member))
      if (locked) return locked
      throw new ProjectError(
        `The lockfile has no ${member.manifest.name} ${member.manifest.version}`,
        'it belongs to another state of the workspace',
        'Name the right one, or leave --lockfile away.',
      )
    }),
    isLocal: ({ key }) => byKey.get(key)?.isMember === true,
    find: (locked) => {
      const own = byKey.get(locked.key)
      return own ? sourceOfPath(view, own, repository) : findSource(locked, places)
    },
    fetch: async (missing) => {
      options.onProgress?.({ step: 'fetching', packages: missing.length, names: missing.map(packageText) })
      await fetchPackages(missing, lockfile, permission)
    },
    diagnostics: problems.map((message) => ({ message })),
    configuration,
  }
}

/** As cargo picks: `-p`, else the package named, else the default members, else all members. */
function pickMembers(workspace: PathWorkspace, asked: readonly string[]): readonly PathPackage[] {
  const members = [...workspace.packages.values()].filter(({ isMember }) => isMember)
  const names = members.map(({ manifest }) => manifest.name).sort()
  if (asked.length > 0) {
    return asked.map((text) => {
      const found = members.find(
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
  const defaults = workspace.raw.workspace?.['default-members']
  const atRoot = workspace.named === undefined || workspace.named.directory === workspace.root
  if (atRoot && defaults) {
    const directories = expandMembers(workspace.view, workspace.root, defaults, [])
    return members.filter(({ directory }) => directories.includes(directory))
  }
  if (workspace.named) return [workspace.named]
  if (members.length > 0) return members
  throw new ProjectError(
    'The workspace has no members',
    'its Cargo.toml names none that can be read',
    'Name a package of it.',
  )
}

async function chooseLockfile(
  workspace: PathWorkspace,
  options: LoadOptions,
  permission: CargoPermission,
): Promise<Lockfile> {
  if (options.lockfile !== undefined) return readLockfile(options.lockfile)
  const withDev = options.withDev ?? false
  const packages = [...workspace.packages.values()]
  const members: readonly ClosedMember[] = packages.map((one) => ({
    manifest: one.manifest,
    memberOf: (dependency) => placeOf(packages, directoryOf(workspace.view, dependency, one)),
  }))
  const own = ownLockfile(workspace)
  const fits = packages.every((one) =>
    lockfileFits(own, one.manifest, { dev: withDev && one.isMember, optional: one.isMember }),
  )
  if (own && fits) return own
  if (options.locked === true) {
    throw new ProjectError(
      own ? 'Cargo.lock does not fit the manifests' : 'There is no Cargo.lock',
      'with --locked it may not be made anew',
      'Run without --locked, or run `cargo generate-lockfile` yourself if you trust the crate.',
    )
  }
  const closed = closedLockfile(members, withDev)
  if (closed) return closed
  options.onProgress?.({ step: 'resolving' })
  const need = own ? 'Cargo.lock does not fit the manifests' : 'There is no Cargo.lock'
  const patchMember = (dependency: ManifestDependency): number | undefined =>
    dependency.path === undefined ? undefined : placeOf(packages, join(workspace.root, dependency.path))
  return resolveLockfile(
    need,
    { members, patches: workspace.patches, patchMember, withDev, ...(own ? { previous: own } : {}) },
    permission,
  )
}

function placeOf(packages: readonly PathPackage[], directory: string | undefined): number | undefined {
  const place = packages.findIndex((one) => one.directory === directory)
  return place < 0 ? undefined : place
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
    // Of a revision that holds none, the one that lies there now: right for one that git ignores, told of others.
    return workspace.view === DISK ? undefined : ownLockfile({ ...workspace, view: DISK })
  }
  throw new ProjectError(
    'Cargo.lock cannot be read',
    'it is not a file inside the workspace',
    'Replace it by a regular file.',
  )
}

/** A lockfile of the disk stands in for one that git does not have: said, unless it is kept out of git on purpose. */
function lockfileProblems({ view, root }: PathWorkspace, { lockfile }: LoadOptions): readonly string[] {
  if (lockfile !== undefined || view === DISK) return []
  const path = join(root, 'Cargo.lock')
  const absence = view.absence(path)
  if (absence === undefined || absence.kind === 'ignored' || DISK.realPath(path) === undefined) return []
  return [`Cargo.lock ${absence.why}; it was used all the same`]
}

function keyOf({ manifest }: PathPackage): string {
  return `${manifest.name} ${manifest.version}`
}

function placesOf(workspace: PathWorkspace, problems: string[]): SourcePlaces {
  const home = cargoHome()
  const { configured, plain } = workspaceVendorDirectories(workspace.root, problems)
  return { cargoHome: home, vendored: [...configured, ...userVendorDirectories(home)], spare: plain }
}
