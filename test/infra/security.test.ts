/**
 * SECURITY.md: each promise names tests that are there, and what is installed with caps runs no code when it is installed and is
 * pinned by its digest.
 */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')

/** What package-lock.json says of a package, as far as it is asked here. */
interface Locked {
  readonly dev?: boolean
  readonly peer?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
  readonly integrity?: string
}

/** Packages that come with caps: not those for development, and no optional peers, which a user installs by himself. */
function installed(lock: { readonly packages: Readonly<Record<string, Locked>> }): [string, Locked][] {
  return Object.entries(lock.packages).filter(
    ([path, { dev, peer, optional }]) => path !== '' && dev !== true && !(peer === true && optional === true),
  )
}

/** Why a package may not come with caps. */
function objections(lock: Parameters<typeof installed>[0]): string[] {
  return installed(lock).flatMap(([path, { hasInstallScript, integrity }]) => [
    ...(hasInstallScript === true ? [`${path} has an install script`] : []),
    ...(integrity?.startsWith('sha512-') === true ? [] : [`${path} is not pinned by a digest`]),
  ])
}

/** Rows of the table of promises: a promise, and the paths that are linked beside it. */
function promises(text: string): [string, string[]][] {
  const table = /<!-- promises -->\n([\s\S]*?)<!-- end -->/.exec(text)?.[1] ?? ''
  const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| promise |'))
  return rows.map((row) => {
    const [, promise = '', held = ''] = row.split(' | ').join('|').split('|')
    return [promise.trim(), [...held.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => path)]
  })
}

/** Promises that no test holds, and paths that are no test of ours. */
function broken(text: string): string[] {
  return promises(text).flatMap(([promise, paths]) =>
    paths.length === 0
      ? [`no test: ${promise}`]
      : paths.filter((path) => !/^test\/.+\.test\.ts$/.test(path) || !existsSync(new URL(path, ROOT))),
  )
}

describe('the table of promises', () => {
  test('each names tests that are there', () => {
    expect(promises(read('SECURITY.md')).length).toBeGreaterThan(9)
    expect(broken(read('SECURITY.md'))).toEqual([])
  })

  test('one without a test, and one whose test is gone, are found', () => {
    const rows = '| a | none |\n| b | [x](test/gone.test.ts), [y](test/infra/security.test.ts) |\n'
    expect(broken(`<!-- promises -->\n${rows}<!-- end -->`)).toEqual(['no test: a', 'test/gone.test.ts'])
  })

  test('SECURITY.md is linked where one looks, packed, and names no address', () => {
    expect(read('README.md')).toContain('(SECURITY.md)')
    expect(read('docs/README.md')).toContain('(../SECURITY.md)')
    expect((JSON.parse(read('package.json')) as { files: string[] }).files).toContain('SECURITY.md')
    expect(read('SECURITY.md')).not.toMatch(/\S@\S+\.\S|https?:/)
  })
})

describe('what is installed with caps', () => {
  test('runs nothing when it is installed, and is pinned by digests', () => {
    const lock = JSON.parse(read('package-lock.json')) as Parameters<typeof installed>[0]
    const names = installed(lock).map(([path]) => path.slice('node_modules/'.length))
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
    expect(names).toEqual(expect.arrayContaining(Object.keys(dependencies)))
    expect(objections(lock)).toEqual([])
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m)
  })

  test('an install script and a package without a digest are found; not those of optional peers', () => {
    const script = { hasInstallScript: true, integrity: 'sha512-x' }
    const packages = {
      '': { hasInstallScript: true },
      'node_modules/a': script,
      'node_modules/b': {},
      'node_modules/c': { ...script, peer: true, optional: true },
      'node_modules/d': { ...script, dev: true },
      'node_modules/e': { ...script, optional: true },
    }
    expect(objections({ packages })).toEqual([
      'node_modules/a has an install script',
      'node_modules/b is not pinned by a digest',
      'node_modules/e has an install script',
    ])
  })
})
