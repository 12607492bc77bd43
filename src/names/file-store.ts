/**
 * Parsed files by package and path. Files are read through `Package.tree` alone (law 4). A store can be handed to another
 * thread as plain data (`handedFiles`), and stands there again by `storeOf`: the files that are parsed already, and whoever
 * reads the rest.
 */
import { checked } from '../base/index.js'
import type { Package, PackageId } from '../project/index.js'
import type { FileFacts, PackedFile } from '../syntax/index.js'
import { type FileParser, packFile, parseFile, parseFiles, unpackFile } from '../syntax/index.js'
import type { IsLink } from './module-files.js'
import { lineStartsOf, type Source } from './source.js'
import type { Visits } from './visits.js'

/** Parsed files by package and path, shared by the Programs of all targets. */
export interface FileStore {
  /** The file; undefined when the package has none of that path. Parses it when that has not been done yet. */
  readonly get: (packageId: PackageId, path: string) => StoredFile | undefined
  /** The text of a file that is no Rust, or not parsed as such. */
  readonly text: (
    packageId: PackageId,
    path: string,
  ) => { readonly text: string; readonly problem?: string } | undefined
  /** For paths of the package: links to directories, and what was left out. */
  readonly isLink: (packageId: PackageId) => IsLink
  /** The texts of all Rust files that are loaded, and of those that they may include. */
  readonly texts: () => Iterable<string>
  /** How much text is loaded, by package. */
  readonly characters: () => ReadonlyMap<PackageId, number>
  /** All files that are loaded, as plain data. */
  readonly handed: () => readonly HandedFile[]
  /** A number for a new Source: rising, never given twice. */
  readonly nextSourceId: () => number
}
export interface StoredFile {
  readonly source: Source
  /** Why the text could not be read; the source is empty then. */
  readonly problem?: string
}

/** A parsed file as another thread is given it. */
export interface HandedFile {
  readonly package: PackageId
  readonly path: string
  readonly text: string
  readonly facts: PackedFile
  readonly problem: string | undefined
}

/** A store that is being filled, wave by wave. */
export interface FillingStore extends FileStore {
  readonly size: () => number
  /** Takes in a file that was parsed. */
  readonly keep: (
    packageId: PackageId,
    path: string,
    text: string,
    facts: FileFacts,
    problem: string | undefined,
  ) => StoredFile
  /** Reads and parses those that it does not have. */
  readonly parse: (files: readonly { readonly packageId: PackageId; readonly path: string }[]) => Promise<void>
}

/** Files that no module tree has, whose name stands in a text that includes files. */
function* includable(
  pkg: Package | undefined,
  texts: readonly string[],
  loaded: ReadonlyMap<string, unknown>,
): Iterable<string> {
  for (const path of pkg?.tree.files.keys() ?? []) {
    if (!pkg || loaded.has(`${pkg.id}\0${path}`)) continue
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
    if (!texts.some((text) => text.includes(name))) continue
    const text = pkg.tree.read(path)?.text
    if (text !== undefined) yield text
  }
}

function* textsOf(
  files: ReadonlyMap<string, StoredFile | undefined>,
  packages: ReadonlyMap<PackageId, Package>,
): Generator<string> {
  const including = new Map<PackageId, string[]>()
  for (const file of files.values()) {
    if (!file) continue
    const { text, origin } = file.source
    yield text
    if (origin.k !== 'file' || !/\binclude\b/.test(text)) continue
    including.set(origin.package, [...(including.get(origin.package) ?? []), text])
  }
  for (const [packageId, texts] of including) yield* includable(packages.get(packageId), texts, files)
}

/** A store that knows where files are and has read none. */
export function emptyStore(
  packages: ReadonlyMap<PackageId, Package>,
  parseAll: FileParser['parse'] = parseFiles,
  visits?: Visits,
): FillingStore {
  const files = new Map<string, StoredFile | undefined>()
  let sources = 0
  const nextSourceId = (): number => sources++
  const keyOf = (packageId: PackageId, path: string): string => `${packageId}\0${path}`
  const read = (packageId: PackageId, path: string) => packages.get(packageId)?.tree.read(path)
  const keep: FillingStore['keep'] = (packageId, path, text, facts, problem) => {
    const origin = { k: 'file', package: packageId, path, lineStarts: lineStartsOf(text) } as const
    const source: Source = { id: nextSourceId(), text, facts, origin, visits }
    visits?.loaded(source)
    const file = problem === undefined ? { source } : { source, problem }
    files.set(keyOf(packageId, path), file)
    return file
  }
  return {
    nextSourceId,
    keep,
    characters: () => {
      const sums = new Map<PackageId, number>()
      for (const file of files.values())
        if (file?.source.origin.k === 'file') {
          const { package: id } = file.source.origin
          sums.set(id, (sums.get(id) ?? 0) + file.source.text.length)
        }
      return sums
    },
    handed: () => [...files.values()].flatMap((file) => (file ? handedFile(file) : [])),
    size: () => files.size,
    texts: () => textsOf(files, packages),
    text: read,
    isLink: (packageId) => {
      const { links = [], leftOut = [] } = packages.get(packageId)?.tree ?? {}
      return (path) => links.includes(path) || leftOut.includes(path)
    },
    get: (packageId, path) => {
      const key = keyOf(packageId, path)
      if (files.has(key)) return files.get(key)
      const found = read(packageId, path)
      if (found) return keep(packageId, path, found.text, parseFile(found.text), found.problem)
      files.set(key, undefined)
      return undefined
    },
    parse: async (wanted) => {
      const missing = new Map(wanted.map((file) => [keyOf(file.packageId, file.path), file]))
      const found = [...missing].flatMap(([key, file]) => {
        const text = files.has(key) ? undefined : read(file.packageId, file.path)
        return text ? [{ ...file, read: text }] : []
      })
      const facts = await parseAll(found.map((file) => file.read.text))
      for (const [index, file] of found.entries()) {
        keep(file.packageId, file.path, file.read.text, checked(facts[index]), file.read.problem)
      }
    },
  }
}

function handedFile({ source: { text, facts, origin }, problem }: StoredFile): HandedFile | [] {
  if (origin.k !== 'file') return []
  return { package: origin.package, path: origin.path, text, facts: packFile(facts), problem }
}

/** The store of files that another thread parsed. */
export function storeOf(handed: readonly HandedFile[], packages: ReadonlyMap<PackageId, Package>): FileStore {
  const store = emptyStore(packages)
  for (const { package: packageId, path, text, facts, problem } of handed)
    store.keep(packageId, path, text, unpackFile(facts), problem)
  return store
}
