/**
 * Where the file of `mod name;` is (The Rust Reference, "Module source filenames"), by the rules of rustc's expander:
 * a module has a directory, and a file that is neither a root nor `mod.rs` adds its own name to it once.
 *
 * Paths are relative to the package's root, with `/`; one that would lead outside is never made (law 4).
 */
import { joinPath } from '../project/index.js'

/** Whether `..` behind a path leads elsewhere than the path says. */
export type IsLink = (path: string) => boolean

export interface ModuleDir {
  /** '' for the package's root. */
  readonly dir: string
  /** The file's own name, still to be added for children without `#[path]`. */
  readonly relative?: string
}
export interface ModuleFile {
  readonly path: string
  /** For the modules in that file. */
  readonly dir: ModuleDir
}

/** The directory of a crate root, a `mod.rs`, a file named by `#[path]` or by `include!`. */
export function ownDir(file: string): ModuleDir {
  return { dir: directoryOf(file) }
}

/** The files that `mod name;` may mean, in the order they are tried; none when all of them lie outside. */
export function moduleFiles(
  at: ModuleDir,
  name: string,
  pathAttr: string | undefined,
  isLink?: IsLink,
): readonly ModuleFile[] {
  if (pathAttr !== undefined) {
    const path = joinPath(at.dir, pathAttr, isLink)
    return path === undefined ? [] : [{ path, dir: ownDir(path) }]
  }
  const base = at.relative === undefined ? at.dir : append(at.dir, at.relative)
  const file = append(base, `${name}.rs`)
  const nested = append(append(base, name), 'mod.rs')
  return [
    { path: file, dir: { dir: base, relative: name } },
    { path: nested, dir: ownDir(nested) },
  ]
}

/** The directory for what stands in `mod name { .. }`; undefined when `#[path]` leads outside. */
export function inlineDir(
  at: ModuleDir,
  name: string,
  pathAttr: string | undefined,
  isLink?: IsLink,
): ModuleDir | undefined {
  if (pathAttr !== undefined) {
    const dir = joinPath(at.dir, pathAttr, isLink)
    return dir === undefined ? undefined : { dir }
  }
  const base = at.relative === undefined ? at.dir : append(at.dir, at.relative)
  return { dir: append(base, name) }
}

/** Everything before the last `/`. */
export function directoryOf(file: string): string {
  const slash = file.lastIndexOf('/')
  return slash < 0 ? '' : file.slice(0, slash)
}

function append(dir: string, name: string): string {
  return dir === '' ? name : `${dir}/${name}`
}
