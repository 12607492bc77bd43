/**
 * Files of the repository that its configuration names: programs that cargo starts, what it hands to the linker, flags in
 * files, descriptions of targets, and directories where such things are looked for. What they are is
 * a part of what the configuration does, so their sums go with it. They are summed, never run and never understood; a program
 * that is found by its name alone (`PATH`), and what a program starts in turn, is not looked for.
 */
import { createHash } from 'node:crypto'
import { dirname, join, resolve, sep } from 'node:path'
import { messageOf } from '../../base/index.js'
import type { ConfigurationPower, NamedFile } from '../cargo-configuration.js'
import { isInside } from '../directory-tree.js'
import type { ConfigurationPlaces } from './load-files.js'

export interface NamedFiles {
  /** The powers, those that name a file with its sum. */
  readonly powers: readonly ConfigurationPower[]
  /** Each once. */
  readonly files: readonly NamedFile[]
  readonly losses: readonly { readonly at: ConfigurationPower['at']; readonly message: string }[]
}

/** Reads what the powers name, of those that the repository's own files have. */
export function namedFiles(all: readonly ConfigurationPower[], places: ConfigurationPlaces): NamedFiles {
  const { repository } = places
  if (repository === undefined) return { powers: all, files: [], losses: [] }
  const reading = new Reading(places, repository)
  const powers = all.map((power) => reading.withSum(power))
  return { powers, files: [...reading.files.values()], losses: reading.losses }
}

class Reading {
  readonly files = new Map<string, NamedFile>()
  readonly losses: NamedFiles['losses'][number][] = []
  readonly #places: ConfigurationPlaces
  readonly #repository: string

  constructor(places: ConfigurationPlaces, repository: string) {
    this.#places = places
    this.#repository = repository
  }

  withSum(power: ConfigurationPower): ConfigurationPower {
    if (power.at.scope !== 'repository') return power
    // Paths count from the directory above the one of the file; in flags of rustc from where that is started.
    const own = dirname(power.at.file)
    const bases = [join(this.#repository, power.key === TOOLCHAIN ? own : dirname(own)), this.#places.start]
    const found = pathsIn(power).flatMap(
      (path) => bases.map((base) => this.#read(power, resolve(base, path))).find((file) => file !== undefined) ?? [],
    )
    const sums = [...new Set(found)].map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'))
    const [first] = sums
    if (first === undefined) return power
    return { ...power, sha256: sums.length === 1 ? first : createHash('sha256').update(sums.join()).digest('hex') }
  }

  #read(power: ConfigurationPower, path: string): NamedFile | undefined {
    const { view, start } = this.#places
    const real = view.realPath(path)
    // The whole workspace is no file of the configuration.
    if (real === undefined || !isInside(this.#repository, real) || isInside(real, start)) return undefined
    const file = real
      .slice(this.#repository.length + 1)
      .split(sep)
      .join('/')
    const known = this.files.get(file) ?? this.files.get(`${file}/`)
    if (known) return known
    try {
      const bytes = view.bytesInside(this.#repository, file)
      const named = bytes ? { file, bytes } : this.#directory(power, file, real)
      if (named) this.files.set(named.file, named)
      return named
    } catch (thrown) {
      this.#lose(power, file, messageOf(thrown))
      return undefined
    }
  }

  #directory(power: ConfigurationPower, file: string, real: string): NamedFile | undefined {
    if (!mayBeDirectory(power)) return undefined
    const contents = this.#places.view.treeOf(real).tree.contents()
    if (!contents) {
      this.#lose(power, file, 'it holds too much')
      return undefined
    }
    const sums = [...contents.sums].map(([path, sum]) => `${sum}  ${path}\n`).join('')
    return { file: `${file}/`, bytes: Buffer.from(sums) }
  }

  #lose(power: ConfigurationPower, file: string, why: string): void {
    this.losses.push({ at: power.at, message: `${file}, which ${power.key} names, was not read: ${why}` })
  }
}

const TOOLCHAIN = 'toolchain.path'

/** What may be a path in what a power names. A program without `/` is looked for by its name; a word of a flag is what is there. */
function pathsIn({ key, does, what, value, relative }: ConfigurationPower): readonly string[] {
  switch (does) {
    case 'target':
      return [what]
    case 'program':
      return key === TOOLCHAIN ? [what] : what.split(' ').filter((word) => word.includes('/'))
    case 'env':
      return relative ? [value ?? ''] : (value ?? '').split(/[\s:;=,]/).filter((word) => word.includes('/'))
    case 'linker':
    case 'rustflags':
      // `-C link-arg=-Tlink.x`, `-L native=lib`, `@flags.txt`
      return what.split(/[\s=,:@]/).flatMap((word) => {
        const bare = word.replace(/^-[A-Za-z]/, '')
        return bare === '' ? [] : bare === word ? [word] : [word, bare]
      })
    default:
      return []
  }
}

/** Of flags only what is looked through for libraries: any other word may be the name of a directory by chance. */
function mayBeDirectory({ does, what }: ConfigurationPower): boolean {
  if (does === 'linker' || does === 'rustflags') return /^(-L|--sysroot|rustc-link-search)\b|link-arg.*-L/.test(what)
  return true
}
