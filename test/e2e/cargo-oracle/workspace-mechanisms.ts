/** Mechanisms of the workspace as a whole: inheritance, which members, which resolver, and what the command line asks for. */
import { posix } from 'node:path'
import type { Mechanism } from './mechanism.js'
import { FEATURES } from './target-mechanisms.js'
import {
  entriesOf,
  isTable,
  listAt,
  members,
  rootManifest,
  rootPackage,
  type Toml,
  type TomlValue,
  tableAt,
} from './world.js'

const inheritance: Mechanism = {
  name: 'inheritance',
  probability: 0.4,
  apply(world, random) {
    if (!world.isWorkspace) return false
    const workspace = tableAt(rootManifest(world), 'workspace')
    const shared = tableAt(workspace, 'package')
    shared['version'] = '0.1.0'
    shared['edition'] = random.pick(['2018', '2021', '2024'])
    for (const member of members(world)) {
      const table = tableAt(member.manifest, 'package')
      if (random.chance(0.5)) table['version'] = { workspace: true }
      if (random.chance(0.5)) table['edition'] = { workspace: true }
      for (const entry of random.some(entriesOf(member), 2)) {
        const value = entry.table[entry.key] ?? '*'
        const known = tableAt(workspace, 'dependencies')
        const { optional: _, features: __, ...rest }: Toml = isTable(value) ? value : { version: value }
        if (typeof rest['path'] === 'string' && member.home.k === 'directory')
          rest['path'] = posix.relative(world.root, posix.join(member.home.path, rest['path'])) || '.'
        const before = known[entry.key]
        if (before === undefined) known[entry.key] = rest
        else if (sourceText(before) !== sourceText(rest)) continue
        const own: Toml = isTable(value) ? value : {}
        entry.table[entry.key] = {
          workspace: true,
          ...(own['optional'] === true ? { optional: true } : {}),
          ...(random.chance(0.4) ? { features: random.some(FEATURES, 1) } : {}),
          ...(random.chance(0.2) ? { 'default-features': true } : {}),
        }
        const entryOfWorkspace = known[entry.key]
        if (isTable(entryOfWorkspace) && random.chance(0.3)) entryOfWorkspace['features'] = random.some(FEATURES, 1)
      }
    }
  },
}

/** What decides which package an entry means. */
function sourceText(value: TomlValue): string {
  const detail: Toml = isTable(value) ? value : {}
  return ['path', 'git', 'branch', 'tag', 'rev', 'registry', 'package'].map((key) => detail[key]).join(' ')
}

const patterns: Mechanism = {
  name: 'patterns of members',
  probability: 0.3,
  apply(world, random) {
    if (!world.isWorkspace) return false
    const workspace = tableAt(rootManifest(world), 'workspace')
    const list = listAt(workspace, 'members')
    if (list.some((one) => String(one).startsWith('crates/'))) {
      // A directory that the pattern finds and `exclude` takes away again.
      list.push(random.pick(['crates/*', 'crates/**', 'c?ates/[a-z]*']))
      if (random.chance(0.5)) {
        world.files.set(`${world.root}/crates/zz-old/Cargo.toml`, '[package]\nname = "zz-old"\nversion = "0.1.0"\n')
        world.files.set(`${world.root}/crates/zz-old/src/lib.rs`, '// excluded\n')
        listAt(workspace, 'exclude').push('crates/zz-old')
      }
    }
  },
}

const defaultMembers: Mechanism = {
  name: 'default members',
  probability: 0.25,
  apply(world, random) {
    if (!world.isWorkspace) return false
    const directories = members(world).flatMap(({ home }) => (home.k === 'directory' ? [home.path] : []))
    const chosen = random.some(directories, 1 + random.below(directories.length))
    tableAt(rootManifest(world), 'workspace')['default-members'] = chosen.map(
      (path) => posix.relative(world.root, path) || '.',
    )
  },
}

const resolver: Mechanism = {
  name: 'resolver',
  probability: process.env['ORACLE_RESOLVER'] ? 1 : 0.5,
  apply(world, random) {
    const version = process.env['ORACLE_RESOLVER'] ?? random.pick(['1', '1', '2', '3'])
    const manifest = rootManifest(world)
    if (world.isWorkspace) tableAt(manifest, 'workspace')['resolver'] = version
    else tableAt(manifest, 'package')['resolver'] = version
  },
}

const asked: Mechanism = {
  name: 'options of the command line',
  probability: 0.6,
  apply(world, random) {
    const names = members(world).map(({ name }) => name)
    const form = random.below(6)
    if (world.isWorkspace && random.chance(0.4))
      world.asked.packages = random.some(names, 1 + random.below(names.length))
    if (form === 0) world.asked.allFeatures = true
    if (form === 1 || form === 2) world.asked.noDefaultFeatures = true
    if (form === 2 || form === 3) world.asked.features = random.some(FEATURES, 2)
    if (form === 4) {
      const owner = random.pick(members(world))
      const entry = random.maybe(entriesOf(owner).filter(({ tableName }) => tableName === 'dependencies'))
      const prefix = random.chance(0.5) ? owner.name : (entry?.key ?? owner.name)
      world.asked.features = [`${prefix}${random.chance(0.2) ? '?' : ''}/${random.pick(FEATURES)}`]
    }
    world.asked.withDev = random.chance(process.env['ORACLE_DEV'] ? 1 : 0.3)
  },
}

/** A root package that names its own name in members, and the resolver by edition. */
const selfMember: Mechanism = {
  name: 'root named as member',
  probability: 0.1,
  apply(world) {
    if (!world.isWorkspace || !rootPackage(world)) return false
    listAt(tableAt(rootManifest(world), 'workspace'), 'members').push('.')
  },
}

export const WORKSPACE_MECHANISMS: readonly Mechanism[] = [
  inheritance,
  patterns,
  defaultMembers,
  selfMember,
  resolver,
  asked,
]
