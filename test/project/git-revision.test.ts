/** Revisions read from a repository's objects: which one a name means, and what of it is seen. */
import * as fs from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as git from 'isomorphic-git'
import { ProjectError } from '../../src/base/index.js'
import { DISK, type FileView } from '../../src/project/file-view.js'
import { viewOfRevision } from '../../src/project/git-revision.js'
import { loadWorkspace } from '../../src/project/index.js'
import { crateFiles, type Files, Scratch } from './support.js'

let scratch: Scratch
let dir: string
beforeEach(() => {
  scratch = new Scratch()
  dir = join(scratch.path, 'repo')
})
afterEach(() => scratch.remove())

const author = { name: 'a', email: 'a@example.invalid', timestamp: 1_600_000_000, timezoneOffset: 0 }

/** Writes the files, and commits all that lies there. */
async function commit(files: Files): Promise<string> {
  for (const [path, content] of Object.entries(files)) scratch.write({ [`repo/${path}`]: content })
  if (!fs.existsSync(join(dir, '.git'))) await git.init({ fs, dir, defaultBranch: 'main' })
  await git.add({ fs, dir, filepath: '.' })
  return git.commit({ fs, dir, message: 'm', author })
}

const filesOf = (view: FileView, directory = dir): string[] => [...view.treeOf(directory).tree.files.keys()]

describe('names of revisions', () => {
  test('branch, tag, commit, abbreviated commit, HEAD, and commits before it', async () => {
    const first = await commit({ 'a.txt': 'first' })
    await git.branch({ fs, dir, ref: 'old' })
    await git.annotatedTag({ fs, dir, ref: 'v1', message: 'm', tagger: author })
    const second = await commit({ 'a.txt': 'second' })
    await commit({ 'a.txt': 'third' })
    const text = (revision: string) => viewOfRevision(dir, revision).readInside(dir, 'a.txt')?.text
    for (const name of ['old', 'v1', first, first.slice(0, 8), 'HEAD~2', '@~2', 'main~~', 'main^^', 'main^1~1']) {
      expect([name, text(name)]).toEqual([name, 'first'])
    }
    expect(text(second)).toBe('second')
    expect(text('HEAD')).toBe('third')
  })

  test.each(['nope', 'HEAD~9', 'HEAD^2', '0123456', 'HEAD~99999999', ''])('%j is none', async (revision) => {
    await commit({ 'a.txt': '' })
    expect(() => viewOfRevision(dir, revision)).toThrow(ProjectError)
  })

  test('a directory in no repository', async () => {
    expect(() => viewOfRevision(scratch.path, 'HEAD')).toThrow('no git repository')
  })

  test('what is no directory has none', async () => {
    await expect(loadWorkspace('serde@1.0.0', { offline: true, revision: 'HEAD' })).rejects.toThrow('has no revision')
  })

  test('a worktree has a HEAD of its own', async () => {
    await commit({ 'a.txt': 'first' })
    await git.branch({ fs, dir, ref: 'side' })
    await commit({ 'a.txt': 'second' })
    scratch.write({
      'tree/.git': `gitdir: ${join(dir, '.git/worktrees/tree')}\n`,
      'repo/.git/worktrees/tree/HEAD': 'ref: refs/heads/side\n',
      'repo/.git/worktrees/tree/commondir': '../..\n',
    })
    const tree = join(scratch.path, 'tree')
    expect(viewOfRevision(tree, 'HEAD').readInside(tree, 'a.txt')?.text).toBe('first')
  })
})

describe('what is seen', () => {
  test('the files of the commit, not those of the disk', async () => {
    await commit({ 'src/lib.rs': 'pub fn old() {}', 'kept/x.rs': '' })
    scratch.write({ 'repo/src/lib.rs': 'pub fn new() {}', 'repo/src/untracked.rs': '' })
    const view = viewOfRevision(dir, 'HEAD')
    expect(filesOf(view)).toEqual(['kept/x.rs', 'src/lib.rs'])
    expect(filesOf(view, join(dir, 'src'))).toEqual(['lib.rs'])
    expect(view.directoriesIn(dir)).toEqual(['kept', 'src'])
    expect(view.readInside(join(dir, 'src'), 'lib.rs')?.text).toBe('pub fn old() {}')
    expect(view.realPath(join(dir, 'src/untracked.rs'))).toBeUndefined()
  })

  test('nothing outside: links that lead there are noted, paths with .. name nothing', async () => {
    scratch.write({ 'secret.txt': 'secret' })
    await commit({ 'src/lib.rs': 'x', 'deep/a.rs': 'y' })
    fs.symlinkSync('../../secret.txt', join(dir, 'src/out.rs'))
    fs.symlinkSync('../deep/a.rs', join(dir, 'src/beside.rs'))
    fs.symlinkSync('lib.rs', join(dir, 'src/in.rs'))
    fs.symlinkSync('../src/lib.rs', join(dir, 'src/back.rs'))
    fs.symlinkSync('loop.rs', join(dir, 'src/loop.rs'))
    fs.symlinkSync('.', join(dir, 'src/self'))
    fs.symlinkSync('gone.rs', join(dir, 'src/gone.rs'))
    fs.symlinkSync('/etc/passwd', join(dir, 'src/absolute.rs'))
    fs.symlinkSync('src', join(dir, 'alias'))
    await commit({})
    const view = viewOfRevision(dir, 'HEAD')
    const { tree, problems } = view.treeOf(join(dir, 'src'))
    expect([...tree.files.keys()]).toEqual(['back.rs', 'in.rs', 'lib.rs'])
    expect(tree.read('in.rs')?.text).toBe('x')
    // The same words as of a checkout, so that a comparison with it shows no difference.
    expect(problems).toEqual(DISK.treeOf(join(dir, 'src')).problems)
    expect(problems).toContain('beside.rs is a link that leads outside and was left out')
    expect([...view.treeOf(dir).tree.files.keys()]).toEqual([...DISK.treeOf(dir).tree.files.keys()])
    expect(view.realPath(join(dir, 'alias/in.rs'))).toBe(join(dir, 'src/lib.rs'))
    expect(view.readInside(join(dir, 'src'), 'beside.rs')).toBeUndefined()
    expect(view.readInside(dir, 'src/beside.rs')?.text).toBe('y')
    expect(tree.read('../deep/a.rs')).toBeUndefined()
    expect(view.realPath(join(scratch.path, 'secret.txt'))).toBeUndefined()
    expect(view.readInside(dir, '../secret.txt')).toBeUndefined()
  })

  test('a workspace of a revision: members, path dependencies and the lockfile of then', async () => {
    const member = { id: 'a@1.0.0', manifest: '[dependencies]\nb = { path = "../b" }\n' }
    const under = (directory: string, files: Files) =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]))
    await commit({
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
      ...under('crates/a', crateFiles(member)),
      ...under('crates/b', crateFiles({ id: 'b@0.1.0' })),
    })
    await commit({ ...under('crates/b', crateFiles({ id: 'b@0.2.0' })) })
    const packages = async (revision?: string) => {
      const { packages: found } = await loadWorkspace(dir, { offline: true, revision })
      return found.map(({ id }) => id)
    }
    expect(await packages()).toEqual(['a@1.0.0', 'b@0.2.0'])
    expect(await packages('HEAD~1')).toEqual(['a@1.0.0', 'b@0.1.0'])
  })

  test('nothing is written to the repository', async () => {
    await commit({ 'src/lib.rs': '', 'Cargo.toml': '' })
    const before = fs.readdirSync(join(dir, '.git'), { recursive: true }).sort()
    viewOfRevision(dir, 'HEAD')
    expect(fs.readdirSync(join(dir, '.git'), { recursive: true }).sort()).toEqual(before)
  })
})
