/** A file is written whole or not at all. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { writeOutput } from '../../src/cli/output.js'

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'caps-output-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

test('what fails half-way leaves the old file and nothing else', async () => {
  const file = join(directory, 'report.json')
  writeFileSync(file, 'old')
  function* chunks(): Generator<string> {
    yield 'x'.repeat(100_000)
    throw new Error('broken')
  }
  await expect(writeOutput(chunks(), file)).rejects.toThrow('broken')
  expect(readFileSync(file, 'utf8')).toBe('old')
  expect(readdirSync(directory)).toEqual(['report.json'])
})

test('a place that cannot be written to is told in three parts', async () => {
  mkdirSync(join(directory, 'here'))
  for (const file of [join(directory, 'missing/x'), join(directory, 'here')]) {
    await expect(writeOutput(['x'], file)).rejects.toMatchObject({ what: `The output cannot be written to ${file}` })
  }
})

test('permissions stay, a link stays a link, and no link leads out of the directory that was named', async () => {
  const [file, link] = [join(directory, 'private.json'), join(directory, 'link')]
  writeFileSync(file, 'old')
  chmodSync(file, 0o600)
  symlinkSync('private.json', link)
  await writeOutput(['one, ', 'two'], link, { within: directory })
  expect(readFileSync(file, 'utf8')).toBe('one, two')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  mkdirSync(join(directory, 'inner'))
  symlinkSync('../private.json', join(directory, 'inner/link'))
  symlinkSync('../new.json', join(directory, 'inner/dangling'))
  for (const name of ['inner/link', 'inner/dangling']) {
    const outside = writeOutput(['x'], join(directory, name), { within: join(directory, 'inner') })
    await expect(outside).rejects.toMatchObject({ why: expect.stringContaining('link') })
  }
  expect(readFileSync(file, 'utf8')).toBe('one, two')
  expect(readdirSync(directory)).not.toContain('new.json')
})

test('signals are listened to only while a file is written', async () => {
  const before = process.listenerCount('SIGTERM')
  await writeOutput(['x'], join(directory, 'signal'))
  expect(process.listenerCount('SIGTERM')).toBe(before)
})
