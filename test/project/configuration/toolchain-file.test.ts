// rust-toolchain files, as rustup finds and reads them, and files that the configuration names.
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { unreadConfiguration } from '../../../src/project/configuration/load-files.js'
import { readConfiguration } from '../../../src/project/configuration/read-configuration.js'
import { DISK } from '../../../src/project/file-view.js'
import { type Files, Scratch } from '../support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch()
})
afterEach(() => scratch.remove())

/** What is read of `repo/app`, a directory of the repository `repo`. */
function read(files: Files) {
  scratch.write({ 'repo/app/Cargo.toml': '', 'repo/.git/HEAD': '', ...files })
  const at = (path: string): string => join(scratch.path, path)
  const places = { view: DISK, start: at('repo/app'), repository: at('repo'), cargoHome: at('home') }
  const found = readConfiguration(places, {})
  return {
    powers: found.powers.map(({ at: { file, line }, key, does, what, sha256 }) =>
      [`${file}:${line}`, key, does, what, ...(sha256 === undefined ? [] : [sha256.slice(0, 8)])].join(' '),
    ),
    decisions: found.decisions.map(({ at: { file, line, scope }, key }) => `${scope} ${file}:${line} ${key}`),
    losses: found.losses.map(({ at: { file, line }, message }) => `${file}:${line} ${message.split('\n')[0]}`),
    named: found.named.map(({ file }) => file),
    unread: unreadConfiguration(places, found.files, [at('repo/app'), at('repo/other')]).map(
      ({ at: { file } }) => file,
    ),
  }
}

test('The nearest holds, of two names the older one; a directory of programs is a power', () => {
  const { powers, decisions, unread } = read({
    'repo/app/rust-toolchain': '[toolchain]\npath = "tools"\n',
    'repo/app/rust-toolchain.toml': '[toolchain]\nchannel = "1.90.0"\n',
    'repo/rust-toolchain.toml': '[toolchain]\nchannel = "nightly"\n',
    'repo/other/rust-toolchain.toml': '[toolchain]\npath = "worse"\n',
  })
  expect(powers).toEqual(['app/rust-toolchain:2 toolchain.path program tools'])
  expect(decisions).toEqual(['repository app/rust-toolchain:2 toolchain.path'])
  expect(unread).toEqual(['other/rust-toolchain.toml'])
})

test('A release decides what compiles and has no power; above the repository it is the word of the machine', () => {
  expect(read({ 'repo/rust-toolchain': 'nightly-2026-01-01\n' })).toMatchObject({
    powers: [],
    losses: [],
    decisions: ['repository rust-toolchain:1 toolchain.channel'],
  })
  scratch.remove()
  scratch = new Scratch()
  expect(read({ 'rust-toolchain.toml': '[toolchain]\nchannel = "stable"\ncomponents = ["rustfmt"]\n' })).toMatchObject({
    decisions: [
      'machine ../rust-toolchain.toml:2 toolchain.channel',
      'machine ../rust-toolchain.toml:3 toolchain.components',
    ],
  })
})

test.each([
  ['[toolchain]\npath = 1\n', 'rust-toolchain.toml:2 toolchain.path is no key of a toolchain file that is known here'],
  ['[tool]\n', 'rust-toolchain.toml:1 tool is no key of a toolchain file that is known here'],
  [
    '[toolchain\n',
    'rust-toolchain.toml:1 rustup refuses it: rust-toolchain.toml, a configuration of cargo, cannot be read',
  ],
])('What is not understood is a loss: %j', (text, loss) => {
  const { losses, powers } = read({ 'repo/rust-toolchain.toml': text })
  expect(losses).toEqual([expect.stringContaining(loss)])
  expect(powers).toEqual([])
})

test('A target that a file describes is a power, by its path or by a variable that says where such files are', () => {
  expect(read({ 'repo/.cargo/config.toml': '[build]\ntarget = ["own.json", "other"]\n' }).powers).toEqual([
    '.cargo/config.toml:2 build.target target own.json',
  ])
  const found = read({ 'repo/.cargo/config.toml': '[env]\nRUST_TARGET_PATH = "x"\n[build]\ntarget = "other"\n' })
  expect(found.powers).toEqual([
    '.cargo/config.toml:2 env.RUST_TARGET_PATH env RUST_TARGET_PATH',
    '.cargo/config.toml:4 build.target target other',
  ])
})

test('Files of the repository that are named are read, from the directory above the file or from where cargo is run', () => {
  const { named, powers } = read({
    'repo/.cargo/config.toml': [
      '[build]',
      'rustc-wrapper = "tools/wrap.sh"',
      'rustflags = ["-Clinker=./ld"]',
      'rustc = "rustc"',
      '[env]',
      'CC = "../outside.sh"',
      'CXX = { value = "tools/cxx", relative = true }',
    ].join('\n'),
    'repo/tools/wrap.sh': 'a',
    'repo/tools/cxx': 'a',
    'repo/app/ld': 'b',
    'repo/rustc': 'c',
    'outside.sh': 'd',
  })
  expect(named).toEqual(['tools/wrap.sh', 'app/ld', 'tools/cxx'])
  expect(powers.filter((power) => power.includes('ca978112'))).toEqual([
    '.cargo/config.toml:2 build.rustc-wrapper program tools/wrap.sh ca978112',
    '.cargo/config.toml:7 env.CXX env CXX ca978112',
  ])
})
