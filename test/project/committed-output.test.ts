// Build output that git holds, on disk by the index, of a revision by its tree.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { committedOutput } from '../../src/project/committed-output.js'
import { DISK } from '../../src/project/file-view.js'
import { viewOfIndex } from '../../src/project/git-revision.js'
import { type Files, Scratch } from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch()
  git('init', '-q', '.')
})
afterEach(() => scratch.remove())

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: scratch.path, stdio: 'ignore' })
}

/** What is found on disk and in the index, the workspace being `ws`. */
function found(files: Files, add: readonly string[], directories: readonly string[] = []) {
  scratch.write({ 'ws/Cargo.toml': '', ...files })
  if (add.length > 0) git('add', '-f', ...add)
  const places = { root: join(scratch.path, 'ws'), repository: scratch.path, directories }
  const [disk, index] = [DISK, viewOfIndex(scratch.path)].map((view) => committedOutput({ ...places, view }))
  return { disk, index }
}

const OUTPUT = { 'ws/target/debug/.fingerprint/a-0/bin-a': '0', 'ws/target/debug/a': '' }

test('What a build left behind is nothing of the repository', () => {
  expect(found(OUTPUT, [])).toEqual({ disk: [], index: [] })
})

test('What is tracked is told, by the records that cargo goes by', () => {
  expect(found(OUTPUT, ['ws'])).toEqual({ disk: ['ws/target'], index: ['ws/target'] })
})

test('A directory of that name that cargo has not made is none', () => {
  expect(found({ 'ws/target/spec.json': '{}', 'ws/target/a/b/c/.fingerprint/d': '' }, ['ws'])).toEqual({
    disk: [],
    index: [],
  })
})

test('Directories that the configuration names, inside of the repository', () => {
  const files = { 'out/x86_64-unknown-none/release/.fingerprint/a': '', 'ws/build/.rustc_info.json': '{}' }
  const directories = [join(scratch.path, 'out'), join(scratch.path, 'ws/build'), '/nowhere']
  const both = ['out', 'ws/build']
  expect(found(files, ['.'], directories)).toEqual({ disk: both, index: both })
})

test('With an index that nobody can read, what lies there counts', () => {
  expect(found(OUTPUT, []).disk).toEqual([])
  scratch.write({ '.git/index': 'no index' })
  const root = join(scratch.path, 'ws')
  expect(committedOutput({ root, repository: scratch.path, directories: [], view: DISK })).toEqual(['ws/target'])
})
