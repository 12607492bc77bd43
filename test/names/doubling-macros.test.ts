/** Macros that call one another twice make two to the power of their number: they end in a loss, and the rest is read. */
import { expect, test } from '@jest/globals'
import { graphOfText } from '../support/fixture-graph.js'

const doubling = (count: number, call: string): string =>
  Array.from({ length: count }, (_, i) => `macro_rules! m${i + 1} { () => { ${call.replaceAll('@', `m${i}`)} } }`).join(
    '\n',
  )

test('as items', async () => {
  const code = `macro_rules! m0 { () => { fn f() {} } }\n${doubling(39, '@!{} @!{}')}\nm39!{}\npub fn rest() { std::process::abort() }`
  const { losses, references } = await graphOfText(code)
  expect(losses.some(({ kind, what }) => kind === 'limit' && what.startsWith('macros of this crate expand'))).toBe(true)
  expect(references.some(({ callee }) => callee === 'std::process::abort')).toBe(true)
}, 120_000)

test('as expressions', async () => {
  const code = `macro_rules! m0 { () => { 1 } }\n${doubling(39, '@!() + @!()')}\npub fn go() -> u64 { m39!() }\npub fn rest() { std::process::abort() }`
  const { losses, references } = await graphOfText(code)
  expect(losses.some(({ kind }) => kind === 'limit')).toBe(true)
  expect(references.some(({ callee }) => callee === 'std::process::abort')).toBe(true)
}, 120_000)

test('a few dozen that nest as deep, one in another, are no limit', async () => {
  const code = `macro_rules! m { () => {}; ($x:ident $($rest:ident)*) => { pub fn $x() {} m!{ $($rest)* } } }\nm!{ ${Array.from({ length: 100 }, (_, i) => `f${i}`).join(' ')} }`
  const { losses, functions } = await graphOfText(code)
  expect(losses.filter(({ kind }) => kind === 'limit')).toEqual([])
  expect(functions.length).toBe(100)
})
