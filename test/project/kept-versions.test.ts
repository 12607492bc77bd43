import { describe, expect, test } from '@jest/globals'
import { type KnownPatch, keptVersions } from '../../src/project/kept-versions.js'
import type { LockedPackage, Lockfile } from '../../src/project/lockfile.js'
import { lockedIdentity } from '../../src/project/source-identity.js'
import type { Candidate, WantedPackage } from '../../src/project/version-question.js'
import { REGISTRY } from './support.js'

const keyOf = (id: string, source?: string): string =>
  id.replace('@', ' ') + (source === undefined ? '' : ` (${source})`)
function locked(id: string, source?: string, dependencies: readonly string[] = []): LockedPackage {
  const [name = '', version = ''] = id.split('@')
  return { key: keyOf(id, source), name, version, ...(source === undefined ? {} : { source }), dependencies }
}
function candidate(id: string, dependencies: readonly WantedPackage[] = [], source?: string): Candidate {
  const { key, name, version } = locked(id)
  return { id: key, name, version, features: new Map(), dependencies, ...(source === undefined ? {} : { source }) }
}
const wanted = (packageName: string, requirement = '*', more: Partial<WantedPackage> = {}): WantedPackage => ({
  nameInToml: packageName,
  packageName,
  requirement,
  optional: false,
  defaultFeatures: true,
  features: [],
  dev: false,
  from: REGISTRY,
  ...more,
})
const lockfile = (packages: readonly LockedPackage[], unused: Lockfile['unusedPatches'] = []): Lockfile => ({
  version: 4,
  packages,
  unusedPatches: unused,
})
const INDEX = lockedIdentity(REGISTRY)?.url ?? ''

/** The version at which `*` of `dep` stays for a root with these dependencies. */
function staysAt(
  previous: Lockfile,
  dependencies: readonly WantedPackage[],
  patches: readonly KnownPatch[] = [],
  others: readonly Candidate[] = [],
): string | undefined {
  const root = candidate('root@1.0.0', dependencies)
  const kept = keptVersions({ previous, own: [root, ...others], members: [root], patches })
  return kept.keptFor(wanted('dep'), root)?.version
}

const TWO = [locked('dep@1.0.0', REGISTRY), locked('dep@2.0.0', REGISTRY)]
const root = locked('root@1.0.0', undefined, [keyOf('dep@2.0.0', REGISTRY)])

describe('a dependency stays', () => {
  test('at what its dependent had, else at the lowest that is locked', () => {
    expect(staysAt(lockfile([...TWO, root]), [])).toBe('2.0.0')
    expect(staysAt(lockfile(TWO), [])).toBe('1.0.0')
  })

  test('nowhere, when of its source something is asked that the lockfile does not have', () => {
    expect(staysAt(lockfile([...TWO, root]), [wanted('new')])).toBeUndefined()
    expect(staysAt(lockfile([...TWO, root]), [wanted('new', '*', { from: 'git+https://host.invalid/x' })])).toBe(
      '2.0.0',
    )
  })

  test('what packages of paths ask counts, but not what is optional there', () => {
    const near = (more: Partial<WantedPackage>) => [candidate('near@1.0.0', [wanted('new', '*', more)])]
    const toNear = [wanted('near', '*', { from: 'near 1.0.0' })]
    expect(staysAt(lockfile([...TWO, root]), toNear, [], near({}))).toBeUndefined()
    expect(staysAt(lockfile([...TWO, root]), toNear, [], near({ optional: true }))).toBe('2.0.0')
  })

  test('a package of a path that is gone is nothing that could be meant', () => {
    const gone = locked('gone@3.0.0')
    expect(staysAt(lockfile([...TWO, root, gone]), [wanted('gone')])).toBeUndefined()
    expect(staysAt(lockfile([...TWO, root, gone]), [wanted('gone')], [], [candidate('gone@3.0.1')])).toBe('2.0.0')
  })
})

describe('a patch', () => {
  const patch = (version: string): KnownPatch => {
    const brought = candidate(`dep@${version}`)
    return { of: INDEX, packageName: 'dep', from: brought.id, brings: [brought] }
  }
  const others = (version: string) => [candidate(`dep@${version}`)]

  test('that brings what it brought is kept', () => {
    const before = locked('root@1.0.0', undefined, ['dep 2.5.0'])
    expect(staysAt(lockfile([before, locked('dep@2.5.0')]), [], [patch('2.5.0')], others('2.5.0'))).toBe('2.5.0')
  })

  test('that brings another version, used or not, sets free what it patches', () => {
    const unused = [{ name: 'dep', version: '2.5.0' }]
    expect(staysAt(lockfile([...TWO, root], unused), [], [patch('2.5.0')], others('2.5.0'))).toBe('2.0.0')
    expect(staysAt(lockfile([...TWO, root], unused), [], [patch('2.6.0')], others('2.6.0'))).toBeUndefined()
  })
})

test('what was there and is free is still preferred, whatever the commit of git', () => {
  const git = 'git+https://host.invalid/x?branch=a%2Fb'
  const own = candidate('root@1.0.0', [wanted('new'), wanted('other', '*', { from: git })])
  const kept = keptVersions({
    previous: lockfile([...TWO, locked('g@1.0.0', `${git}#0123`)]),
    own: [own],
    members: [own],
    patches: [],
  })
  expect(kept.has({ name: 'dep', version: '1.0.0', source: REGISTRY })).toBe(true)
  expect(kept.has({ name: 'g', version: '1.0.0', source: 'git+https://host.invalid/x?branch=a/b#4567' })).toBe(true)
  expect(kept.has({ name: 'dep', version: '3.0.0', source: REGISTRY })).toBe(false)
})
