import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openStore } from '../../src/store/index.js'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'caps-store-'))
})
afterEach(() => {
  chmodSync(directory, 0o700)
  rmSync(directory, { recursive: true, force: true })
})

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const contentFiles = (): string[] =>
  readdirSync(join(directory, 'v1/content-v2'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

test('what was put is there, for another process too', async () => {
  await openStore(directory).put('a', bytes('one'))
  expect(Buffer.from((await openStore(directory).get('a')) ?? [])).toEqual(Buffer.from('one'))
  expect(await openStore(directory).get('b')).toBeUndefined()
  expect(await openStore(join(directory, 'nowhere')).get('a')).toBeUndefined()
})

test('the directory is its owner’s alone', async () => {
  chmodSync(directory, 0o755)
  const troubles: string[] = []
  const store = openStore(directory, (why) => void troubles.push(why))
  await store.put('a', bytes('one'))
  expect(statSync(join(directory, 'v1')).mode & 0o077).toBe(0)
  expect(statSync(directory).mode & 0o777).toBe(0o755)
  chmodSync(join(directory, 'v1'), 0o777)
  expect(await store.get('a')).toBeUndefined()
  expect(troubles).toEqual([expect.stringContaining('nothing is taken from there')])
})

test.each([
  ['cut short', (path: string) => truncateSync(path, 1)],
  ['overwritten', (path: string) => writeFileSync(path, 'two')],
  ['gone', (path: string) => rmSync(path)],
])('a value that is %s is no value, and can be put again', async (_, harm) => {
  const troubles: string[] = []
  const store = openStore(directory, (why) => void troubles.push(why))
  await store.put('a', bytes('one'))
  for (const path of contentFiles()) {
    chmodSync(path, 0o600)
    harm(path)
  }
  expect(await store.get('a')).toBeUndefined()
  await store.put('a', bytes('one'))
  expect(Buffer.from((await store.get('a')) ?? []).toString()).toBe('one')
})

test('what cannot be kept is told, and no more', async () => {
  const troubles: string[] = []
  writeFileSync(join(directory, 'file'), '')
  const store = openStore(join(directory, 'file/below'), (why) => void troubles.push(why))
  await store.put('a', bytes('one'))
  expect(await store.get('a')).toBeUndefined()
  expect(troubles[0]).toContain('nothing can be kept')
})

test('the least recently used goes first', async () => {
  const store = openStore(directory, () => {}, 10)
  await store.put('a', bytes('aaaa'))
  await store.put('b', bytes('bbbb'))
  // As if a long time ago; reading `a` makes it the newest.
  for (const path of contentFiles()) utimesSync(path, 1, 1)
  await store.get('a')
  await store.put('c', bytes('cccc'))
  expect(await store.get('b')).toBeUndefined()
  expect([await store.get('a'), await store.get('c')].every((value) => value !== undefined)).toBe(true)
  expect(await store.summary()).toEqual({ entries: 2, bytes: 8 })
  expect(await store.prune(5)).toEqual({ entries: 1, bytes: 4 })
  await store.clean()
  expect(await store.summary()).toEqual({ entries: 0, bytes: 0 })
})
