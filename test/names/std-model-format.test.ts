/** The std model's bytes: what goes in comes out, and damage is noticed. */
import { describe, expect, test } from '@jest/globals'
import { pack } from '../../src/names/std-model-pack.js'
import { unpack } from '../../src/names/std-model-unpack.js'

const there = (value: unknown): unknown => unpack(pack(value))

describe('packed values', () => {
  test.each([
    ['numbers of every length', [0, 1, 127, 128, 300, 70_000, 2 ** 40]],
    ['strings and booleans', ['a', '', 'naïve 😀', true, false]],
    ['objects of one and of several shapes', [{ name: 'a' }, { name: 'b' }, { name: 'c', at: 0 }, {}]],
    ['what never varies in a shape', [{ k: 'infer' }, { k: 'infer' }, { k: 'never' }]],
    ['empty and filled arrays under one key', [{ args: [] }, { args: [1, 'x', [2]] }]],
    ['nesting', { a: { b: { c: [{ d: 'e' }] } } }],
  ])('%s', (_what, value) => {
    expect(there(value)).toEqual(value)
  })

  test('a key that holds undefined is left out', () => {
    expect(there({ a: undefined, b: 'x' })).toEqual({ b: 'x' })
  })

  test('members and signatures are there when they are asked for', () => {
    const fn = {
      k: 'fn',
      name: 'f',
      generics: { params: [], where: [] },
      params: [{ name: 'x' }],
      ret: { k: 'never' },
      async: true,
    }
    const read = there({ k: 'impl', name: '', items: [fn, { ...fn, name: 'g', self: { ref: true } }] }) as {
      readonly items: readonly (typeof fn & { readonly self?: unknown })[]
    }
    const [first, second] = read.items
    expect(first).toMatchObject({ name: 'f', async: true, params: fn.params, ret: fn.ret, generics: fn.generics })
    expect(first?.self).toBeUndefined()
    expect(second).toMatchObject({ name: 'g', self: { ref: true } })
    expect(read.items).toBe(read.items)
    expect(first?.params).toBe(first?.params)
  })

  test('what stands behind a skipped part is read from its own place', () => {
    const list = [1, 2, 3].map((n) => ({ k: 'mod', name: `m${n}`, items: [{ k: 'type', name: `T${n}` }] }))
    const read = there(list) as typeof list
    expect(read.map((module) => module.name)).toEqual(['m1', 'm2', 'm3'])
    expect(read[2]?.items).toEqual([{ k: 'type', name: 'T3' }])
    expect(read[0]?.items).toEqual([{ k: 'type', name: 'T1' }])
  })

  test('the same value gives the same bytes', () => {
    const value = { items: [{ k: 'fn', name: 'f', params: [] }], bodies: [{ k: 'error', at: 0, end: 0 }] }
    expect(pack(structuredClone(value))).toEqual(pack(value))
  })

  test('bytes that end too early or name an unknown shape are damage', () => {
    const packed = pack(['text', { a: 'b' }])
    expect(() => unpack({ ...packed, bytes: packed.bytes.subarray(0, 3) })).toThrow('it ends too early')
    expect(() => unpack({ ...packed, shapes: [] })).toThrow('no shape 0')
  })

  test('negative and fractional numbers are refused: no offset or index is one', () => {
    expect(() => pack([-1])).toThrow('only whole numbers')
    expect(() => pack([0.5])).toThrow('only whole numbers')
  })
})
