import { describe, expect, test } from '@jest/globals'
import { parseLockfile } from '../../src/project/lockfile.js'
import { printLockfile } from '../../src/project/lockfile-text.js'
import { REGISTRY } from './support.js'

const SUM = 'a'.repeat(64)

describe('Cargo.lock', () => {
  test('version 1: checksums in [metadata], dependencies in long form, [root]', () => {
    const { version, packages } = parseLockfile(
      `[root]
name = "app"
version = "0.1.0"
dependencies = ["a 1.0.0 (${REGISTRY})", "g 0.1.0 (git+https://host.invalid/g)"]

[[package]]
name = "a"
version = "1.0.0"
source = "${REGISTRY}"

[[package]]
name = "g"
version = "0.1.0"
source = "git+https://host.invalid/g#0123456789012345678901234567890123456789"

[metadata]
"checksum a 1.0.0 (${REGISTRY})" = "${SUM.toUpperCase()}"
"checksum g 0.1.0 (git+https://host.invalid/g)" = "<none>"
`,
      'Cargo.lock',
    )
    expect(version).toBe(1)
    expect(packages.map(({ name, checksum }) => [name, checksum])).toEqual([
      ['app', undefined],
      ['a', SUM],
      ['g', undefined],
    ])
    expect(packages[0]?.dependencies).toEqual([packages[1]?.key, packages[2]?.key])
  })

  test('version 4: name, name version, and name version (source) are the shortest that is clear', () => {
    const entry = (name: string, version: string, rest: string): string =>
      `[[package]]\nname = "${name}"\nversion = "${version}"\n${rest}\n`
    const registry = `source = "${REGISTRY}"\nchecksum = "${SUM}"`
    const text = [
      'version = 4\n',
      entry('app', '0.1.0', `dependencies = ["a", "b 1.0.0", "c 1.0.0 (${REGISTRY})"]`),
      entry('a', '1.0.0', registry),
      entry('b', '1.0.0', registry),
      entry('b', '2.0.0', registry),
      entry('c', '1.0.0', registry),
      entry('c', '1.0.0', `source = "git+https://host.invalid/c?branch=x#${'1'.repeat(40)}"`),
    ].join('\n')
    const lockfile = parseLockfile(text, 'Cargo.lock')
    expect(lockfile.packages[0]?.dependencies).toEqual([
      `a 1.0.0 (${REGISTRY})`,
      `b 1.0.0 (${REGISTRY})`,
      `c 1.0.0 (${REGISTRY})`,
    ])
    expect(
      parseLockfile(printLockfile(lockfile), 'again')
        .packages.map(({ key }) => key)
        .sort(),
    ).toEqual(lockfile.packages.map(({ key }) => key).sort())
  })

  test.each([
    ['not TOML', 'this is no lockfile', 'Invalid TOML'],
    ['a newer version', 'version = 5', 'its version is 5'],
    [
      'another kind of value',
      'version = 4\n[[package]]\nname = 1',
      'line 3: package.0.name is a number; it takes a text',
    ],
  ])('%s is an error', (_, text, why) => {
    expect(() => parseLockfile(text, 'Cargo.lock')).toThrow(why)
  })

  test.each([
    ['that it does not hold', '"b"', []],
    ['that is ambiguous', '"b"', ['1.0.0', '2.0.0']],
    ['of another version', '"b 1.0.0"', ['2.0.0']],
  ])('a dependency %s is passed over, and said, as cargo looks for it anew', (_, reference, versions) => {
    const others = versions.map((v) => `[[package]]\nname = "b"\nversion = "${v}"\nsource = "${REGISTRY}"\n`)
    const text = `[[package]]\nname = "a"\nversion = "1.0.0"\ndependencies = [${reference}]\n${others.join('')}`
    const { packages, dangling } = parseLockfile(text, 'Cargo.lock')
    expect(packages[0]?.dependencies).toEqual([])
    expect(dangling).toEqual([`a 1.0.0 depends on ${reference}, which is not in it or ambiguous`])
  })
})
