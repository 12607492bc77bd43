import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type LoadOptions, loadWorkspace } from '../../src/project/index.js'
import { parseManifestText } from '../../src/project/manifest.js'
import { resolverOf } from '../../src/project/resolver-version.js'
import { Scratch } from './support.js'

describe('which resolver', () => {
  test.each([
    ['[package]\nname = "a"\nedition = "2018"\n', 1],
    ['[package]\nname = "a"\n', 1],
    ['[package]\nname = "a"\nedition = "2021"\n', 2],
    ['[package]\nname = "a"\nedition = "2024"\n', 3],
    ['[package]\nname = "a"\nedition = "2021"\nresolver = "1"\n', 1],
    ['[package]\nname = "a"\nedition = "2018"\n[workspace]\nresolver = "2"\n', 2],
    ['[package]\nname = "a"\nedition.workspace = true\n[workspace.package]\nedition = "2021"\n', 2],
    ['[workspace]\nmembers = []\n', 1],
    ['[workspace]\nresolver = "3"\n', 3],
  ])('%j', (text, expected) => {
    const problems: string[] = []
    expect(resolverOf(parseManifestText(text, 'Cargo.toml'), problems)).toBe(expected)
    expect(problems).toEqual([])
  })

  test('one that is not known is told', () => {
    const problems: string[] = []
    expect(resolverOf(parseManifestText('[workspace]\nresolver = "9"\n', 'Cargo.toml'), problems)).toBe(3)
    expect(problems).toEqual(['resolver 9 is not known; read as 3'])
  })
})

describe('resolver 1', () => {
  let scratch: Scratch
  beforeEach(() => {
    scratch = new Scratch().useAsCargoHome()
  })
  afterEach(() => scratch.remove())

  const FEATURES = '[features]\ndefault = []\ndev = []\nbuild = []\nother = []\ncli = []\n'
  const tables = `[dependencies]\nd = { path = "d" }
[build-dependencies]\nd = { path = "d", features = ["build"] }
[dev-dependencies]\nd = { path = "d", features = ["dev"] }
[target."cfg(target_os = \\"none\\")".dependencies]\nd = { path = "d", features = ["other"] }\n`

  async function unitsOf(resolver: string, options: LoadOptions = {}): Promise<readonly (readonly [string, string])[]> {
    scratch.write({
      'ws/Cargo.toml': `[package]\nname = "r"\nversion = "1.0.0"\nedition = "2021"\nresolver = "${resolver}"\n${tables}[features]\nx = ["d/cli"]\n[workspace]\nmembers = ["m"]\n`,
      'ws/src/lib.rs': '',
      'ws/build.rs': 'fn main() {}',
      'ws/d/Cargo.toml': `[package]\nname = "d"\nversion = "1.0.0"\n${FEATURES}`,
      'ws/d/src/lib.rs': '',
      'ws/m/Cargo.toml': `[package]\nname = "m"\nversion = "1.0.0"\n[dependencies]\nd = { path = "../d" }\n[features]\nx = []\n`,
      'ws/m/src/lib.rs': '',
    })
    const target = ['x86_64-unknown-linux-gnu']
    const { units } = await loadWorkspace(join(scratch.path, 'ws'), { offline: true, target, ...options })
    return units
      .filter(({ crateName }) => crateName === 'd')
      .map(({ id, features }) => [id, features.join(' ')] as const)
  }

  test('every dependency adds to the features, compiled or not', async () => {
    expect(await unitsOf('1')).toEqual([['d@1.0.0 lib', 'build default dev other']])
    expect(await unitsOf('2')).toEqual([
      ['d@1.0.0 lib', 'default'],
      ['d@1.0.0 lib (host)', 'build default'],
    ])
  })

  test('--features are those of the package that was named, picked or not', async () => {
    expect(await unitsOf('1', { features: ['x'] })).toEqual([['d@1.0.0 lib', 'build cli default dev other']])
    expect(await unitsOf('1', { features: ['x'], packages: ['m'] })).toEqual([
      ['d@1.0.0 lib', 'build cli default dev other'],
    ])
    expect(await unitsOf('2', { features: ['x'], packages: ['m'] })).toEqual([['d@1.0.0 lib', 'default']])
    await expect(unitsOf('1', { features: ['y'] })).rejects.toMatchObject({ what: 'There is no feature y' })
  })

  test('its own name before a feature is that of no dependency', async () => {
    expect(await unitsOf('2', { features: ['r/x'] })).toEqual(await unitsOf('2', { features: ['x'] }))
    await expect(unitsOf('1', { features: ['r/x'] })).rejects.toMatchObject({ what: 'There is no feature r/x' })
  })
})
