/**
 * A place to make attacks in: a git repository made by real git, a CARGO_HOME with archives and checkouts as cargo leaves them,
 * repositories and directories beside it. Nothing in it needs a network; nothing of caps is run here.
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gitDirectoryNames } from '../../../src/project/cargo-hash.js'
import { DEFAULT_REGISTRY_SOURCE } from '../../../src/project/locked-source.js'
import { crateArchive, type Files, sha256 } from '../../project/support.js'

/** A package of a lockfile. */
export interface Locked {
  readonly id: string
  readonly source?: string
  readonly checksum?: string
  /** As lockfiles write them. */
  readonly needs?: readonly string[]
  readonly replace?: string
}

/** What a harmless library does, and what one does that starts a program. */
export const CLEAN = 'pub fn run() -> u32 { 1 }\n'
export const EVIL = 'pub fn run() -> u32 { std::process::Command::new("sh").spawn().unwrap().id() }\n'

/** Revisions in lockfiles; their first seven digits name checkouts. */
export const OLD_REVISION = '1'.repeat(40)
export const NEW_REVISION = '2'.repeat(40)

export class Workshop {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'caps-attack-')))
  readonly repository = join(this.path, 'repository')
  readonly home = join(this.path, 'home')

  constructor() {
    for (const directory of [this.repository, this.home]) mkdirSync(directory)
    this.git('init', '-q', '-b', 'main')
  }

  /** Files of the repository. */
  write(files: Files): this {
    for (const [path, content] of Object.entries(files)) this.put(join('repository', path), content)
    return this
  }

  /** A file of the repository, if it is there. */
  read(path: string): string | undefined {
    const full = join(this.repository, path)
    return existsSync(full) ? readFileSync(full, 'utf8') : undefined
  }

  /** A file anywhere. */
  put(path: string, content: string | Buffer): void {
    const full = join(this.path, path)
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(full, content)
  }

  /** Of the repository. */
  delete(path: string): void {
    rmSync(join(this.repository, path), { recursive: true })
  }

  /** In the repository. */
  link(path: string, target: string): void {
    symlinkSync(target, join(this.repository, path))
  }

  copy(from: string, to: string): void {
    cpSync(join(this.path, from), join(this.path, to), { recursive: true, verbatimSymlinks: true })
  }

  /** Runs git in the repository, or in another directory of this place. */
  git(...args: readonly string[]): string {
    return this.gitIn('repository', ...args)
  }

  gitIn(directory: string, ...args: readonly string[]): string {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', '-c', 'protocol.file.allow=always']
    const done = spawnSync('git', [...identity, ...args], {
      cwd: join(this.path, directory),
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    })
    if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`)
    return done.stdout.trim()
  }

  commit(message: string): string {
    this.git('commit', '-q', '--allow-empty', '-m', message)
    return this.git('rev-parse', 'HEAD')
  }

  /** A crate in the cache of a registry, with its entry in a lockfile. */
  published(id: string, files: Files, registry = DEFAULT_REGISTRY_SOURCE): Locked {
    const [name = '', version = ''] = id.split('@')
    const archive = crateArchive(name, version, { 'Cargo.toml': manifest(id), ...files })
    this.put(join('home/registry/cache', registryDirectory(registry), `${name}-${version}.crate`), archive)
    return { id, source: registry, checksum: sha256(archive) }
  }

  /** A checkout as cargo has it, with the package's entry in a lockfile. */
  checkout(address: string, revision: string, id: string, files: Files, reference = ''): Locked {
    const directory = join('home/git/checkouts', gitDirectory(address), revision.slice(0, 7))
    for (const [path, content] of Object.entries({ 'Cargo.toml': manifest(id), ...files })) {
      this.put(join(directory, path), content)
    }
    this.put(join(directory, '.cargo-ok'), '')
    return { id, source: `git+${address}${reference}#${revision}` }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** A manifest of a package; `rest` follows the `[package]` table's name, version and edition. */
export function manifest(id: string, rest = '', edition = '2021'): string {
  const [name, version] = id.split('@')
  return `[package]\nname = "${name}"\nversion = "${version}"\nedition = "${edition}"\n${rest}`
}

/** A lockfile. */
export function lockfile(...packages: readonly Locked[]): string {
  const entries = packages.map(({ id, source, checksum, needs = [], replace }) => {
    const [name, version] = id.split('@')
    const lines = Object.entries({ name, version, source, checksum, replace }).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key} = "${value}"`],
    )
    const list = needs.length === 0 ? [] : [`dependencies = [${needs.map((need) => `"${need}"`).join(', ')}]`]
    return `[[package]]\n${[...lines, ...list].join('\n')}\n`
  })
  return `# It is not intended for manual editing.\nversion = 4\n\n${entries.sort().join('\n')}`
}

/** What cargo calls the directory of a registry. */
function registryDirectory(registry: string): string {
  return registry === DEFAULT_REGISTRY_SOURCE ? 'default' : (/\/\/([^/]+)/.exec(registry)?.[1] ?? 'unnamed')
}

/** What cargo calls the directory of a repository. */
function gitDirectory(address: string): string {
  const [name = 'unnamed'] = gitDirectoryNames(address)
  return name
}
