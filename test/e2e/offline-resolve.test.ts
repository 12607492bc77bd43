// Lockfiles that are made without cargo are held against those that `cargo generate-lockfile --offline` makes, over registries
// and workspaces made at random: versions, features, renamed, optional, dev and build dependencies, `links`, yanked and
// not downloaded versions. CAPS_RESOLVE_RUNS says how many.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type CargoConfiguration, NO_CONFIGURATION } from '../../src/project/cargo-configuration.js'
import { indexPath } from '../../src/project/index-file.js'
import { type Lockfile, parseLockfile } from '../../src/project/lockfile.js'
import { parseManifestText, readManifest } from '../../src/project/manifest.js'
import { resolveOffline } from '../../src/project/resolve-offline.js'
import { sourcePlaces } from '../../src/project/sources.js'
import { Scratch } from '../project/support.js'

const RUNS = Number(process.env['CAPS_RESOLVE_RUNS'] ?? 40)
const environment = { ...process.env }
const isHere = spawnSync('cargo', ['--version']).status === 0

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch()
})
afterEach(() => scratch.remove())

/** Numbers that are the same in every run of a seed. */
function dice(seed: number) {
  let state = seed * 2654435761 + 1
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32
  }
  return {
    chance: (of: number): boolean => next() < of,
    below: (count: number): number => Math.floor(next() * count),
    pick: <T>(list: readonly T[]): T => {
      const found = list[Math.floor(next() * list.length)]
      if (found === undefined) throw new Error('nothing to pick from')
      return found
    },
  }
}
type Dice = ReturnType<typeof dice>

const NAMES = ['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'gg']
const VERSIONS = ['0.1.0', '0.1.1', '0.2.0', '1.0.0', '1.0.1', '1.2.0', '1.3.0-rc.1', '2.0.0', '2.1.3']
const REQUIREMENTS = ['*', '1', '1', '1', '^1.0.1', '~1.0', '=1.0.0', '0.1', '0', '2', '>=1, <3', '1.*', '=1.3.0-rc.1']
const FEATURES = ['default', 'f', 'g', 'h']

interface IndexDependency {
  readonly name: string
  readonly req: string
  readonly features: readonly string[]
  readonly optional: boolean
  readonly default_features: boolean
  readonly target: null
  readonly kind: string
  readonly package?: string
}

function dependencies(die: Dice, names: readonly string[], most: number): readonly IndexDependency[] {
  const list = Array.from({ length: die.below(most + 1) }, (_, place): IndexDependency => {
    const name = die.pick(names)
    const renamed = die.chance(0.1)
    return {
      name: renamed ? `r${place}` : name,
      req: die.pick(REQUIREMENTS),
      features: die.chance(0.25) ? [die.pick(FEATURES)] : [],
      optional: die.chance(0.35),
      default_features: die.chance(0.8),
      target: null,
      kind: die.pick(['normal', 'normal', 'normal', 'build', 'dev']),
      ...(renamed ? { package: name } : {}),
    }
  }).filter(({ kind, optional }) => !(kind === 'dev' && optional))
  return list.filter(({ name }, place) => list.findIndex((one) => one.name === name) === place)
}

function features(die: Dice, list: readonly IndexDependency[]): Record<string, string[]> {
  const optional = list.filter(({ optional }) => optional).map(({ name }) => name)
  const others = list.filter(({ kind }) => kind !== 'dev').map(({ name }) => name)
  return Object.fromEntries(
    FEATURES.filter(() => die.chance(0.4)).map((feature) => [
      feature,
      [
        ...(optional.length > 0 && die.chance(0.5) ? [`dep:${die.pick(optional)}`] : []),
        ...(optional.length > 0 && die.chance(0.2) ? [`${die.pick(optional)}?/f`] : []),
        ...(others.length > 0 && die.chance(0.3) ? [`${die.pick(others)}/${die.pick(FEATURES)}`] : []),
      ],
    ]),
  )
}

/** A local registry; what stands in an archive no resolver looks at. */
function makeRegistry(die: Dice): void {
  for (const [place, name] of NAMES.entries()) {
    const lines = VERSIONS.filter(() => die.chance(0.6)).map((vers) => {
      // Mostly on later names, so that circles are rare.
      const deps = dependencies(
        die,
        die.chance(0.95) ? NAMES.slice(place + 1).concat(NAMES.at(-1) ?? '') : NAMES,
        3,
      ).filter((one) => (one.package ?? one.name) !== name)
      if (die.chance(0.8)) scratch.write({ [`local/${name}-${vers}.crate`]: 'x' })
      const all = features(die, deps)
      const isNew = JSON.stringify(all).match(/dep:|\?\//)
      return JSON.stringify({
        name,
        vers,
        deps,
        cksum: `${place}${vers.replace(/\D/g, '')}`.padStart(64, '0'),
        features: isNew ? {} : all,
        ...(isNew ? { features2: all, v: 2 } : {}),
        yanked: die.chance(0.1),
        ...(die.chance(0.1) ? { links: die.pick(['y', 'z']) } : {}),
      })
    })
    scratch.write({ [`local/index/${indexPath(name)}`]: `${lines.join('\n')}\n` })
  }
}

function manifestText(name: string, list: readonly IndexDependency[], path?: string): string {
  const tables = list.map(({ name: key, kind, req, features: asked, optional, default_features, package: other }) => {
    const table = kind === 'normal' ? 'dependencies' : `${kind}-dependencies`
    return [
      `[${table}.${key}]`,
      `version = "${req}"`,
      `features = ${JSON.stringify(asked)}`,
      `optional = ${optional}`,
      `default-features = ${default_features}`,
      ...(other === undefined ? [] : [`package = "${other}"`]),
    ].join('\n')
  })
  const local = path === undefined ? '' : `[dependencies.${path}]\npath = "../${path}"\n`
  return `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${local}${tables.join('\n')}\n`
}

const entries = (lockfile: Lockfile): string[] =>
  lockfile.packages
    .map(({ key, checksum, dependencies }) => [key, checksum, ...[...dependencies].sort()].join(' '))
    .sort()

function cargo(args: readonly string[]): string | undefined {
  const done = spawnSync('cargo', [...args, '--offline'], {
    cwd: join(scratch.path, 'ws'),
    encoding: 'utf8',
    env: { ...environment, CARGO_HOME: join(scratch.path, 'home') },
  })
  return done.status === 0 ? undefined : done.stderr
}

function ours(previous?: Lockfile): string[] | string {
  const at = { file: '.cargo/config.toml', scope: 'repository', line: 1, column: 1 } as const
  const configuration: CargoConfiguration = {
    ...NO_CONFIGURATION,
    sources: new Map([
      ['crates-io', { replaceWith: 'local', at }],
      ['local', { is: { k: 'local-registry', path: join(scratch.path, 'local') }, at }],
    ]),
  }
  const packages = ['m', 'n'].map((name) => {
    const text = readFileSync(join(scratch.path, 'ws', name, 'Cargo.toml'), 'utf8')
    return {
      manifest: readManifest(parseManifestText(text, name), name),
      isMember: true,
      withDev: true,
      memberOf: ({ path }: { readonly path?: string }) => (path === undefined ? undefined : 1),
    }
  })
  const places = sourcePlaces({ cargoHome: join(scratch.path, 'home'), configuration })
  const request = {
    packages,
    patches: [],
    replacements: [],
    patchMember: () => undefined,
    resolver: 2 as const,
    configuration,
  }
  try {
    return entries(resolveOffline({ ...request, ...(previous ? { previous } : {}) }, places).lockfile)
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown)
  }
}

const lockfileHere = (): Lockfile =>
  parseLockfile(readFileSync(join(scratch.path, 'ws/Cargo.lock'), 'utf8'), 'Cargo.lock')

;(isHere ? describe : describe.skip)('a lockfile without cargo is that of cargo', () => {
  test.each(Array.from({ length: RUNS }, (_, seed) => seed))('seed %i', (seed) => {
    const die = dice(seed + 1)
    makeRegistry(die)
    mkdirSync(join(scratch.path, 'home'))
    const list = dependencies(die, NAMES, 4)
    scratch.write({
      'ws/Cargo.toml': '[workspace]\nmembers = ["m", "n"]\nresolver = "2"\n',
      'ws/m/Cargo.toml': manifestText('m', list, 'n'),
      'ws/n/Cargo.toml': manifestText('n', dependencies(die, NAMES, 3)),
      'ws/m/src/lib.rs': '',
      'ws/n/src/lib.rs': '',
      'ws/.cargo/config.toml': `[source.crates-io]\nreplace-with = "local"\n[source.local]\nlocal-registry = "${scratch.path}/local"\n`,
    })
    const refused = cargo(['generate-lockfile'])
    const made = ours()
    if (refused !== undefined) {
      if (Array.isArray(made)) throw new Error(`cargo refuses, and we make ${made.join('\n')}\n${refused}`)
      return
    }
    expect(made).toEqual(entries(lockfileHere()))
    // With one dependency more the versions of the older lockfile stay.
    const previous = lockfileHere()
    scratch.write({ 'ws/m/Cargo.toml': manifestText('m', [...list, ...extra(die, list)], 'n') })
    // Cargo writes the lockfile before it misses what the archives should hold.
    const refusedNow = /failed to select a version|no matching package|cyclic/.test(cargo(['fetch']) ?? '')
    const now = ours(previous)
    if (!refusedNow) expect(now).toEqual(entries(lockfileHere()))
    else if (Array.isArray(now)) throw new Error(`cargo refuses, and we make ${now.join('\n')}`)
  })
})

function extra(die: Dice, list: readonly IndexDependency[]): readonly IndexDependency[] {
  const names = NAMES.filter((name) => !list.some((one) => one.name === name))
  return dependencies(die, names, 2).filter(({ name }) => !list.some((one) => one.name === name))
}
