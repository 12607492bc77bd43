/**
 * The package of a name and version in a checkout of a git repository: the manifests are gone through in the order in which
 * cargo does, so that the same one is taken where several fit, and then it is said. Nothing is fetched or checked out.
 */
import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { messageOf, ProjectError } from '../base/index.js'
import { contentsBelow } from './contents.js'
import { parseManifestText } from './manifest.js'
import type { RawManifest, RawWorkspace } from './manifest-schema.js'
import type { SourceTree } from './workspace.js'

export interface GitPackage {
  readonly tree: SourceTree
  readonly raw: RawManifest
  readonly workspace?: RawWorkspace
  readonly problems: readonly string[]
}
export interface GitTree {
  readonly tree: SourceTree
  /** Whether a directory of it is a repository of its own, which cargo does not look into for packages. */
  readonly isSubmodule: (directory: string) => boolean
}

/** The tree of a checkout that stands on disk. */
export const treeOfCheckout = (tree: SourceTree, checkout: string): GitTree => ({
  tree,
  isSubmodule: (directory) => existsSync(join(checkout, directory, '.git')),
})

export interface GitManifest {
  readonly directory: string
  readonly raw: RawManifest
  readonly workspace?: RawWorkspace
}

/** What the lockfile takes from a revision is not in it: cargo refuses that as well, whether it would be built or not. */
export class AbsentFromRevision extends ProjectError {}

/**
 * The package. `where` names the repository in errors.
 * Throws AbsentFromRevision when the revision has no such package.
 */
export function findGitPackage(git: GitTree, name: string, version: string, where: string): GitPackage {
  const { tree } = git
  const unread: string[] = []
  const named = gitManifests(git, name, where, unread)
  const [first, ...rest] = named.filter((one) => versionOf(one) === version)
  if (!first) {
    const others = named.map((one) => `${name} ${versionOf(one)} in ${one.directory}`)
    const why = [...others, ...unread].join('\n')
    throw new AbsentFromRevision(
      `${where} has no ${name} ${version}`,
      why === '' ? 'no manifest in it has that name' : why,
      'Make the lockfile again.',
    )
  }
  const { directory, raw, workspace } = first
  const also = rest.map((one) => one.directory).join(', ')
  const twice = `the repository has it several times; ${directory} is taken, as by cargo, and not ${also}`
  return {
    tree: directory === '.' ? tree : subtree(tree, directory),
    raw,
    ...(workspace ? { workspace } : {}),
    problems: rest.length === 0 ? [] : [twice],
  }
}

/** Every manifest of a package of that name, in cargo's order. What cannot be read is noted in `unread`. */
export function gitManifests(git: GitTree, name: string, where: string, unread: string[]): readonly GitManifest[] {
  return manifestsInOrder(git, where, unread).flatMap(({ directory, raw }) => {
    if ((raw.package ?? raw.project)?.name !== name) return []
    const workspace = workspaceAbove(git.tree, directory, raw, where)
    return [{ directory, raw, ...(workspace ? { workspace } : {}) }]
  })
}

function versionOf({ raw, workspace }: GitManifest): string {
  const version = (raw.package ?? raw.project)?.version
  return (typeof version === 'object' ? workspace?.package?.version : version) ?? '0.0.0'
}

interface FoundManifest {
  readonly directory: string
  readonly raw: RawManifest
}

/**
 * Every manifest that cargo comes by: directories before what is in them, by name; what a package depends on by path right behind
 * it; no hidden directories, no submodules, no `target` beside a manifest. Those that cannot be read are passed over, as
 * cargo does, and remembered.
 */
function manifestsInOrder(git: GitTree, where: string, unread: string[]): readonly FoundManifest[] {
  const all = new Set(
    [...git.tree.files.keys()].filter((path) => posix.basename(path) === 'Cargo.toml').map(posix.dirname),
  )
  const visited = new Set<string>()
  const found: FoundManifest[] = []
  const visit = (start: string): void => {
    const pending = [start]
    for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
      if (visited.has(directory) || !all.has(directory)) continue
      visited.add(directory)
      const raw = readRaw(git.tree, directory, where, unread)
      if (!raw || !(raw.package ?? raw.project)) continue
      found.push({ directory, raw })
      const from = directory
      pending.push(
        ...pathsOf(raw)
          .map((path) => posix.normalize(posix.join(from, path)).replace(/\/$/, ''))
          .reverse(),
      )
    }
  }
  for (const directory of [...all].sort(byParts)) if (isLookedInto(git, all, directory)) visit(directory)
  return found
}

function readRaw(tree: SourceTree, directory: string, where: string, unread: string[]): RawManifest | undefined {
  const path = manifestIn(directory)
  try {
    return parseManifestText(tree.read(path)?.text ?? '', `${path} of ${where}`)
  } catch (thrown) {
    unread.push(messageOf(thrown))
    return undefined
  }
}

function isLookedInto({ isSubmodule }: GitTree, all: ReadonlySet<string>, directory: string): boolean {
  const parts = directory === '.' ? [] : directory.split('/')
  return parts.every((part, index) => {
    const at = parts.slice(0, index + 1).join('/')
    const parent = index === 0 ? '.' : parts.slice(0, index).join('/')
    return !part.startsWith('.') && !(part === 'target' && all.has(parent)) && !isSubmodule(at)
  })
}

/** Cargo follows what stands in the tables as it is, without what is inherited from a workspace. */
function pathsOf(raw: RawManifest): readonly string[] {
  const platforms = Object.values(raw.target ?? {})
  const tables = ['dependencies', 'build', 'dev'].flatMap((kind) =>
    [raw, ...platforms].map((set) =>
      kind === 'dependencies'
        ? set.dependencies
        : kind === 'build'
          ? (set['build-dependencies'] ?? set.build_dependencies)
          : (set['dev-dependencies'] ?? set.dev_dependencies),
    ),
  )
  return tables.flatMap((table) =>
    Object.values(table ?? {}).flatMap((one) => (typeof one === 'object' && one.path !== undefined ? [one.path] : [])),
  )
}

function byParts(a: string, b: string): number {
  const left = a === '.' ? [] : a.split('/')
  const right = b === '.' ? [] : b.split('/')
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [one = '', other = ''] = [left[at], right[at]]
    if (one !== other) return Buffer.compare(Buffer.from(one), Buffer.from(other))
  }
  return left.length - right.length
}

/** The first `[workspace]` in a manifest of the directory or above it, inside the checkout. */
function workspaceAbove(
  tree: SourceTree,
  directory: string,
  own: RawManifest,
  where: string,
): RawWorkspace | undefined {
  if (own.workspace) return own.workspace
  for (let at = directory; at !== '.'; ) {
    at = posix.dirname(at)
    const source = tree.read(manifestIn(at))
    const workspace = source && readRaw(tree, at, where, [])?.workspace
    if (workspace) return workspace
  }
  return undefined
}

const manifestIn = (directory: string): string => (directory === '.' ? 'Cargo.toml' : `${directory}/Cargo.toml`)

/** The part of a tree below a directory, as a tree of its own. */
function subtree(tree: SourceTree, directory: string): SourceTree {
  const prefix = `${directory}/`
  const files = new Map<string, number>()
  for (const [path, size] of tree.files) if (path.startsWith(prefix)) files.set(path.slice(prefix.length), size)
  const below = (paths: readonly string[] = []): readonly string[] =>
    paths.flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []))
  return {
    files,
    leftOut: below(tree.leftOut),
    links: below(tree.links),
    read: (path) => (path.split('/').includes('..') ? undefined : tree.read(prefix + path)),
    contents: () => {
      const whole = tree.contents()
      return whole && contentsBelow(whole, prefix)
    },
  }
}
