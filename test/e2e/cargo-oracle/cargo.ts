/** What cargo makes of a workspace: whether it accepts it, where packages come from, and its unit graph. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
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

  /** Whether it would build, and what. */
  ask(asked: Asked, locked: boolean): CargoAnswer {
    const options = [...(locked ? ['--locked'] : []), '--offline']
    const built = this.#run(
      ['build', '--unit-graph', '-Z', 'unstable-options', '--target', TARGET, ...options, ...askedOptions(asked)],
      { RUSTC_BOOTSTRAP: '1' },
    )
    if (built.status !== 0) return { k: 'refused', message: built.stderr }
    const described = this.#run(['metadata', '--format-version', '1', '--all-features', ...options])
    if (described.status !== 0) return { k: 'refused', message: described.stderr }
    const { packages } = JSON.parse(described.stdout) as { packages: CargoPackage[] }
    const { units } = JSON.parse(built.stdout) as { units: CargoUnit[] }
    return { k: 'accepted', packages, units }
  }

  #run(
    args: readonly string[],
    more: NodeJS.ProcessEnv = {},
  ): { status: number | null; stdout: string; stderr: string } {
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

function askedOptions({ packages, features, allFeatures, noDefaultFeatures, withDev }: Asked): string[] {
  return [
    ...packages.flatMap((name) => ['-p', name]),
    ...(features.length > 0 ? ['--features', features.join(',')] : []),
    ...(allFeatures ? ['--all-features'] : []),
    ...(noDefaultFeatures ? ['--no-default-features'] : []),
    ...(withDev ? ['--all-targets'] : []),
  ]
}

/** The directory of the real cargo, without rustup in between; undefined when there is none. */
export function cargoDirectory(): string | undefined {
  const done = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' })
  const directory = join((done.stdout ?? '').trim(), 'bin')
  return done.status === 0 && spawnSync(join(directory, 'cargo'), ['--version']).status === 0 ? directory : undefined
}
