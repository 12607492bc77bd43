/** Mechanisms that are in the tables of dependencies: kinds, names, versions, platforms. */
import { requirementOf } from './base.js'
import type { Mechanism } from './mechanism.js'
import {
  depend,
  detailOf,
  entriesOf,
  entryFor,
  isTable,
  makePackage,
  members,
  registryPackages,
  tableAt,
  type World,
  type WorldPackage,
} from './world.js'

const PLATFORMS = [
  'cfg(unix)',
  'cfg(windows)',
  'cfg(target_os = "linux")',
  'cfg(not(any(unix, windows)))',
  'cfg(all(unix, target_pointer_width = "64", not(target_env = "musl")))',
  'x86_64-unknown-linux-gnu',
  'aarch64-apple-darwin',
  'cfg(any())',
  'cfg(all())',
  'cfg(from_rustflags)',
  'cfg(from_rustflags = "yes")',
]

/** Packages that may depend on something of a registry. */
const dependents = (world: World): WorldPackage[] => world.packages.filter(({ home }) => home.k !== 'git')

const twoVersions: Mechanism = {
  name: 'two versions',
  probability: 0.35,
  apply(world, random) {
    const owner = random.pick(members(world))
    const sorts = new Map<string, WorldPackage[]>()
    for (const one of registryPackages(world)) {
      const before = sorts.get(one.name) ?? []
      if (!before.some(({ version }) => version[0] === one.version[0])) sorts.set(one.name, [...before, one])
    }
    const several = random.maybe([...sorts.values()].filter((list) => list.length > 1))
    if (!several) return false
    for (const [index, to] of several.entries())
      depend(owner, to, entryFor(owner, to, `=${to.version}`), { key: index === 0 ? to.name : `${to.name}_${index}` })
  },
}

const renamed: Mechanism = {
  name: 'renamed',
  probability: 0.3,
  apply(world, random) {
    for (const owner of random.some(dependents(world), 2)) {
      const entry = random.maybe(entriesOf(owner))
      if (!entry) continue
      const detail = detailOf(entry)
      detail['package'] ??= entry.key
      delete entry.table[entry.key]
      entry.table[random.pick(['other-name', 'std_like', `${entry.key}2`])] = detail
    }
  },
}

const kinds: Mechanism = {
  name: 'build and dev dependencies',
  probability: 0.6,
  apply(world, random) {
    for (const owner of random.some(dependents(world), 4)) {
      const to = random.maybe(registryPackages(world).filter((other) => canDepend(world, owner, other)))
      if (!to) continue
      const table = random.pick(['build-dependencies', 'build-dependencies', 'dev-dependencies'] as const)
      const optional = table === 'build-dependencies' && random.chance(0.2)
      depend(
        owner,
        to,
        { ...entryFor(owner, to, requirementOf(to.version, random)), ...(optional ? { optional } : {}) },
        { table },
      )
      if (table === 'build-dependencies' && random.chance(0.9)) owner.files.set('build.rs', 'fn main() {}\n')
    }
  },
}

const buildScripts: Mechanism = {
  name: 'build scripts',
  probability: 0.4,
  apply(world, random) {
    for (const owner of random.some(world.packages, 3)) {
      const form = random.below(4)
      const table = tableAt(owner.manifest, 'package')
      if (form === 0) owner.files.set('build.rs', 'fn main() {}\n')
      if (form === 1) {
        owner.files.set('src/make/script.rs', 'fn main() {}\n')
        table['build'] = 'src/make/script.rs'
      }
      if (form === 2) {
        owner.files.set('build.rs', 'fn main() {}\n')
        table['build'] = false
      }
      if (form === 3) {
        owner.files.set('build.rs', 'fn main() {}\n')
        table['build'] = true
        if (random.chance(0.5))
          table['links'] = `native_${owner.name.replaceAll('-', '_')}_${owner.version.split('.')[0]}`
      }
    }
  },
}

const procMacros: Mechanism = {
  name: 'proc macros',
  probability: 0.4,
  apply(world, random) {
    for (const one of random.some(world.packages, 2)) {
      const lib = tableAt(one.manifest, 'lib')
      if (random.chance(0.8)) lib['proc-macro'] = true
      else lib['crate-type'] = ['proc-macro']
    }
  },
}

const platforms: Mechanism = {
  name: 'platforms',
  probability: 0.5,
  apply(world, random) {
    for (const owner of random.some(dependents(world), 3)) {
      const entry = random.maybe(entriesOf(owner).filter(({ platform }) => platform === undefined))
      if (!entry) continue
      const platform = random.pick(PLATFORMS)
      const value = entry.table[entry.key] ?? '*'
      if (random.chance(0.6)) delete entry.table[entry.key]
      tableAt(owner.manifest, 'target', platform, entry.tableName)[entry.key] = isTable(value) ? { ...value } : value
    }
  },
}

/** One package in several tables with other features in each: cargo adds them up, each on its side. */
const repeated: Mechanism = {
  name: 'in several tables',
  probability: 0.35,
  apply(world, random) {
    for (const owner of random.some(dependents(world), 3)) {
      const entry = random.maybe(entriesOf(owner))
      if (!entry) continue
      const table = random.pick(['dependencies', 'build-dependencies', 'dev-dependencies'] as const)
      const platform = random.chance(0.4) ? random.pick(PLATFORMS) : undefined
      const set = platform === undefined ? owner.manifest : tableAt(owner.manifest, 'target', platform)
      const again = { ...detailOf(entry) }
      if (table === 'dev-dependencies') delete again['optional']
      tableAt(set, table)[entry.key] ??= again
      if (table === 'build-dependencies' && random.chance(0.7)) owner.files.set('build.rs', 'fn main() {}\n')
    }
  },
}

const devCycle: Mechanism = {
  name: 'cycle of dev-dependencies',
  probability: 0.2,
  apply(world, random) {
    const own = world.packages.filter(({ home }) => home.k === 'directory')
    const from = random.pick(own)
    const above = own.find((one) => entriesOf(one).some(({ key }) => key === from.name))
    if (!above) return false
    depend(from, above, entryFor(from, above), { table: 'dev-dependencies' })
  },
}

const noLibrary: Mechanism = {
  name: 'no library',
  probability: 0.15,
  apply(world, random) {
    const owner = random.pick(world.packages)
    owner.files.delete('src/lib.rs')
    owner.files.set('src/main.rs', `// program of ${owner.name} ${owner.version}\nfn main() {}\n`)
    delete owner.manifest['lib']
  },
}

const alternative: Mechanism = {
  name: 'another registry',
  probability: 0.25,
  apply(world, random) {
    for (const name of random.some(['alt-one', 'alpha', 'two'], 2)) {
      const made = makePackage(name, random.pick(['1.0.0', '1.2.0']), { k: 'registry', registry: 'alt' })
      const below = random.maybe(registryPackages(world, 'alt'))
      if (below) depend(made, below, entryFor(made, below, requirementOf(below.version, random)))
      world.packages.push(made)
      const owner = random.pick(members(world))
      const key = entriesOf(owner).some((entry) => entry.key === name) ? `${name}-of-alt` : name
      depend(owner, made, entryFor(owner, made, requirementOf(made.version, random)), { key })
    }
  },
}

/** A package of a registry depends only on those before it, so that there is no cycle. */
function canDepend(world: World, from: WorldPackage, to: WorldPackage): boolean {
  if (from.name === to.name) return false
  if (from.home.k === 'directory') return true
  if (from.home.k !== 'registry' || from.home.registry !== 'crates-io') return false
  const firstOf = (name: string): number => world.packages.findIndex((one) => one.name === name)
  return firstOf(to.name) < firstOf(from.name)
}

export const DEPENDENCY_MECHANISMS: readonly Mechanism[] = [
  alternative,
  twoVersions,
  kinds,
  buildScripts,
  procMacros,
  noLibrary,
  devCycle,
  repeated,
  platforms,
  renamed,
]
