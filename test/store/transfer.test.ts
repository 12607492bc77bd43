import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { exportStore, importStore, openStore, type Store, TransferFault } from '../../src/store/index.js'

let directory = ''
let file = ''
let from: Store
let to: Store
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'caps-transfer-'))
  file = join(directory, 'warm')
  from = openStore(join(directory, 'from'))
  to = openStore(join(directory, 'to'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** Longer than what is read at once, and with bytes that are line ends. */
const LONG = Uint8Array.from({ length: 200_000 }, (_, at) => at % 251)
const NONE = new Uint8Array()

async function filled(): Promise<Buffer> {
  await from.put('long\n"key"', LONG)
  await from.put('none', NONE)
  await from.put('one', Uint8Array.of(1))
  expect(await exportStore(from, file)).toBe(3)
  return readFileSync(file)
}

test('what was exported is there after the import, beside what was there', async () => {
  await filled()
  await to.put('mine', Uint8Array.of(9))
  expect(await importStore(to, file)).toBe(3)
  expect((await to.keys()).toSorted()).toEqual(['long\n"key"', 'mine', 'none', 'one'])
  expect(Buffer.from((await to.get('long\n"key"')) ?? []).equals(LONG)).toBe(true)
  expect(await to.get('none')).toHaveLength(0)
  expect(Buffer.from((await to.get('mine')) ?? [])).toEqual(Buffer.of(9))
})

test('an empty store is a file too', async () => {
  expect(await exportStore(from, file)).toBe(0)
  expect(await importStore(to, file)).toBe(0)
})

test('nothing is kept of a file that is cut short anywhere', async () => {
  const whole = await filled()
  for (const length of [0, 5, 13, 40, 150_000, whole.length - 20, whole.length - 1]) {
    writeFileSync(file, whole.subarray(0, length))
    await expect(importStore(to, file)).rejects.toThrow(TransferFault)
  }
  expect(await to.keys()).toEqual([])
})

test('nothing is kept of a file with a changed byte, one too many, or of another format', async () => {
  const whole = await filled()
  const changed = Buffer.from(whole)
  changed[150_000] = (changed[150_000] ?? 0) ^ 1
  const rubbish = Buffer.from('caps-store 1\n{"key":"a","bytes":-1,"sha256":""}\n')
  const later = Buffer.from('caps-store 2\n{"entries":0}\n')
  for (const bytes of [changed, Buffer.concat([whole, Buffer.of(10)]), rubbish, later, Buffer.alloc(100_000, 65)]) {
    writeFileSync(file, bytes)
    await expect(importStore(to, file)).rejects.toThrow(TransferFault)
  }
  expect(await to.keys()).toEqual([])
})

test('an export that fails leaves the old file and nothing beside it', async () => {
  const whole = await filled()
  const broken: Store = { ...from, keys: () => Promise.reject(new Error('broken')) }
  await expect(exportStore(broken, file)).rejects.toThrow('broken')
  expect(readFileSync(file).equals(whole)).toBe(true)
  expect(readdirSync(directory).toSorted()).toEqual(['from', 'warm'])
})
