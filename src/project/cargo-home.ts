/**
 * Cargo's own directory on this machine and what it keeps there: archives from registries, their unpacked sources, git
 * checkouts. Only looks; cargo alone writes there.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { codeOf, messageOf, ProjectError } from './errors.js'

/** `$CARGO_HOME`, else `.cargo` in the home directory. */
export function cargoHome(): string {
  const home = process.env['CARGO_HOME']
  return home === undefined || home === '' ? join(homedir(), '.cargo') : resolve(home)
}

/** Whether name and version are such that a file name may be made of them. */
export function isSafePackage(name: string, version: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(name) && /^[0-9][A-Za-z0-9.+-]*$/.test(version)
}

/** Places where an archive of the package stands in the cache, one for each registry that has it. */
export function cachedArchives(home: string, name: string, version: string): readonly string[] {
  return inEachRegistry(join(home, 'registry', 'cache'), `${name}-${version}.crate`)
}

/** Directories with the unpacked source of the package. */
export function unpackedSources(home: string, name: string, version: string): readonly string[] {
  return inEachRegistry(join(home, 'registry', 'src'), `${name}-${version}`)
}

/** Checkouts of a repository at a revision, whatever name cargo derived for the repository's directory. */
export function gitCheckouts(home: string, url: string, revision: string): readonly string[] {
  const checkouts = join(home, 'git', 'checkouts')
  const name = repositoryName(url)
  return listDirectory(checkouts)
    .filter((entry) => entry.startsWith(`${name}-`) && !entry.slice(name.length + 1).includes('-'))
    .flatMap((entry) =>
      listDirectory(join(checkouts, entry))
        .filter((short) => short.length >= 7 && revision.startsWith(short))
        .map((short) => join(checkouts, entry, short)),
    )
}

/** The bytes of a file in cargo's directory. Throws ProjectError. */
export function readCached(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (thrown) {
    throw new ProjectError(`${path} cannot be read`, messageOf(thrown), 'Check the permissions of the cargo directory.')
  }
}

function inEachRegistry(directory: string, entry: string): readonly string[] {
  return listDirectory(directory)
    .map((registry) => join(directory, registry, entry))
    .filter((path) => existsSync(path))
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
      'Check the permissions of the cargo directory.',
    )
  }
}

/** The last part of a repository's URL, as cargo names its checkout: without `.git`. */
function repositoryName(url: string): string {
  const path = url.replace(/[?#].*$/, '').replace(/\/+$/, '')
  const last = path.slice(path.lastIndexOf('/') + 1).replace(/\.git$/, '')
  return last === '' ? '_empty' : last.toLowerCase()
}
