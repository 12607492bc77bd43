/**
 * The files of a commit or of the index as a tree of nodes. A directory's object is read when somebody looks into it, a
 * file's when somebody reads it. A submodule is a directory where the objects of its commit are here.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { compareText, messageOf, ProjectError } from '../../base/index.js'
import { MAX_MANIFEST_BYTES, MAX_TREE_BYTES } from '../limits.js'
import { isPlainPath } from '../tar.js'
import { parseGitConfig } from './config.js'
import type { IndexEntry } from './index-file.js'
import { ObjectStore } from './object-store.js'
import { parseTree, problemOfName, type TreeEntry, textOf } from './objects.js'
import { gitDirectoryOf, submodulePlaces } from './places.js'
import { treeOfCommit } from './revisions.js'

export type GitNode = GitFile | GitDirectory | GitModule
export interface GitFile {
  readonly k: 'file' | 'link'
  readonly store: ObjectStore
  readonly oid: string
}
export interface GitDirectory {
  readonly k: 'directory'
  /** By name, sorted. Throws ProjectError when it cannot be read. */
  children(): ReadonlyMap<string, GitNode>
  /** Names that were left out, with why. */
  problems(): readonly { readonly name: string; readonly why: string }[]
}
export interface GitModule {
  readonly k: 'module'
  /** Its top directory; undefined when the objects of its commit are not here. */
  open(): GitDirectory | undefined
  /** For whoever finds it not here. */
  readonly why: string
}

/** A directory of which only some is known yet: the index gives paths, a commit gives trees. */
class Directory implements GitDirectory {
  readonly k = 'directory'
  readonly #list: () => Listing
  #listed: Listing | undefined

  constructor(list: () => Listing) {
    this.#list = list
  }

  children(): ReadonlyMap<string, GitNode> {
    this.#listed ??= this.#list()
    return this.#listed.children
  }

  problems() {
    this.#listed ??= this.#list()
    return this.#listed.problems
  }
}
interface Listing {
  readonly children: ReadonlyMap<string, GitNode>
  readonly problems: readonly { readonly name: string; readonly why: string }[]
}

/** What a repository's nodes are made with. */
interface Origin {
  readonly store: ObjectStore
  /** Where the modules of this repository are kept. */
  readonly modules: Modules
}

/** The top directory of a commit. */
export function treeOfRevision(store: ObjectStore, commit: string): GitDirectory {
  const top: GitDirectory = new Directory(() => listTree(origin, treeOfCommit(store, commit), ''))
  const origin: Origin = { store, modules: new Modules(store, top) }
  return top
}

/** The top directory of what is staged. */
export function treeOfIndex(store: ObjectStore, entries: readonly IndexEntry[]): GitDirectory {
  const root: Branch = { entries: new Map() }
  const problems: { name: string; why: string }[] = []
  for (const entry of entries) {
    const bad = entry.path
      .split('/')
      .map(problemOfName)
      .find((why) => why !== undefined)
    if (bad !== undefined) problems.push({ name: entry.path, why: bad })
    else addEntry(root, entry)
  }
  const top: GitDirectory = new Directory(() => ({ children: childrenOf(origin, root, ''), problems }))
  const origin: Origin = { store, modules: new Modules(store, top) }
  return top
}

interface Branch {
  readonly entries: Map<string, IndexEntry | Branch>
}

function addEntry(root: Branch, entry: IndexEntry): void {
  const parts = entry.path.split('/')
  const name = parts.pop() ?? ''
  let at = root
  for (const part of parts) {
    const known = at.entries.get(part) ?? { entries: new Map() }
    if (!('entries' in known)) throw twice(entry.path)
    at.entries.set(part, known)
    at = known
  }
  if (at.entries.has(name)) throw twice(entry.path)
  at.entries.set(name, entry)
}

function twice(path: string): ProjectError {
  return new ProjectError(
    'The index of the git repository cannot be read',
    `${path} is in it twice, or as a file and as a directory`,
    'Make it anew with `git reset`.',
  )
}

function childrenOf(origin: Origin, branch: Branch, prefix: string): ReadonlyMap<string, GitNode> {
  return sortedMap(
    [...branch.entries].map(([name, entry]) => {
      const path = prefix + name
      if (!('entries' in entry)) return [name, nodeOf(origin, { ...entry, name }, path)]
      return [name, new Directory(() => ({ children: childrenOf(origin, entry, `${path}/`), problems: [] }))]
    }),
  )
}

function listTree(origin: Origin, oid: string, prefix: string): Listing {
  const bytes = origin.store.read(oid, 'tree', MAX_TREE_BYTES)
  try {
    const { entries, problems } = parseTree(bytes, oid.length / 2)
    return {
      children: sortedMap(entries.map((entry) => [entry.name, nodeOf(origin, entry, prefix + entry.name)])),
      problems,
    }
  } catch (thrown) {
    throw new ProjectError(
      'A directory of the git revision cannot be read',
      `${prefix === '' ? 'the top' : prefix}: ${messageOf(thrown)}`,
      'Look at the clone with `git fsck`; or check the revision out, and name that directory.',
    )
  }
}

const sortedMap = (entries: readonly (readonly [string, GitNode])[]): ReadonlyMap<string, GitNode> =>
  new Map([...entries].sort(([a], [b]) => compareText(a, b)))

function nodeOf(origin: Origin, { kind, oid }: TreeEntry, path: string): GitNode {
  if (kind === 'file' || kind === 'link') return { k: kind, store: origin.store, oid }
  if (kind === 'directory') return new Directory(() => listTree(origin, oid, `${path}/`))
  return origin.modules.nodeAt(path, oid)
}

/** The submodules of one repository at one commit, as `.gitmodules` of that commit names them. */
class Modules {
  readonly #store: ObjectStore
  readonly #top: GitDirectory
  #names: ReadonlyMap<string, string> | undefined

  constructor(store: ObjectStore, top: GitDirectory) {
    this.#store = store
    this.#top = top
  }

  nodeAt(path: string, commit: string): GitModule {
    let opened: { readonly top: GitDirectory | undefined } | undefined
    return {
      k: 'module',
      open: () => {
        opened ??= { top: this.#open(path, commit) }
        return opened.top
      },
      why: `is a submodule, and its commit ${commit.slice(0, 12)} is not here`,
    }
  }

  #open(path: string, commit: string): GitDirectory | undefined {
    const at = join(this.#store.places.top, path)
    const stores = this.#placesOf(path).map((place) => new ObjectStore(submodulePlaces(at, place)))
    const store = stores.find((one) => one.has(commit))
    return store && treeOfRevision(store, commit)
  }

  /** Git directories that may hold the submodule: its own, of this worktree or of the clone, and the one of old clones. */
  #placesOf(path: string): readonly string[] {
    const { own, common, top } = this.#store.places
    this.#names ??= this.#readNames()
    const name = this.#names.get(path)
    const kept = name === undefined ? [] : [own, common].map((directory) => join(directory, 'modules', name))
    const inTree = gitDirectoryOf(join(top, path))
    return [...new Set([...kept, ...(inTree === undefined ? [] : [inTree])])].filter((place) =>
      existsSync(join(place, 'HEAD')),
    )
  }

  /** By path. A name that leads out of the directory of modules names none, as in git. */
  #readNames(): ReadonlyMap<string, string> {
    const file = this.#top.children().get('.gitmodules')
    if (file?.k !== 'file') return new Map()
    const text = textOf(file.store.read(file.oid, 'blob', MAX_MANIFEST_BYTES)) ?? ''
    return new Map(
      parseGitConfig(text)
        .filter(({ section, key, subsection }) => section === 'submodule' && key === 'path' && isPlainPath(subsection))
        .map(({ subsection, value }) => [value.replace(/\/+$/, ''), subsection]),
    )
  }
}
