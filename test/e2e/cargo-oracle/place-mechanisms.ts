/** Mechanisms that are about where packages are: git, paths inside and outside, workspaces in workspaces, equal names. */
import { stringify } from 'smol-toml'
import { requirementOf } from './base.js'
import type { Mechanism } from './mechanism.js'
import type { Random } from './random.js'
import {
  depend,
  detailOf,
  entriesOf,
  entryFor,
  gitUrl,
  listAt,
  makePackage,
  members,
  registryPackages,
  rootManifest,
  type Toml,
  tableAt,
  type World,
  type WorldPackage,
} from './world.js'

/** `branch`, `tag`, `rev` or none, as they are in every repository made here. */
export function reference(repository: string, random: Random): Toml {
  return random.pick<Toml>([
    {},
    { branch: 'main' },
    { branch: 'dev' },
    { tag: 'v1' },
    { rev: `$REV:${repository}:0` },
    { rev: `$REV:${repository}:1` },
  ])
}

/** Two commits on main, the first with a tag, and one on a branch. */
export function addRepository(world: World, name: string): void {
  const none = new Map()
  world.repositories.set(name, [
    { branch: 'main', tag: 'v1', files: new Map([['COMMIT', '0\n']]), submodules: none },
    { branch: 'main', files: new Map([['COMMIT', '1\n']]), submodules: none },
    { branch: 'dev', files: new Map([['COMMIT', '2\n']]), submodules: none },
  ])
}

function addToCommits(world: World, repository: string, path: string, text: string): void {
  const commits = world.repositories.get(repository) ?? []
  world.repositories.set(
    repository,
    commits.map((commit) => ({ ...commit, files: new Map([...commit.files, [path, text]]) })),
  )
}

const git: Mechanism = {
  name: 'git',
  probability: 0.4,
  apply(world, random) {
    for (const repository of random.some(['g0', 'g1.git'], 1 + random.below(2))) {
      addRepository(world, repository)
      const inWorkspace = random.chance(0.4)
      const names = random.some(['git-one', 'git_two', 'alpha'], 1 + random.below(2))
      const made = names.map((name, index) => {
        const directory = inWorkspace ? `crates/${name}` : index === 0 ? '.' : name
        return makePackage(repository === 'g0' ? name : `${name}-b`, '0.5.0', { k: 'git', repository, directory })
      })
      for (const [index, one] of made.entries()) {
        const to = random.maybe(registryPackages(world))
        if (to && random.chance(0.5)) depend(one, to, entryFor(one, to, requirementOf(to.version, random)))
        const before = made[index - 1]
        if (before && random.chance(0.6)) depend(one, before, entryFor(one, before))
      }
      if (inWorkspace) {
        const workspace = { members: ['crates/*'], package: { edition: '2018', version: '0.5.0' } }
        addToCommits(world, repository, 'Cargo.toml', stringify({ workspace }))
        for (const one of made)
          if (random.chance(0.6)) tableAt(one.manifest, 'package')['edition'] = { workspace: true }
      }
      world.packages.push(...made)
      const ask = reference(repository, random)
      for (const one of made) {
        const owner = random.pick(members(world))
        if (entriesOf(owner).some(({ key }) => key === one.name)) continue
        const differently = random.chance(0.2) ? reference(repository, random) : ask
        depend(owner, one, {
          ...entryFor(owner, one),
          ...differently,
          ...(random.chance(0.3) ? { version: '0.5' } : {}),
        })
      }
    }
  },
}

const submodule: Mechanism = {
  name: 'submodule',
  probability: 0.4,
  apply(world, random) {
    const [repository, commits] = random.maybe([...world.repositories]) ?? []
    if (repository === undefined || !commits) return false
    world.repositories.set('inner', [
      { branch: 'main', files: new Map([['code.rs', '// of a submodule, first\n']]), submodules: new Map() },
      { branch: 'main', files: new Map([['code.rs', '// of a submodule, second\n']]), submodules: new Map() },
    ])
    const text = `[submodule "inner"]\n\tpath = inner\n\turl = ${gitUrl('inner')}\n`
    world.repositories.set(
      repository,
      commits.map((commit, index) => ({
        ...commit,
        files: new Map([...commit.files, ['.gitmodules', text]]),
        submodules: new Map([['inner', { repository: 'inner', commit: index % 2 }]]),
      })),
    )
    const one = world.packages.find(({ home }) => home.k === 'git' && home.repository === repository)
    if (one?.home.k === 'git' && one.home.directory === '.') tableAt(one.manifest, 'lib')['path'] = 'inner/code.rs'
  },
}

const pathOutside: Mechanism = {
  name: 'path outside of the repository',
  probability: 0.3,
  apply(world, random) {
    const made = makePackage(random.pick(['beside', 'alpha', 'far-away']), '0.2.0', {
      k: 'directory',
      path: 'outside/beside',
    })
    const to = random.maybe(registryPackages(world))
    if (to && to.name !== made.name && random.chance(0.7))
      depend(made, to, entryFor(made, to, requirementOf(to.version, random)))
    dependOnPath(world, made, random)
  },
}

const pathInside: Mechanism = {
  name: 'path inside',
  probability: 0.3,
  apply(world, random) {
    const place = random.pick([`${world.root}/deps/inside`, `${world.root}/crates/deep/er`, 'repo/sibling'])
    const made = makePackage(random.pick(['inside', 'delta']), '0.2.0', { k: 'directory', path: place })
    const to = random.maybe(registryPackages(world))
    if (to && to.name !== made.name && random.chance(0.7))
      depend(made, to, entryFor(made, to, requirementOf(to.version, random)))
    dependOnPath(world, made, random)
  },
}

const otherWorkspace: Mechanism = {
  name: 'workspace in a workspace',
  probability: 0.25,
  apply(world, random) {
    const outside = random.chance(0.3)
    const base = outside ? 'outside/other' : `${world.root}/other`
    if (!outside && world.isWorkspace) listAt(tableAt(rootManifest(world), 'workspace'), 'exclude').push('other')
    const made = makePackage('of-other', '0.7.0', { k: 'directory', path: `${base}/part` })
    const to = random.maybe(registryPackages(world))
    const inherited: Toml = to ? { [to.name]: requirementOf(to.version, random) } : {}
    const workspace: Toml = {
      members: ['part'],
      package: { version: '0.7.0', edition: '2018' },
      dependencies: inherited,
    }
    world.files.set(`${base}/Cargo.toml`, stringify({ workspace }))
    const table = tableAt(made.manifest, 'package')
    table['version'] = { workspace: true }
    table['edition'] = { workspace: true }
    if (to) tableAt(made.manifest, 'dependencies')[to.name] = { workspace: true }
    dependOnPath(world, made, random)
  },
}

/** A package of a path or of git that is named like one of a registry, and may have its version. */
const sameNames: Mechanism = {
  name: 'same name from two sources',
  probability: 0.25,
  apply(world, random) {
    const like = random.maybe(registryPackages(world))
    if (!like) return false
    const version = random.chance(0.6) ? like.version : '9.9.9'
    const made = makePackage(like.name, version, { k: 'directory', path: `${world.root}/twins/${like.name}` })
    dependOnPath(world, made, random)
  },
}

/** One or two packages of the workspace depend on it, with an entry of its name or another. */
function dependOnPath(world: World, made: WorldPackage, random: Random): void {
  const owners = random.some(members(world), 1 + random.below(2))
  world.packages.push(made)
  for (const owner of owners) {
    const taken = entriesOf(owner).find(({ key }) => key === made.name)
    const key = taken ? `${made.name}-by-path` : made.name
    const version = random.chance(0.3) ? { version: `=${made.version}` } : {}
    depend(owner, made, { ...entryFor(owner, made), ...version }, { key })
    const entry = entriesOf(owner).find((one) => one.key === key)
    if (entry && random.chance(0.2)) detailOf(entry)['default-features'] = false
  }
}

export const PLACE_MECHANISMS: readonly Mechanism[] = [
  git,
  submodule,
  pathOutside,
  pathInside,
  otherWorkspace,
  sameNames,
]
