/** Changes of an entry in the tables of dependencies of a package of the workspace. */
import { requirementOf } from './base.js'
import type { Mutation } from './mutation.js'
import { addRepository } from './place-mechanisms.js'
import type { Random } from './random.js'
import { copyTo } from './source-mechanisms.js'
import { FEATURES } from './target-mechanisms.js'
import {
  depend,
  detailOf,
  type Entry,
  entriesOf,
  entryFor,
  gitUrl,
  isTable,
  members,
  nameOf,
  registryPackages,
  rootManifest,
  TABLES,
  type Toml,
  tableAt,
  type World,
} from './world.js'

/** Entries of members that say themselves where the package comes from. */
function entries(world: World, want: (detail: Toml) => boolean): Entry[] {
  return members(world)
    .flatMap(entriesOf)
    .filter((entry) => {
      const value = entry.table[entry.key]
      const detail: Toml = isTable(value) ? value : { version: value ?? '*' }
      return detail['workspace'] === undefined && want(detail)
    })
}

const ofRegistry = (detail: Toml): boolean => detail['git'] === undefined && detail['path'] === undefined
const ofGit = (detail: Toml): boolean => detail['git'] !== undefined
const ofPath = (detail: Toml): boolean => detail['path'] !== undefined

/** A mutation of one entry: `change` gives further names that a message may have, or undefined. */
function ofEntry(
  name: string,
  want: (detail: Toml) => boolean,
  change: (detail: Toml, entry: Entry, random: Random, world: World) => readonly string[] | undefined,
): Mutation {
  return {
    name,
    apply(world, random) {
      const entry = random.maybe(entries(world, want))
      if (!entry) return undefined
      const before = nameOf(entry)
      const more = change(detailOf(entry), entry, random, world)
      return more && [before, entry.key, ...more]
    },
  }
}

const clearSource = (detail: Toml): void => {
  for (const key of ['version', 'git', 'path', 'branch', 'tag', 'rev', 'registry']) delete detail[key]
}

export const DEPENDENCY_MUTATIONS: readonly Mutation[] = [
  ofEntry('another requirement', ofRegistry, (detail, entry, random, world) => {
    const versions = registryPackages(world).filter(({ name }) => name === nameOf(entry))
    const some = random.maybe(versions)
    detail['version'] =
      some && random.chance(0.8)
        ? requirementOf(some.version, random)
        : random.pick(['3', '1.2', '0.3', '=7.0.0', '>=1, <3'])
    return []
  }),
  ofEntry('registry becomes path', ofRegistry, (detail, entry, random, world) => {
    const original = registryPackages(world).find(({ name }) => name === nameOf(entry))
    if (!original) return undefined
    const path = `${random.pick([world.root, 'repo', 'outside'])}/moved/${original.name}`
    const made = copyTo(world, original, { k: 'directory', path })
    if (random.chance(0.7)) clearSource(detail)
    Object.assign(detail, entryFor(entry.owner, made))
    return []
  }),
  ofEntry('registry becomes git', ofRegistry, (detail, entry, random, world) => {
    const original = registryPackages(world).find(({ name }) => name === nameOf(entry))
    if (!original) return undefined
    if (!world.repositories.has('new')) addRepository(world, 'new')
    const made = copyTo(world, original, { k: 'git', repository: 'new', directory: '.' })
    if (random.chance(0.7)) clearSource(detail)
    Object.assign(detail, entryFor(entry.owner, made), random.chance(0.5) ? { branch: 'dev' } : {})
    return []
  }),
  ofEntry('path becomes registry', ofPath, (detail, entry) => {
    clearSource(detail)
    detail['version'] = '*'
    return [entry.owner.name]
  }),
  ofEntry('git becomes registry', ofGit, (detail) => {
    clearSource(detail)
    detail['version'] = '*'
    return []
  }),
  ofEntry('another git address', ofGit, (detail, _, random, world) => {
    const known = [...world.repositories.keys()]
    detail['git'] = random.pick([
      gitUrl(random.pick(known)),
      `${String(detail['git'])}/`,
      gitUrl('nowhere'),
      String(detail['git']).replace(/(\.git)?$/, '.git'),
    ])
    return []
  }),
  ofEntry('another git reference', ofGit, (detail, _, random) => {
    for (const key of ['branch', 'tag', 'rev']) delete detail[key]
    const repository = /git\/(.*)$/.exec(String(detail['git']))?.[1] ?? ''
    Object.assign(
      detail,
      random.pick<Toml>([
        {},
        { branch: 'main' },
        { branch: 'dev' },
        { tag: 'v1' },
        { rev: `$REV:${repository}:0` },
        { rev: `$REV:${repository}:1` },
        { branch: 'nope' },
      ]),
    )
    return []
  }),
  ofEntry('path elsewhere', ofPath, (detail, entry, random, world) => {
    const original = world.packages.find(({ name, home }) => name === nameOf(entry) && home.k === 'directory')
    if (!original) return undefined
    const version = random.pick([original.version, original.version, '0.2.1'])
    const made = copyTo(
      world,
      original,
      { k: 'directory', path: `${random.pick([world.root, 'outside'])}/elsewhere/${original.name}` },
      version,
    )
    for (const one of entriesOf(made))
      if (isTable(one.table[one.key]) && detailOf(one)['path'] !== undefined) delete one.table[one.key]
    for (const name of ['version', 'edition'])
      if (isTable(tableAt(made.manifest, 'package')[name] ?? ''))
        tableAt(made.manifest, 'package')[name] = name === 'version' ? version : '2018'
    delete detail['version']
    Object.assign(detail, entryFor(entry.owner, made))
    return []
  }),
  ofEntry('path to nothing', ofPath, (detail) => {
    detail['path'] = 'not/there'
    return []
  }),
  ofEntry(
    'other features',
    () => true,
    (detail, _, random) => {
      detail['features'] = random.some(FEATURES, 1 + random.below(2))
      return []
    },
  ),
  ofEntry(
    'a feature that is not there',
    () => true,
    (detail) => {
      detail['features'] = ['not-there']
      return []
    },
  ),
  ofEntry(
    'other default-features',
    () => true,
    (detail) => {
      detail['default-features'] = !(detail['default-features'] ?? true)
      return []
    },
  ),
  ofEntry(
    'dependency removed',
    () => true,
    (_, entry) => {
      delete entry.table[entry.key]
      return [entry.owner.name]
    },
  ),
  ofEntry(
    'dependency of another kind',
    () => true,
    (detail, entry, random) => {
      const table = random.pick(TABLES.filter((name) => name !== entry.tableName))
      delete entry.table[entry.key]
      const { optional: _, ...kept } = detail
      tableAt(entry.owner.manifest, table)[entry.key] ??= table === 'dev-dependencies' ? kept : detail
      return [entry.owner.name]
    },
  ),
  ofEntry(
    'dependency for a platform',
    () => true,
    (detail, entry, random) => {
      delete entry.table[entry.key]
      const platform = random.pick(['cfg(windows)', 'cfg(unix)', 'cfg(from_rustflags)'])
      tableAt(entry.owner.manifest, 'target', platform, entry.tableName)[entry.key] = detail
      return [entry.owner.name]
    },
  ),
  ofEntry(
    'dependency renamed',
    () => true,
    (detail, entry) => {
      delete entry.table[entry.key]
      detail['package'] ??= entry.key
      entry.table['new_name'] = detail
      return [entry.owner.name]
    },
  ),
  ofEntry(
    'optional or not',
    () => true,
    (detail, entry) => {
      if (entry.tableName === 'dev-dependencies') return undefined
      detail['optional'] = detail['optional'] !== true
      return []
    },
  ),
  {
    name: 'dependency added',
    apply(world, random) {
      const owner = random.pick(members(world))
      const to = random.maybe(world.packages.filter(({ name, home }) => name !== owner.name && home.k === 'registry'))
      if (!to || entriesOf(owner).some(({ key }) => key === to.name)) return undefined
      depend(owner, to, entryFor(owner, to, requirementOf(to.version, random)), { table: random.pick(TABLES) })
      return [to.name]
    },
  },
  {
    name: 'entry of the workspace changed',
    apply(world, random) {
      const workspace = rootManifest(world)['workspace']
      const table = isTable(workspace) ? workspace['dependencies'] : undefined
      if (!isTable(table)) return undefined
      const [key, value] = random.maybe(Object.entries(table)) ?? []
      if (key === undefined) return undefined
      const detail: Toml = isTable(value) ? value : { version: value ?? '*' }
      table[key] = detail
      const form = random.below(4)
      if (form === 0) delete table[key]
      if (form === 1) detail['default-features'] = false
      if (form === 2) detail['features'] = random.some(FEATURES, 2)
      if (form === 3 && detail['version'] !== undefined) detail['version'] = random.pick(['3', '1', '2', '*'])
      const name = detail['package']
      return [key, ...(typeof name === 'string' ? [name] : [])]
    },
  },
]
