/** Repositories as git itself makes them: packs, borrowed objects, worktrees, submodules, shallow and partial clones, both hashes. */
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ProjectError } from '../../src/base/index.js'
import { DISK, type FileView } from '../../src/project/file-view.js'
import { viewOfIndex, viewOfRevision } from '../../src/project/git-revision.js'
import { type Files, Scratch } from './support.js'

let scratch: Scratch
let dir: string
beforeEach(() => {
  scratch = new Scratch()
  dir = join(scratch.path, 'repo')
  fs.mkdirSync(dir)
})
afterEach(() => scratch.remove())

/** Nobody's configuration, and submodules of this machine may be cloned. */
const ENVIRONMENT = {
  PATH: process.env['PATH'],
  HOME: '/nowhere',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.invalid',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.invalid',
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'protocol.file.allow',
  GIT_CONFIG_VALUE_0: 'always',
  GIT_CONFIG_KEY_1: 'maintenance.auto',
  GIT_CONFIG_VALUE_1: 'false',
}

function gitIn(cwd: string, ...args: string[]): string {
  const done = spawnSync('git', args, { cwd, env: ENVIRONMENT, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`)
  return done.stdout.trim()
}
const git = (...args: string[]): string => gitIn(dir, ...args)

function write(files: Files, at = dir): void {
  for (const [path, content] of Object.entries(files)) {
    fs.mkdirSync(join(at, path, '..'), { recursive: true })
    fs.writeFileSync(join(at, path), content)
  }
}
function commit(files: Files, at = dir): string {
  if (!fs.existsSync(join(at, '.git'))) gitIn(at, 'init', '-q', '-b', 'main')
  write(files, at)
  gitIn(at, 'add', '-A')
  gitIn(at, 'commit', '-q', '--allow-empty', '-m', 'm')
  return gitIn(at, 'rev-parse', 'HEAD')
}

const all = (view: FileView, at = dir): Files => {
  const { tree } = view.treeOf(at)
  return Object.fromEntries([...tree.files.keys()].map((path) => [path, tree.read(path)?.text ?? 'none']))
}
const errorOf = (work: () => unknown): ProjectError => {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof ProjectError) return thrown
    throw thrown
  }
  throw new Error('nothing was thrown')
}

/** A text whose versions git packs as deltas. */
const long = (version: number): string =>
  Array.from({ length: 400 }, (_, line) => `line ${line} ${line % 40 === version ? version : 'same'}`).join('\n')

describe('objects', () => {
  test.each(['sha1', 'sha256'])('loose, packed, and as deltas of both kinds: %s', (hash) => {
    git('init', '-q', '-b', 'main', `--object-format=${hash}`)
    for (let version = 0; version < 12; version++) commit({ 'src/lib.rs': long(version), 'a.bin': '\0\x01' })
    const expected = Array.from({ length: 12 }, (_, back) => long(11 - back))
    const read = () =>
      expected.map((_, back) => viewOfRevision(dir, `HEAD~${back}`).readInside(dir, 'src/lib.rs')?.text)
    expect(read()).toEqual(expected)
    for (const offsets of ['true', 'false']) {
      git('-c', `repack.useDeltaBaseOffset=${offsets}`, 'repack', '-adfq', '--depth=20')
      expect(git('count-objects', '-v')).toMatch(/^count: 0$/m)
      expect(read()).toEqual(expected)
    }
    git('pack-refs', '--all')
    const packed = viewOfRevision(dir, 'main')
    expect(all(packed)).toEqual({ 'a.bin': '\0\x01', 'src/lib.rs': long(11) })
    expect([...packed.treeOf(dir).tree.files]).toEqual([...DISK.treeOf(dir).tree.files])
    expect(packed.treeOf(dir).tree.contents()).toEqual(DISK.treeOf(dir).tree.contents())
    expect(viewOfRevision(dir, git('rev-parse', '--short', 'HEAD~3')).readInside(dir, 'src/lib.rs')?.text).toBe(long(8))
    expect(all(viewOfIndex(dir))).toEqual(all(packed))
  })

  test('one whose bytes are not those of its name is refused', () => {
    commit({ 'a.txt': 'good' })
    const [good, evil] = ['good', 'evil'].map((text) => {
      write({ 'b.txt': text })
      return git('hash-object', '-w', 'b.txt')
    })
    const place = (oid = '') => join(dir, '.git/objects', oid.slice(0, 2), oid.slice(2))
    fs.chmodSync(place(good), 0o600)
    fs.copyFileSync(place(evil), place(good))
    const error = errorOf(() => viewOfRevision(dir, 'HEAD').readInside(dir, 'a.txt'))
    expect(error).toMatchObject({
      what: `The git object ${good} cannot be read`,
      why: expect.stringMatching(/not those/),
    })
  })

  test('one that claims to be small and is not', () => {
    commit({ 'a.txt': 'x'.repeat(50_000) })
    const oid = git('rev-parse', 'HEAD:a.txt')
    const place = join(dir, '.git/objects', oid.slice(0, 2), oid.slice(2))
    fs.chmodSync(place, 0o600)
    fs.writeFileSync(place, deflateSync(Buffer.concat([Buffer.from('blob 10\0'), Buffer.alloc(50_000_000)])))
    expect(errorOf(() => viewOfRevision(dir, 'HEAD').readInside(dir, 'a.txt')).what).toContain('cannot be read')
  })

  test('borrowed from another clone, and from one that borrows itself', () => {
    commit({ 'a.txt': 'first' })
    gitIn(scratch.path, 'clone', '-q', '--shared', 'repo', 'second')
    gitIn(scratch.path, 'clone', '-q', '--shared', 'second', 'third')
    const third = join(scratch.path, 'third')
    expect(all(viewOfRevision(third, 'origin/main'), third)).toEqual({ 'a.txt': 'first' })
    fs.writeFileSync(join(third, '.git/objects/info/alternates'), '../../../third/.git/objects\n/nowhere\n')
    expect(errorOf(() => viewOfRevision(third, 'HEAD')).what).toContain('There is no revision HEAD')
  })
})

describe('names of a tree that nobody checks out', () => {
  const treeWith = (entries: string): string => {
    commit({ 'a.txt': 'x', 'd/b.txt': 'y' })
    const [blob, tree] = [git('rev-parse', 'HEAD:a.txt'), git('rev-parse', 'HEAD:d')]
    const lines = entries.replaceAll('BLOB', blob).replaceAll('TREE', tree)
    const bytes = lines.split('\n').map((line) => {
      const [mode, name, oid] = line.split(' ')
      return Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid ?? '', 'hex')])
    })
    const made = spawnSync('git', ['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'], {
      cwd: dir,
      env: ENVIRONMENT,
      input: Buffer.concat(bytes),
      encoding: 'utf8',
    })
    return git('commit-tree', made.stdout.trim(), '-m', 'm')
  }

  test('are left out, each with why', () => {
    const names = ['.', '..', '.git', '.GIT', 'a\\b', 'a/b', 'ok.txt']
    const view = viewOfRevision(dir, treeWith(names.map((name) => `100644 ${name} BLOB`).join('\n')))
    const { tree, problems } = view.treeOf(dir)
    expect([...tree.files.keys()]).toEqual(['ok.txt'])
    expect(problems).toHaveLength(6)
    expect(problems.join()).toMatch(/\.GIT is no name that git checks out/)
  })

  test('one name twice is an error; two that differ in case are two', () => {
    const twice = viewOfRevision(dir, treeWith('100644 a.rs BLOB\n40000 a.rs TREE'))
    expect(errorOf(() => twice.treeOf(dir)).why).toContain('two entries a.rs')
    expect(all(viewOfRevision(dir, treeWith('100644 A.rs BLOB\n100644 a.rs BLOB')))).toEqual({
      'A.rs': 'x',
      'a.rs': 'x',
    })
  })
})

describe('places', () => {
  test('a linked worktree has its own HEAD and index', () => {
    commit({ 'a.txt': 'first' })
    git('branch', 'side')
    commit({ 'a.txt': 'second' })
    git('worktree', 'add', '-q', '../tree', 'side')
    const tree = join(scratch.path, 'tree')
    write({ 'a.txt': 'staged' }, tree)
    gitIn(tree, 'add', '.')
    expect(all(viewOfRevision(tree, 'HEAD'), tree)).toEqual({ 'a.txt': 'first' })
    expect(all(viewOfRevision(tree, 'main'), tree)).toEqual({ 'a.txt': 'second' })
    expect(all(viewOfIndex(tree), tree)).toEqual({ 'a.txt': 'staged' })
    expect(all(viewOfIndex(dir))).toEqual({ 'a.txt': 'second' })
  })

  test('GIT_DIR and GIT_INDEX_FILE, as git sets them for hooks; another repository is refused', () => {
    commit({ 'a.txt': 'first' })
    write({ 'a.txt': 'all' })
    const other = join(scratch.path, 'other.index')
    fs.copyFileSync(join(dir, '.git/index'), other)
    spawnSync('git', ['add', 'a.txt'], { cwd: dir, env: { ...ENVIRONMENT, GIT_INDEX_FILE: other } })
    expect(all(viewOfIndex(dir))).toEqual({ 'a.txt': 'first' })
    process.env['GIT_INDEX_FILE'] = other
    process.env['GIT_DIR'] = join(dir, '.git')
    expect(all(viewOfIndex(dir))).toEqual({ 'a.txt': 'all' })
    gitIn(scratch.path, 'init', '-q', 'elsewhere')
    process.env['GIT_DIR'] = join(scratch.path, 'elsewhere/.git')
    expect(errorOf(() => viewOfIndex(dir)).what).toContain('GIT_DIR names another repository')
  })

  test('a format of tomorrow is refused', () => {
    commit({ 'a.txt': '' })
    git('config', 'core.repositoryFormatVersion', '1')
    git('config', 'extensions.somethingNew', 'true')
    expect(errorOf(() => viewOfRevision(dir, 'HEAD')).why).toBe('it has the extension somethingnew')
    const config = join(dir, '.git/config')
    fs.writeFileSync(config, fs.readFileSync(config, 'utf8').replace(/somethingNew.*/, 'refStorage = reftable'))
    expect(errorOf(() => viewOfRevision(dir, 'HEAD')).fix).toContain('Name the commit in full')
  })
})

describe('submodules', () => {
  /** `repo` with `outer` as a submodule, which has `inner`; the first commit has older ones. */
  function nested(): void {
    for (const name of ['inner', 'outer']) fs.mkdirSync(join(scratch.path, name))
    const [inner, outer] = [join(scratch.path, 'inner'), join(scratch.path, 'outer')]
    commit({ 'inner.rs': 'old' }, inner)
    commit({ 'outer.rs': 'old' }, outer)
    gitIn(outer, 'submodule', '--quiet', 'add', '--name', 'kept/so', inner, 'deps/inner')
    commit({}, outer)
    git('init', '-q', '-b', 'main')
    git('submodule', '--quiet', 'add', outer, 'outer')
    git('submodule', '--quiet', 'update', '--init', '--recursive')
    commit({ 'a.txt': '' })
    commit({ 'inner.rs': 'new' }, inner)
    gitIn(join(dir, 'outer/deps/inner'), 'pull', '-q', 'origin', 'main')
    gitIn(join(dir, 'outer'), 'commit', '-qam', 'm')
    commit({})
  }

  test('of the revision, nested, from the objects that the clone keeps', () => {
    nested()
    write({ 'outer/outer.rs': 'on disk', 'outer/deps/inner/inner.rs': 'on disk' })
    const inner = join(dir, 'outer/deps/inner')
    expect(all(viewOfRevision(dir, 'HEAD'), inner)).toEqual({ 'inner.rs': 'new' })
    const old = viewOfRevision(dir, 'HEAD~1')
    expect(all(old, inner)).toEqual({ 'inner.rs': 'old' })
    expect(old.readInside(join(dir, 'outer'), 'outer.rs')?.text).toBe('old')
    expect(old.directoriesIn(dir)).toEqual(['outer'])
    expect(old.treeOf(dir).problems).toEqual([])
    expect(all(viewOfIndex(dir), inner)).toEqual({ 'inner.rs': 'new' })
    // The submodule as a crate's own repository: its .git is a file.
    expect(all(viewOfRevision(inner, 'HEAD~1'), inner)).toEqual({ 'inner.rs': 'old' })
  })

  test('that is not here: a note, and the reason for whoever depends on it', () => {
    nested()
    gitIn(scratch.path, 'clone', '-q', 'repo', 'clone')
    const clone = join(scratch.path, 'clone')
    const view = viewOfRevision(clone, 'HEAD')
    expect(view.treeOf(clone).problems).toEqual([
      expect.stringMatching(/^outer is a submodule, and its commit [0-9a-f]{12} is not here and was left out$/),
    ])
    expect(view.realPath(join(clone, 'outer/deps/inner'))).toBeUndefined()
    expect(view.absence(join(clone, 'outer/deps/inner'))).toMatchObject({ kind: 'submodule' })
  })

  test('whose name leads out of the modules of the clone is none', () => {
    nested()
    const modules = fs.readFileSync(join(dir, '.gitmodules'), 'utf8')
    commit({ '.gitmodules': modules.replace('"outer"', '"../modules/outer"') })
    fs.rmSync(join(dir, 'outer'), { recursive: true })
    expect(viewOfRevision(dir, 'HEAD').absence(join(dir, 'outer'))).toMatchObject({ kind: 'submodule' })
  })
})

describe('clones without all objects say how to bring them', () => {
  const cloned = (...options: string[]): string => {
    git('config', 'uploadpack.allowFilter', 'true')
    gitIn(scratch.path, 'clone', '-q', ...options, `file://${dir}`, 'clone')
    return join(scratch.path, 'clone')
  }

  test('shallow: the depth, which is enough', () => {
    for (const text of ['1', '2', '3', '4', '5']) commit({ 'a.txt': text })
    const clone = cloned('--depth=2')
    expect(all(viewOfRevision(clone, 'HEAD~1'), clone)).toEqual({ 'a.txt': '4' })
    const error = errorOf(() => viewOfRevision(clone, 'HEAD~3'))
    expect(error.what).toBe('There is no revision HEAD~3 in the git repository')
    expect(error.why).toMatch(/1 back, is the last that this shallow clone has/)
    expect(error.fix).toContain('`git fetch --deepen=2` (a clone of --depth=4 has it)')
    gitIn(clone, 'fetch', '-q', '--deepen=2')
    expect(all(viewOfRevision(clone, 'HEAD~3'), clone)).toEqual({ 'a.txt': '2' })
  })

  test('shallow: a branch and a commit that were not fetched', () => {
    const first = commit({ 'a.txt': '1' })
    git('branch', 'release/1')
    commit({ 'a.txt': '2' })
    const clone = cloned('--depth=1')
    const branch = errorOf(() => viewOfRevision(clone, 'origin/release/1'))
    const [, command = ''] = /`git (fetch [^`]+)`/.exec(branch.fix) ?? []
    gitIn(clone, ...command.split(' '))
    expect(all(viewOfRevision(clone, 'origin/release/1'), clone)).toEqual({ 'a.txt': '1' })
    fs.rmSync(clone, { recursive: true })
    cloned('--depth=1')
    expect(errorOf(() => viewOfRevision(clone, first)).fix).toContain(`git fetch --depth=1 origin ${first}`)
  })

  test('partial: the command brings what is missing', () => {
    commit({ 'src/lib.rs': '1' })
    commit({ 'src/lib.rs': '2' })
    const clone = cloned('--filter=blob:none')
    expect(all(viewOfRevision(clone, 'HEAD'), clone)).toEqual({ 'src/lib.rs': '2' })
    const error = errorOf(() => viewOfRevision(clone, 'HEAD~1').treeOf(clone))
    expect(error.why).toContain('the clone is partial')
    const [, command = ''] = /`git (fetch [^`]+)`/.exec(error.fix) ?? []
    gitIn(clone, ...command.split(' '))
    expect(all(viewOfRevision(clone, 'HEAD~1'), clone)).toEqual({ 'src/lib.rs': '1' })
  })
})

describe('the index', () => {
  test.each(['2', '3', '4'])('version %s', (version) => {
    commit({ 'a.txt': '1', 'src/a/lib.rs': '1', 'src/a/lib2.rs': '2', 'src/b.rs': '3' })
    git('update-index', '--index-version', version === '3' ? '2' : version)
    write({ 'new.rs': 'announced' })
    // An extended entry makes version 3.
    if (version === '3') git('add', '-N', 'new.rs')
    expect(fs.readFileSync(join(dir, '.git/index')).readUInt32BE(4)).toBe(Number(version))
    write({ 'src/b.rs': 'staged' })
    git('add', 'src/b.rs')
    write({ 'src/b.rs': 'on disk' })
    const view = viewOfIndex(dir)
    expect(all(view)).toEqual({ 'a.txt': '1', 'src/a/lib.rs': '1', 'src/a/lib2.rs': '2', 'src/b.rs': 'staged' })
    expect(view.absence(join(dir, 'new.rs'))?.kind).toBe('untracked')
    expect(view.treeOf(dir).problems).toEqual(
      version === '3' ? ['new.rs is announced with `git add -N`, not staged, and was left out'] : [],
    )
  })

  test('links, programs and what is skipped in the working tree', () => {
    commit({ 'src/lib.rs': 'x', 'run.sh': '#!/bin/sh\n', 'skipped.rs': 'kept' })
    fs.symlinkSync('src/lib.rs', join(dir, 'link.rs'))
    fs.chmodSync(join(dir, 'run.sh'), 0o755)
    git('add', '-A')
    git('update-index', '--skip-worktree', 'skipped.rs')
    fs.rmSync(join(dir, 'skipped.rs'))
    expect(all(viewOfIndex(dir))).toEqual({
      'link.rs': 'x',
      'run.sh': '#!/bin/sh\n',
      'skipped.rs': 'kept',
      'src/lib.rs': 'x',
    })
  })

  test('a sparse one: directories that stand for what is below them', () => {
    commit({ 'in/a.rs': '1', 'out/deep/b.rs': '2', 'top.txt': '3' })
    git('sparse-checkout', 'set', '--cone', '--sparse-index', 'in')
    expect(git('ls-files', '--sparse')).toContain('out/\n')
    expect(all(viewOfIndex(dir))).toEqual({ 'in/a.rs': '1', 'out/deep/b.rs': '2', 'top.txt': '3' })
  })

  test('what is not understood, or cannot be committed, is an error', () => {
    commit({ 'a.txt': '1' })
    git('checkout', '-q', '-b', 'side')
    commit({ 'a.txt': '2' })
    git('checkout', '-q', 'main')
    commit({ 'a.txt': '3' })
    git('update-index', '--split-index')
    expect(errorOf(() => viewOfIndex(dir)).fix).toContain('--no-split-index')
    git('update-index', '--no-split-index')
    spawnSync('git', ['merge', '-q', 'side'], { cwd: dir, env: ENVIRONMENT })
    expect(errorOf(() => viewOfIndex(dir))).toMatchObject({
      what: 'The index has conflicts',
      why: expect.stringMatching(/^a\.txt /),
    })
    const index = join(dir, '.git/index')
    const bytes = fs.readFileSync(index)
    fs.writeFileSync(
      index,
      bytes.map((byte, at) => (at === 20 ? byte ^ 1 : byte)),
    )
    expect(errorOf(() => viewOfIndex(dir)).why).toBe('its sum is not that of its bytes')
    for (let length = 0; length < bytes.length; length += 7) {
      fs.writeFileSync(index, Buffer.concat([bytes.subarray(0, length), Buffer.alloc(20)]))
      expect(errorOf(() => viewOfIndex(dir)).what).toMatch(/cannot be read|has conflicts/)
    }
  })

  test('before the first commit', () => {
    git('init', '-q', '-b', 'main')
    expect(all(viewOfIndex(dir))).toEqual({})
    write({ 'a.txt': '1' })
    git('add', '.')
    expect(all(viewOfIndex(dir))).toEqual({ 'a.txt': '1' })
  })
})

describe('what is not there has a reason', () => {
  test('untracked, ignored, of another revision, outside', () => {
    commit({ '.gitignore': 'Cargo.lock\n!kept/Cargo.lock\n', 'sub/.gitignore': '/gen\n', 'a.txt': '' })
    const files = { 'Cargo.lock': '', 'kept/Cargo.lock': '', 'sub/gen/x.rs': '', 'sub/other/gen': '', 'new.rs': '' }
    write(files)
    write({ 'later.rs': '' })
    git('add', 'later.rs')
    const view = viewOfRevision(dir, 'HEAD')
    expect(Object.keys(files).map((path) => view.absence(join(dir, path))?.kind)).toEqual([
      'ignored',
      'untracked',
      'ignored',
      'untracked',
      'untracked',
    ])
    expect(view.absence(join(dir, 'later.rs'))?.kind).toBe('other')
    expect(view.absence(join(dir, 'nowhere.rs'))?.kind).toBe('missing')
    expect(view.absence(scratch.path)?.kind).toBe('outside')
    expect(view.absence(join(dir, 'a.txt'))).toBeUndefined()
    expect(viewOfRevision(dir, 'HEAD', 'disk').absence(scratch.path)).toBeUndefined()
    expect(viewOfRevision(dir, 'HEAD', 'disk').realPath(scratch.path)).toBe(scratch.path)
    for (const path of git('ls-files', '-o', '--exclude-standard').split('\n')) {
      expect([path, view.absence(join(dir, path))?.kind]).toEqual([path, 'untracked'])
    }
  })

  test('attributes that give a checkout other bytes are told', () => {
    commit({
      '.gitattributes': '*.rs working-tree-encoding=UTF-16LE\n*.txt text eol=lf\n# *.c ident\n',
      'sub/.gitattributes': '"a b" ident\nsecret filter=crypt\n',
      'sub/lib.rs': '',
    })
    expect(
      viewOfRevision(dir, 'HEAD')
        .treeOf(join(dir, 'sub'))
        .problems.map((line) => line.split(':')[0]),
    ).toEqual(['.gitattributes of the repository', '.gitattributes', '.gitattributes'])
  })

  test.each([
    ['*.rs working-tree-encoding=ISO646-FR', true],
    ['/sub/*.rs working-tree-encoding=ISO646-FR', true],
    ['[attr]odd text working-tree-encoding=ISO646-FR\n"sub/lib.rs" odd', true],
    ['*.rc working-tree-encoding=ISO646-FR', false],
    ['*.rs text eol=lf ident', false],
  ])('a file that has another encoding in a checkout is not read: %j', (attributes, isLost) => {
    commit({ '.gitattributes': `${attributes}\n`, 'sub/lib.rs': 'fn f() {}\n', 'sub/Cargo.toml': '' })
    const view = viewOfRevision(dir, 'HEAD')
    const read = view.treeOf(join(dir, 'sub')).tree.read('lib.rs')
    expect(read?.text).toBe(isLost ? '' : 'fn f() {}\n')
    expect(read?.problem).toEqual(isLost ? expect.stringContaining('has another encoding') : undefined)
  })
})
