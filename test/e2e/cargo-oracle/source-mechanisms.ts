/** Mechanisms that put another source in a source's place: `[patch]`, `[replace]`, `paths`, `[source]`, and what else is configured. */
import { posix } from 'node:path'
import type { Mechanism } from './mechanism.js'
import { addRepository, reference } from './place-mechanisms.js'
import type { Random } from './random.js'
import {
  type ConfigLevel,
  entryFor,
  gitUrl,
  isTable,
  makePackage,
  registryPackages,
  rootManifest,
  type Toml,
  tableAt,
  type World,
  type WorldPackage,
} from './world.js'

const LEVELS: readonly ConfigLevel[] = ['workspace', 'workspace', 'parent', 'home']

/** The directory that paths of a configuration count from. */
export function baseOf(world: World, level: ConfigLevel): string {
  return level === 'workspace' ? world.root : level === 'parent' ? posix.dirname(world.root) : '.'
}

/** A copy of a package of the registry in a directory or a repository: the same dependencies and features. */
export function copyTo(
  world: World,
  original: WorldPackage,
  home: WorldPackage['home'],
  version = original.version,
): WorldPackage {
  const made = makePackage(original.name, version, home)
  made.manifest = structuredClone(original.manifest)
  tableAt(made.manifest, 'package')['version'] = version
  for (const [path, text] of original.files)
    made.files.set(path, `${text}// copied to ${home.k} ${home.k === 'directory' ? home.path : ''}\n`)
  world.packages.push(made)
  return made
}

/** What a patch asks for, in a table whose paths count from `base`. */
export function patchEntry(made: WorldPackage, base: string, random: Random): Toml {
  const from = makePackage('nobody', '0.0.0', { k: 'directory', path: base })
  const entry = entryFor(from, made)
  return made.home.k === 'git' ? { ...entry, ...reference(made.home.repository, random) } : entry
}

export function patchedCopy(world: World, random: Random): WorldPackage | undefined {
  const original = random.maybe(registryPackages(world))
  if (!original) return undefined
  const version = random.pick([original.version, original.version, original.version, '1.9.9', '8.0.0'])
  if (random.chance(0.3)) {
    if (!world.repositories.has('patches')) addRepository(world, 'patches')
    return copyTo(world, original, { k: 'git', repository: 'patches', directory: original.name }, version)
  }
  const place = random.pick([`${world.root}/patched`, 'repo/patched', 'outside/patched'])
  return copyTo(world, original, { k: 'directory', path: `${place}/${original.name}` }, version)
}

function patchAt(level: 'manifest' | ConfigLevel): Mechanism {
  return {
    name: level === 'manifest' ? 'patch in the manifest' : `patch in the configuration of ${level}`,
    probability: level === 'manifest' ? 0.3 : 0.08,
    apply(world, random) {
      if (rootManifest(world)['replace'] !== undefined) return false
      const made = patchedCopy(world, random)
      if (!made) return false
      const table = level === 'manifest' ? rootManifest(world) : world.configs[level]
      const base = level === 'manifest' ? world.root : baseOf(world, level)
      const key = random.chance(0.8) ? made.name : `my-${made.name}`
      tableAt(table, 'patch', 'crates-io')[key] = {
        ...patchEntry(made, base, random),
        ...(key === made.name ? {} : { package: made.name }),
      }
      if (
        made.home.k === 'directory' &&
        made.home.path.startsWith(`${world.root}/`) &&
        world.isWorkspace &&
        random.chance(0.3)
      )
        excludeFrom(world, 'patched')
    },
  }
}

function excludeFrom(world: World, directory: string): void {
  const workspace = tableAt(rootManifest(world), 'workspace')
  const list = workspace['exclude']
  workspace['exclude'] = [...(Array.isArray(list) ? list : []), directory]
}

const patchGit: Mechanism = {
  name: 'patch of a git source',
  probability: 0.4,
  apply(world, random) {
    const original = random.maybe(
      world.packages.filter(({ home }) => home.k === 'git' && home.repository !== 'patches'),
    )
    if (original?.home.k !== 'git') return false
    const made = copyTo(world, original, { k: 'directory', path: `${world.root}/patched-git/${original.name}` })
    const table = tableAt(made.manifest, 'package')
    if (isTable(table['edition'])) table['edition'] = '2018'
    const dependencies = tableAt(made.manifest, 'dependencies')
    for (const [key, value] of Object.entries(dependencies))
      if (isTable(value) && value['path'] !== undefined) {
        delete dependencies[key]
        made.manifest['features'] = { f0: [], f1: ['f0'], f2: [] }
      }
    tableAt(rootManifest(world), 'patch', gitUrl(original.home.repository))[made.name] = patchEntry(
      made,
      world.root,
      random,
    )
  },
}

const replace: Mechanism = {
  name: 'replace',
  probability: 0.12,
  apply(world, random) {
    const original = random.maybe(registryPackages(world))
    if (!original || rootManifest(world)['patch'] !== undefined) return false
    const made = copyTo(world, original, { k: 'directory', path: `${world.root}/replaced/${original.name}` })
    tableAt(rootManifest(world), 'replace')[`${original.name}:${original.version}`] = patchEntry(
      made,
      world.root,
      random,
    )
  },
}

const paths: Mechanism = {
  name: 'paths',
  probability: 0.12,
  apply(world, random) {
    const original = random.maybe(registryPackages(world))
    if (!original) return false
    const level = random.pick(LEVELS)
    const made = copyTo(world, original, { k: 'directory', path: `repo/overrides/${original.name}` })
    if (made.home.k === 'directory') world.configs[level]['paths'] = [`$WORLD/${made.home.path}`]
  },
}

const vendored: Mechanism = {
  name: 'vendored',
  probability: 0.25,
  apply(world, random) {
    const level = random.pick(LEVELS)
    const directory = random.pick(['vendor', 'third_party/crates'])
    const place = level === 'home' ? `machine/${directory}` : `${baseOf(world, level)}/${directory}`
    vendorInto(world, place, random.chance(0.5))
    const table = tableAt(world.configs[level], 'source')
    tableAt(table, 'crates-io')['replace-with'] = 'vendored-sources'
    tableAt(table, 'vendored-sources')['directory'] = level === 'home' ? `$WORLD/${place}` : directory
  },
}

/** Every package of the registry, as `cargo vendor` lays them down; the writer adds the checksums. */
export function vendorInto(world: World, place: string, versioned: boolean): void {
  const newest = new Map(registryPackages(world).map((one) => [one.name, one]))
  for (const one of registryPackages(world)) {
    const plain = newest.get(one.name) === one && !versioned
    world.files.set(`${place}/${plain ? one.name : `${one.name}-${one.version}`}`, `$VENDOR ${one.name} ${one.version}`)
  }
}

const chain: Mechanism = {
  name: 'chain of sources',
  probability: 0.2,
  apply(world, random) {
    const source = tableAt(world.configs.home, 'source')
    tableAt(source, 'crates-io')['replace-with'] = 'mirror'
    tableAt(source, 'mirror')['registry'] = 'https://mirror.invalid/index'
    const level = random.pick(LEVELS)
    tableAt(world.configs[level], 'source', 'mirror')['replace-with'] = 'machine-registry'
  },
}

const neutral: Mechanism = {
  name: 'other configuration',
  probability: 0.4,
  apply(world, random) {
    const config = world.configs[random.pick(LEVELS)]
    const form = random.below(5)
    if (form === 0) tableAt(config, 'env')['SOME_VARIABLE'] = 'x'
    if (form === 1) tableAt(config, 'alias')['b'] = 'build --release'
    if (form === 2) tableAt(config, 'profile', 'dev')['opt-level'] = 1
    if (form === 3) tableAt(config, 'build')['incremental'] = false
    if (form === 4) tableAt(config, 'resolver')['incompatible-rust-versions'] = random.pick(['allow', 'fallback'])
  },
}

const rustflags: Mechanism = {
  name: 'rustflags',
  probability: 0.3,
  apply(world, random) {
    const config = world.configs[random.pick(LEVELS)]
    const flags = random.pick([['--cfg', 'from_rustflags'], ['--cfg=from_rustflags="yes"'], ['-C', 'debuginfo=0']])
    const form = random.below(4)
    if (form === 0) tableAt(config, 'build')['rustflags'] = flags
    if (form === 1) tableAt(config, 'target', 'x86_64-unknown-linux-gnu')['rustflags'] = flags
    if (form === 2) tableAt(config, 'target', 'cfg(unix)')['rustflags'] = flags
    if (form === 3) tableAt(config, 'build')['rustflags'] = flags.join(' ')
  },
}

export const SOURCE_MECHANISMS: readonly Mechanism[] = [
  patchAt('manifest'),
  patchAt('workspace'),
  patchAt('parent'),
  patchAt('home'),
  patchGit,
  replace,
  paths,
  vendored,
  chain,
  neutral,
  rustflags,
]
