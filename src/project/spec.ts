/** What the user names on the command line: a directory, a manifest, an archive, or a package of a registry. */
import { lstatSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { codeOf, messageOf, ProjectError } from '../base/index.js'
import { isFullVersion, isRequirement } from './version-req.js'

export type CrateSpec =
  /** `manifest` is the absolute path of a Cargo.toml. */
  | { readonly k: 'directory'; readonly manifest: string }
  | { readonly k: 'archive'; readonly path: string }
  /** `requirement` as cargo reads it: `=1.2.3` for a full version, `*` when none is given. */
  | { readonly k: 'registry'; readonly name: string; readonly requirement: string }

/**
 * Reads a spec. What is there is a path, and never looked for on a registry, where anybody may have published something of
 * that name. `elsewhere`: the directory is not read from disk, and need not be there. Throws ProjectError when it is none of
 * these.
 */
export function parseSpec(spec: string, manifestPath: string | undefined, elsewhere = false): CrateSpec {
  if (manifestPath !== undefined) return directorySpec(manifestPath, elsewhere)
  if (spec.endsWith('.crate')) {
    if (!isFile(spec)) throw new ProjectError(`There is no archive ${spec}`, 'no file has that path', 'Check the path.')
    return { k: 'archive', path: resolve(spec) }
  }
  const looksLikePath = /[/\\]/.test(spec) || spec.startsWith('.') || basename(spec) === 'Cargo.toml'
  if (looksLikePath || isThere(spec)) return directorySpec(spec, elsewhere)
  const [, name, version] = /^([A-Za-z0-9_][A-Za-z0-9_-]*)(?:@(.+))?$/.exec(spec) ?? []
  if (name === undefined) throw notASpec(spec)
  if (version === undefined) return { k: 'registry', name, requirement: '*' }
  if (isFullVersion(version)) return { k: 'registry', name, requirement: `=${version}` }
  if (!isRequirement(version)) throw notASpec(spec)
  return { k: 'registry', name, requirement: version }
}

function directorySpec(path: string, elsewhere: boolean): CrateSpec {
  const manifest = basename(path) === 'Cargo.toml' ? resolve(path) : resolve(path, 'Cargo.toml')
  if (elsewhere || isFile(manifest)) return { k: 'directory', manifest }
  if (basename(path) !== 'Cargo.toml' && isFile(path)) {
    throw new ProjectError(
      `${path} is no crate`,
      'it is a file, and neither a Cargo.toml nor a .crate file',
      'Name a directory with a Cargo.toml, a .crate file, or a package as name@version.',
    )
  }
  const directory = dirname(manifest)
  throw new ProjectError(
    `There is no crate in ${directory}`,
    isThere(directory) ? 'it has no Cargo.toml' : 'there is no such directory',
    'Name a directory with a Cargo.toml, a .crate file, or a package as name@version.',
  )
}

function notASpec(spec: string): ProjectError {
  return new ProjectError(
    `"${spec}" names no crate`,
    'it is neither a path nor a package',
    'Name a directory, a Cargo.toml, a .crate file, or a package: name, name@1.2.3, name@^1.',
  )
}

function isFile(path: string): boolean {
  return looked(path, () => statSync(path, { throwIfNoEntry: false }))?.isFile() === true
}

/** Also a link that leads nowhere. */
function isThere(path: string): boolean {
  return looked(path, () => lstatSync(path, { throwIfNoEntry: false })) !== undefined
}

function looked(path: string, look: () => Stats | undefined): Stats | undefined {
  try {
    return look()
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOTDIR') return undefined
    throw new ProjectError(`${path} cannot be looked at`, messageOf(thrown), 'Check the path and its permissions.')
  }
}
