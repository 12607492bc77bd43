/**
 * Packages of paths, found from one to the next: each by its directory, with the workspace that it belongs to. Members of
 * the workspace that was asked for come first, since a package is a member by who depends on it (Cargo book, Workspaces).
 */
import { dirname, join, relative, resolve, sep } from 'node:path'
import { ProjectError } from '../base/index.js'
import type { ManifestDependency } from './dependency-tables.js'
import { isInside } from './directory-tree.js'
import type { Absence, FileView } from './file-view.js'
import { MAX_PARENT_DIRECTORIES, MAX_PATH_PACKAGES } from './limits.js'
import { type Manifest, parseManifestText, readManifest } from './manifest.js'
import type { RawManifest, RawWorkspace } from './manifest-schema.js'
import { memberDirectories } from './member-directories.js'
import { isExcludedMember } from './member-globs.js'
import { type PackageFiles, targetTrouble } from './target-trouble.js'

export interface PathPackage {
  /** Absolute, free of links. */
  readonly directory: string
  readonly raw: RawManifest
  readonly manifest: Manifest
  readonly workspace?: RawWorkspace
  readonly workspaceDirectory: string
  /** Of the workspace, as cargo counts: its dev-dependencies are locked too. */
  readonly isMember: boolean
  /** Inside the directory that was asked for: its own code. */
  readonly isLocal: boolean
}

/** A dependency by a path where no package is. */
export interface MissingPath {
  readonly dependent: PathPackage
  readonly dependency: ManifestDependency
  readonly absence: Absence
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

/** Why the directory that a dependency by path names is no package. */
function absenceOf(view: FileView, dependency: ManifestDependency, dependent: PathPackage): Absence {
  const base = dependency.pathBase === 'workspace' ? dependent.workspaceDirectory : dependent.directory
  const directory = resolve(base, dependency.path ?? '')
  const found = view.absence(directory) ?? view.absence(join(directory, 'Cargo.toml'))
  return found ?? { kind: 'link', why: 'is a link that leads outside' }
}

export class PathCollection {
  readonly packages = new Map<string, PathPackage>()
  readonly missing: MissingPath[] = []
  readonly #view: FileView
  readonly #root: string
  readonly #rootRaw: RawManifest
  readonly #problems: string[]
  readonly #others: string[] = []

  constructor(view: FileView, root: string, rootRaw: RawManifest, problems: string[]) {
    this.#view = view
    this.#root = root
    this.#rootRaw = rootRaw
    this.#problems = problems
  }

  /** Adds members with the members that they depend on. */
  addMembers(directories: readonly string[]): void {
    this.#add(directories, true)
  }

  /** Adds packages that are no members, and what is reached from these and from the members by path. */
  addOthers(directories: readonly string[]): void {
    this.#add([...this.#others, ...directories], false)
    this.#others.length = 0
  }

  #add(directories: readonly string[], isMember: boolean): void {
    const pending = [...directories]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const directory = this.#view.realPath(next)
      if (directory === undefined || this.packages.has(directory)) continue
      if (this.packages.size >= MAX_PATH_PACKAGES) {
        throw new ProjectError(
          'The workspace is too large',
          `it has more than ${MAX_PATH_PACKAGES} packages`,
          'Pick some with --manifest-path.',
        )
      }
      const added = this.#read(directory, isMember)
      for (const dependency of added?.manifest.dependencies ?? []) {
        // Dev-dependencies of others are nobody's: cargo does not look at them either.
        if (!added || dependency.path === undefined || (dependency.kind === 'dev' && !isMember)) continue
        const to = directoryOf(this.#view, dependency, added)
        if (to === undefined || !hasManifest(this.#view, to)) {
          const absence = absenceOf(this.#view, dependency, added)
          this.missing.push({ dependent: added, dependency, absence })
        } else if (isMember && !this.#mayBeMember(to)) this.#others.push(to)
        else pending.push(to)
      }
    }
  }

  /** Dependencies by path of members are members, where the root has a `[workspace]` and does not exclude them. */
  #mayBeMember(directory: string): boolean {
    const { workspace } = this.#rootRaw
    if (!workspace || !isInside(this.#root, directory)) return false
    return !isExcludedMember(relative(this.#root, directory).split(sep).join('/'), workspace)
  }

  #read(directory: string, isMember: boolean): PathPackage | undefined {
    const shown = relative(this.#root, directory).split(sep).join('/') || '.'
    const raw = directory === this.#root ? this.#rootRaw : readManifestOf(this.#view, directory, `${shown}/Cargo.toml`)
    if (!(raw.package ?? raw.project)) {
      this.#problems.push(`${shown} is named as a member and has no [package]`)
      return undefined
    }
    const workspaceDirectory = isMember ? this.#root : findWorkspaceRoot(this.#view, directory, raw)
    const workspaceRaw =
      workspaceDirectory === this.#root ? this.#rootRaw : readManifestOf(this.#view, workspaceDirectory, 'Cargo.toml')
    const { workspace } = workspaceRaw
    const manifest = readManifest(raw, `${shown}/Cargo.toml`, workspace)
    const trouble = targetTrouble(manifest, filesOf(this.#view, directory))
    if (trouble !== undefined) throw unusable(shown, manifest, trouble)
    const isLocal = isMember || isInside(this.#root, directory)
    const found: PathPackage = {
      directory,
      raw,
      manifest,
      workspaceDirectory,
      isMember,
      isLocal,
      ...(workspace ? { workspace } : {}),
    }
    this.packages.set(directory, found)
    return found
  }
}

/** The directory whose manifest has the `[workspace]` that this package belongs to; its own when there is none. */
export function findWorkspaceRoot(view: FileView, directory: string, raw: RawManifest): string {
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
  if (isExcludedMember(directory, workspace)) return false
  const members = memberDirectories(view, root, workspace, [])
  if (members.includes(join(root, directory))) return true
  const collected = new PathCollection(view, root, raw, [])
  collected.addMembers([...((raw.package ?? raw.project) ? [root] : []), ...members])
  return collected.packages.has(join(root, directory))
}

function filesOf(view: FileView, directory: string): PackageFiles {
  return {
    has: (path) => view.realPath(join(directory, path)) !== undefined,
    directoriesIn: (path) => view.directoriesIn(join(directory, path)),
    all: () => view.treeOf(directory).tree.files.keys(),
  }
}

const unusable = (shown: string, { name }: Manifest, why: string): ProjectError =>
  new ProjectError(`The package ${name} cannot be built`, `${shown}/Cargo.toml: ${why}`, 'Correct its manifest.')

/** Whether a directory has a manifest. */
export const hasManifest = (view: FileView, directory: string): boolean =>
  view.realPath(join(directory, 'Cargo.toml')) !== undefined

/** The manifest in a directory; `where` names it in errors. Throws ProjectError. */
export function readManifestOf(view: FileView, directory: string, where: string): RawManifest {
  const found = view.readInside(directory, 'Cargo.toml')
  if (found && found.problem === undefined) return parseManifestText(found.text, where)
  throw new ProjectError(
    `${where} cannot be read`,
    found?.problem ?? 'there is no such file inside the package',
    'Check the path.',
  )
}
