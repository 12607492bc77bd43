/** Which rule a call takes hangs on where fragments begin, on the edition of who wrote the tokens, and on doc comments. */
import { describe, expect, test } from '@jest/globals'
import { bound, crateOf, lossesOf, programOf } from './support.js'

const RULES = {
  expr: '($e:expr) => { pub struct Expr; }; ($($t:tt)*) => { pub struct Tokens; };',
  expr2021: '($e:expr_2021) => { pub struct Expr; }; ($($t:tt)*) => { pub struct Tokens; };',
  literal:
    '($l:literal) => { pub struct Literal; }; ($i:ident $l:literal) => { pub struct Two; }; ($($t:tt)*) => { pub struct Tokens; };',
  tree: '($t:tt) => { pub struct One; }; ($a:tt $b:tt) => { pub struct Two; }; ($($t:tt)*) => { pub struct Tokens; };',
  ty: '($t:ty) => { pub struct Type; }; ($($t:tt)*) => { pub struct Tokens; };',
  docs: '($(#[$a:meta])+ x) => { pub struct Meta; }; (x) => { pub struct Bare; }; ($($t:tt)*) => { pub struct Tokens; };',
  inner: '(#![doc = $l:literal] x) => { pub struct Inner; }; ($($t:tt)*) => { pub struct Tokens; };',
}

async function made(edition: number, rules: string, input: string): Promise<readonly string[]> {
  const program = await programOf(`
//- /lib.rs crate:app edition:${edition}
macro_rules! m { ${rules} }
m! { ${input} }`)
  expect(lossesOf(program)).toEqual([])
  const names = ['Expr', 'Tokens', 'Literal', 'Two', 'One', 'Type', 'Meta', 'Bare', 'Inner']
  return names.filter((name) => bound(crateOf(program), name) !== undefined)
}

describe('a fragment begins where rustc begins it', () => {
  test.each([
    [2021, RULES.expr, '_', 'Tokens'],
    [2024, RULES.expr, '_', 'Expr'],
    [2024, RULES.expr2021, '_', 'Tokens'],
    [2021, RULES.expr, 'const { 1 }', 'Tokens'],
    [2021, RULES.expr, '{ const { 1 } }', 'Expr'],
    [2024, RULES.expr, 'const { 1 }', 'Expr'],
    [2024, RULES.expr2021, 'const { 1 }', 'Tokens'],
    [2021, RULES.expr, 'let x = 1', 'Tokens'],
    [2024, RULES.expr, 'let x = 1', 'Tokens'],
    [2024, RULES.expr, 'if let x = 1 {}', 'Expr'],
    [2021, RULES.expr, '(_, a) = b', 'Expr'],
    [2021, RULES.expr, 'static || 1', 'Expr'],
    [2021, RULES.expr, 'struct', 'Tokens'],
    [2015, RULES.expr, 'async', 'Expr'],
    [2021, RULES.expr, '=> 1', 'Tokens'],
    [2021, RULES.ty, 'fn(u8) -> u8', 'Type'],
    [2021, RULES.ty, '-> u8', 'Tokens'],
    [2021, RULES.ty, '?Sized', undefined],
    [2021, RULES.tree, '<-', 'One'],
    [2021, RULES.tree, '< -', 'Two'],
    [2021, RULES.tree, '< - >', 'Tokens'],
    [2021, RULES.expr, 'a <-1', 'Expr'],
    [2018, RULES.literal, 'c"x"', 'Two'],
    [2018, RULES.literal, 'cr#"x"#', 'Tokens'],
    [2021, RULES.literal, 'c"x"', 'Literal'],
    [2018, RULES.literal, 'b"x"', 'Literal'],
    [2018, RULES.literal, 'cr"x"', 'Two'],
    [2021, RULES.docs, '/// hi\n x', 'Meta'],
    [2021, RULES.docs, '/** hi */ x', 'Meta'],
    [2021, RULES.docs, '//// hi\n x', 'Bare'],
    [2021, RULES.docs, '//! hi\n x', 'Tokens'],
    [2021, RULES.inner, '//! hi\n x', 'Inner'],
    [2021, RULES.inner, '/// hi\n x', 'Tokens'],
  ])('in edition %i: %s { %s } makes %s', async (edition, rules, input, expected) => {
    if (expected) expect(await made(edition, rules, input)).toEqual([expected])
    else await expect(made(edition, rules, input)).rejects.toThrow('no ty can be read')
  })

  test('what rustc would begin and we cannot read is told, and no later rule is taken', async () => {
    const program = await programOf(`
macro_rules! m { ($e:expr) => { pub struct Expr; }; ($($t:tt)*) => { pub struct Tokens; } }
m! { match x }`)
    expect(lossesOf(program)).toEqual(['limit: m!: no expr_2021 can be read at 0'])
    expect(bound(crateOf(program), 'Tokens')).toBeUndefined()
  })
})

describe('the edition is that of who wrote the token', () => {
  test('the fragment kinds are those of the macro, the literals those of the caller', async () => {
    const program = await programOf(`
//- /old.rs crate:old edition:2018
#[macro_export] macro_rules! take { ($e:expr) => { pub struct Expr; }; ($($t:tt)*) => { pub struct Tokens; } }
#[macro_export] macro_rules! literal { ($l:literal) => { pub struct Literal; }; ($($t:tt)*) => { pub struct Several; } }
#[macro_export] macro_rules! by_me { () => { pub mod by_me { $crate::literal! { c"x" } } } }
//- /lib.rs crate:app edition:2024 deps:old
pub mod a { old::take! { _ } }
pub mod b { old::literal! { c"x" } }
old::by_me! {}`)
    const crate = crateOf(program)
    expect(bound(crate, 'a::Tokens')).toBeDefined()
    expect(bound(crate, 'a::Expr')).toBeUndefined()
    expect(bound(crate, 'b::Literal')).toBeDefined()
    expect(bound(crate, 'by_me::Several')).toBeDefined()
    expect(bound(crate, 'by_me::Literal')).toBeUndefined()
  })
})

test('doc comments of a definition are attributes to the macros that it calls', async () => {
  const program = await programOf(`
macro_rules! inner { (#[$a:meta] $i:ident) => { pub struct Meta; }; ($i:ident #[$a:meta]) => { pub struct Behind; }; ($($t:tt)*) => { pub struct Tokens; } }
macro_rules! outer { ($i:ident) => { pub mod $i { inner! { /// hi
 $i } } } }
macro_rules! behind { ($i:ident) => { pub mod b { inner! { $i /** hi */ } } } }
outer!(a);
behind!(b);`)
  expect(bound(crateOf(program), 'a::Meta')).toBeDefined()
  expect(bound(crateOf(program), 'b::Behind')).toBeDefined()
})

test('a variable is the same with and without r#', async () => {
  const program = await programOf(`
macro_rules! a { ($r#mod:ident) => { pub struct $mod; } }
macro_rules! b { ($mod:ident) => { pub struct $r#mod; } }
macro_rules! c { ($($r#fn:ident)*) => { $(pub struct $fn;)* } }
a!(A); b!(B); c!(C D);`)
  for (const name of ['A', 'B', 'C', 'D']) expect(bound(crateOf(program), name)).toBeDefined()
  expect(lossesOf(program)).toEqual([])
})
