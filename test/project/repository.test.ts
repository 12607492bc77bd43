/** Reports name files as the repository does, wherever in it the workspace stands. */

import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { loadWorkspace } from '../../src/project/index.js'
import { Scratch } from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch().useAsCargoHome().write({
    'repo/rust/Cargo.toml': '[workspace]\nmembers = ["app"]\n',
    'repo/rust/app/Cargo.toml':
      '[package]\nname = "app"\nversion = "1.0.0"\n[dependencies]\nbeside = { path = "../../beside" }\naway = { path = "../../../away" }\n',
    'repo/rust/app/src/lib.rs': '',
    'repo/beside/Cargo.toml': '[package]\nname = "beside"\nversion = "1.0.0"\n',
    'repo/beside/src/lib.rs': '',
    'away/Cargo.toml': '[package]\nname = "away"\nversion = "1.0.0"\n',
    'away/src/lib.rs': '',
  })
})
afterEach(() => scratch.remove())

const directories = async (): Promise<readonly unknown[]> => {
  const { packages, directory } = await loadWorkspace(join(scratch.path, 'repo/rust/app'), { offline: true })
  return [directory, ...packages.map((one) => [one.name, one.directory])]
}

test('a package has its directory in the repository; one outside has none', async () => {
  scratch.write({ 'repo/.git/HEAD': 'ref: refs/heads/main\n' })
  expect(await directories()).toEqual(['rust', ['app', 'rust/app'], ['away', undefined], ['beside', 'beside']])
})

test('a worktree has a file .git', async () => {
  scratch.write({ 'repo/rust/.git': 'gitdir: elsewhere\n' })
  expect(await directories()).toContainEqual(['app', 'app'])
})

test('without a repository the workspace root counts', async () => {
  expect(await directories()).toEqual(['.', ['app', 'app'], ['away', undefined], ['beside', undefined]])
})
