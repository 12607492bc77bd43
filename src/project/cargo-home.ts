/**
 * Cargo's own directory on this machine and what it keeps there: archives from registries, their unpacked sources, the
 * indexes, git checkouts. Only looks; cargo alone writes there.
 *
 * Which directory belongs to which registry or repository is known by the name that cargo derives from the address. Where
 * no directory has such a name (another cargo may hash otherwise), a single one of the same host or repository is taken,
 * and `guessed` says so: two of them could be confused, so then none is.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { devNull, homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { codeOf, messageOf, ProjectError } from '../base/index.js'
import { gitDirectoryNames, hostOf, registryDirectoryNames } from './cargo-hash.js'
import { type IndexEntry, indexPath, readIndexEntries } from './index-file.js'
import { indexesOf } from './source-replacement.js'

/** `$CARGO_HOME`, else `.cargo` in the home directory. */
export function cargoHome(): string {
  const home = process.env['CARGO_HOME']
  return home === undefined || home === '' ? join(userHome(), '.cargo') : resolve(home)
}

/** Who has no home (a user of a container that no table of users knows) has no cargo home: a place that cannot be. */
function userHome(): string {
  try {
    return homedir()
  } catch {
    return devNull
  }
}

/** Whether name and version are such that a file name may be made of them. */
export function isSafePackage(name: string, version: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(name) && /^[0-9][A-Za-z0-9.+-]*$/.test(version)
}

export interface OwnDirectories {
  /** Absolute, those that are there. */
  readonly directories: readonly string[]
  /** The directory was taken by the name of its host or repository alone. */
  readonly guessed: boolean
}

/** The directories in `registry/cache`, `registry/src` or `registry/index` of the registry with this index. */
export function registryDirectories(home: string, part: 'cache' | 'src' | 'index', index: string): OwnDirectories {
  const parent = join(home, 'registry', part)
  const indexes = indexesOf(index)
  const hosts = [...new Set(indexes.map(hostOf))]
  return ownDirectories(parent, indexes.flatMap(registryDirectoryNames), hosts)
}

/** Places where an archive of the package stands in the cache, in whatever registry's directory. */
export function cachedArchives(home: string, name: string, version: string): readonly string[] {
  const cache = join(home, 'registry', 'cache')
  return present(
    listDirectory(cache).map((registry) => join(cache, registry)),
    `${name}-${version}.crate`,
  )
}

/** Those of some directories that have an entry of the name, with it. */
export function present(directories: readonly string[], entry: string): readonly string[] {
  return directories.map((directory) => join(directory, entry)).filter((path) => existsSync(path))
}

/** What cargo's copies of a registry's index say of a package; of the same version once. */
export function cachedIndexEntries(home: string, index: string, name: string): readonly IndexEntry[] {
  const { directories } = registryDirectories(home, 'index', index)
  const entries = directories.flatMap((directory) => readIndexEntries(join(directory, '.cache', indexPath(name)), name))
  return [...new Map(entries.map((entry) => [`${entry.vers} ${entry.cksum}`, entry])).values()]
}

/**
 * Checkouts of a repository at a revision. A checkout is one of that revision when its HEAD says so; what has no HEAD
 * only when cargo's name for the repository is certain.
 */
export function gitCheckouts(home: string, url: string, revision: string): readonly string[] {
  const names = gitDirectoryNames(url)
  const repository = (names[0] ?? '').replace(/-[0-9a-f]+$/, '')
  const { directories, guessed } = ownDirectories(join(home, 'git', 'checkouts'), names, [repository])
  return directories.flatMap((directory) =>
    listDirectory(directory)
      .filter((short) => short.length >= 7 && revision.startsWith(short))
      .map((short) => join(directory, short))
      .filter((checkout) => {
        const head = headOf(checkout)
        return head === undefined ? !guessed : head === revision
      }),
  )
}

/** Cargo's clones of a repository. */
export function gitDatabases(home: string, url: string): readonly string[] {
  return ownDirectories(join(home, 'git', 'db'), gitDirectoryNames(url), []).directories
}

/** The commit that a checkout stands at, as far as its HEAD names one. */
function headOf(checkout: string): string | undefined {
  try {
    const text = readFileSync(join(checkout, '.git', 'HEAD'), 'utf8').trim()
    return /^[0-9a-f]{40,64}$/.test(text) ? text : undefined
  } catch {
    // Whoever asks says what follows when nothing is known of a checkout.
    return undefined
  }
}

/** The bytes of a file in cargo's directory. Throws ProjectError. */
export function readCached(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (thrown) {
    throw new ProjectError(`${path} cannot be read`, messageOf(thrown), 'Check the permissions of the cargo directory.')
  }
}

function ownDirectories(parent: string, names: readonly string[], prefixes: readonly string[]): OwnDirectories {
  const all = listDirectory(parent)
  const isOneOf = (entry: string): boolean => names.includes(entry.replace(/-shallow$/, ''))
  const own = all.filter(isOneOf)
  const alike = all.filter((entry) => prefixes.some((prefix) => isHashed(entry, prefix)))
  const [only] = own.length === 0 && alike.length === 1 ? alike : []
  const found = only === undefined ? own : [only]
  return { directories: found.map((entry) => join(parent, entry)), guessed: only !== undefined }
}

function isHashed(entry: string, prefix: string): boolean {
  return entry.startsWith(`${prefix}-`) && /^[0-9a-f]{16}(?:-shallow)?$/.test(entry.slice(prefix.length + 1))
}

/** Sorted names; a directory that is not there is empty, any other trouble is an error. */
function listDirectory(path: string): readonly string[] {
  try {
    return readdirSync(path).sort()
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return []
    throw new ProjectError(
      `${path} cannot be listed`,
      messageOf(thrown),
      "Make cargo's directory readable, or name another with CARGO_HOME.",
    )
  }
}
