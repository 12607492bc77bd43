/** The suite fails when something is put in by hand: scripts that do what caps promises not to, under the same tracer and judge. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Laboratory } from './run-traced.js'

let laboratory: Laboratory
beforeEach(() => {
  laboratory = new Laboratory()
})
afterEach(() => laboratory.remove())

/** What is held against a script. */
function objectionsTo(script: string): readonly string[] {
  return laboratory.run(['--input-type=commonjs', '--eval', script]).objections
}

const text = JSON.stringify

describe('a script that', () => {
  test('does what is allowed is let through', () => {
    const [from, to] = [laboratory.crate, laboratory.output].map((directory) => text(join(directory, 'a')))
    writeFileSync(join(laboratory.crate, 'a'), '')
    expect(objectionsTo(`fs.writeFileSync(${to}, fs.readFileSync(${from})); fs.unlinkSync(${to})`)).toEqual([])
  })

  test('starts a program', () => {
    expect(objectionsTo(`child_process.spawnSync('/bin/true')`)).toEqual(['started /bin/true'])
  })

  test('starts a program in the crate', () => {
    const script = `child_process.spawnSync('/bin/true', { cwd: ${text(laboratory.crate)} })`
    expect(objectionsTo(script)).toEqual(['started /bin/true', `started /bin/true in ${laboratory.crate}`])
  })

  test('opens a socket', () => {
    const found = objectionsTo(`net.connect(9, '127.0.0.1').on('error', () => {})`)
    expect(found).toContainEqual(expect.stringMatching(/^opened a socket: socket AF_INET/))
    expect(found).toContainEqual(expect.stringMatching(/^opened a socket: connect .*"127\.0\.0\.1"/))
  })

  test('reads a stray file, by its name and by a link in the crate', () => {
    expect(objectionsTo(`fs.readFileSync('/etc/passwd')`)).toEqual(['read /etc/passwd'])
    const link = text(join(laboratory.crate, 'link'))
    const script = `fs.symlinkSync('/etc/passwd', ${link}); fs.readFileSync(${link})`
    expect(objectionsTo(script)).toEqual([`changed ${JSON.parse(link)} (symlink)`, 'read /etc/passwd'])
  })

  test('writes, makes and removes stray files', () => {
    const path = join(laboratory.directory, 'stray')
    const script = `fs.writeFileSync('stray', ''); fs.mkdirSync('a'); fs.renameSync('stray', 'b'); fs.rmSync('b')`
    expect(objectionsTo(script)).toEqual([
      `wrote ${path}`,
      `changed ${join(laboratory.directory, 'a')} (mkdir)`,
      `changed ${path} (rename)`,
      `changed ${join(laboratory.directory, 'b')} (rename)`,
      `changed ${join(laboratory.directory, 'b')} (unlink)`,
    ])
  })

  test('does it in a thread', () => {
    const script = `new worker_threads.Worker("require('fs').readFileSync('/etc/passwd')", { eval: true })`
    expect(objectionsTo(script)).toEqual(['read /etc/passwd'])
  })
})
