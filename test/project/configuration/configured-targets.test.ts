// Which targets are looked at, and which options each has, under a configuration; held against what cargo does by test/e2e.
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { configuredTargets } from '../../../src/project/configuration/configured-targets.js'
import { readConfiguration } from '../../../src/project/configuration/read-configuration.js'
import { DISK } from '../../../src/project/file-view.js'
import { Scratch } from '../support.js'

const LINUX = 'x86_64-unknown-linux-gnu'
const WINDOWS = 'x86_64-pc-windows-msvc'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch()
})
afterEach(() => scratch.remove())

interface Given {
  readonly repository?: string
  readonly machine?: string
  readonly environment?: Readonly<Record<string, string>>
}

function configurationOf({ repository = '', machine = '', environment = {} }: Given) {
  scratch.write({ 'repo/.cargo/config.toml': repository, 'home/config.toml': machine })
  const root = join(scratch.path, 'repo')
  return readConfiguration(
    { view: DISK, start: root, repository: root, cargoHome: join(scratch.path, 'home') },
    environment,
  )
}

/** The configured options of Linux and Windows. */
function optionsOf(given: Given): readonly string[] {
  return configuredTargets([LINUX, WINDOWS], configurationOf(given)).map(({ cfg }) =>
    cfg
      .flatMap(({ name, value, configured }) => (configured ? [value === undefined ? name : `${name}=${value}`] : []))
      .join(' '),
  )
}

test('Flags of [build] hold on every target', () => {
  expect(optionsOf({ repository: '[build]\nrustflags = "--cfg a --cfg b=\\"c\\""\n' })).toEqual(['a b=c', 'a b=c'])
})

test('Flags of a target take the place of those of [build], whatever they are', () => {
  const repository = `[build]\nrustflags = ["--cfg=a"]\n[target.${LINUX}]\nrustflags = ["-g"]\n`
  expect(optionsOf({ repository })).toEqual(['', 'a'])
})

test('Flags of all targets that apply hold together', () => {
  const repository = [
    `[target.${WINDOWS}]`,
    'rustflags = ["--cfg=triple"]',
    "[target.'cfg(windows)']",
    'rustflags = ["--cfg=windows_only"]',
    "[target.'cfg(unix)']",
    'rustflags = ["--cfg=unix_only"]',
  ].join('\n')
  expect(optionsOf({ repository })).toEqual(['unix_only', 'triple windows_only'])
})

test('Flags without a condition may set what a condition asks for, others may not', () => {
  const asking = "[target.'cfg(a)']\nrustflags = ['--cfg=b']\n"
  expect(optionsOf({ repository: `${asking}[target.${LINUX}]\nrustflags = ['--cfg=a']\n` })).toEqual(['b a', ''])
  expect(optionsOf({ repository: `${asking}[target.'cfg(unix)']\nrustflags = ['--cfg=a']\n` })).toEqual(['a', ''])
})

test('RUSTFLAGS takes the place of the machine’s files; what the repository says holds for those who have it not set', () => {
  const given = {
    repository: '[build]\nrustflags = ["--cfg=ours"]\n',
    machine: '[build]\nrustflags = ["--cfg=mine"]\n',
  }
  expect(optionsOf(given)[0]).toBe('mine ours')
  expect(optionsOf({ ...given, environment: { RUSTFLAGS: '--cfg now  -Dwarnings' } })[0]).toBe('now ours')
  expect(optionsOf({ environment: { CARGO_ENCODED_RUSTFLAGS: '--cfg\x1fx', RUSTFLAGS: '--cfg y' } })[0]).toBe('x')
})

test('build.target is looked at beside those that stand for all, unless targets are named', () => {
  const configuration = configurationOf({ repository: '[build]\ntarget = ["thumbv7em-none-eabi", "own.json"]\n' })
  expect(configuredTargets(undefined, configuration).map(({ triple }) => triple)).toContain('thumbv7em-none-eabi')
  expect(configuredTargets([LINUX], configuration).map(({ triple }) => triple)).toEqual([LINUX])
  expect(configuration.losses.map(({ message }) => message)).toEqual([
    'build.target own.json is no target that is known: it was not looked at',
  ])
})

test('What decides is told, of both scopes; what only happens when built is not', () => {
  const { decisions } = configurationOf({
    repository:
      '[build]\nrustc-wrapper = "x"\nrustflags = ["--cfg=a"]\n[source.crates-io]\nreplace-with = "v"\n[source.v]\ndirectory = "v"\n',
    machine: '[registries.own]\nindex = "https://registry.invalid/own"\n[term]\nquiet = true\n',
    environment: { CARGO_REGISTRIES_MY_OWN_INDEX: 'https://registry.invalid/my' },
  })
  expect(decisions.map(({ at, key }) => `${at.scope} ${at.file} ${key}`)).toEqual([
    'repository .cargo/config.toml source.crates-io',
    'repository .cargo/config.toml source.v',
    'machine CARGO_HOME/config.toml registries.own.index',
    'repository .cargo/config.toml --cfg a',
  ])
})
