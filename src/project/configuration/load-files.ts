/**
 * Which files cargo's configuration consists of, read and merged as cargo does (The Cargo Book, "Hierarchical structure",
 * "Including extra configuration files"): `.cargo/config` or `.cargo/config.toml` of the directory that cargo runs in and of
 * every one above, then that of CARGO_HOME; the nearest holds, what a file includes is weaker than the file.
 *
 * Files in the repository are read through the view, so that a revision has its own; all others from the disk.
 */
import { accessSync, constants, realpathSync } from 'node:fs'
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { codeOf, messageOf, ProjectError } from '../../base/index.js'
import { readBoundedText } from '../bounded-file.js'
import type { ConfigurationFile, ConfigurationPlace, ConfigurationScope } from '../cargo-configuration.js'
import { isInside } from '../directory-tree.js'
import { DISK, type FileView } from '../file-view.js'
import { MAX_CONFIGURATION_FILES } from '../limits.js'
import { parseConfiguration } from './toml-values.js'
import { readToolchain, type Toolchain, toolchainFileFrom, toolchainFileIn } from './toolchain-file.js'
import { type ConfigurationTable, mergeTables, type Origin, placeOf, placeText } from './values.js'

export interface ConfigurationPlaces {
  readonly view: FileView
  /** Absolute, free of links: the directory that cargo is run in. */
  readonly start: string
  /** Real path of the repository that holds the workspace; absent for a published crate. */
  readonly repository?: string
  /** Absolute. */
  readonly cargoHome: string
}

export interface LoadedConfiguration {
  readonly root: ConfigurationTable
  /** Nearest first, each followed by what it includes. */
  readonly files: readonly ConfigurationFile[]
  readonly losses: readonly { readonly at: ConfigurationPlace; readonly message: string }[]
  /** What rustup reads first; it is among the files. */
  readonly toolchain?: Toolchain
}

/** Throws ProjectError where cargo refuses: a file that cannot be read, an `include` that is not there. */
export function loadConfigurationFiles(places: ConfigurationPlaces): LoadedConfiguration {
  return new Loading(places).run()
}

/**
 * Files of the repository that cargo reads when it is run in the directory of a package, and not where we are. `files` are
 * those that were read, `packages` real paths of directories.
 */
export function unreadConfiguration(
  places: ConfigurationPlaces,
  files: readonly ConfigurationFile[],
  packages: readonly string[],
): LoadedConfiguration['losses'] {
  return new Loading(places).unread(files, packages)
}

class Loading {
  readonly #places: ConfigurationPlaces
  readonly #files: ConfigurationFile[] = []
  readonly #losses: LoadedConfiguration['losses'][number][] = []
  #loaded = 0

  constructor(places: ConfigurationPlaces) {
    this.#places = places
  }

  run(): LoadedConfiguration {
    const root: Origin = { file: '', scope: 'machine', line: 0, column: 0, root: this.#places.start }
    let merged: ConfigurationTable = { k: 'table', entries: new Map(), at: root }
    for (const path of this.#discovered()) {
      if (this.#isKeptFromUs(path)) continue
      merged = mergeTables(this.#load(path, new Set()), merged)
    }
    this.#refuseLinks()
    this.#refuseOtherCase()
    const toolchain = this.#toolchain()
    return { root: merged, files: this.#files, losses: this.#losses, ...(toolchain && { toolchain }) }
  }

  /** Links that lead to nothing here: when cargo is run there may be something, and it is its configuration then. */
  #refuseLinks(): void {
    const { view, start, repository } = this.#places
    for (let at = start; repository !== undefined && isInside(repository, at); at = dirname(at)) {
      for (const name of ['.cargo', '.cargo/config', '.cargo/config.toml', 'rust-toolchain', 'rust-toolchain.toml']) {
        const path = join(at, name)
        const absence = view.absence(path)
        if (absence === undefined || !(view.isLink(path) || absence.kind === 'submodule')) continue
        const why = `it ${absence.why}: where cargo is run there may be something`
        throw refused(this.#nameOf(path, 'repository'), why, 'Put the file itself there, or remove the link.')
      }
    }
  }

  /** Where file systems ignore case, cargo and rustup read these too. */
  #refuseOtherCase(): void {
    const { view, start, repository } = this.#places
    for (let at = start; repository !== undefined && isInside(repository, at); at = dirname(at)) {
      const directories = [...view.directoriesIn(at), ...view.linksIn(at)].filter((name) => /^\.cargo$/i.test(name))
      const files = [
        ...view.filesIn(at).filter((name) => /^(rust-toolchain(\.toml)?|cargo\.(toml|lock))$/i.test(name)),
        ...directories.flatMap((directory) =>
          view
            .filesIn(join(at, directory))
            .flatMap((name) => (/^config(\.toml)?$/i.test(name) ? [join(directory, name)] : [])),
        ),
      ]
      for (const name of files) {
        const meant = slashed(name)
          .toLowerCase()
          .replace(/^cargo\./, 'Cargo.')
        if (slashed(name) === meant) continue
        throw refused(
          this.#nameOf(join(at, name), 'repository'),
          `it is ${meant} on file systems that ignore case, and nothing to cargo on others`,
          'Rename it, or remove it.',
        )
      }
    }
  }

  /** A published crate is built where its user is: rustup looks there. */
  #toolchain(): Toolchain | undefined {
    const { start, repository } = this.#places
    const path = repository === undefined ? undefined : toolchainFileFrom(start, (file) => this.#exists(file))
    if (path === undefined) return undefined
    const file = this.#read(path)
    this.#files.push(file)
    return readToolchain(file, dirname(path))
  }

  /** Absolute paths, nearest first. */
  #discovered(): readonly string[] {
    const { start, cargoHome } = this.#places
    const found: string[] = []
    const seen = new Set<string>()
    for (let at = start; ; at = dirname(at)) {
      const directory = join(at, '.cargo')
      found.push(...this.#fileIn(directory))
      seen.add(realOr(directory))
      if (dirname(at) === at) break
    }
    if (!seen.has(realOr(cargoHome))) found.push(...this.#fileIn(cargoHome))
    return found
  }

  /**
   * What the machine keeps from whoever runs us, as a cargo home of another user: what it would say is told as not known, since
   * a crate may need nothing of it.
   */
  #isKeptFromUs(path: string): boolean {
    const scope = this.#scopeOf(path)
    if (scope === 'repository') return false
    try {
      accessSync(path, constants.R_OK)
      return false
    } catch (thrown) {
      if (codeOf(thrown) !== 'EACCES') return false
      const at: ConfigurationPlace = { file: this.#nameOf(path, scope), scope, line: 0, column: 0 }
      this.#losses.push({ at, message: 'cannot be read by this user: what it says is not known' })
      return true
    }
  }

  unread(files: readonly ConfigurationFile[], packages: readonly string[]): LoadedConfiguration['losses'] {
    const { repository } = this.#places
    const looked = new Set<string>()
    const found: LoadedConfiguration['losses'][number][] = []
    for (const start of packages) {
      for (let at = start; repository !== undefined && isInside(repository, at) && !looked.has(at); at = dirname(at)) {
        looked.add(at)
        const toolchain = toolchainFileIn(at, (path) => this.#exists(path))
        for (const path of [...this.#fileIn(join(at, '.cargo')), ...(toolchain === undefined ? [] : [toolchain])]) {
          const file = this.#nameOf(path, 'repository')
          if (files.some((known) => known.file === file)) continue
          // Above the one that was read rustup does not look.
          if (path === toolchain && isInside(at, this.#places.start)) continue
          const message = 'holds when cargo is run in that directory; here it is not, and the file was not read'
          found.push({ at: { file, scope: 'repository', line: 0, column: 0 }, message })
        }
      }
    }
    return found
  }

  /** The one without an extension is older, and holds where both are. */
  #fileIn(directory: string): readonly string[] {
    const path = ['config', 'config.toml'].map((name) => join(directory, name)).find((file) => this.#exists(file))
    return path === undefined ? [] : [path]
  }

  #scopeOf(path: string): ConfigurationScope {
    const { repository } = this.#places
    return repository !== undefined && isInside(repository, path) ? 'repository' : 'machine'
  }

  #exists(path: string): boolean {
    const view = this.#scopeOf(path) === 'repository' ? this.#places.view : DISK
    return view.realPath(path) !== undefined
  }

  /** `path` may still have `..` in it: cargo tells paths apart by how they are written, and so do the rules for relative ones. */
  #load(path: string, seen: Set<string>): ConfigurationTable {
    const file = this.#read(resolve(path))
    if (seen.has(path)) throw refused(file.file, 'it is included a second time', 'Include each file once.')
    seen.add(path)
    if (++this.#loaded > MAX_CONFIGURATION_FILES) {
      throw refused(file.file, `it is one of more than ${MAX_CONFIGURATION_FILES} files`, 'Include fewer.')
    }
    if (!this.#files.some((known) => known.file === file.file)) this.#files.push(file)
    const own = parseConfiguration(file, parentOf(parentOf(path)))
    const { include, rest } = withoutInclude(own)
    let included: ConfigurationTable | undefined
    for (const entry of include) {
      const to = isAbsolute(entry.path) ? entry.path : join0(parentOf(path), entry.path)
      if (!this.#mayFollow(resolve(to), entry)) continue
      const next = this.#load(to, seen)
      included = included ? mergeTables(included, next) : next
    }
    return included ? mergeTables(included, rest) : rest
  }

  #mayFollow(path: string, { at, path: written, optional }: Include): boolean {
    const leadsOut = at.scope === 'repository' && this.#scopeOf(path) === 'machine'
    if (!this.#exists(path)) {
      if (!optional) {
        throw refused(
          placeText(at),
          `it includes ${written}, which is not there`,
          'Correct the path; cargo refuses it.',
        )
      }
      // Whoever writes that file later configures cargo without a change to anything that was looked at.
      if (at.scope === 'repository') this.#lose(at, `${written} may be included later, and is not there now`)
      return false
    }
    if (leadsOut) this.#lose(at, `${written} is outside of the repository: other machines have another file`)
    // Words of the machine's owner that no crate gets to show in a report.
    if (/^credentials(\.toml)?$/.test(path.slice(path.lastIndexOf(sep) + 1)) && leadsOut) return false
    return true
  }

  #lose(at: Origin, message: string): void {
    this.#losses.push({ at: placeOf(at), message })
  }

  #read(path: string): ConfigurationFile {
    const scope = this.#scopeOf(path)
    const file = this.#nameOf(path, scope)
    const { repository, view } = this.#places
    if (scope === 'machine' || repository === undefined) {
      try {
        return { file, scope, text: readBoundedText(path).replace(/^\uFEFF/, '') }
      } catch (thrown) {
        throw refused(file, messageOf(thrown), 'Check the file and its permissions.')
      }
    }
    const found = view.readInside(repository, file)
    if (found && found.problem === undefined) return { file, scope, text: found.text }
    throw refused(
      file,
      found?.problem ?? 'it is not a regular file inside of the repository',
      'Replace it by a regular file.',
    )
  }

  /** Never an absolute path: a report must not differ between two checkouts. */
  #nameOf(path: string, scope: ConfigurationScope): string {
    const { repository, cargoHome } = this.#places
    if (scope === 'machine' && (isInside(cargoHome, path) || repository === undefined)) {
      return `CARGO_HOME/${slashed(relative(cargoHome, path))}`
    }
    return slashed(relative(repository ?? '', path))
  }
}

interface Include {
  readonly path: string
  readonly optional: boolean
  readonly at: Origin
}

/** `include = ["a.toml", { path = "b.toml", optional = true }]`, checked as cargo does. */
function withoutInclude(table: ConfigurationTable): { include: readonly Include[]; rest: ConfigurationTable } {
  const value = table.entries.get('include')
  if (!value) return { include: [], rest: table }
  const entries = new Map(table.entries)
  entries.delete('include')
  const wrong = (why: string): ProjectError => refused(placeText(value.at), why, 'Write include = ["FILE.toml"].')
  if (value.k !== 'list') throw wrong(`include is a ${value.k}, not a list`)
  const include = value.items.map((item): Include => {
    const path = item.k === 'table' ? item.entries.get('path') : item
    const optional = item.k === 'table' ? item.entries.get('optional') : undefined
    if (path?.k !== 'string') throw wrong('an element of include is neither a path nor a table with one')
    if (optional !== undefined && optional.k !== 'boolean') throw wrong('optional of an include is no boolean')
    if (extname(path.value) !== '.toml') throw wrong(`${path.value} does not end in .toml`)
    if (/[*?[\]{}]/.test(path.value)) throw wrong(`${path.value} is a pattern`)
    return { path: path.value, optional: optional?.value ?? false, at: item.at }
  })
  return { include, rest: { ...table, entries } }
}

function refused(file: string, why: string, fix: string): ProjectError {
  return new ProjectError(`${file}, a configuration of cargo, cannot be read`, why, fix)
}

/** Without the last part, whatever that is: `a/..` is in `a`. Cargo takes parents so, and with them the base of relative paths. */
function parentOf(path: string): string {
  const parts = path.split(SEPARATOR).filter((part, index) => (part !== '' || index === 0) && part !== '.')
  const above = parts.slice(0, -1).join(sep)
  return above === '' || above.endsWith(':') ? above + sep : above
}

const SEPARATOR = sep === '/' ? '/' : /[\\/]/

/** Put together without resolving `..`. */
function join0(directory: string, path: string): string {
  return directory.endsWith(sep) ? directory + path : directory + sep + path
}

function realOr(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function slashed(path: string): string {
  return path.split(sep).join('/')
}
