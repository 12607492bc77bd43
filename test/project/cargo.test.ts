// Law 5, with a cargo of ours on PATH: a shell script that notes where it runs and what it is given.

import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { refuseForeignConfiguration } from '../../src/project/cargo-run.js'
import { loadWorkspace } from '../../src/project/index.js'
import { crateArchive, crateFiles, type FakeCrate, lockEntry, REGISTRY_DIRECTORY, Scratch, sha256 } from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch()
  scratch.useAsCargoHome(join(scratch.path, 'bin'))
  mkdirSync(join(scratch.path, 'log'))
})
afterEach(() => scratch.remove())

const root: FakeCrate = { id: 'root@1.0.0', manifest: '[dependencies]\ndep = "1"\n', needs: ['dep@1.0.0'] }
const dep: FakeCrate = { id: 'dep@1.0.0' }

/** A cargo that writes its directory and manifest to `log`, then runs `script` (`$ROOT` is the scratch directory). */
function installCargo(script: string, place = 'bin'): void {
  const path = scratch.writeBytes(
    `${place}/cargo`,
    Buffer.from(`#!/bin/sh
PATH=/usr/bin:/bin
ROOT='${scratch.path}'
pwd >> "$ROOT/log/cwd"; echo "$@" >> "$ROOT/log/arguments"; cat Cargo.toml >> "$ROOT/log/manifest"
[ ! -f Cargo.lock ] || cat Cargo.lock > "$ROOT/log/lock"
${script}
`),
  )
  chmodSync(path, 0o755)
}

const log = (name: string): string => readFileSync(join(scratch.path, 'log', name), 'utf8')

/** Archives that the script can copy into the cache, and the lockfile that fits them. */
function stock(crates: readonly FakeCrate[]): string {
  return crates
    .map((crate) => {
      const [name = '', version = ''] = crate.id.split('@')
      const archive = crateArchive(name, version, crateFiles(crate))
      scratch.writeBytes(`stock/${name}-${version}.crate`, archive)
      return lockEntry(crate, sha256(archive))
    })
    .join('\n')
}

const DELIVER = [REGISTRY_DIRECTORY]
  .map((name) => `"$ROOT/home/registry/cache/${name}"`)
  .map((to) => `mkdir -p ${to} && cp "$ROOT"/stock/*.crate ${to}`)
  .join(' && ')

describe('fetching what is missing', () => {
  test('runs in a directory of ours that is gone afterwards, with exact versions and their checksums', async () => {
    installCargo(DELIVER)
    const lockfile = scratch.writeBytes('test.lock', Buffer.from(`version = 4\n${stock([root, dep])}`))
    const events: string[] = []
    const { roots } = await loadWorkspace('root@1.0.0', { lockfile, onProgress: ({ step }) => events.push(step) })
    expect(roots).toEqual(['root@1.0.0'])
    const [cwd = ''] = log('cwd').split('\n')
    expect(cwd).not.toContain(scratch.path)
    expect(existsSync(cwd)).toBe(false)
    expect(log('arguments')).toBe('fetch\n')
    expect(log('manifest')).toContain('version = "=1.0.0"')
    expect(log('lock')).toContain(sha256(crateArchive('root', '1.0.0', crateFiles(root))))
    expect(events).toEqual(['fetching', 'reading', 'reading'])
  })

  test('a crate without a lockfile: cargo resolves manifests of ours, never in the crate’s directory', async () => {
    const lock = stock([dep])
    scratch.write({ 'made.lock': `version = 4\n${lockEntry({ ...root, local: true }, '')}\n${lock}` })
    installCargo(
      `${DELIVER}\n[ -f m0/Cargo.toml ] && cat m0/Cargo.toml > "$ROOT/log/member"; cp "$ROOT/made.lock" Cargo.lock`,
    )
    for (const [path, text] of Object.entries(crateFiles(root))) scratch.write({ [`crate/${path}`]: text })
    scratch.write({ 'crate/.cargo/config.toml': '[build]\nrustc-wrapper = "evil"\n', 'crate/build.rs': 'fn main() {}' })
    const { units } = await loadWorkspace(join(scratch.path, 'crate'), {})
    expect(units.map(({ id }) => id)).toEqual(['dep@1.0.0 lib', 'root@1.0.0 build', 'root@1.0.0 lib'])
    expect(log('cwd')).not.toContain(scratch.path)
    expect(log('member')).toContain('[dependencies.dep]')
    expect(existsSync(join(scratch.path, 'crate/Cargo.lock'))).toBe(false)
  })

  test('a program without a library: its own lockfile, and its workspace’s members from the registry', async () => {
    const member: FakeCrate = { id: 'dep@1.0.0', local: true }
    const files = {
      'src/main.rs': '',
      'Cargo.lock': `version = 4\n${lockEntry({ ...root, local: true }, '')}\n${lockEntry(member, '')}`,
    }
    stock([{ ...root, files }, dep])
    const one = lockEntry({ ...root, needs: [] }, sha256(crateArchive('root', '1.0.0', crateFiles({ ...root, files }))))
    scratch.write({ 'made.lock': `version = 4\n${one}` })
    installCargo(`${DELIVER}\ncp "$ROOT/made.lock" Cargo.lock`)
    const { units } = await loadWorkspace('root', {})
    expect(units.map(({ id }) => id)).toEqual(['dep@1.0.0 lib', 'root@1.0.0 bin root'])
  })

  test('cargo’s own words when it fails, and no directory left behind', async () => {
    installCargo('echo "error: no matching package" >&2; exit 101')
    await expect(loadWorkspace('root', {})).rejects.toMatchObject({ why: 'error: no matching package' })
    expect(existsSync(log('cwd').trim())).toBe(false)
  })

  test('a lockfile’s address that is no https or ssh is not handed to cargo', async () => {
    installCargo(DELIVER)
    const lockfile = scratch.write({
      'test.lock': `version = 4\n${stock([root]).replace(/registry\+https/, 'registry+file')}`,
    })
    await expect(loadWorkspace('root@1.0.0', { lockfile: join(lockfile.path, 'test.lock') })).rejects.toThrow()
    expect(existsSync(join(scratch.path, 'log/cwd'))).toBe(false)
  })

  test('a cargo inside the crate is not started, nor one by a relative path', async () => {
    for (const [path, text] of Object.entries(crateFiles(root))) scratch.write({ [`crate/${path}`]: text })
    installCargo(DELIVER, 'crate/bin')
    process.env['PATH'] = `${join(scratch.path, 'crate/bin')}:bin:.`
    await expect(loadWorkspace(join(scratch.path, 'crate'), {})).rejects.toMatchObject({
      why: expect.stringContaining('no cargo on PATH'),
    })
    expect(existsSync(join(scratch.path, 'log/cwd'))).toBe(false)
  })

  test.each(['.cargo/config.toml', '.cargo/config', 'rust-toolchain.toml', 'rust-toolchain'])(
    'cargo is not started below a directory with %s',
    (file) => {
      const directory = join(scratch.path, 'a/b')
      expect(() => refuseForeignConfiguration(directory, undefined)).not.toThrow()
      expect(() => refuseForeignConfiguration(directory, join(scratch.path, 'a'))).toThrow('inside the crate')
      scratch.write({ [file]: '' })
      expect(() => refuseForeignConfiguration(directory, undefined)).toThrow('would configure it')
    },
  )
})
