// What stands in for cargo's directory and for the network: crate archives written by hand, lockfiles with their real sums.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { registryDirectoryNames } from '../../src/project/cargo-hash.js'
import type { LoadOptions, Unit, Workspace } from '../../src/project/index.js'
import { loadWorkspace } from '../../src/project/index.js'
import { DEFAULT_REGISTRY_SOURCE } from '../../src/project/locked-source.js'

/** The source of packages whose dependents name no registry. */
export const REGISTRY = DEFAULT_REGISTRY_SOURCE
/** What cargo calls the directories of that registry. */
export const REGISTRY_DIRECTORY = registryDirectoryNames(REGISTRY.replace('registry+', ''))[0] ?? ''

export interface TarEntry {
  readonly name: string
  readonly content?: string | Buffer
  /** '0' file, '2' symbolic link, '5' directory, 'x' pax header, 'L' GNU long name. */
  readonly type?: string
}

/** One tar entry: header, content, padding. */
export function tarEntry({ name, content = '', type = '0' }: TarEntry): Buffer {
  const bytes = Buffer.from(content)
  const header = Buffer.alloc(512)
  header.write(name.slice(0, 100), 0)
  header.write('0000644\0', 100)
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
}

export function tarGz(entries: readonly TarEntry[]): Buffer {
  return gzipSync(Buffer.concat([...entries.map(tarEntry), Buffer.alloc(1024)]))
}

export type Files = Readonly<Record<string, string>>

/** A `.crate` archive. */
export function crateArchive(name: string, version: string, files: Files): Buffer {
  return tarGz(Object.entries(files).map(([path, content]) => ({ name: `${name}-${version}/${path}`, content })))
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A directory for one test; `remove` in afterEach. */
export class Scratch {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'caps-test-')))
  readonly #environment = { ...process.env }

  write(files: Files): this {
    for (const [path, content] of Object.entries(files)) this.writeBytes(path, Buffer.from(content))
    return this
  }

  writeBytes(path: string, content: Buffer): string {
    const full = join(this.path, path)
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(full, content)
    return full
  }

  /** Cargo's directory is here from now on, and no cargo can be started but what `bin` holds. */
  useAsCargoHome(bin = ''): this {
    process.env['CARGO_HOME'] = join(this.path, 'home')
    process.env['PATH'] = bin
    return this
  }

  remove(): void {
    process.env = { ...this.#environment }
    rmSync(this.path, { recursive: true, force: true })
  }
}

export interface FakeCrate {
  /** `name@version` */
  readonly id: string
  /** What follows `[package]` name and version in its manifest. */
  readonly manifest?: string
  readonly files?: Files
  /** Ids of its lock entry's dependencies. */
  readonly needs?: readonly string[]
  /** No source in the lockfile: a member of a workspace. */
  readonly local?: boolean
}

/** The files of a crate: a manifest and a library, unless `files` says otherwise. */
export function crateFiles({ id, manifest = '', files = { 'src/lib.rs': '' } }: FakeCrate): Files {
  const [name, version] = id.split('@')
  return {
    'Cargo.toml': `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n${manifest}`,
    ...files,
  }
}

/** Puts crates into the cache and gives the lockfile that fits them. */
export function fillRegistry(scratch: Scratch, crates: readonly FakeCrate[]): string {
  const entries = crates.map((crate) => {
    const [name = '', version = ''] = crate.id.split('@')
    const archive = crateArchive(name, version, crateFiles(crate))
    scratch.writeBytes(`home/registry/cache/${REGISTRY_DIRECTORY}/${name}-${version}.crate`, archive)
    return lockEntry(crate, sha256(archive))
  })
  return `version = 4\n\n${entries.join('\n')}`
}

export function lockEntry({ id, needs = [], local }: FakeCrate, checksum: string): string {
  const [name, version] = id.split('@')
  const from = local ? '' : `source = "${REGISTRY}"\nchecksum = "${checksum}"\n`
  const list = needs.map((need) => `"${need.replace('@', ' ')}"`).join(', ')
  return `[[package]]\nname = "${name}"\nversion = "${version}"\n${from}dependencies = [${list}]\n`
}

/** Loads `crates[0]` over a registry and lockfile of just these crates, for one target. */
export async function loadFake(
  scratch: Scratch,
  crates: readonly FakeCrate[],
  options: LoadOptions = {},
): Promise<Workspace> {
  scratch.useAsCargoHome()
  const lockfile = scratch.writeBytes('test.lock', Buffer.from(fillRegistry(scratch, crates)))
  return loadWorkspace(crates[0]?.id ?? '', {
    lockfile,
    target: ['x86_64-unknown-linux-gnu'],
    offline: true,
    ...options,
  })
}

/** One line a unit: id, features, stages, and the crates it can name. */
export function printUnits(workspace: Workspace): string[] {
  return workspace.units.map(printUnit)
}

function printUnit({ id, features, stages, externs }: Unit): string {
  const names = externs.map(
    ({ name, unit, platform }) => `${name}=${unit}${platform === undefined ? '' : ` ${platform}`}`,
  )
  return `${id} [${features.join(' ')}] ${stages.join('+')}${names.length > 0 ? ` <- ${names.join(', ')}` : ''}`
}
