/** Changes of what stands in for a source, of the sources themselves, and of the lockfile. */
import type { Mutation } from './mutation.js'
import { reference } from './place-mechanisms.js'
import { baseOf, copyTo, patchEntry, patchedCopy, vendorInto } from './source-mechanisms.js'
import {
  type ConfigLevel,
  gitUrl,
  isTable,
  registryPackages,
  rootManifest,
  type Toml,
  tableAt,
  type World,
} from './world.js'

const LEVELS: readonly ConfigLevel[] = ['workspace', 'parent', 'home']

/** The file of a lockfile is changed by a function of its text; the writer calls it. */
export const LOCKFILE_CHANGES: Readonly<Record<string, (text: string, choose: number) => string>> = {
  'lockfile removed': () => '',
  'lockfile of version 3': (text) => text.replace(/^version = \d+$/m, 'version = 3'),
  'lockfile of version 9': (text) => text.replace(/^version = \d+$/m, 'version = 9'),
  'lockfile without a package': (text, choose) => changePackage(text, choose, () => ''),
  'lockfile with another checksum': (text, choose) =>
    changePackage(text, choose, (one) =>
      one.replace(/checksum = "(.)/, (_, first) => `checksum = "${first === '0' ? '1' : '0'}`),
    ),
  'lockfile without a checksum': (text, choose) =>
    changePackage(text, choose, (one) => one.replace(/^checksum = .*\n/m, '')),
  'lockfile with another version': (text, choose) =>
    changePackage(text, choose, (one) => one.replace(/^version = ".*"$/m, 'version = "1.2.0"')),
  'lockfile with another source': (text, choose) =>
    changePackage(text, choose, (one) =>
      one.replace(/^source = "(git\+[^#]*)#.*"$/m, `source = "$1#${'0'.repeat(40)}"`),
    ),
  'lockfile with a package too many': (text) => `${text}\n[[package]]\nname = "unasked"\nversion = "1.0.0"\n`,
  'lockfile without a dependency': (text, choose) =>
    changePackage(text, choose, (one) => one.replace(/^ "[^"]*",\n/m, '')),
}

function changePackage(text: string, choose: number, change: (one: string) => string): string {
  const parts = text.split(/^(?=\[\[package\]\])/m)
  const index = 1 + (choose % Math.max(1, parts.length - 1))
  return parts.map((part, at) => (at === index ? change(part) : part)).join('')
}

function patchAdded(where: 'manifest' | ConfigLevel): Mutation {
  return {
    name: `patch added to ${where}`,
    apply(world, random) {
      const made = patchedCopy(world, random)
      if (!made) return undefined
      const table = where === 'manifest' ? rootManifest(world) : world.configs[where]
      const base = where === 'manifest' ? world.root : baseOf(world, where)
      tableAt(table, 'patch', 'crates-io')[made.name] = patchEntry(made, base, random)
      return [made.name]
    },
  }
}

/** One entry of one of the tables of patches, with the table it is in. */
function somePatch(
  world: World,
  choose: (list: { table: Toml; key: string }[]) => { table: Toml; key: string } | undefined,
): { table: Toml; key: string } | undefined {
  const tables = [rootManifest(world), ...Object.values(world.configs)].flatMap((one) => {
    const { patch } = one
    return isTable(patch) ? Object.values(patch).filter(isTable) : []
  })
  return choose(tables.flatMap((table) => Object.keys(table).map((key) => ({ table, key }))))
}

const vendorMutations: readonly Mutation[] = (['tampered', 'broken'] as const).map((how) => ({
  name: how === 'tampered' ? 'vendored file changed with its checksum' : 'vendored file changed',
  apply(world, random) {
    const [path, text] = random.maybe([...world.files].filter(([, one]) => one.startsWith('$VENDOR '))) ?? []
    if (path === undefined || text === undefined) return undefined
    world.files.set(path, `${text} ${how}`)
    return []
  },
}))

export const SOURCE_MUTATIONS: readonly Mutation[] = [
  patchAdded('manifest'),
  patchAdded('manifest'),
  ...LEVELS.map(patchAdded),
  {
    name: 'patch removed',
    apply(world, random) {
      const found = somePatch(world, (list) => random.maybe(list))
      if (!found) return undefined
      const value = found.table[found.key]
      const name = isTable(value) ? value['package'] : undefined
      delete found.table[found.key]
      return [typeof name === 'string' ? name : found.key]
    },
  },
  {
    name: 'version of a patch changed',
    apply(world, random) {
      const made = random.maybe(
        world.packages.filter(({ home }) => home.k === 'directory' && home.path.includes('patched')),
      )
      if (!made) return undefined
      tableAt(made.manifest, 'package')['version'] = '1.5.5'
      return [made.name]
    },
  },
  {
    name: 'patch of git added',
    apply(world, random) {
      const original = random.maybe(world.packages.filter(({ home }) => home.k === 'git'))
      if (original?.home.k !== 'git') return undefined
      const made = copyTo(world, original, { k: 'directory', path: `${world.root}/git-patched/${original.name}` })
      const table = tableAt(made.manifest, 'package')
      if (isTable(table['edition'])) table['edition'] = '2018'
      tableAt(rootManifest(world), 'patch', gitUrl(original.home.repository))[made.name] = patchEntry(
        made,
        world.root,
        random,
      )
      return [made.name]
    },
  },
  {
    name: 'replace added',
    apply(world, random) {
      const original = random.maybe(registryPackages(world))
      if (!original) return undefined
      const made = copyTo(world, original, { k: 'directory', path: `${world.root}/replacing/${original.name}` })
      tableAt(rootManifest(world), 'replace')[`${original.name}:${original.version}`] = patchEntry(
        made,
        world.root,
        random,
      )
      return [original.name]
    },
  },
  {
    name: 'paths added',
    apply(world, random) {
      const original = random.maybe(registryPackages(world))
      if (!original) return undefined
      const version = random.pick([original.version, original.version, '1.7.7'])
      const made = copyTo(world, original, { k: 'directory', path: `outside/paths/${original.name}` }, version)
      if (random.chance(0.3)) tableAt(made.manifest, 'dependencies')['never-heard-of'] = '1'
      world.configs[random.pick(LEVELS)]['paths'] = [`$WORLD/outside/paths/${original.name}`]
      return [original.name]
    },
  },
  {
    name: 'source replaced by a vendor directory',
    apply(world, random) {
      const level = random.pick(LEVELS)
      const place = `${baseOf(world, level)}/other-vendor`
      vendorInto(world, place, true)
      const tampered = random.maybe([...world.files].filter(([path]) => path.startsWith(`${place}/`)))
      if (tampered) world.files.set(tampered[0], `${tampered[1]} tampered`)
      const source = tableAt(world.configs[level], 'source')
      tableAt(source, 'crates-io')['replace-with'] = 'other-vendor'
      tableAt(source, 'other-vendor')['directory'] = level === 'home' ? '$WORLD/other-vendor' : 'other-vendor'
      return []
    },
  },
  {
    name: 'source replaced by nothing known',
    apply(world, random) {
      tableAt(world.configs[random.pick(LEVELS)], 'source', 'crates-io')['replace-with'] = 'unheard-of'
      return []
    },
  },
  ...vendorMutations,
  {
    name: 'new commit',
    apply(world, random) {
      const [name, commits] = random.maybe([...world.repositories]) ?? []
      if (name === undefined || !commits) return undefined
      const before = commits.findLast(({ branch }) => branch === 'main')
      const files = new Map([...(before?.files ?? []), ['COMMIT', '3\n']])
      world.repositories.set(name, [...commits, { branch: 'main', files, submodules: before?.submodules ?? new Map() }])
      return []
    },
  },
  {
    name: 'git reference of a patch changed',
    apply(world, random) {
      const found = somePatch(world, (list) =>
        random.maybe(list.filter(({ table, key }) => isTable(table[key]) && (table[key] as Toml)['git'] !== undefined)),
      )
      const value = found?.table[found.key]
      if (!found || !isTable(value)) return undefined
      for (const key of ['branch', 'tag', 'rev']) delete value[key]
      Object.assign(value, reference('patches', random))
      return [String(value['package'] ?? found.key)]
    },
  },
  {
    name: 'new version published',
    apply(world, random) {
      const original = random.maybe(registryPackages(world))
      if (!original) return undefined
      const version = random.pick(['1.9.9', '2.5.0', '0.3.9'])
      copyTo(world, original, original.home, version)
      return []
    },
  },
  {
    name: 'version yanked',
    apply(world, random) {
      const original = random.maybe(registryPackages(world))
      if (!original) return undefined
      original.yanked = true
      return []
    },
  },
  ...Object.keys(LOCKFILE_CHANGES).map(
    (name): Mutation => ({
      name,
      apply(world, random) {
        world.files.set('$LOCKFILE', `${name}\n${random.below(1000)}`)
        return []
      },
    }),
  ),
  {
    name: 'rustflags set',
    apply(world, random) {
      tableAt(world.configs[random.pick(LEVELS)], 'build')['rustflags'] = ['--cfg', 'from_rustflags']
      return []
    },
  },
]
