/** What the user names on the command line: a directory, a manifest, an archive, or a package of a registry. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { ProjectError } from '../base/index.js'
import { isFullVersion, isRequirement } from './version-req.js'

export type CrateSpec =
  /** `manifest` is the absolute path of a Cargo.toml. */
  | { readonly k: 'directory'; readonly manifest: string }
  | { readonly k: 'archive'; readonly path: string }
  /** `requirement` as cargo reads it: `=1.2.3` for a full version, `*` when none is given. */
  | { readonly k: 'registry'; readonly name: string; readonly requirement: string }

/**
 * Reads a spec. A name that is also a directory with a Cargo.toml is the directory. `elsewhere`: the directory is not read
 * from disk, and need not be there. Throws ProjectError when it is none of these.
 */
export function parseSpec(spec: string, manifestPath: string | undefined, elsewhere = false): CrateSpec {
  if (manifestPath !== undefined) return directorySpec(manifestPath, elsewhere)
  if (spec.endsWith('.crate')) {
    if (!isFile(spec)) throw new ProjectError(`There is no archive ${spec}`, 'no file has that path', 'Check the path.')
    return { k: 'archive', path: resolve(spec) }
  }
  const looksLikePath = /[/\\]/.test(spec) || spec.startsWith('.') || basename(spec) === 'Cargo.toml'
  if (looksLikePath || existsSync(join(spec, 'Cargo.toml'))) return directorySpec(spec, elsewhere)
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
  throw new ProjectError(
    `There is no crate in ${dirname(manifest)}`,
    'it has no Cargo.toml',
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
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
