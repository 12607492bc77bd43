/** Variables of a table: what they are bound to always has an end. */
import { expect, test } from '@jest/globals'
import { freshVar, newTable, shallow, unify } from '../../src/types/table.js'
import { varTy } from '../../src/types/ty.js'

test('a variable is the same variable however it is written, and is not bound to itself', () => {
  const table = newTable()
  const variable = freshVar(table)
  expect(unify(table, variable, varTy(0))).toBe(true)
  expect(table.bound).toEqual([undefined])
  expect(shallow(table, variable)).toBe(variable)
})
