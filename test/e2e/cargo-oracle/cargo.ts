/** What cargo makes of a workspace: whether it accepts it, where packages come from, and its unit graph. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { Asked } from './world.js'

export const TARGET = 'x86_64-unknown-linux-gnu'

export interface CargoPackage {
  readonly id: string
  readonly name: string
  readonly version: string
  /** As in lockfiles, with the revision of git; null for a path. */
  readonly source: string | null
  readonly manifest_path: string
  readonly edition: string
}
export interface CargoUnit {
  readonly pkg_id: string
  readonly target: {
    readonly kind: readonly string[]
    readonly name: string
    readonly src_path: string
    readonly edition: string
  }
  readonly mode: string
  readonly features: readonly string[]
  readonly dependencies: readonly { readonly index: number; readonly extern_crate_name: string }[]
}
export type CargoAnswer =
  | { readonly k: 'refused'; readonly message: string }
  | { readonly k: 'accepted'; readonly packages: readonly CargoPackage[]; readonly units: readonly CargoUnit[] }

/** cargo for one world, with a home of its own; what it finds out of rustc is shared in `target`. */
export class Cargo {
  readonly #directory: string
  readonly #environment: NodeJS.ProcessEnv

  constructor(program: string, directory: string, home: string, target: string) {
    this.#directory = directory
    this.#environment = {
      PATH: `${program}:${process.env['PATH'] ?? ''}`,
      HOME: home,
      CARGO_HOME: home,
      CARGO_TARGET_DIR: target,
      CARGO_TERM_COLOR: 'never',
      ...(process.env['RUSTUP_HOME'] === undefined ? {} : { RUSTUP_HOME: process.env['RUSTUP_HOME'] }),
    }
    this.#program = join(program, 'cargo')
  }
  readonly #program: string

  /** Makes a lockfile and fetches everything; gives cargo's message when it cannot. */
  prepare(): string | undefined {
    const done = this.#run(['fetch'])
    return done.status === 0 ? undefined : done.stderr
  }

  /** Whether cargo takes its own lockfile as it is: with packages in several tables it may choose otherwise a second time. */
  isStable(): boolean {
    return this.#run(['fetch', '--locked', '--offline']).status === 0
  }

  /**
   * Whether it would build, and what. With `--target` cargo gives options of the configuration to what is built for that
   * target only, without it to build scripts and proc macros too: caps takes both into account, so where options turn cfgs
   * on it is asked without.
   */
  ask(asked: Asked, locked: boolean, setsCfgs: boolean): CargoAnswer {
    const options = [...(locked ? ['--locked'] : []), '--offline']
    const target = setsCfgs ? [] : ['--target', TARGET]
    const build = ['build', '--unit-graph', '-Z', 'unstable-options', ...target, ...options, ...askedOptions(asked)]
    const attempts = Array.from({ length: locked ? this.#attempts() : 1 }, () => () => {
      return this.#run(build, { RUSTC_BOOTSTRAP: '1' })
    })
    const built = firstGood(attempts)
    if (built.status !== 0) return { k: 'refused', message: built.stderr }
    // Of all features, so that whatever was built is described; some crates cannot have all of theirs at once.
    const tries = [['--all-features'], askedFeatures(asked), []].map(
      (features) => () => this.#run(['metadata', '--format-version', '1', ...features, ...options]),
    )
    const described = firstGood(tries)
    const { units } = JSON.parse(built.stdout) as { units: CargoUnit[] }
    const lost = units.find(({ target }) => !existsSync(target.src_path))
    if (lost) {
      const directory = packageDirectory(lost.target.src_path)
      const file = relative(directory, lost.target.src_path)
      return { k: 'refused', message: `no file to compile: ${file} of ${directory}` }
    }
    const broken = units.map(({ target }) => brokenVendored(target.src_path)).find((path) => path !== undefined)
    if (broken) return { k: 'refused', message: `the listed checksum of ${broken} has changed` }
    const told = described.status === 0 ? (JSON.parse(described.stdout) as { packages: CargoPackage[] }).packages : []
    const known = new Set(told.map(({ id }) => id))
    const rest = units.filter(({ pkg_id: id }) => !known.has(id))
    const lockfile = rest.length === 0 ? '' : readFileSync(join(this.#directory, 'Cargo.lock'), 'utf8')
    return { k: 'accepted', packages: [...told, ...packagesOfUnits(rest, lockfile)], units }
  }

  /** With unused patches of two sources cargo compares the lockfile in an order of chance: it fits when it does once. */
  #attempts(): number {
    const lockfile = join(this.#directory, 'Cargo.lock')
    const unused = existsSync(lockfile) ? readFileSync(lockfile, 'utf8').split('[[patch.unused]]').length - 1 : 0
    return unused > 1 ? 10 : 1
  }

  #run(args: readonly string[], more: NodeJS.ProcessEnv = {}): Done {
    const done = spawnSync(this.#program, args, {
      cwd: this.#directory,
      env: { ...this.#environment, ...more },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      timeout: 60_000,
    })
    return { status: done.status, stdout: done.stdout, stderr: done.error ? String(done.error) : done.stderr }
  }
}

/**
 * What `cargo metadata` would say of the packages that are built. It says nothing where a package has another one under two
 * names, though only what is not built needs both, and less than is built where it takes fewer features only.
 */
function packagesOfUnits(units: readonly CargoUnit[], lockfile: string): CargoPackage[] {
  const sources = [...lockfile.matchAll(/^source = "(.*)"$/gm)].map(([, source = '']) => source)
  return [...new Map(units.map((unit) => [unit.pkg_id, unit])).values()].map(({ pkg_id: id, target }) => {
    const [, kind, address = '', last = ''] = /^(\w+)\+(.*)#(.*)$/.exec(id) ?? []
    const [name = '', version = ''] = last.includes('@') ? last.split('@') : [basename(address), last]
    // The lockfile may spell the repository's address otherwise.
    const plain = (text: string): string => text.replace(/#.*$/, '').replace(/(?:\.git)?\/?(?=\?|$)/, '')
    const locked = sources.find((one) => plain(one) === plain(`${kind}+${address}`))
    const source = kind === 'path' ? null : `${kind}+${address}${/#.*$/.exec(locked ?? '')?.[0] ?? ''}`
    const directory = packageDirectory(target.src_path)
    return { id, name, version, source, manifest_path: join(directory, 'Cargo.toml'), edition: target.edition }
  })
}

interface Done {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function firstGood(tries: readonly (() => Done)[]): Done {
  let last: Done = { status: null, stdout: '', stderr: 'nothing was tried' }
  for (const run of tries) {
    last = run()
    if (last.status === 0) break
  }
  return last
}

function packageDirectory(source: string): string {
  let directory = dirname(source)
  while (!existsSync(join(directory, 'Cargo.toml'))) directory = dirname(directory)
  return directory
}

/** A file of a vendored package that is not what is listed: cargo finds out when it compiles the package. */
function brokenVendored(source: string): string | undefined {
  const directory = packageDirectory(source)
  const listing = join(directory, '.cargo-checksum.json')
  if (!existsSync(listing)) return undefined
  const { files } = JSON.parse(readFileSync(listing, 'utf8')) as { files: Record<string, string> }
  const sumOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
  return Object.keys(files).find((path) => sumOf(join(directory, path)) !== files[path])
}

function askedOptions(asked: Asked): string[] {
  const packages = asked.packages.flatMap((name) => ['-p', name])
  return [...packages, ...askedFeatures(asked), ...(asked.withDev ? ['--all-targets'] : [])]
}

function askedFeatures({ features, allFeatures, noDefaultFeatures }: Asked): string[] {
  return [
    ...(features.length > 0 ? ['--features', features.join(',')] : []),
    ...(allFeatures ? ['--all-features'] : []),
    ...(noDefaultFeatures ? ['--no-default-features'] : []),
  ]
}

/** The directory of the real cargo, without rustup in between; undefined when there is none. */
export function cargoDirectory(): string | undefined {
  const done = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' })
  const directory = join((done.stdout ?? '').trim(), 'bin')
  return done.status === 0 && spawnSync(join(directory, 'cargo'), ['--version']).status === 0 ? directory : undefined
}
