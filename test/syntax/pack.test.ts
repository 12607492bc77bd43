import { beforeAll, describe, expect, test } from '@jest/globals'
import {
  initSyntax,
  packBodies,
  packFile,
  parseFile,
  parseFiles,
  readBody,
  unpackFile,
} from '../../src/syntax/index.js'
import { packTrees } from '../../src/syntax/pack.js'
import { readTree } from '../../src/syntax/unpack.js'

beforeAll(initSyntax)

describe('packing', () => {
  test.each([
    [0],
    [-5],
    [2 ** 28 - 1],
    [-(2 ** 28 - 1)],
    [''],
    ['x'],
    [true],
    [false],
    [[]],
    [[[1], ['a', [true]]]],
    [{}],
    [{ k: 'a', x: 1 }],
    [{ k: 'b', x: { k: 'a', x: 'k' } }],
    [{ k: 3, x: 1 }],
    [{ x: 1, k: 'late' }],
    [Object.freeze({ a: Object.freeze([]), b: [1] })],
  ])('%j comes back equal', (value) => {
    const packed = packTrees([value, value])
    expect(readTree(packed, 0)).toEqual(value)
    expect(readTree(packed, 1)).toEqual(value)
    expect(readTree(packed, 2)).toBeUndefined()
  })

  test('undefined keys are left out', () => {
    expect(Object.keys(readTree(packTrees([{ a: 1, b: undefined }]), 0) as object)).toEqual(['a'])
  })

  test.each([[1.5], [2 ** 29], [Number.NaN], [null], [() => 1]])('%p is refused', (value) => {
    expect(() => packTrees([value])).toThrow(/pack/)
  })

  test('frozen objects are shared', () => {
    const shared = Object.freeze({ x: Object.freeze([1, 2]) })
    const [a, b] = readTree(packTrees([[shared, shared]]), 0) as readonly object[]
    expect(a).toBe(b)
    expect(a).toEqual(shared)
  })

  test('broken data is an error', () => {
    expect(() => readTree({ ints: Int32Array.of(1, 0, 0), strings: [], starts: Int32Array.of(9) }, 0)).toThrow(/pack/)
    expect(() => readTree({ ints: new Int32Array(0), strings: [], starts: Int32Array.of(0) }, 0)).toThrow(/pack/)
  })
})

const TEXT = `
  #![no_std]
  fn f<T: A>(x: &T) -> u8 { if let Some(y) = x.g(1, "a") && z { loop { break 3 } } else { m!(a) }; S { a: 1, ..b } }
  const N: u8 = 1 + 2;
  enum E { A = 1 }
`

test('bodies read from packed facts are those of plain facts', () => {
  const plain = parseFile(TEXT)
  const packed = { bodies: packBodies(plain.bodies as never) }
  expect(plain.bodies).toHaveLength(3)
  for (let ref = 0; ref < 3; ref++) expect(readBody(packed, ref)).toEqual(readBody(plain, ref))
  expect(() => readBody(plain, 3)).toThrow(/no body/)
  expect(() => readBody(packed, 3)).toThrow(/no body/)
})

test('a packed file comes back with its items', () => {
  const plain = parseFile(TEXT)
  const { bodies: _, ...rest } = unpackFile(packFile(plain))
  const { bodies: __, ...expected } = plain
  expect(rest).toEqual(expected)
})

test('parseFiles gives the facts in the order of the texts', async () => {
  const seen: number[] = []
  const facts = await parseFiles(['fn a() {}', '', 'fn b() { 1 }'], (done) => seen.push(done))
  expect(facts.map((file) => file.items.map((item) => item.name))).toEqual([['a'], [], ['b']])
  expect(seen).toEqual([1, 2, 3])
})
