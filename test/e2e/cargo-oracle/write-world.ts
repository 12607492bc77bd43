/** Puts a world on disk, and puts it there again after a mutation: only what differs is written, what is gone is deleted. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { stringify } from 'smol-toml'
import { crateArchive } from '../../project/crate-archive.js'
import { writeRepositories } from './git-repositories.js'
import { LOCKFILE_CHANGES } from './source-mutations.js'
import { entriesOf, isTable, type Toml, type World, type WorldPackage } from './world.js'

type Contents = Map<string, string | Buffer>

export class WorldOnDisk {
  readonly #directory: string
  #written: Contents = new Map()

  constructor(directory: string) {
    this.#directory = directory
  }

  write(world: World): void {
    const revisions = writeRepositories(world, this.#directory)
    const fill = (text: string): string =>
      text
        .replaceAll('$WORLD', this.#directory)
        .replaceAll(
          /\$REV:([\w.-]+?):(\d+)/g,
          (_, name: string, index: string) => revisions.get(name)?.[Number(index)] ?? '0'.repeat(40),
        )
    const wanted = contentsOf(world, fill)
    for (const path of this.#written.keys()) if (!wanted.has(path)) rmSync(join(this.#directory, path), { force: true })
    for (const [path, content] of wanted) {
      const before = this.#written.get(path)
      if (before !== undefined && Buffer.from(before).equals(Buffer.from(content))) continue
      const full = join(this.#directory, path)
      mkdirSync(dirname(full), { recursive: true })
      writeFileSync(full, content)
    }
    this.#written = wanted
    const change = world.files.get('$LOCKFILE')
    if (change !== undefined) changeLockfile(join(this.#directory, world.root, 'Cargo.lock'), change)
  }
}

function changeLockfile(path: string, change: string): void {
  const [name = '', choose = '0'] = change.split('\n')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    // cargo made none: there is nothing to change.
    return
  }
  const changed = LOCKFILE_CHANGES[name]?.(text, Number(choose)) ?? text
  if (changed === '') rmSync(path)
  else writeFileSync(path, changed)
}

function contentsOf(world: World, fill: (text: string) => string): Contents {
  const out: Contents = new Map([['repo/.git/HEAD', 'ref: refs/heads/main\n']])
  const vendored = new Map<string, { one: WorldPackage; checksum: string }>()
  for (const one of world.packages) {
    const { home, name, version } = one
    if (home.k === 'directory') {
      for (const [path, text] of filesOf(one)) out.set(posix.join(home.path, path), fill(text))
    } else if (home.k === 'registry') {
      const archive = crateArchive(name, version, Object.fromEntries(filesOf(one)))
      out.set(`registry/${home.registry}/${name}-${version}.crate`, archive)
      const checksum = createHash('sha256').update(archive).digest('hex')
      const index = `registry/${home.registry}/index/${indexPath(name)}`
      out.set(index, `${out.get(index) ?? ''}${indexLine(one, checksum)}\n`)
      if (home.registry === 'crates-io') vendored.set(`${name} ${version}`, { one, checksum })
    }
  }
  if (world.virtual) out.set(`${world.root}/Cargo.toml`, fill(stringify(world.virtual)))
  // Above a workspace that is the whole repository there is only the machine.
  const levels = { home: 'home', parent: `${posix.dirname(world.root)}/.cargo`, workspace: `${world.root}/.cargo` }
  for (const level of ['home', 'parent', 'workspace'] as const) {
    const path = `${levels[level]}/config.toml`
    if (Object.keys(world.configs[level]).length > 0) out.set(path, fill(stringify(world.configs[level])))
  }
  for (const [path, text] of world.files) {
    if (path.startsWith('$')) continue
    const [, key, how] = /^\$VENDOR (\S+ \S+)(?: (\w+))?/.exec(text) ?? []
    const found = vendored.get(key ?? '')
    if (key === undefined) out.set(path, fill(text))
    else if (found)
      for (const [file, content] of vendorFiles(found.one, found.checksum, how)) out.set(`${path}/${file}`, content)
  }
  return out
}

function filesOf({ manifest, files }: WorldPackage): [string, string][] {
  return [['Cargo.toml', stringify(manifest)], ...files]
}

function vendorFiles(one: WorldPackage, checksum: string, how: string | undefined): [string, string][] {
  const before = filesOf(one)
  const after = before.map(([path, text]): [string, string] =>
    how !== undefined && path.endsWith('.rs') ? [path, `${text}// ${how}\n`] : [path, text],
  )
  const summed = how === 'broken' ? before : after
  const files = Object.fromEntries(
    summed.map(([path, text]) => [path, createHash('sha256').update(text).digest('hex')]),
  )
  return [...after, ['.cargo-checksum.json', JSON.stringify({ files, package: checksum })]]
}

function indexPath(name: string): string {
  const lower = name.toLowerCase()
  if (lower.length <= 2) return `${lower.length}/${lower}`
  if (lower.length === 3) return `3/${lower[0]}/${lower}`
  return `${lower.slice(0, 2)}/${lower.slice(2, 4)}/${lower}`
}

function indexLine(one: WorldPackage, cksum: string): string {
  const { name, version: vers, manifest } = one
  const kinds = { dependencies: 'normal', 'build-dependencies': 'build', 'dev-dependencies': 'dev' }
  const deps = entriesOf(one).map(({ table, tableName, key, platform }) => {
    const value = table[key]
    const detail: Toml = isTable(value) ? value : { version: value ?? '*' }
    return {
      name: key,
      req: detail['version'] ?? '*',
      features: detail['features'] ?? [],
      optional: detail['optional'] ?? false,
      default_features: detail['default-features'] ?? true,
      target: platform ?? null,
      kind: kinds[tableName],
      registry: null,
      package: detail['package'] ?? null,
    }
  })
  const { package: table } = manifest
  const links = isTable(table) ? (table['links'] ?? null) : null
  return JSON.stringify({
    name,
    vers,
    deps,
    features: {},
    features2: manifest['features'] ?? {},
    v: 2,
    cksum,
    yanked: one.yanked ?? false,
    links,
  })
}
