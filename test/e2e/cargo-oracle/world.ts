/**
 * What a random workspace is before it is on disk: packages of every kind of source, the workspace, repositories of git,
 * cargo's configuration at three levels, and how cargo and caps are asked. Mechanisms fill it, a mutation changes it,
 * `write-world.ts` writes it.
 *
 * Paths count from the world's directory: `repo/` is the repository of the workspace, `outside/` what lies beside it, `git/`
 * repositories that dependencies come from, `home/` is CARGO_HOME. `$WORLD` in any text is that directory when written,
 * `$REV:NAME:N` the commit N of the repository NAME.
 */
import { posix } from 'node:path'

export type TomlValue = string | number | boolean | TomlValue[] | Toml
export interface Toml {
  [key: string]: TomlValue
}

export type Home =
  | { readonly k: 'registry'; readonly registry: 'crates-io' | 'alt' }
  /** In every commit of the repository, below `directory`. */
  | { readonly k: 'git'; readonly repository: string; readonly directory: string }
  | { readonly k: 'directory'; readonly path: string }

export interface WorldPackage {
  name: string
  version: string
  home: Home
  /** The whole Cargo.toml. */
  manifest: Toml
  files: Map<string, string>
  yanked?: boolean
}

export interface GitCommit {
  readonly branch: string
  readonly tag?: string
  /** Files of no package, and those that differ from the packages' own. */
  readonly files: ReadonlyMap<string, string>
  /** Commits of other repositories, by path. */
  readonly submodules: ReadonlyMap<string, { readonly repository: string; readonly commit: number }>
}

/** Where one of cargo's configuration files is. */
export type ConfigLevel = 'home' | 'parent' | 'workspace'

export interface Asked {
  packages: string[]
  features: string[]
  allFeatures: boolean
  noDefaultFeatures: boolean
  withDev: boolean
}

export interface World {
  readonly seed: number
  readonly mechanisms: string[]
  packages: WorldPackage[]
  /** Where the workspace's root manifest is: `repo` or below it. */
  readonly root: string
  /** The root manifest of a workspace that has no root package. */
  virtual?: Toml
  /** Whether the root manifest has `[workspace]`; without, it is a package that stands alone. */
  isWorkspace: boolean
  readonly repositories: Map<string, GitCommit[]>
  readonly configs: Record<ConfigLevel, Toml>
  /** By path from the world's directory. */
  readonly files: Map<string, string>
  asked: Asked
}

/** The table below the keys, made where it is not there. */
export function tableAt(start: Toml, ...keys: readonly string[]): Toml {
  let at = start
  for (const key of keys) {
    const next = at[key]
    if (typeof next === 'object' && !Array.isArray(next)) at = next
    else at = at[key] = {}
  }
  return at
}

/** The list below a key, made where it is not there. */
export function listAt(table: Toml, key: string): TomlValue[] {
  const known = table[key]
  if (Array.isArray(known)) return known
  const made: TomlValue[] = []
  table[key] = made
  return made
}

export const isTable = (value: TomlValue | undefined): value is Toml =>
  typeof value === 'object' && !Array.isArray(value)

/** The manifest that holds `[workspace]`, `[patch]` and `[replace]`. */
export function rootManifest(world: World): Toml {
  const manifest = world.virtual ?? rootPackage(world)?.manifest
  if (!manifest) throw new Error('a world has no root manifest')
  return manifest
}

export function rootPackage(world: World): WorldPackage | undefined {
  return world.packages.find(({ home }) => home.k === 'directory' && home.path === world.root)
}

/** Packages that the workspace's own list of members names, or the package that stands alone. */
export function members(world: World): WorldPackage[] {
  const root = rootPackage(world)
  const listed = world.isWorkspace ? listAt(tableAt(rootManifest(world), 'workspace'), 'members') : []
  return world.packages.filter(
    (one) => one === root || (one.home.k === 'directory' && listed.includes(posix.relative(world.root, one.home.path))),
  )
}

export function registryPackages(world: World, registry: 'crates-io' | 'alt' = 'crates-io'): WorldPackage[] {
  return world.packages.filter(({ home }) => home.k === 'registry' && home.registry === registry)
}

export type Table = 'dependencies' | 'build-dependencies' | 'dev-dependencies'

/** One entry of a table of dependencies, found again. */
export interface Entry {
  readonly owner: WorldPackage
  readonly table: Toml
  readonly tableName: Table
  readonly platform?: string
  readonly key: string
}

export const TABLES: readonly Table[] = ['dependencies', 'build-dependencies', 'dev-dependencies']

/** Every dependency of a package, in all its tables. */
export function entriesOf(owner: WorldPackage): Entry[] {
  const of = (set: Toml, platform?: string): Entry[] =>
    TABLES.flatMap((tableName) => {
      const table = set[tableName]
      if (!isTable(table)) return []
      return Object.keys(table).map((key) => ({
        owner,
        table,
        tableName,
        key,
        ...(platform === undefined ? {} : { platform }),
      }))
    })
  const targets = owner.manifest['target']
  return [
    ...of(owner.manifest),
    ...(isTable(targets)
      ? Object.entries(targets).flatMap(([platform, set]) => (isTable(set) ? of(set, platform) : []))
      : []),
  ]
}

/** An entry in long form; the table of the manifest has it from then on. */
export function detailOf({ table, key }: Entry): Toml {
  const value = table[key]
  if (isTable(value)) return value
  const detail: Toml = { version: value ?? '*' }
  table[key] = detail
  return detail
}

/** The name of the package that an entry asks for. */
export function nameOf(entry: Entry): string {
  const value = entry.table[entry.key]
  const name = isTable(value) ? value['package'] : undefined
  return typeof name === 'string' ? name : entry.key
}

/** What a dependent writes to get a package from where it is; `requirement` for what has a version to choose. */
export function entryFor(from: WorldPackage, to: WorldPackage, requirement?: string): Toml {
  const version: Toml = requirement === undefined ? {} : { version: requirement }
  switch (to.home.k) {
    case 'registry':
      return {
        version: requirement ?? to.version,
        ...(to.home.registry === 'alt' && !(from.home.k === 'registry') ? { registry: 'alt' } : {}),
      }
    case 'git':
      if (from.home.k === 'git' && from.home.repository === to.home.repository)
        return { ...version, path: posix.relative(from.home.directory, to.home.directory) || '.' }
      return { ...version, git: gitUrl(to.home.repository) }
    case 'directory':
      if (from.home.k !== 'directory') throw new Error('only a directory depends on one')
      return { ...version, path: posix.relative(from.home.path, to.home.path) || '.' }
  }
}

export const gitUrl = (repository: string): string => `file://$WORLD/git/${repository}`

/** Writes a dependency down; the key is the package's name unless another is given. */
export function depend(
  from: WorldPackage,
  to: WorldPackage,
  entry: Toml,
  where: { readonly table?: Table; readonly key?: string; readonly platform?: string } = {},
): void {
  const { table = 'dependencies', key = to.name, platform } = where
  const set = platform === undefined ? from.manifest : tableAt(from.manifest, 'target', platform)
  const renamed: Toml = key === to.name ? {} : { package: to.name }
  tableAt(set, table)[key] = { ...renamed, ...entry }
}

/** A package with a library whose text tells it from every other one. */
export function makePackage(name: string, version: string, home: Home): WorldPackage {
  const place =
    home.k === 'registry' ? home.registry : home.k === 'git' ? `${home.repository}/${home.directory}` : home.path
  return {
    name,
    version,
    home,
    manifest: { package: { name, version, edition: '2021' } },
    files: new Map([['src/lib.rs', `// ${name} ${version} of ${place}\n`]]),
  }
}
