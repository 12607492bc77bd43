/**
 * The packages of a directory: members of its workspace and the packages that these depend on by path, with what stands in
 * for others by `[patch]` and `paths`. A dependency by path may lead outside the workspace root, as in cargo, and is then
 * not part of what was asked for.
 */
import { dirname, join, relative, resolve, sep } from 'node:path'
import { ProjectError } from '../base/index.js'
import { type CargoConfiguration, NO_CONFIGURATION } from './cargo-configuration.js'
import type { FileView } from './file-view.js'
import type { FoundSource } from './found-source.js'
import { MAX_PATH_PACKAGES, MAX_TREE_DEPTH } from './limits.js'
import type { RawManifest } from './manifest-schema.js'
import { type MissingMember, memberDirectories } from './member-directories.js'
import { type PatchEntry, workspacePatches } from './patches.js'
import {
  findWorkspaceRoot,
  hasManifest,
  type MissingPath,
  PathCollection,
  type PathPackage,
  readManifestOf,
} from './path-collection.js'
import { type Replacement, workspaceReplacements } from './replacements.js'
import { placeInRepository } from './repository.js'
import { type ResolverVersion, resolverOf } from './resolver-version.js'

export interface PathWorkspace {
  /** Absolute, free of links: where the lockfile is. */
  readonly root: string
  readonly raw: RawManifest
  /** By directory. */
  readonly packages: ReadonlyMap<string, PathPackage>
  /** The package whose directory was named, if that directory has one. */
  readonly named?: PathPackage
  readonly patches: readonly PatchEntry[]
  readonly replacements: readonly Replacement[]
  /** Packages that `paths` of the configuration puts in the place of those of their name. */
  readonly overrides: readonly PathPackage[]
  /** Dependencies by path where no package is. */
  readonly missing: readonly MissingPath[]
  /** Packages that only patches lead to: cargo does not ask what they need before one is used. */
  readonly ofPatches: ReadonlySet<PathPackage>
  /** Patches by path where no package is. */
  readonly missingPatches: readonly PatchEntry[]
  /** Directories of `paths` below which no package is. */
  readonly missingOverrides: CargoConfiguration['paths']
  /** Members that have no manifest, or lead out of the workspace. */
  readonly missingMembers: readonly MissingMember[]
  readonly resolver: ResolverVersion
  readonly problems: readonly string[]
  readonly configuration: CargoConfiguration
  /** What all of it was read from. */
  readonly view: FileView
}

/** The directory of the workspace that a manifest belongs to. `manifest` is an absolute path. Throws ProjectError. */
export function workspaceRootOf(manifest: string, view: FileView): string {
  const named = view.realPath(dirname(manifest)) ?? dirname(manifest)
  return findWorkspaceRoot(view, named, readManifestOf(view, named, 'Cargo.toml'))
}

/** Reads the workspace that a manifest belongs to. `manifest` is an absolute path. Throws ProjectError. */
export function readPathWorkspace(
  manifest: string,
  view: FileView,
  configuration: CargoConfiguration = NO_CONFIGURATION,
): PathWorkspace {
  const named = view.realPath(dirname(manifest)) ?? dirname(manifest)
  const problems: string[] = []
  const missingMembers: MissingMember[] = []
  const raw = readManifestOf(view, named, 'Cargo.toml')
  const root = findWorkspaceRoot(view, named, raw)
  const rootRaw = root === named ? raw : readManifestOf(view, root, 'Cargo.toml of the workspace')
  const collected = new PathCollection(view, root, rootRaw, problems)
  collected.addMembers([
    ...((rootRaw.package ?? rootRaw.project) ? [root] : []),
    ...memberDirectories(view, root, rootRaw.workspace ?? {}, missingMembers),
    ...((raw.package ?? raw.project) ? [named] : []),
  ])
  if (rootRaw.workspace) requireOwnNames(root, [...collected.packages.values()])
  const patches = workspacePatches(rootRaw, configuration)
  const replacements = workspaceReplacements(rootRaw)
  const placesOf = (list: readonly Pick<PatchEntry, 'dependency'>[]): readonly string[] =>
    list
      .flatMap(({ dependency: { path } }) => (path === undefined ? [] : resolve(root, path)))
      .filter((directory) => hasManifest(view, directory))
  collected.addOthers([])
  const before = new Set(collected.packages.values())
  collected.addOthers(placesOf(patches))
  const ofPatches = new Set([...collected.packages.values()].filter((one) => !before.has(one)))
  for (const directory of placesOf(replacements)) addReplacing(collected, directory, problems)
  const below = configuration.paths.map((one) => ({ one, found: packagesBelow(view, one.directory, 0) }))
  const overriding = below.flatMap(({ found }) => found)
  collected.addOthers(overriding)
  const at = (directory: string): PathPackage | undefined =>
    collected.packages.get(view.realPath(directory) ?? directory)
  const own = at(named)
  return {
    root,
    raw: rootRaw,
    packages: collected.packages,
    ...(own ? { named: own } : {}),
    patches,
    replacements,
    overrides: overriding.flatMap((directory) => at(directory) ?? []),
    missing: collected.missing,
    ofPatches,
    missingPatches: patches.filter(
      ({ dependency: { path } }) => path !== undefined && at(resolve(root, path)) === undefined,
    ),
    missingOverrides: below.flatMap(({ one, found }) => (found.length === 0 ? [one] : [])),
    missingMembers,
    resolver: resolverOf(rootRaw, problems),
    problems,
    configuration,
    view,
  }
}

/** Of a replacement that nobody uses cargo knows nothing, so it may be anything; for whoever needs it, it is not there. */
function addReplacing(collected: PathCollection, directory: string, problems: string[]): void {
  const before = new Set(collected.packages.keys())
  try {
    collected.addOthers([directory])
  } catch (thrown) {
    if (!(thrown instanceof ProjectError)) throw thrown
    for (const added of collected.packages.keys()) if (!before.has(added)) collected.packages.delete(added)
    problems.push(`a package that [replace] names cannot be used: ${thrown.why}`)
  }
}

/** Throws ProjectError when two members have one name, as cargo does. */
function requireOwnNames(root: string, members: readonly PathPackage[]): void {
  const known = new Map<string, string>()
  for (const { directory, manifest } of members) {
    const shown = relative(root, directory).split(sep).join('/') || '.'
    const other = known.get(manifest.name)
    known.set(manifest.name, shown)
    if (other === undefined) continue
    throw new ProjectError(
      `The workspace has two members named ${manifest.name}`,
      `they stand in ${other} and ${shown}`,
      'Rename one of them, or exclude it from the workspace, as cargo asks too.',
    )
  }
}

/** The package of a patch or a replacement by path. */
export function packageOfPatch(
  workspace: PathWorkspace,
  { dependency }: Pick<PatchEntry, 'dependency'>,
): PathPackage | undefined {
  if (dependency.path === undefined) return undefined
  const directory = workspace.view.realPath(resolve(workspace.root, dependency.path))
  return directory === undefined ? undefined : workspace.packages.get(directory)
}

/** The source of a package of a path; `repository` is the real path of what holds the workspace. */
export function sourceOfPath(view: FileView, found: PathPackage, repository: string): FoundSource {
  const { tree, problems } = view.treeOf(found.directory)
  const { raw, workspace, directory } = found
  const inRepository = placeInRepository(repository, directory)
  return {
    source: { kind: 'path', ...(inRepository === undefined ? {} : { directory: inRepository }) },
    verified: { by: 'path' },
    tree,
    raw,
    directory,
    problems,
    ...(inRepository === undefined ? {} : { inRepository }),
    ...(workspace ? { workspace } : {}),
  }
}

/** Directories with a manifest at and below one that `paths` names, as cargo looks: not below build output or hidden ones. */
function packagesBelow(view: FileView, directory: string, depth: number): readonly string[] {
  if (depth > MAX_TREE_DEPTH) throw tooMany(directory, `goes more than ${MAX_TREE_DEPTH} directories deep`)
  const found = hasManifest(view, directory) ? [directory] : []
  for (const name of [...view.directoriesIn(directory)].sort()) {
    if (name.startsWith('.') || name === 'target') continue
    if (found.length > MAX_PATH_PACKAGES) throw tooMany(directory, `has more than ${MAX_PATH_PACKAGES} packages`)
    found.push(...packagesBelow(view, join(directory, name), depth + 1))
  }
  return found
}

const tooMany = (directory: string, why: string): ProjectError =>
  new ProjectError('A directory of `paths` cannot be searched', `${directory} ${why}`, 'Name a smaller directory.')
