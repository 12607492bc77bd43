/** Changes of a package itself: its crates, features, edition, version; and of which packages the workspace has. */
import { posix } from 'node:path'
import { requirementOf } from './base.js'
import type { Mutation } from './mutation.js'
import type { Random } from './random.js'
import { FEATURES } from './target-mechanisms.js'
import {
  depend,
  entriesOf,
  entryFor,
  isTable,
  listAt,
  makePackage,
  members,
  registryPackages,
  rootManifest,
  rootPackage,
  type Toml,
  tableAt,
  type World,
  type WorldPackage,
} from './world.js'

/** A mutation of one package that is read from a directory. */
function ofPackage(
  name: string,
  change: (one: WorldPackage, random: Random, world: World) => readonly string[] | undefined,
): Mutation {
  return {
    name,
    apply(world, random) {
      const one = random.maybe(world.packages.filter(({ home }) => home.k === 'directory'))
      return one && change(one, random, world)
    },
  }
}

export const PACKAGE_MUTATIONS: readonly Mutation[] = [
  ofPackage('another version', (one) => {
    const table = tableAt(one.manifest, 'package')
    if (isTable(table['version'] ?? '')) return undefined
    table['version'] = '0.1.1'
    return [one.name]
  }),
  ofPackage('another edition', (one, random) => {
    tableAt(one.manifest, 'package')['edition'] = random.pick(['2015', '2018', '2021', '2024'])
    return []
  }),
  ofPackage('an unknown edition', (one) => {
    tableAt(one.manifest, 'package')['edition'] = '2099'
    return []
  }),
  ofPackage('features of a package', (one, random) => {
    const table = tableAt(one.manifest, 'features')
    const form = random.below(4)
    if (form === 0) table['default'] = random.some(FEATURES, 2)
    if (form === 1) delete table[random.pick(FEATURES)]
    const entry = random.maybe(entriesOf(one))
    if (form === 2 && entry) listAt(table, 'f2').push(`${entry.key}/${random.pick([...FEATURES, 'nope'])}`)
    if (form === 3 && entry) listAt(table, 'f1').push(random.pick([`dep:${entry.key}`, `${entry.key}?/f0`, entry.key]))
    return [one.name, ...(entry ? [entry.key] : [])]
  }),
  ofPackage('a build script', (one) => {
    one.files.set('build.rs', '// added\nfn main() {}\n')
    return []
  }),
  ofPackage('a program', (one) => {
    one.files.set('src/bin/added.rs', '// added\nfn main() {}\n')
    return []
  }),
  ofPackage('a proc macro', (one) => {
    tableAt(one.manifest, 'lib')['proc-macro'] = true
    return []
  }),
  ofPackage('no library', (one) => {
    one.files.delete('src/lib.rs')
    delete one.manifest['lib']
    return [one.name]
  }),
  ofPackage('no crates at all', (one) => {
    for (const path of [...one.files.keys()]) if (path.endsWith('.rs')) one.files.delete(path)
    return [one.name]
  }),
  ofPackage('library elsewhere', (one) => {
    one.files.set('hidden/lib.rs', '// elsewhere\n')
    tableAt(one.manifest, 'lib')['path'] = 'hidden/lib.rs'
    return []
  }),
  ofPackage('not there', (one, _, world) => {
    if (one === rootPackage(world)) return undefined
    world.packages = world.packages.filter((other) => other !== one)
    return [one.name]
  }),
  {
    name: 'another resolver',
    apply(world, random) {
      const version = random.pick(['1', '2', '3', '9'])
      if (world.isWorkspace) tableAt(rootManifest(world), 'workspace')['resolver'] = version
      else tableAt(rootManifest(world), 'package')['resolver'] = version
      return []
    },
  },
  {
    name: 'member added',
    apply(world, random) {
      if (!world.isWorkspace) return undefined
      const made = makePackage('added-member', '0.1.0', { k: 'directory', path: `${world.root}/added` })
      const to = random.maybe(registryPackages(world))
      if (to && random.chance(0.5)) depend(made, to, entryFor(made, to, requirementOf(to.version, random)))
      world.packages.push(made)
      listAt(tableAt(rootManifest(world), 'workspace'), 'members').push('added')
      return [made.name]
    },
  },
  {
    name: 'member removed',
    apply(world, random) {
      const one = random.maybe(members(world).filter((member) => member !== rootPackage(world)))
      if (!world.isWorkspace || one?.home.k !== 'directory') return undefined
      const workspace = tableAt(rootManifest(world), 'workspace')
      const place = posix.relative(world.root, one.home.path)
      workspace['members'] = listAt(workspace, 'members').filter((path) => path !== place)
      if (random.chance(0.5)) listAt(workspace, 'exclude').push(place)
      return []
    },
  },
  {
    name: 'inherited edition or version changed',
    apply(world, random) {
      const { workspace } = rootManifest(world)
      const table = isTable(workspace) ? workspace['package'] : undefined
      if (!isTable(table)) return undefined
      Object.assign(table, random.pick<Toml>([{ edition: '2015' }, { version: '0.1.1' }]))
      return members(world).map(({ name }) => name)
    },
  },
]
