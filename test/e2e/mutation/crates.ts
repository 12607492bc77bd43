/** The crates that are mutated: samples of this repository, and of what cargo has on this machine those that stand alone and compile. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { type Crate, errorsOf, write } from './compile.js'

/** Smaller ones have few places. */
const LEAST_BYTES = 20_000
const SAMPLES = ['plain-library', 'platform-specific', 'program', 'workspace/crates/prices', 'malicious-pair/v1']

/** The samples that need no other crate. */
export async function sampleCrates(repository: string): Promise<Crate[]> {
  const crates: Crate[] = []
  for (const name of SAMPLES) {
    const crate = crateIn(join(repository, 'samples', name))
    if (crate !== undefined && (await compiles(crate))) crates.push(crate)
  }
  return crates
}

/** The first `count` of cargo's unpacked sources that have no dependency, no build script and 20 to 150 kB, and compile. */
export async function fetchedCrates(count: number): Promise<Crate[]> {
  const sources = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry/src')
  const roots = existsSync(sources) ? readdirSync(sources).map((name) => join(sources, name)) : []
  const directories = roots.flatMap((root) =>
    readdirSync(root)
      .sort()
      .map((name) => join(root, name)),
  )
  const crates: Crate[] = []
  const names = new Set<string>()
  for (const directory of directories) {
    if (crates.length === count) break
    const crate = crateIn(directory, LEAST_BYTES)
    if (crate === undefined || names.has(crate.name) || !(await compiles(crate))) continue
    names.add(crate.name)
    crates.push(crate)
  }
  return crates
}

async function compiles(crate: Crate): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), 'caps-mutation-'))
  try {
    write(directory, crate, crate.files)
    return (await errorsOf(directory, crate)).length === 0
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function tableIn(value: unknown, key: string): Record<string, unknown> {
  const inner = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {}
}

function crateIn(directory: string, least = 0): Crate | undefined {
  const manifest = parse(readFileSync(join(directory, 'Cargo.toml'), 'utf8'))
  const pack = tableIn(manifest, 'package')
  const required = Object.values(tableIn(manifest, 'dependencies')).some(
    (entry) => tableIn({ entry }, 'entry')['optional'] !== true,
  )
  const library = ['src/lib.rs', 'src/main.rs'].find((file) => existsSync(join(directory, file)))
  const builds = typeof pack['build'] === 'string' || existsSync(join(directory, 'build.rs'))
  if (required || library === undefined || builds || tableIn(manifest, 'lib')['proc-macro'] === true) return undefined
  const files = new Map(rustFiles(directory, 'src').map((file) => [file, readFileSync(join(directory, file), 'utf8')]))
  const bytes = [...files.values()].reduce((sum, text) => sum + text.length, 0)
  if (bytes > 150_000 || bytes < least) return undefined
  return {
    name: String(pack['name']),
    version: typeof pack['version'] === 'string' ? pack['version'] : '0.1.0',
    edition: typeof pack['edition'] === 'string' ? pack['edition'] : '2021',
    root: library,
    kind: library.endsWith('lib.rs') ? 'lib' : 'bin',
    features: featuresOf(tableIn(manifest, 'features')),
    files,
  }
}

function featuresOf(table: Record<string, unknown>): string[] {
  const on = new Set<string>()
  const turnOn = (name: string): void => {
    if (on.has(name) || !Array.isArray(table[name])) return
    on.add(name)
    for (const other of table[name] as string[]) turnOn(other)
  }
  turnOn('default')
  return [...on].filter((name) => !/[:/]/.test(name))
}

function rustFiles(directory: string, under: string): string[] {
  return readdirSync(join(directory, under))
    .sort()
    .flatMap((name) => {
      const path = `${under}/${name}`
      if (statSync(join(directory, path)).isDirectory()) return rustFiles(directory, path)
      return name.endsWith('.rs') ? [path] : []
    })
}
