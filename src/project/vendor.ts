/**
 * A directory source (`cargo vendor`): one directory a package, whatever it is called, each with a `.cargo-checksum.json` that has the
 * sha256 of the package's archive and of files. The first is held against the lockfile, the second against the files, as
 * cargo does: what is listed must be there and the same. Files that are not listed are compiled by cargo all the same, and
 * are told. Links to directories are followed, as cargo does.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { messageOf, ProjectError } from '../base/index.js'
import { sha256 } from './archive.js'
import type { DirectoryTree } from './directory-tree.js'
import type { FileView } from './file-view.js'
import type { FoundSource } from './found-source.js'
import { MAX_SHOWN_FILES } from './limits.js'
import { sourceOfLocked } from './locked-source.js'
import type { LockedPackage } from './lockfile.js'
import { parseManifestText } from './manifest.js'
import type { RawManifest } from './manifest-schema.js'
import type { SourceText, SourceTree, TreeContents } from './workspace.js'

export interface VendorDirectory {
  /** The package's source, or undefined when it is not here. Throws ProjectError when it is not what the lockfile says. */
  find(locked: LockedPackage): FoundSource | undefined
  /** Every package of that name, for choosing a version. */
  packages(name: string): readonly VendoredManifest[]
  /** The names of all packages, in no order. */
  names(): readonly string[]
}
export interface VendoredManifest {
  /** Real path. */
  readonly directory: string
  readonly version: string
  readonly raw: RawManifest
  /** sha256 of the archive, as the checksum file has it. */
  readonly checksum?: string
}

const CHECKSUM_FILE = '.cargo-checksum.json'
const checksumSchema = z.object({ package: z.string().nullish(), files: z.record(z.string(), z.string()) })
type Checksums = z.infer<typeof checksumSchema>

/** A directory source at an absolute path, read through a view. It is looked into when a package is asked for. */
export function vendorDirectory(view: FileView, path: string): VendorDirectory {
  let known: ReadonlyMap<string, readonly VendoredManifest[]> | undefined
  const all = (): ReadonlyMap<string, readonly VendoredManifest[]> => {
    known ??= manifestsIn(view, path)
    return known
  }
  const named = (name: string): readonly VendoredManifest[] => all().get(name) ?? []
  return {
    find(locked) {
      const found = named(locked.name).filter(({ version }) => version === locked.version)
      const [first, second] = found
      if (first && second) {
        throw new ProjectError(
          `${locked.name} ${locked.version} is in a directory source twice`,
          `in ${found.map(({ directory }) => directory).join(' and ')}; which one cargo takes is chance`,
          'Remove one of them.',
        )
      }
      return first && readVendored(view, first, locked)
    },
    names: () => [...all().keys()],
    packages: (name) =>
      named(name).map((one) => {
        const sum = checksumsOf(view, one.directory, `${name} in the vendor directory`).package
        return { ...one, ...(typeof sum === 'string' ? { checksum: sum } : {}) }
      }),
  }
}

/** By name. Directories without a manifest are none of cargo's business, and hidden ones neither. */
function manifestsIn(view: FileView, path: string): ReadonlyMap<string, readonly VendoredManifest[]> {
  const real = view.realPath(path)
  if (real === undefined) {
    throw new ProjectError(
      `The directory ${path} is not there`,
      "cargo's configuration puts it in the place of a source",
      'Make it with `cargo vendor`, or take it out of [source] in the configuration.',
    )
  }
  const byName = new Map<string, VendoredManifest[]>()
  for (const entry of [...view.directoriesIn(real), ...view.linksIn(real)].sort()) {
    if (entry.startsWith('.')) continue
    const directory = view.realPath(join(real, entry))
    if (directory === undefined) throw linkedOut(entry)
    const text = view.readInside(directory, 'Cargo.toml')
    if (!text) continue
    const where = `Cargo.toml of ${entry} in the vendor directory`
    if (text.problem !== undefined) throw new ProjectError(`${where} cannot be read`, text.problem, VENDOR_AGAIN)
    const raw = parseManifestText(text.text, where)
    const { name, version = '0.0.0' } = raw.package ?? raw.project ?? {}
    if (name === undefined || typeof version !== 'string') continue
    const same = byName.get(name)
    const found = { directory, version, raw }
    if (same) same.push(found)
    else byName.set(name, [found])
  }
  return byName
}

const linkedOut = (entry: string): ProjectError =>
  new ProjectError(
    `${entry} in the vendor directory cannot be read`,
    'it is a link that leads out of the repository, which cargo follows',
    'Run `cargo vendor` again, or remove the link.',
  )

const VENDOR_AGAIN = 'Run `cargo vendor` again.'

function readVendored(view: FileView, { directory, raw }: VendoredManifest, locked: LockedPackage): FoundSource {
  const { tree, problems } = view.treeOf(directory)
  const where = `${locked.name} ${locked.version} in the vendor directory`
  const sums = checksumsOf(view, directory, where)
  requirePackageSum(sums, locked, where)
  const contents = memoized(tree)
  const unlisted = [...tree.files.keys()].filter((path) => path !== CHECKSUM_FILE && sums.files[path] === undefined)
  requireListed(sums, tree, contents(), where)
  const files = new Map(Object.entries(sums.files))
  const { leftOut, links } = tree
  const checked: SourceTree = {
    files: tree.files,
    ...(leftOut && { leftOut }),
    ...(links && { links }),
    read: (path) => checkedText(tree, path, files),
    contents,
  }
  return {
    source: sourceOfLocked(locked),
    verified: unlisted.length === 0 ? { by: 'checksum file' } : { by: 'nothing', why: unlistedText(unlisted) },
    tree: checked,
    raw,
    problems: unlisted.length === 0 ? problems : [...problems, unlistedText(unlisted)],
  }
}

function checksumsOf(view: FileView, directory: string, where: string): Checksums {
  const text = view.readInside(directory, CHECKSUM_FILE)
  try {
    if (!text) throw new Error('there is none')
    return checksumSchema.parse(JSON.parse(text.text))
  } catch (thrown) {
    throw new ProjectError(`${CHECKSUM_FILE} of ${where} cannot be read`, messageOf(thrown), VENDOR_AGAIN)
  }
}

/** Cargo refuses another sum than the lockfile's, and also none where the lockfile has one. */
function requirePackageSum(sums: Checksums, locked: LockedPackage, where: string): void {
  if (locked.checksum === undefined || sums.package?.toLowerCase() === locked.checksum) return
  throw new ProjectError(
    `${where} is not what the lockfile says`,
    `sha256 in the lockfile:         ${locked.checksum}\nsha256 in ${CHECKSUM_FILE}: ${sums.package ?? 'none'}`,
    'Run `cargo vendor` again; if the sums still differ, do not use this crate.',
  )
}

/** Every file that is listed is there and the same. */
function requireListed(sums: Checksums, tree: SourceTree, contents: TreeContents | undefined, where: string): void {
  const wrong = Object.entries(sums.files).flatMap(([path, expected]) => {
    const actual = contents?.sums.get(path) ?? sumOfText(tree.read(path), expected)
    return actual === expected.toLowerCase()
      ? []
      : [`${path}: sha256 ${expected} there, ${actual ?? 'no such file'} here`]
  })
  if (wrong.length === 0) return
  throw new ProjectError(
    `${where} is not what its ${CHECKSUM_FILE} says`,
    wrong.slice(0, MAX_SHOWN_FILES).join('\n') + more(wrong.length),
    'Run `cargo vendor` again, and use [patch] for changes of your own; cargo refuses it too.',
  )
}

/** Of a file that a listing leaves out (build output), by its text. */
function sumOfText(source: SourceText | undefined, expected: string): string | undefined {
  if (!source || source.problem !== undefined) return source?.problem
  const sums = [source.text, `\uFEFF${source.text}`].map((text) => sha256(Buffer.from(text)))
  return sums.find((sum) => sum === expected.toLowerCase()) ?? sums[0]
}

/** The file is read again after it was summed up: it may have changed since. */
function checkedText(tree: SourceTree, path: string, sums: ReadonlyMap<string, string>): SourceText | undefined {
  const source = tree.read(path)
  const expected = sums.get(path)
  if (!source || source.problem !== undefined || expected === undefined) return source
  const actual = sumOfText(source, expected)
  if (actual === expected.toLowerCase()) return source
  return { text: '', problem: `is not what ${CHECKSUM_FILE} says: sha256 ${expected} there, ${actual} on disk` }
}

function memoized(tree: DirectoryTree['tree']): () => TreeContents | undefined {
  let known: { readonly contents: TreeContents | undefined } | undefined
  return () => {
    known ??= { contents: tree.contents() }
    return known.contents
  }
}

function unlistedText(paths: readonly string[]): string {
  const count = paths.length === 1 ? 'a file is' : `${paths.length} files are`
  const shown = paths.slice(0, MAX_SHOWN_FILES).join(', ')
  return `${count} not in ${CHECKSUM_FILE}, and nothing vouches for what is not: ${shown}${more(paths.length)}`
}

const more = (count: number): string => (count > MAX_SHOWN_FILES ? ` and ${count - MAX_SHOWN_FILES} more` : '')
