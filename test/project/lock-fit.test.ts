import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { gitDirectoryNames } from '../../src/project/cargo-hash.js'
import { type LoadOptions, loadWorkspace, sourceText, type Workspace } from '../../src/project/index.js'
import { crateFiles, type FakeCrate, type Files, fillRegistry, lockEntry, REGISTRY, Scratch } from './support.js'

const REVISION = '0123456789abcdef0123456789abcdef01234567'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch().useAsCargoHome()
})
afterEach(() => scratch.remove())

const under = (directory: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]))
const put = (directory: string, crate: FakeCrate): Scratch => scratch.write(under(directory, crateFiles(crate)))
const load = (options: LoadOptions = {}): Promise<Workspace> =>
  loadWorkspace(join(scratch.path, 'ws'), { offline: true, ...options })
const sources = ({ packages }: Workspace): string[] =>
  packages.map(({ name, source }) => `${name}: ${sourceText(source)}`)

/** `ws` with a root whose manifest goes on with `manifest`, and a lockfile of it and of `dep` as it was before. */
function workspace(manifest: string, lock = (text: string): string => text): void {
  const root = { id: 'root@1.0.0', local: true, needs: ['dep@1.0.0'] }
  put('ws', { ...root, manifest })
  scratch.write({ 'ws/Cargo.lock': lock(fillRegistry(scratch, [root, { id: 'dep@1.0.0' }])) })
}

const toGit = (source: string) => (text: string) =>
  text.replace(REGISTRY, source).replace(/^checksum = .*$/gm, (line) => (line.endsWith('""') ? line : ''))

describe('a lockfile that was left as it is while the manifest changed', () => {
  test.each([
    ['became git', 'dep = { git = "https://host.invalid/dep" }', 'of git https://host.invalid/dep (default branch)'],
    ['became a path', 'dep = { path = "../dep" }', 'of the path ../dep (1.0.0)'],
    ['another registry', 'dep = { version = "1", registry-index = "https://other.invalid/x" }', 'other.invalid/x'],
    ['another version', 'dep = "2"', 'depends on dep 2 of the registry crates-io; Cargo.lock has dep 1.0.0'],
    ['removed', '', 'Cargo.lock has dep 1.0.0 of the registry crates-io for root 1.0.0, whose Cargo.toml does not'],
    ['added', 'dep = "1"\nnew = "1"', 'root depends on new 1 of the registry crates-io; Cargo.lock has no such'],
    ['added for tests', 'dep = "1"\n[dev-dependencies]\nnew = "1"', 'root depends on new 1'],
    ['added for another platform', 'dep = "1"\n[target."cfg(windows)".dependencies]\nnew = "1"', 'depends on new 1'],
    ['patched', 'dep = "1"\n[patch.crates-io]\ndep = { path = "../dep" }', 'replaces by the path ../dep (1.0.0)'],
  ])('%s: refused with --locked, by name', async (_, dependencies, text) => {
    put('dep', { id: 'dep@1.0.0' })
    workspace(`[dependencies]\n${dependencies}\n`)
    await expect(load({ locked: true })).rejects.toMatchObject({
      what: 'Cargo.lock does not fit the manifests',
      why: expect.stringContaining(text),
    })
  })

  test.each([
    ['another repository', `git+https://host.invalid/old#${REVISION}`],
    ['another branch', `git+https://host.invalid/dep?branch=old#${REVISION}`],
    ['a tag for a branch', `git+https://host.invalid/dep?tag=new#${REVISION}`],
  ])('git: %s', async (_, source) => {
    workspace('[dependencies]\ndep = { git = "https://host.invalid/dep", branch = "new" }\n', toGit(source))
    await expect(load({ locked: true })).rejects.toMatchObject({ why: expect.stringContaining('(branch new)') })
  })

  test('without --locked the new source is what is looked at, and that the lockfile did not fit is said', async () => {
    put('dep', { id: 'dep@1.0.0', files: { 'src/lib.rs': '// the path' } })
    workspace('[dependencies]\ndep = { path = "../dep" }\n')
    const found = await load()
    expect(found.packages.find(({ name }) => name === 'dep')?.tree.read('src/lib.rs')?.text).toBe('// the path')
    expect(found.diagnostics.map(({ message }) => message)).toEqual([
      'Cargo.lock does not fit: root depends on dep of the path ../dep (1.0.0); Cargo.lock has dep 1.0.0 of the registry crates-io',
    ])
  })

  test('what nothing needs any more changes nothing that is built: said, and no cargo is asked', async () => {
    workspace('')
    const found = await load()
    expect(sources(found)).toEqual([expect.stringMatching(/^root: path/)])
    expect(found.diagnostics).toEqual([{ message: expect.stringContaining('Cargo.toml does not need it') }])
  })

  test('a package of a path that is gone from the manifests is passed over, as cargo does', async () => {
    workspace('[dependencies]\ndep = "1"\n', (text) => `${text}\n[[package]]\nname = "gone"\nversion = "1.0.0"\n`)
    expect((await load({ locked: true })).packages).toHaveLength(2)
  })
})

describe('a lockfile that fits', () => {
  test('what named a package of a path that is gone means the other one of that name and version, as in cargo', async () => {
    const root: FakeCrate = {
      id: 'root@1.0.0',
      local: true,
      manifest: '[dependencies]\ndep = "1"\n',
      needs: ['dep@1.0.0'],
    }
    put('ws', root)
    scratch.write({
      'ws/Cargo.lock': fillRegistry(scratch, [root, { id: 'dep@1.0.0', local: true }, { id: 'dep@1.0.0' }]),
    })
    expect(sources(await load({ locked: true }))[0]).toMatch(/^dep: registry crates-io/)
  })

  test.each([
    ['the address in another form', '', 'git+https://host.invalid/dep.git'],
    ['version 4 encodes', ', branch = "a/b"', 'git+https://host.invalid/dep?branch=a%2Fb'],
    ['older versions do not', ', branch = "a/b"', 'git+https://host.invalid/dep?branch=a/b'],
    ['`ref` of old lockfiles', ', branch = "x"', 'git+https://host.invalid/dep?ref=x'],
    ['version 2 leaves master away', ', branch = "master"', 'git+https://host.invalid/dep'],
  ])('git: %s', async (name, keys, source) => {
    const version = name.startsWith('version 2') ? '2' : '4'
    workspace(`[dependencies]\ndep = { git = "https://host.invalid/dep"${keys} }\n`, (text) =>
      toGit(`${source}#${REVISION}`)(text).replace('version = 4', `version = ${version}`),
    )
    const [checkout = ''] = gitDirectoryNames(source.replace(/^git\+|\?.*$/g, ''))
    scratch.write(under(`home/git/checkouts/${checkout}/0123456`, crateFiles({ id: 'dep@1.0.0' })))
    expect(sources(await load({ locked: true }))[0]).toContain(`#${REVISION}`)
  })

  test('a version that the locked commit does not have is chosen anew where a member asks for another, else refused', async () => {
    const GIT = 'git+https://host.invalid/dep'
    const [checkout = ''] = gitDirectoryNames(GIT.replace('git+', ''))
    scratch.write({
      ...under(`home/git/checkouts/${checkout}/0123456`, crateFiles({ id: 'dep@0.5.0' })),
      ...under(
        `home/git/checkouts/${checkout}/0123456/more`,
        crateFiles({ id: 'more@1.0.0', manifest: '[dependencies]\ndep.path = ".."\n' }),
      ),
    })
    const source = `${GIT}#${REVISION}`
    const lock = (needs: string): string =>
      `version = 4\n[[package]]\nname = "root"\nversion = "1.0.0"\ndependencies = [${needs}]\n[[package]]\nname = "dep"\nversion = "1.2.0"\nsource = "${source}"\n[[package]]\nname = "more"\nversion = "1.0.0"\nsource = "${source}"\ndependencies = ["dep"]\n`
    const more = 'more = { git = "https://host.invalid/dep" }\n'
    put('ws', { id: 'root@1.0.0', manifest: `[dependencies]\n${more}` })
    scratch.write({ 'ws/Cargo.lock': lock('"more"') })
    await expect(load()).rejects.toMatchObject({ what: expect.stringContaining('has no dep 1.2.0') })
    put('ws', {
      id: 'root@1.0.0',
      manifest: `[dependencies]\n${more}dep = { git = "https://host.invalid/dep", version = "0.5" }\n`,
    })
    scratch.write({ 'ws/Cargo.lock': lock('"more", "dep"') })
    expect((await load()).packages.map(({ id }) => id)).toEqual(['dep@0.5.0', 'more@1.0.0', 'root@1.0.0'])
    await expect(load({ locked: true })).rejects.toMatchObject({ what: 'Cargo.lock does not fit the manifests' })
  })

  test('among several locked versions that would do the lowest is meant', async () => {
    const root: FakeCrate = {
      id: 'root@1.0.0',
      local: true,
      manifest: '[dependencies]\nany = { package = "dep", version = ">=1" }\n',
      needs: ['dep@1.0.0', 'dep@2.0.0'],
    }
    put('ws', root)
    scratch.write({ 'ws/Cargo.lock': fillRegistry(scratch, [root, { id: 'dep@1.0.0' }, { id: 'dep@2.0.0' }]) })
    const found = await load()
    expect(found.packages.map(({ id }) => id)).toEqual(['dep@1.0.0', 'root@1.0.0'])
    expect(found.diagnostics).toEqual([{ message: expect.stringContaining('dep 2.0.0') }])
  })

  test.each([
    ['where the directory has one is missed', '"c"', true],
    ['where it has none is not', 'null', false],
  ])('a checksum %s', async (_, sum, isMissed) => {
    workspace('[dependencies]\ndep = "1"\n', (text) => text.replace(/^checksum = .*\n/m, ''))
    put('ws/vendor/dep', { id: 'dep@1.0.0' }).write({
      'ws/vendor/dep/.cargo-checksum.json': `{ "files": {}, "package": ${sum} }`,
      'ws/.cargo/config.toml': '[source.crates-io]\nreplace-with = "v"\n[source.v]\ndirectory = "vendor"\n',
    })
    const why = { why: 'dep 1.0.0 has no checksum in Cargo.lock' }
    if (isMissed) await expect(load({ locked: true })).rejects.toMatchObject(why)
    else expect((await load({ locked: true })).packages).toHaveLength(3)
  })

  test('what packages of a registry need is asked of their manifests', async () => {
    const root = { id: 'root@1.0.0', local: true, manifest: '[dependencies]\ndep = "1"\n', needs: ['dep@1.0.0'] }
    put('ws', root)
    const dep = { id: 'dep@1.0.0', manifest: '[dependencies]\nmore = "1"\n' }
    scratch.write({ 'ws/Cargo.lock': fillRegistry(scratch, [root, dep]) })
    await expect(load({ locked: true })).rejects.toMatchObject({
      why: 'dep depends on more 1 of the registry crates-io; Cargo.lock has no such package for it',
    })
  })
})

describe('packages that depend on themselves in the end', () => {
  /** Two members, each with the other in its manifest as given, of which `tool` is only a program. */
  const inCircle = (ofTool: string, ofCore: string): Promise<Workspace> => {
    put('ws/tool', { id: 'tool@1.0.0', manifest: ofTool, files: { 'src/main.rs': '' } })
    put('ws/core', { id: 'core_b@1.0.0', manifest: ofCore })
    const entry = (name: string, needs: string): string =>
      `[[package]]\nname = "${name}"\nversion = "1.0.0"\ndependencies = ["${needs}"]\n`
    scratch.write({
      'ws/Cargo.toml': '[workspace]\nmembers = ["tool", "core"]\nresolver = "2"\n',
      'ws/Cargo.lock': `version = 4\n${entry('core_b', 'tool')}${entry('tool', 'core_b')}`,
    })
    return load({ locked: true, target: ['x86_64-unknown-linux-gnu'] })
  }
  const CORE = 'core_b.path = "../core"'
  const TOOL = 'tool.path = "../tool"'

  test.each([
    ['as a program', `[dependencies]\n${CORE}`, `[dependencies]\n${TOOL}`],
    ['on another platform', `[target."cfg(windows)".dependencies]\n${CORE}`, `[dependencies]\n${TOOL}`],
    ['for a build script', `[dependencies]\n${CORE}`, `[build-dependencies]\n${TOOL}`],
    [
      'with a feature that is off',
      `[dependencies]\ncore_b = { path = "../core", optional = true }`,
      `[dependencies]\n${TOOL}`,
    ],
  ])('%s: refused as by cargo, whatever is compiled', async (_, ofTool, ofCore) => {
    await expect(inCircle(ofTool, ofCore)).rejects.toMatchObject({
      what: 'core_b 1.0.0 depends on itself',
      why: expect.stringContaining('core_b 1.0.0 -> tool 1.0.0 -> core_b 1.0.0'),
    })
  })

  test('for tests alone they may', async () => {
    const { packages } = await inCircle(`[dev-dependencies]\n${CORE}`, `[dependencies]\n${TOOL}`)
    expect(packages.map(({ id }) => id)).toEqual(['core_b@1.0.0', 'tool@1.0.0'])
  })
})

describe('patches', () => {
  const PATCH = '[dependencies]\ndep = "1"\n[patch.crates-io]\ndep = { path = "../fork" }\n'
  const LOCAL = (text: string): string => text.replace(/source = .*\nchecksum = "\w+"\n/, '')

  test('the package that stands in says so', async () => {
    put('fork', { id: 'dep@1.0.0' })
    workspace(PATCH, LOCAL)
    expect(sources(await load({ locked: true }))[0]).toBe('dep: path outside of the repository (patch)')
  })

  test('an unused one, which the lockfile has as such, replaces nothing', async () => {
    put('fork', { id: 'dep@9.0.0' })
    workspace(PATCH, (text) => `${text}\n[[patch.unused]]\nname = "dep"\nversion = "9.0.0"\n`)
    expect(sources(await load({ locked: true }))[0]).toMatch(/^dep: registry crates-io/)
    workspace(PATCH)
    await expect(load({ locked: true })).rejects.toMatchObject({ why: expect.stringContaining('knows nothing') })
  })

  test('without a lockfile one that fits is taken; no cargo is needed', async () => {
    put('fork', { id: 'dep@1.4.0' })
    put('ws', { id: 'root@1.0.0', manifest: PATCH })
    expect((await load()).packages.map(({ id }) => id)).toEqual(['dep@1.4.0', 'root@1.0.0'])
  })

  test.each([
    [
      'of one version under two names',
      'dep = { path = "../fork" }\nsame = { package = "dep", path = "../twin" }',
      'takes dep 1.0.0, as dep of',
    ],
    ['of another package', 'dep = { path = "../other" }', 'from a path where other is'],
    ['of another version than they ask for', 'dep = { path = "../fork", version = "2" }', 'takes dep 2, and 1.0.0'],
    ['of the very source that they patch', 'dep = "1"', 'from the very source'],
    ['that could be two', 'dep = { path = "../fork", git = "https://host.invalid/dep" }', 'has both git and path'],
  ])('%s are refused, used or not', async (_, patches, why) => {
    put('fork', { id: 'dep@1.0.0' })
    put('twin', { id: 'dep@1.0.0' })
    put('other', { id: 'other@1.0.0' })
    workspace(`[dependencies]\ndep = "1"\n[patch.crates-io]\n${patches}\n`)
    await expect(load()).rejects.toMatchObject({ why: expect.stringContaining(why) })
  })

  test('that brought another version before make the lockfile be made anew', async () => {
    put('fork', { id: 'dep@1.5.0' })
    workspace(
      '[dependencies]\ndep = "1"\n[patch.crates-io]\ndep = { path = "../fork" }\n',
      (text) => `${text}\n[[patch.unused]]\nname = "dep"\nversion = "2.0.0"\n`,
    )
    expect(sources(await load())).toContain('dep: path outside of the repository (patch)')
  })

  test('of another path than a package of that name that is there anyway changes nothing', async () => {
    put('fork', { id: 'dep@1.9.0' })
    put('ws/own', { id: 'dep@0.1.0' })
    const root: FakeCrate = {
      id: 'root@1.0.0',
      local: true,
      manifest:
        '[dependencies]\ndep = "1"\nown = { package = "dep", path = "own" }\n[patch.crates-io]\ndep = { path = "../fork" }\n',
      needs: ['dep@0.1.0', 'dep@1.0.0'],
    }
    put('ws', root)
    const lock = fillRegistry(scratch, [root, { id: 'dep@0.1.0', local: true }, { id: 'dep@1.0.0' }])
    scratch.write({ 'ws/Cargo.lock': lock })
    const found = await load()
    expect(sources(found)).toContainEqual(expect.stringMatching(/^dep: registry crates-io/))
    expect(found.diagnostics).toEqual([{ message: expect.stringContaining('of which Cargo.lock knows nothing') }])
  })

  test('one whose name and version another path has is not used', async () => {
    put('fork', { id: 'dep@1.0.0' })
    put('ws/own', { id: 'dep@1.0.0' })
    const manifest =
      '[dependencies]\nown = { package = "dep", path = "own" }\n[patch.crates-io]\ndep = { path = "../fork" }\n'
    const root: FakeCrate = { id: 'root@1.0.0', local: true, manifest, needs: ['dep@1.0.0'] }
    put('ws', root)
    const lock = fillRegistry(scratch, [root, { id: 'dep@1.0.0', local: true }])
    scratch.write({ 'ws/Cargo.lock': lock })
    await expect(load({ locked: true })).rejects.toMatchObject({ why: expect.stringContaining('knows nothing') })
    const unused = `${lock}\n[[patch.unused]]\nname = "dep"\nversion = "1.0.0"\n`
    scratch.write({ 'ws/Cargo.lock': unused })
    expect(sources(await load({ locked: true }))[0]).toBe('dep: path own')
  })

  test('of one registry, when a package of another means its own', async () => {
    scratch.write({ 'ws/.cargo/config.toml': '[registries.mine]\nindex = "https://mine.invalid/index"\n' })
    put('fork', { id: 'deep@1.0.0' })
    const manifest =
      '[dependencies]\ndep = { version = "1", registry = "mine" }\ndeep = "1"\n[patch.crates-io]\ndeep = { path = "../fork" }\n'
    const root: FakeCrate = { id: 'root@1.0.0', local: true, manifest }
    put('ws', root)
    const mine = 'registry+https://mine.invalid/index'
    const theirs = [
      { id: 'dep@1.0.0', needs: ['deep@1.0.0'], manifest: '[dependencies]\ndeep = "1"\n' },
      { id: 'deep@1.0.0' },
    ]
    const lock = fillRegistry(scratch, theirs)
      .replaceAll(REGISTRY, mine)
      .replace('"deep 1.0.0"', `"deep 1.0.0 (${mine})"`)
    const own = [
      lockEntry({ id: 'deep@1.0.0', local: true }, ''),
      lockEntry({ ...root, needs: ['deep@1.0.0', 'dep@1.0.0'] }, ''),
    ]
    scratch.write({ 'ws/Cargo.lock': `${lock}\n${own.join('\n')}` })
    expect(sources(await load({ locked: true })).slice(1)).toEqual([
      'deep: path outside of the repository (patch)',
      'deep: registry https://mine.invalid/index',
      'dep: registry https://mine.invalid/index',
      'root: path .',
    ])
  })

  test('of a configuration, and `paths`', async () => {
    put('fork', { id: 'dep@1.0.0' })
    workspace('[dependencies]\ndep = "1"\n', LOCAL)
    scratch.write({ 'ws/.cargo/config.toml': '[patch.crates-io]\ndep = { path = "../fork" }\n' })
    expect(sources(await load({ locked: true }))).toContain('dep: path outside of the repository (patch)')
    put('over', { id: 'dep@7.0.0' })
    workspace('[dependencies]\ndep = "1"\n')
    scratch.write({ 'ws/.cargo/config.toml': `paths = ["${scratch.path}/over"]\n` })
    expect(sources(await load({ locked: true }))).toContain('dep: path outside of the repository (paths)')
  })
})

describe('paths', () => {
  test('two packages of one name and version: the one in the directory is meant, and both at once are refused', async () => {
    put('a', { id: 'dep@1.0.0', files: { 'src/lib.rs': '// a' } })
    put('b', { id: 'dep@1.0.0', files: { 'src/lib.rs': '// b' } })
    const dep = (directory: string): string => `{ package = "dep", path = "../${directory}" }`
    put('ws', {
      id: 'root@1.0.0',
      manifest: `[dependencies]\nx = ${dep('b')}\n[patch.crates-io]\ndep = { path = "../a" }\n`,
    })
    const { packages } = await load()
    expect(packages.find(({ name }) => name === 'dep')?.tree.read('src/lib.rs')?.text).toBe('// b')
    put('ws', { id: 'root@1.0.0', manifest: `[dependencies]\nx = ${dep('a')}\ny = ${dep('b')}\n` })
    await expect(load()).rejects.toMatchObject({ what: 'Two packages of paths are both dep 1.0.0' })
  })

  test.each([
    ['another package', 'dep = { path = "../other" }', 'the package there is other 1.0.0'],
    ['another version', 'other = { path = "../other", version = "2" }', 'the package there is other 1.0.0'],
  ])('%s is there', async (_, dependency, why) => {
    put('other', { id: 'other@1.0.0' })
    put('ws', { id: 'root@1.0.0', manifest: `[dependencies]\n${dependency}\n` })
    await expect(load()).rejects.toMatchObject({ why })
  })

  test('nothing is there: an error, or a loss where it may be; its name is looked up nowhere', async () => {
    workspace('[dependencies]\ndep = { path = "sub", version = "1" }\n')
    await expect(load()).rejects.toMatchObject({
      what: 'root depends on dep by the path sub, where no package is',
      why: 'Cargo.toml names it, and it is not there',
    })
    const found = await load({ allowMissing: true })
    expect(found.packages.map(({ id }) => id)).toEqual(['root@1.0.0'])
    expect(found.losses).toEqual([
      {
        kind: 'missing package',
        what: 'dep by the path sub, where no package is: it is not there',
        package: 'root@1.0.0',
        file: 'Cargo.toml',
        line: 6,
        column: 1,
      },
    ])
  })

  test('what only another member needs, and its source does not have, is refused, as by cargo', async () => {
    const root = { id: 'root@1.0.0', local: true }
    const other = { id: 'other@1.0.0', local: true, manifest: '[dependencies]\ndep = "*"\n', needs: ['dep@1.0.0'] }
    put('ws', { ...root, manifest: '[workspace]\nmembers = ["other"]\n' })
    put('ws/other', other)
    scratch.write({
      'ws/Cargo.lock': fillRegistry(scratch, [root, other, { id: 'dep@1.0.0' }]),
      'ws/.cargo/config.toml': `[source.crates-io]\nreplace-with = "v"\n[source.v]\ndirectory = "${scratch.path}/v"\n`,
      'v/none.txt': '',
    })
    await expect(load()).rejects.toMatchObject({
      what: 'dep 1.0.0 is in the lockfile, and its source has no such package',
    })
  })

  test('what an unused patch needs may be missing, until the patch is used', async () => {
    put('fork', { id: 'dep@1.0.0', manifest: '[dependencies]\nmore = { path = ".." }\n' })
    put('ws', { id: 'root@1.0.0', manifest: '[patch.crates-io]\ndep = { path = "../fork" }\n' })
    expect((await load()).packages.map(({ id }) => id)).toEqual(['root@1.0.0'])
    put('ws', {
      id: 'root@1.0.0',
      manifest: '[dependencies]\ndep = "1"\n[patch.crates-io]\ndep = { path = "../fork" }\n',
    })
    await expect(load()).rejects.toMatchObject({
      what: expect.stringContaining('more by the path .., where no package is'),
    })
  })

  test.each([
    ['and a member turns on', 'features = ["x"]', true],
    ['and turns on weakly', 'features = ["weak"]', true],
    ['and nobody turns on', 'features = []', false],
  ])('what a package that is no member may need %s', async (_, features, isRefused) => {
    const optional =
      '[dependencies]\nmore = { path = "../more", optional = true }\n[features]\nx = ["dep:more"]\nweak = ["more?/y"]\n'
    put('fork', { id: 'dep@1.0.0', manifest: optional })
    const patch = '[patch.crates-io]\ndep = { path = "../fork" }\n'
    put('ws', { id: 'root@1.0.0', manifest: `[dependencies]\ndep = { version = "1", ${features} }\n${patch}` })
    const loaded = load()
    if (isRefused) {
      const what = 'dep depends on more by the path ../more, where no package is'
      await expect(loaded).rejects.toMatchObject({ what })
    } else expect((await loaded).packages.map(({ id }) => id)).toEqual(['dep@1.0.0', 'root@1.0.0'])
  })

  test('of git, needed by another member alone and not on this machine, is refused offline, as by cargo', async () => {
    const root = { id: 'root@1.0.0', local: true }
    const source = `git+https://host.invalid/dep#${REVISION}`
    const other = {
      id: 'other@1.0.0',
      local: true,
      manifest: '[dependencies]\ndep = { git = "https://host.invalid/dep" }\n',
    }
    put('ws', { ...root, manifest: '[workspace]\nmembers = ["other"]\n' })
    put('ws/other', other)
    const lock = fillRegistry(scratch, [root, { ...other, needs: ['dep@1.0.0'] }, { id: 'dep@1.0.0' }])
    scratch.write({ 'ws/Cargo.lock': toGit(source)(lock) })
    await expect(load()).rejects.toMatchObject({ what: expect.stringContaining('which is not on this machine') })
    expect((await load({ offline: false })).packages.map(({ id }) => id)).toContain('root@1.0.0')
  })

  test('two members of one name are refused', async () => {
    put('ws', { id: 'root@1.0.0', manifest: '[workspace]\nmembers = ["a", "b"]\n' })
    put('ws/a', { id: 'twin@1.0.0' })
    put('ws/b', { id: 'twin@2.0.0' })
    await expect(load()).rejects.toMatchObject({ what: 'The workspace has two members named twin' })
  })

  test('what cargo would not understand of a member is told, though it is not what is built', async () => {
    put('ws', { id: 'root@1.0.0', manifest: '[workspace]\nmembers = ["a"]\n' })
    put('ws/a', { id: 'a@1.0.0' })
    scratch.write({ 'ws/a/Cargo.toml': '[package]\nname = "a"\nversion = "1.0.0"\nedition = "2099"\n' })
    const { diagnostics, packages } = await load()
    expect(packages.map(({ id }) => id)).toEqual(['root@1.0.0'])
    expect(diagnostics).toEqual([{ package: 'a@1.0.0', message: 'edition 2099 is not known; read as 2024' }])
  })

  test('the same of a patch, used or not', async () => {
    put('ws', { id: 'root@1.0.0', manifest: '[patch.crates-io]\na = { path = "a" }\n' })
    put('ws/a', { id: 'a@1.0.0' })
    scratch.write({ 'ws/a/Cargo.toml': '[package]\nname = "a"\nversion = "1.0.0"\nedition = "2099"\n' })
    expect((await load()).diagnostics).toContainEqual({
      package: 'a@1.0.0',
      message: 'edition 2099 is not known; read as 2024',
    })
  })

  test('a default member that is no member is refused', async () => {
    put('ws', { id: 'root@1.0.0', manifest: '[workspace]\nmembers = []\ndefault-members = [".", "a"]\n' })
    put('ws/a', { id: 'a@1.0.0' })
    await expect(load()).rejects.toMatchObject({ what: 'The workspace has the default member a, which is no member' })
  })

  test('a member that is not there', async () => {
    put('ws', { id: 'root@1.0.0', manifest: '[workspace]\nmembers = ["sub"]\n' })
    await expect(load()).rejects.toMatchObject({ what: expect.stringContaining('the member sub') })
    expect((await load({ allowMissing: true })).losses).toMatchObject([{ what: expect.stringContaining('member sub') }])
  })

  test('a name that is asked for and is that of several locked packages is refused, as by cargo', async () => {
    const manifest = '[dependencies]\nold = { package = "root", version = "0.9" }\n'
    const root: FakeCrate = { id: 'root@1.0.0', local: true, manifest, needs: ['root@0.9.0'] }
    put('ws', root)
    scratch.write({ 'ws/Cargo.lock': fillRegistry(scratch, [root, { id: 'root@0.9.0' }]) })
    await expect(load({ packages: ['root'] })).rejects.toMatchObject({ fix: 'Name one of: root@0.9.0, root@1.0.0.' })
    expect((await load({ packages: ['root@1.0.0'] })).roots).toEqual(['root@1.0.0'])
  })

  test('another package of that name that only other members need is not meant', async () => {
    const root: FakeCrate = { id: 'root@1.0.0', local: true, manifest: '[workspace]\nmembers = ["other"]\n' }
    const manifest = '[dependencies]\nold = { package = "root", version = "0.9" }\n'
    const other: FakeCrate = { id: 'other@1.0.0', local: true, manifest, needs: ['root@0.9.0'] }
    put('ws', root)
    put('ws/other', other)
    scratch.write({ 'ws/Cargo.lock': fillRegistry(scratch, [root, other, { id: 'root@0.9.0' }]) })
    expect((await load({ packages: ['root'] })).roots).toEqual(['root@1.0.0'])
  })

  test('a version that is chosen anew and was locked with another checksum is refused, as by cargo', async () => {
    const root: FakeCrate = { id: 'root@1.0.0', local: true, manifest: '[dependencies]\ndep = "1"\n' }
    put('ws', root)
    const lock = fillRegistry(scratch, [{ ...root, needs: ['dep@1.2.0'] }, { id: 'dep@1.2.0' }])
    const vendored = crateFiles({ id: 'dep@1.2.0' })
    for (const [path, text] of Object.entries(vendored)) scratch.write({ [`v/dep/${path}`]: text })
    scratch.write({
      'v/dep/.cargo-checksum.json': JSON.stringify({ package: 'c'.repeat(64), files: {} }),
      'ws/.cargo/config.toml': `[source.crates-io]\nreplace-with = "v"\n[source.v]\ndirectory = "${scratch.path}/v"\n`,
      'ws/Cargo.lock': lock.replace(' "dep",\n', ''),
    })
    await expect(load()).rejects.toMatchObject({ what: 'dep 1.2.0 is not what the lockfile says' })
  })

  test('dev-dependencies of what is no member are nobody’s', async () => {
    put('ws', { id: 'root@1.0.0', manifest: '[dependencies]\nd = { path = "d" }\n[workspace]\nexclude = ["d"]\n' })
    put('ws/d', { id: 'd@1.0.0', manifest: '[dev-dependencies]\ngone = { path = "gone" }\n' })
    expect((await load()).packages).toHaveLength(2)
  })
})

describe('a registry by its name', () => {
  const NAMED = '[dependencies]\ndep = { version = "1", registry = "mine" }\n'
  const LOCKED = (text: string): string => text.replace(REGISTRY, 'sparse+https://mine.invalid/index/')

  test('is where the configuration says', async () => {
    workspace(NAMED, LOCKED)
    await expect(load()).rejects.toMatchObject({ why: expect.stringContaining('[registries.mine]') })
    scratch.write({ 'ws/.cargo/config.toml': '[registries.mine]\nindex = "sparse+https://mine.invalid/index/"\n' })
    expect(sources(await load({ locked: true }))).toContainEqual(expect.stringContaining('mine.invalid'))
    scratch.write({ 'ws/.cargo/config.toml': '[registries.mine]\nindex = "sparse+https://theirs.invalid/index/"\n' })
    await expect(load({ locked: true })).rejects.toMatchObject({ why: expect.stringContaining('theirs.invalid') })
  })
})
