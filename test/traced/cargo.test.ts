/** cargo under the tracer: where it is started, and that nothing is offline. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { program } from '../e2e/run-caps.js'
import { crateArchive, crateFiles, lockEntry, REGISTRY_DIRECTORY, sha256 } from '../project/support.js'
import { Laboratory } from './run-traced.js'

let laboratory: Laboratory
beforeEach(() => {
  laboratory = new Laboratory()
})
afterEach(() => laboratory.remove())

describe('a crate whose dependency is missing', () => {
  const dependency = { id: 'dep@1.0.0' }
  const root = { id: 'root@1.0.0', manifest: '[dependencies]\ndep = "1"\n', needs: [dependency.id] }
  let cargo = ''

  beforeEach(() => {
    const archive = crateArchive('dep', '1.0.0', crateFiles(dependency))
    const lock = `version = 4\n${lockEntry({ ...root, local: true }, '')}\n${lockEntry(dependency, sha256(archive))}`
    const files = { ...crateFiles(root), 'Cargo.lock': lock, '.cargo/config.toml': '[build]\nrustc-wrapper = "evil"\n' }
    for (const [path, content] of Object.entries(files)) {
      const full = join(laboratory.crate, path)
      mkdirSync(join(full, '..'), { recursive: true })
      writeFileSync(full, content)
    }
    const stock = join(laboratory.root, 'dep-1.0.0.crate')
    writeFileSync(stock, archive)
    mkdirSync(join(laboratory.root, 'bin'))
    cargo = join(laboratory.root, 'bin/cargo')
    const cache = join(laboratory.home, '.cargo/registry/cache', REGISTRY_DIRECTORY)
    writeFileSync(cargo, `#!/bin/sh\nPATH=/usr/bin:/bin\nmkdir -p '${cache}' && cp '${stock}' '${cache}'\n`)
    chmodSync(cargo, 0o755)
  })

  const analyze = (...options: string[]): string[] => [program, 'analyze', laboratory.crate, ...options]

  test('starts the user’s cargo, once, in a directory that is gone afterwards', () => {
    const run = laboratory.run(analyze(), cargo)
    expect(run).toMatchObject({ objections: [], code: 0 })
    expect(run.started.map((one) => one.program)).toEqual([cargo])
    const [directory = ''] = run.started.map((one) => one.directory)
    expect(directory.startsWith(`${laboratory.temporary}/`)).toBe(true)
    expect(existsSync(directory)).toBe(false)
  })

  test('starts nothing offline, and is an error', () => {
    expect(laboratory.run(analyze('--offline'), cargo)).toMatchObject({ objections: [], started: [], code: 2 })
  })
})
