/** The world that every mechanism starts from: a registry whose packages need each other, and a workspace of a few packages. */
import { type Random, randomOf } from './random.js'
import { depend, entryFor, listAt, makePackage, registryPackages, type Toml, tableAt, type World } from './world.js'

const REGISTRY_NAMES = ['alpha', 'beta-core', 'gamma_util', 'delta', 'eps', 'zeta-sys', 'eta']
const MEMBER_NAMES = ['app', 'lib-a', 'tool', 'core_b']
const VERSIONS = ['0.3.1', '1.0.0', '1.2.0', '2.0.0', '3.0.0-beta.1']

/**
 * A requirement that a version meets: mostly one that all of its compatible versions meet, so that cargo can choose one for
 * all dependents; a narrow one now and then, which may contradict another.
 */
export function requirementOf(version: string, random: Random): string {
  const [major = '0', minor = '0'] = version.split(/[.-]/)
  if (version.includes('-')) return random.pick([`=${version}`, version, `^${version}`, `>=${version}`])
  const compatible = major === '0' ? `0.${minor}` : major
  if (random.chance(0.1)) return random.pick([`=${version}`, `~${major}.${minor}`, version, `>=${version}`])
  return random.pick([
    compatible,
    `^${compatible}`,
    `>=${compatible}, <${Number(major) + 1}`,
    compatible,
    `${compatible}.*`,
    '*',
  ])
}

export function baseWorld(seed: number): World {
  const random = randomOf(`${seed} base`)
  const shape = random.pick(['virtual', 'virtual', 'root', 'root', 'alone'] as const)
  const world: World = {
    seed,
    mechanisms: [`shape ${shape}`],
    packages: [],
    root: random.chance(0.5) ? 'repo' : 'repo/ws',
    isWorkspace: shape !== 'alone',
    repositories: new Map(),
    configs: { home: machineConfiguration(), parent: {}, workspace: {} },
    files: new Map(),
    asked: { packages: [], features: [], allFeatures: false, noDefaultFeatures: false, withDev: false },
  }
  for (const name of random.some(REGISTRY_NAMES, 3 + random.below(4))) {
    for (const version of random.some(VERSIONS, 1 + random.below(3))) {
      const made = makePackage(name, version, { k: 'registry', registry: 'crates-io' })
      const below = registryPackages(world).filter((other) => other.name !== name)
      for (const to of random.some(below, random.below(3)))
        depend(made, to, entryFor(made, to, requirementOf(to.version, random)))
      world.packages.push(made)
    }
  }
  const names = random.some(MEMBER_NAMES, shape === 'alone' ? 1 : 1 + random.below(4))
  for (const [index, name] of names.entries()) {
    const atRoot = index === 0 && shape !== 'virtual'
    const directory = random.chance(0.5) ? `crates/${name}` : name
    const made = makePackage(name, '0.1.0', {
      k: 'directory',
      path: atRoot ? world.root : `${world.root}/${directory}`,
    })
    const table = tableAt(made.manifest, 'dependencies')
    for (const to of random.some(registryPackages(world), 1 + random.below(3)))
      depend(made, to, entryFor(made, to, requirementOf(to.version, random)))
    for (const to of world.packages.filter(({ home }) => home.k === 'directory'))
      if (random.chance(0.4)) depend(made, to, entryFor(made, to))
    if (Object.keys(table).length === 0) made.manifest['dependencies'] = {}
    world.packages.push(made)
    if (!atRoot && shape === 'virtual') world.virtual ??= {}
    if (!atRoot) {
      const manifest = world.virtual ?? world.packages.find(({ home }) => home.k === 'directory')?.manifest ?? {}
      listAt(tableAt(manifest, 'workspace'), 'members').push(directory)
    } else if (shape === 'root') tableAt(made.manifest, 'workspace')
  }
  return world
}

/** Nothing is fetched from a network: registries are replaced by directories of archives, as a machine without one has it. */
function machineConfiguration(): Toml {
  const local = (name: string): Toml => ({ 'local-registry': `$WORLD/registry/${name}` })
  return {
    registries: { alt: { index: 'https://alt.invalid/index' } },
    source: {
      'crates-io': { 'replace-with': 'machine-registry' },
      'machine-registry': local('crates-io'),
      alt: { registry: 'https://alt.invalid/index', 'replace-with': 'machine-alt' },
      'machine-alt': local('alt'),
    },
  }
}
