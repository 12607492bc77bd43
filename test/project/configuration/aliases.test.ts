// Which aliases of cargo's configuration stay with the code that is read.
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readConfiguration } from '../../../src/project/configuration/read-configuration.js'
import { DISK } from '../../../src/project/file-view.js'
import { Scratch } from '../support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch()
})
afterEach(() => scratch.remove())

/** What the alias `x`, of those words, is said to do. */
function aliased(command: string, rest = ''): string | undefined {
  scratch.write({
    'repo/Cargo.toml': '',
    'repo/.cargo/config.toml': `[alias]\nx = ${JSON.stringify(command)}\n${rest}`,
  })
  const repository = join(scratch.path, 'repo')
  const view = { view: DISK, start: repository, repository, cargoHome: join(scratch.path, 'home') }
  return readConfiguration(view, {}).powers.find(({ key }) => key === 'alias.x')?.what
}

test.each([
  ['build --release'],
  ['run --package xtask --'],
  ['run -p xtask -- --manifest-path x'],
  ['--color never -q test --workspace'],
  ['clippy --all-targets -- -D warnings -Wclippy::all --deny unused'],
  ['fmt --all -- --check'],
  ['build --target wasm32-unknown-unknown'],
])('%s: another name for a command over this workspace', (command) => {
  expect(aliased(command)).toBe(`x = ${command}`)
})

test.each([
  ['install --git https://host.invalid/x'],
  ['install other'],
  ['run --manifest-path other/Cargo.toml --'],
  ['--quiet run --manifest-path=other/Cargo.toml'],
  ['-C other run'],
  ['-Cother run'],
  ['-Zscript other.rs'],
  ['+own build'],
  ['rustc -- -Clinker=./x'],
  ['clippy -- -Clinker=./x'],
  ['clippy -- -D -Clinker=./x'],
  ['build --target ./x.json'],
  ['build --target-dir other'],
  ['watch -s ./x.sh'],
  ['add other --git https://host.invalid/x'],
])('%s: what is not read', (command) => {
  expect(aliased(command)).toBe(`other code: x = ${command}`)
})

test('an alias of an alias does what that does; one that configures, what it configures', () => {
  expect(aliased('y', 'y = "install other"\n')).toBe('x = y')
  expect(aliased('build --config build.rustc="z"')).toBe('--config build.rustc="z"')
})
