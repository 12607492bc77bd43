/** A reading that must find something says so when it does not. */
import { expect, test } from '@jest/globals'
import { checked } from '../../src/base/index.js'

test('gives the element, one that is zero, empty or null too', () => {
  expect(['a', '', 0, null].map((_, i, list) => checked(list[i]))).toEqual(['a', '', 0, null])
})

test('throws where there is none', () => {
  const list: readonly number[] = [1]
  expect(() => checked(list[1])).toThrow('a list has no element where one must be')
})
