/**
 * The packages of a directory: members of its workspace and the packages that these depend on by path. Members never lead
 * outside the workspace root (law 4); a dependency by path may, as in cargo, and is then not part of what was asked for.
 */
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { ManifestDependency } from './dependency-tables.js'
import { plainDependency } from './dependency-tables.js'
import { isInside } from './directory-tree.js'
import { ProjectError } from './errors.js'
import type { FileView } from './file-view.js'
import { MAX_PARENT_DIRECTORIES, MAX_PATH_PACKAGES } from './limits.js'
import { type Manifest, parseManifestText, readManifest } from './manifest.js'
import type { RawManifest, RawWorkspace } from './manifest-schema.js'
import { expandMemberPattern, isExcluded } from './member-globs.js'
import { placeInRepository } from './repository.js'
import type { FoundSource } from './sources.js'

export interface PathPackage {
  /** Absolute, free of links. */
  readonly directory: string
  readonly raw: RawManifest
  readonly manifest: Manifest
  readonly workspace?: RawWorkspace
  readonly workspaceDirectory: string
  readonly isMember: boolean
}
export interface PathWorkspace {
  /** Absolute, free of links: where the lockfile is. */
  readonly root: string
  readonly raw: RawManifest
  /** By directory. */
  readonly packages: ReadonlyMap<string, PathPackage>
  /** The package whose directory was named, if that directory has one. */
  readonly named?: PathPackage
  /** `[patch]` of the root manifest. */
  readonly patches: ReadonlyMap<string, readonly ManifestDependency[]>
  readonly problems: readonly string[]
  /** What all of it was read from. */
  readonly view: FileView
}

/** Reads the workspace that a manifest belongs to. `manifest` is an absolute path. Throws ProjectError. */
export function readPathWorkspace(manifest: string, view: FileView): PathWorkspace {
  const named = view.realPath(dirname(manifest)) ?? dirname(manifest)
  const problems: string[] = []
  const raw = readManifestOf(view, named, 'Cargo.toml')
  const root = findWorkspaceRoot(view, named, raw)
  const rootRaw = root === named ? raw : readManifestOf(view, root, 'Cargo.toml of the workspace')
  const collected = new PathCollection(view, root, rootRaw, problems)
  if (rootRaw.package ?? rootRaw.project) collected.add(root, true)
  for (const directory of memberDirectories(view, root, rootRaw.workspace ?? {}, problems))
    collected.add(directory, true)
  if (raw.package ?? raw.project) collected.add(named, true)
  const patches = new Map(
    Object.entries(rootRaw.patch ?? {}).map(([source, table]) => [
      source,
      Object.entries(table).map(
        ([name, entry]): ManifestDependency => ({ ...plainDependency(name, entry, false), kind: 'normal' }),
      ),
    ]),
  )
  for (const patch of [...patches.values()].flat())
    if (patch.path !== undefined) collected.add(resolve(root, patch.path), false)
  const own = collected.packages.get(named)
  return { root, raw: rootRaw, packages: collected.packages, ...(own ? { named: own } : {}), patches, problems, view }
}

/** The directory that a dependency by path names. */
export function directoryOf(
  view: FileView,
  dependency: ManifestDependency,
  dependent: PathPackage,
): string | undefined {
  if (dependency.path === undefined) return undefined
  const base = dependency.pathBase === 'workspace' ? dependent.workspaceDirectory : dependent.directory
  return view.realPath(resolve(base, dependency.path))
}

/** Why the directory that a dependency by path names is no package: words behind `it`. */
function absenceOf(view: FileView, dependency: ManifestDependency, dependent: PathPackage): string {
  const base = dependency.pathBase === 'workspace' ? dependent.workspaceDirectory : dependent.directory
  const directory = resolve(base, dependency.path ?? '')
  return (view.absence(directory) ?? view.absence(join(directory, 'Cargo.toml')))?.why ?? 'is a link that leads outside'
}

/** The source of a package of a path; `repository` is the real path of what holds the workspace. */
export function sourceOfPath(view: FileView, found: PathPackage, repository: string): FoundSource {
  const { tree, problems } = view.treeOf(found.directory)
  const { raw, workspace, directory } = found
  const inRepository = placeInRepository(repository, directory)
  return {
    source: { kind: 'path', ...(inRepository === undefined ? {} : { directory: inRepository }) },
    tree,
    raw,
    directory,
    problems,
    ...(inRepository === undefined ? {} : { inRepository }),
    ...(workspace ? { workspace } : {}),
  }
}

class PathCollection {
  readonly packages = new Map<string, PathPackage>()
  readonly #view: FileView
  readonly #root: string
  readonly #rootRaw: RawManifest
  readonly #problems: string[]

  constructor(view: FileView, root: string, rootRaw: RawManifest, problems: string[]) {
    this.#view = view
    this.#root = root
    this.#rootRaw = rootRaw
    this.#problems = problems
  }

  /** Adds the package of a directory and those it depends on by path. */
  add(start: string, isMember: boolean): void {
    const pending = [{ directory: start, isMember }]
    for (let next = pending.pop(); next; next = pending.pop()) {
      const directory = this.#view.realPath(next.directory)
      if (directory !== undefined && this.packages.has(directory)) continue
      if (this.packages.size >= MAX_PATH_PACKAGES) {
        throw new ProjectError(
          'The workspace is too large',
          `it has more than ${MAX_PATH_PACKAGES} packages`,
          'Pick some with --manifest-path.',
        )
      }
      const added = directory === undefined ? undefined : this.#read(directory, next.isMember)
      if (!added) continue
      for (const dependency of added.manifest.dependencies) {
        if (dependency.path === undefined) continue
        const to = directoryOf(this.#view, dependency, added)
        if (to === undefined || !hasManifest(this.#view, to)) {
          const why = absenceOf(this.#view, dependency, added)
          this.#problems.push(
            `${added.manifest.name} depends on ${dependency.nameInToml} by a path that has no package: it ${why}`,
          )
        } else pending.push({ directory: to, isMember: isInside(this.#root, to) })
      }
    }
  }

  #read(directory: string, isMember: boolean): PathPackage | undefined {
    const shown = relative(this.#root, directory).split(sep).join('/') || '.'
    const raw = directory === this.#root ? this.#rootRaw : readManifestOf(this.#view, directory, `${shown}/Cargo.toml`)
    if (!(raw.package ?? raw.project)) {
      this.#problems.push(`${shown} is named as a member and has no [package]`)
      return undefined
    }
    const workspaceDirectory = isInside(this.#root, directory)
      ? this.#root
      : findWorkspaceRoot(this.#view, directory, raw)
    const workspaceRaw =
      workspaceDirectory === this.#root ? this.#rootRaw : readManifestOf(this.#view, workspaceDirectory, 'Cargo.toml')
    const { workspace } = workspaceRaw
    const manifest = readManifest(raw, `${shown}/Cargo.toml`, workspace)
    const found: PathPackage = {
      directory,
      raw,
      manifest,
      workspaceDirectory,
      isMember,
      ...(workspace ? { workspace } : {}),
    }
    this.packages.set(directory, found)
    return found
  }
}

/** The directory whose manifest has the `[workspace]` that this package belongs to; its own when there is none. */
function findWorkspaceRoot(view: FileView, directory: string, raw: RawManifest): string {
  if (raw.workspace) return directory
  const declared = raw.package?.workspace
  if (declared !== undefined) return view.realPath(resolve(directory, declared)) ?? directory
  let at = directory
  for (let level = 0; level < MAX_PARENT_DIRECTORIES && dirname(at) !== at; level++) {
    at = dirname(at)
    if (!hasManifest(view, at)) continue
    const above = readManifestOf(view, at, `Cargo.toml above ${raw.package?.name ?? 'the package'}`)
    if (!above.workspace) continue
    return hasMember(view, at, above, relative(at, directory).split(sep).join('/')) ? at : directory
  }
  return directory
}

/** Whether a directory is a member: named by `members`, or a dependency by path of the root or of a member. */
function hasMember(view: FileView, root: string, raw: RawManifest, directory: string): boolean {
  const workspace = raw.workspace ?? {}
  if (isExcluded(directory, workspace.exclude ?? [])) return false
  if (memberDirectories(view, root, workspace, []).includes(join(root, directory))) return true
  const collected = new PathCollection(view, root, raw, [])
  if (raw.package ?? raw.project) collected.add(root, true)
  for (const member of memberDirectories(view, root, workspace, [])) collected.add(member, true)
  return collected.packages.has(join(root, directory))
}

function memberDirectories(
  view: FileView,
  root: string,
  workspace: RawWorkspace,
  problems: string[],
): readonly string[] {
  return expandMembers(view, root, workspace.members ?? [], problems).filter((directory) => {
    return !isExcluded(relative(root, directory).split(sep).join('/'), workspace.exclude ?? [])
  })
}

/** Absolute directories that patterns name; those that hold no manifest, or lead outside, are noted and left out. */
export function expandMembers(
  view: FileView,
  root: string,
  patterns: readonly string[],
  problems: string[],
): readonly string[] {
  return patterns.flatMap((pattern) => {
    const directories = expandMemberPattern(root, pattern, view)
    if (!directories) problems.push(`the workspace member ${pattern} leads outside the workspace and was left out`)
    return (directories ?? []).flatMap((path) => {
      const directory = join(root, path)
      if (!hasManifest(view, directory)) {
        if (!/[*?[]/.test(pattern)) problems.push(`the workspace member ${pattern} has no Cargo.toml`)
        return []
      }
      const real = view.realPath(directory)
      if (real !== undefined && isInside(root, real)) return [real]
      problems.push(`the workspace member ${path} is a link that leads outside and was left out`)
      return []
    })
  })
}

const hasManifest = (view: FileView, directory: string): boolean =>
  view.realPath(join(directory, 'Cargo.toml')) !== undefined

function readManifestOf(view: FileView, directory: string, where: string): RawManifest {
  const found = view.readInside(directory, 'Cargo.toml')
  if (found && found.problem === undefined) return parseManifestText(found.text, where)
  throw new ProjectError(
    `${where} cannot be read`,
    found?.problem ?? 'there is no such file inside the package',
    'Check the path.',
  )
}
