/** What a policy names to be looked at, and what options name: which holds, and when less is looked at. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { narrowingOf } from '../../src/review/narrowing.js'
import { WHOLE_SCOPE } from '../../src/review/policy.js'
import { allowAllIn, check, initialPolicyOf, updatedPolicyOf } from '../../src/wiring/check.js'
import { requirePackages } from '../../src/wiring/known-subjects.js'
import { policyPlace } from '../../src/wiring/policy-file.js'
import { optionsWithin } from '../../src/wiring/policy-scope.js'
import { Scratch } from '../project/support.js'

const LINUX = 'x86_64-unknown-linux-gnu'
const WINDOWS = 'x86_64-pc-windows-msvc'
const scope = { ...WHOLE_SCOPE, targets: [LINUX, WINDOWS], features: ['a'] }

const HERE = process.cwd()
const narrows = (...given: Parameters<typeof narrowingOf>): boolean => narrowingOf(...given).length > 0

test('an option holds in the place of what the policy names; those about features are one choice', () => {
  expect(optionsWithin(scope, {}, HERE)).toEqual({ target: [LINUX, WINDOWS], features: ['a'] })
  expect(optionsWithin(scope, { target: [LINUX] }, HERE)).toEqual({ target: [LINUX], features: ['a'] })
  expect(optionsWithin(scope, { allFeatures: true }, HERE)).toEqual({ target: [LINUX, WINDOWS], allFeatures: true })
  const decided = { ...WHOLE_SCOPE, cfg: ['not(loom)'] }
  expect(optionsWithin(decided, {}, HERE)).toEqual({ cfg: ['not(loom)'] })
  expect(optionsWithin(decided, { cfg: ['loom'] }, HERE)).toEqual({ cfg: ['loom'] })
})

test('less is looked at when an option leaves something out', () => {
  expect(narrows({}, scope)).toBe(false)
  expect(narrows({ target: [WINDOWS, LINUX, 'wasm32-wasip1'], features: ['a', 'b'] }, scope)).toBe(false)
  expect(narrows({ target: [LINUX] }, scope)).toBe(true)
  expect(narrows({ features: ['b'] }, scope)).toBe(true)
  expect(narrows({ cfg: ['not(loom)'] }, { ...WHOLE_SCOPE, cfg: ['not(loom)', 'x'] })).toBe(false)
  expect(narrowingOf({ cfg: ['nightly'] }, scope)).toEqual(['--cfg nightly'])
  expect(narrows({ entry: 'main' }, scope)).toBe(true)
  expect(narrows({ target: [LINUX] }, WHOLE_SCOPE)).toBe(true)
  expect(narrows({ features: ['x'] }, WHOLE_SCOPE)).toBe(false)
  expect(narrows({ noDefaultFeatures: true }, WHOLE_SCOPE)).toBe(true)
  expect(narrows({ packages: ['a'] }, WHOLE_SCOPE)).toBe(true)
  expect(narrows({ entry: 'main' }, { ...WHOLE_SCOPE, entry: 'main' })).toBe(false)
  expect(narrowingOf({ capabilityMaps: ['own.toml', 'other.toml'] }, { ...WHOLE_SCOPE, maps: ['own.toml'] })).toEqual([
    '--capability-map other.toml',
  ])
})

describe('a crate with code for Windows', () => {
  let scratch: Scratch | undefined
  afterEach(() => scratch?.remove())

  const MAIN = `fn main() { std::env::var("A").ok(); }
#[cfg(windows)] pub fn remove() { std::fs::remove_file("x").ok(); }`

  test('is clean for the target that the policy was made for, and told of when another one is asked for', async () => {
    scratch = new Scratch().useAsCargoHome().write({
      'app/Cargo.toml': '[package]\nname = "app"\nversion = "1.0.0"\n',
      'app/Cargo.lock': 'version = 4\n[[package]]\nname = "app"\nversion = "1.0.0"\n',
      'app/src/main.rs': MAIN,
    })
    const directory = `${scratch.path}/app`
    const text = await initialPolicyOf(directory, { target: [LINUX] })
    expect(text).toContain(`[analysis]\ntarget = "${LINUX}"\n`)
    scratch.write({ 'app/caps.toml': text })
    expect(await check(directory)).toMatchObject({ clean: true, problems: [], targets: [LINUX] })
    const other = await check(directory, { target: [WINDOWS] })
    expect(other.problems).toMatchObject([{ capability: 'fs/write', verdict: 'not-allowed' }])

    scratch.write({ 'app/src/main.rs': 'fn main() { std::process::exit(1) }' })
    const place = policyPlace(directory, undefined)
    const { added, removed, left } = await updatedPolicyOf(directory, place)
    expect(added).toEqual([{ what: ['process/exit'], package: 'app', targets: [] }])
    expect(removed).toEqual([{ what: ['all'], package: 'app', targets: [] }])
    expect(left).toEqual([])
    await expect(updatedPolicyOf(directory, place, { target: [WINDOWS] })).rejects.toThrow('Only a part')

    expect(() => requirePackages(place, ['ap'])).toThrow('There is no package ap here')
    expect(() => requirePackages(place, ['app@2'])).toThrow('app is locked at 1.0.0')
    expect(requirePackages(place, ['app', 'app@1', 'a*', '.cargo'])).toBeUndefined()

    const request = { capabilities: ['exec'], targets: [], transitive: false, reason: 'x' }
    const { text: more, lines } = allowAllIn(place, [
      { ...request, package: 'app' },
      { ...request, package: 'other' },
    ])
    const at = lines.map((line) => more.split('\n').slice(line - 1, line + 1))
    expect(at).toEqual([
      ['[[allow]]', 'package = "app"'],
      ['[[allow]]', 'package = "other"'],
    ])
  })
  test('an entry and a map are written into the policy, and looked at by it', async () => {
    scratch = new Scratch().useAsCargoHome().write({
      'app/Cargo.toml': '[package]\nname = "app"\nversion = "1.0.0"\n',
      'app/Cargo.lock': 'version = 4\n[[package]]\nname = "app"\nversion = "1.0.0"\n',
      'app/src/main.rs': `${MAIN} fn unused() { std::process::Command::new("x").spawn().ok(); }`,
      'app/maps/own.toml': 'version = 1\nrows = [{ path = "std::env::var", safe = "x" }]\n',
      'elsewhere.toml': '',
    })
    const directory = `${scratch.path}/app`
    const map = `${directory}/maps/own.toml`
    const text = await initialPolicyOf(directory, { entry: 'main', target: [LINUX], capabilityMaps: [map] })
    expect(text).toContain('entry = "main"\ncapability-map = "maps/own.toml"\n')
    expect(text).not.toContain('exec')
    expect(text).not.toContain('env/read')
    scratch.write({ 'app/caps.toml': text })
    const clean = { clean: true, problems: [] }
    expect(await check(directory)).toMatchObject(clean)
    const same = await check(directory, { entry: 'main', capabilityMaps: [map] })
    expect(same).toMatchObject(clean)
    expect(same).not.toHaveProperty('narrowedBy')
    expect(await check(directory, { entry: 'public' })).toMatchObject({ narrowedBy: ['--entry public'] })

    const outside = `${scratch.path}/elsewhere.toml`
    await expect(initialPolicyOf(directory, { capabilityMaps: [outside] })).rejects.toThrow('cannot be named')
    scratch.write({ 'app/caps.toml': text.replace('maps/own.toml', '../elsewhere.toml') })
    await expect(check(directory)).rejects.toThrow('is outside of its directory')
  })
})
