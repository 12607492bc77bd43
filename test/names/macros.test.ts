/** macro_rules are matched, transcribed and scoped as rustc does; places lead back to the file (law 6), misses are told. */
import { describe, expect, test } from '@jest/globals'
import {
  bodyOf,
  type Expansion,
  expandMacro,
  type FnDef,
  type Program,
  placeOf,
  takeLosses,
} from '../../src/names/index.js'
import type { Expr, MacroCall } from '../../src/syntax/ast.js'
import { bound, crateOf, find, lossesOf, programOf } from './support.js'

/** The first macro call of a function's body, expanded. */
function expandIn(program: Program, path: string): Expansion {
  const fn = find(crateOf(program), path, 'values') as FnDef
  const body = bodyOf(fn)
  if (!body) throw new Error(`${path} has no body`)
  const call = firstCall(body.expr)
  if (!call) throw new Error(`${path} calls no macro`)
  return expandMacro(program, fn.module, body.source, call, 'expression')
}

function firstCall(expr: Expr): MacroCall | undefined {
  if (expr.k === 'macro') return expr.call
  if (expr.k !== 'block') return undefined
  for (const stmt of expr.stmts) {
    if (stmt.k === 'macro') return stmt.call
    const found =
      stmt.k === 'expr' ? firstCall(stmt.expr) : stmt.k === 'let' && stmt.init ? firstCall(stmt.init) : undefined
    if (found) return found
  }
  return expr.tail && firstCall(expr.tail)
}

function textOf(expansion: Expansion): string {
  if (!('source' in expansion) || !expansion.source) return `(${expansion.k})`
  return expansion.source.text.replace(/\s+/g, ' ').trim()
}

async function expanded(text: string): Promise<string> {
  return textOf(expandIn(await programOf(text), 'user'))
}

describe('matching', () => {
  test('the first rule that matches wins', async () => {
    expect(
      await expanded(`
macro_rules! boat { (sail $n:ident) => { sail($n) }; ($($t:tt)*) => { row($($t)*) }; }
fn user() { boat!(sail jib) }
`),
    ).toBe('sail( jib )')
  })

  test('repetitions nest, with and without separators', async () => {
    expect(
      await expanded(`
macro_rules! fleet { ($($port:ident: [$($ship:expr),* $(,)?]);+ $(;)?) => { ($(($port, [$($ship),*]),)+) }; }
fn user() { fleet!(rome: [a, b + 1,]; oslo: []) }
`),
    ).toBe('( ( rome , [ a , ( b + 1 ) ]), ( oslo , [ ]), )')
  })

  test.each([
    ['expr', 'a + b * c.d()?', '( a + b * c.d()? )'],
    ['expr', 'if a { 1 } else { 2 }', '( if a { 1 } else { 2 } )'],
    ['expr', '|x: u8, y| -> u8 { x }', '( |x: u8, y| -> u8 { x } )'],
    ['expr', 'S { a: 1, ..d }', '( S { a: 1, ..d } )'],
    ['expr', 'a as Vec<u8>', '( a as Vec<u8> )'],
    ['expr', '..=5', '( ..=5 )'],
    ['expr', 'f::<A, B>(x)', '( f::<A, B>(x) )'],
    ['expr', 'move || async move { x }', '( move || async move { x } )'],
    ['expr', 'match x { A | B => 1, _ => 2 }', '( match x { A | B => 1, _ => 2 } )'],
    ['expr', '&mut *x', '( &mut *x )'],
    ['ty', "&'a mut Vec<Box<dyn Fn(u8) -> T + Send>>", "&'a mut Vec<Box<dyn Fn(u8) -> T + Send>>"],
    ['ty', '<T as Iterator>::Item', '<T as Iterator>::Item'],
    ['ty', '[u8; 4]', '[u8; 4]'],
    ['ty', 'unsafe extern "C" fn(i32) -> u8', 'unsafe extern "C" fn(i32) -> u8'],
    ['path', 'a::b<u8>::c', 'a::b<u8>::c'],
    ['pat', 'Some(x) | None', 'Some(x) | None'],
    ['pat', 'ref mut x @ 1..=9', 'ref mut x @ 1..=9'],
    ['pat_param', 'P { a, .. }', 'P { a, .. }'],
    ['lifetime', "'static", "'static"],
    ['literal', '-1.5', '-1.5'],
    ['block', '{ a; b }', '{ a; b }'],
    ['tt', '(a, b)', '(a, b)'],
    ['tt', '..=', '..='],
    ['meta', 'cfg(all(a, b = "c"))', 'cfg(all(a, b = "c"))'],
    [
      'item',
      'pub(crate) fn f<T: A>(x: T) -> u8 where T: B { 1 }',
      'pub(crate) fn f<T: A>(x: T) -> u8 where T: B { 1 }',
    ],
    ['item', 'struct P(u8) where u8: Copy;', 'struct P(u8) where u8: Copy;'],
    ['item', 'use a::{b, c};', 'use a::{b, c};'],
    ['stmt', 'let Some(x) = y else { return }', 'let Some(x) = y else { return }'],
    ['vis', 'pub(in crate::a)', 'pub(in crate::a)'],
  ])('a fragment %s takes all of %s', async (kind, code, written) => {
    expect(
      await expanded(
        `macro_rules! take { ($x:${kind} ; end) => { kept! { $x } }; } fn user() { take!(${code} ; end) }`,
      ),
    ).toBe(`kept! { ${written} }`)
  })

  test('an operator is one token tree and does not match a part of it', async () => {
    expect(
      await expanded(`
macro_rules! op { ($a:ident & $b:ident) => { one() }; ($a:ident && $b:ident) => { two() }; }
fn user() { op!(x && y) }
`),
    ).toBe('two()')
  })

  test('doc comments are attributes to the rules that ask for them', async () => {
    const program = await programOf(`
macro_rules! flag { ($(#[doc = $text:literal])+ $name:ident) => { pub struct $name; }; }
flag! { /// Flies "high".
  Banner }
`)
    expect(bound(crateOf(program), 'Banner')).toBe('struct app::Banner')
  })

  test('a macro eats its tokens one by one', async () => {
    expect(
      await expanded(`
macro_rules! count { ($n:expr;) => { $n }; ($n:expr; $x:tt $($rest:tt)*) => { count!($n + 1; $($rest)*) }; }
fn user() { count!(0; a b) }
`),
    ).toBe('count!( 0 + 1; b )')
  })
})

describe('transcription', () => {
  test('an expression keeps its precedence, a type its angle brackets', async () => {
    expect(
      await expanded(`
macro_rules! double { ($e:expr, $t:ty) => { $e * $t::two() * (1 as $t << 2) }; }
fn user() { double!(a + b, Vec<u8>) }
`),
    ).toBe('( a + b ) * < Vec<u8> > ::two() * (1 as ( Vec<u8> ) << 2)')
  })

  test('a macro that defines macros: their variables and $crate', async () => {
    const program = await programOf(`
//- /lib.rs crate:app deps:yard
yard::make!(tall);
fn user() { tall!(mast) }
//- /yard.rs crate:yard
#[macro_export] macro_rules! make { ($name:ident) => { macro_rules! $name { ($$x:ident) => { $crate::built($$x) }; } }; }
pub fn built(x: u8) {}
`)
    const expansion = expandIn(program, 'user')
    expect(textOf(expansion)).toBe('$crate ::built( mast )')
    const call = expansion.k === 'ok' ? expansion.fragment.expr : undefined
    if (expansion.k !== 'ok' || call?.k !== 'call' || call.callee.k !== 'path') throw new Error('no call')
    const { resolvePath } = await import('../../src/names/index.js')
    const crate = crateOf(program)
    expect(resolvePath(crate.root, expansion.source, call.callee.path).values).toBe(
      find(crateOf(program, 'yard'), 'built', 'values'),
    )
  })

  test('statements where an expression is asked for become a block', async () => {
    const program = await programOf(`
macro_rules! both { ($a:expr, $b:expr) => { let x = $a; { $b } }; }
fn user() { both!(one(), two()) }
`)
    const expansion = expandIn(program, 'user')
    expect(expansion.k === 'ok' && expansion.fragment.expr).toMatchObject({
      k: 'block',
      stmts: [{ k: 'let' }],
      tail: { k: 'block' },
    })
    expect(lossesOf(program)).toEqual([])
  })

  test('each token keeps the place it was written at, and who wrote it', async () => {
    const program = await programOf(`
macro_rules! load { ($path:expr) => { std::fs::read($path) }; }
fn user() {
    load!("cargo")
}
`)
    const expansion = expandIn(program, 'user')
    if (expansion.k !== 'ok' || expansion.fragment.expr?.k !== 'call') throw new Error('no call')
    const { callee, args } = expansion.fragment.expr
    expect(placeOf(expansion.source, callee.at)).toMatchObject({ file: 'lib.rs', line: 1, column: 39 })
    expect(placeOf(expansion.source, (args[0] as Expr).at)).toMatchObject({ line: 3, column: 11 })
  })

  test('expansions of expansions are led back to the file', async () => {
    const program = await programOf(`
macro_rules! outer { ($x:expr) => { inner!($x) }; }
macro_rules! inner { ($y:expr) => { sink($y) }; }
fn user() { outer!(oar) }
`)
    const first = expandIn(program, 'user')
    if (first.k !== 'ok' || first.fragment.expr?.k !== 'macro') throw new Error('no macro')
    const second = expandMacro(program, crateOf(program).root, first.source, first.fragment.expr.call, 'expression')
    if (second.k !== 'ok' || second.fragment.expr?.k !== 'call') throw new Error('no call')
    expect(placeOf(second.source, (second.fragment.expr.args[0] as Expr).at)).toMatchObject({ line: 3, column: 20 })
    expect(placeOf(second.source, second.fragment.expr.at)).toMatchObject({ line: 2, column: 37 })
  })

  test('an endless expansion ends in a loss', async () => {
    const program = await programOf(`
macro_rules! whirl { ($($t:tt)*) => { whirl!($($t)* pool); }; }
whirl!();
`)
    expect(lossesOf(program)).toEqual(['limit: whirl! is expanded more than 128 deep'])
    const deeper = await programOf(`
#![recursion_limit = "100000"]
macro_rules! whirl { ($($t:tt)*) => { whirl!($($t)* pool); }; }
whirl!();
`)
    expect(lossesOf(deeper)).toEqual(['limit: whirl! is expanded more than 256 deep'])
  })

  test('an expansion that multiplies with every round ends in a loss', async () => {
    const program = await programOf(`
macro_rules! swell { ($($t:tt)*) => { swell!(${'$($t)* '.repeat(64)}); }; }
swell!(a b c d e f g h);
`)
    expect(lossesOf(program)[0]).toMatch(/^limit: swell! expands to more than/)
  })
})

describe('scope', () => {
  test('macro_rules are seen behind their definition, and out of #[macro_use] modules', async () => {
    const program = await programOf(`
#[macro_use] mod tools { macro_rules! plank { ($n:ident) => { pub struct $n; }; } }
mod hidden { macro_rules! secret { ($n:ident) => { pub struct $n; }; } }
plank!(Deck);
mod below { plank!(Keel); }
secret!(Hold);
`)
    const crate = crateOf(program)
    expect(bound(crate, 'Deck')).toBe('struct app::Deck')
    expect(bound(crate, 'below::Keel')).toBe('struct app::below::Keel')
    expect(lossesOf(program)).toEqual(['unresolved macro: secret!'])
  })

  test('the latest definition of a name wins', async () => {
    const program = await programOf(`
macro_rules! name { () => { pub struct First; }; }
name!();
macro_rules! name { () => { pub struct Second; }; }
name!();
`)
    expect([bound(crateOf(program), 'First'), bound(crateOf(program), 'Second')]).toEqual([
      'struct app::First',
      'struct app::Second',
    ])
  })

  test('path scope: exported, imported, re-exported, and used before the definition', async () => {
    const program = await programOf(`
//- /lib.rs crate:app deps:yard
use yard::hull as shell;
shell!(Cutter);
yard::hull!(Sloop);
crate::late!(Ketch);
tools::planked!(Yawl);
mod tools { macro_rules! planked { ($n:ident) => { pub struct $n; }; } pub(crate) use planked; }
#[macro_export] macro_rules! late { ($n:ident) => { pub struct $n; }; }
//- /yard.rs crate:yard
#[macro_export] macro_rules! hull { ($n:ident) => { pub struct $n; }; }
`)
    const crate = crateOf(program)
    for (const name of ['Cutter', 'Sloop', 'Ketch', 'Yawl']) expect(bound(crate, name)).toBe(`struct app::${name}`)
    expect(lossesOf(program)).toEqual([])
  })

  test('what a macro makes is imported, and may define the macro that another call waits for', async () => {
    const program = await programOf(`
//- /lib.rs crate:app deps:yard
yard::kit!();
made!(Barge);
use dock::Pier;
mod quay { pub use crate::Barge as Boat; }
//- /yard.rs crate:yard
#[macro_export] macro_rules! kit { () => { macro_rules! made { ($n:ident) => { pub struct $n; }; } pub mod dock { pub struct Pier; } }; }
`)
    const crate = crateOf(program)
    expect(bound(crate, 'quay::Boat')).toBe('struct app::Barge')
    expect(bound(crate, 'Pier')).toBe('struct app::dock::Pier')
    expect(lossesOf(program)).toEqual([])
  })

  test('#[macro_use] extern crate, with its own helper macros', async () => {
    const program = await programOf(`
//- /lib.rs crate:app deps:yard
#[macro_use] extern crate yard;
mod inner { outer_plank!(Raft); }
//- /yard.rs crate:yard
#[macro_export(local_inner_macros)] macro_rules! outer_plank { ($n:ident) => { inner_plank!($n); }; }
#[macro_export] macro_rules! inner_plank { ($n:ident) => { pub struct $n; }; }
`)
    expect(bound(crateOf(program), 'inner::Raft')).toBe('struct app::inner::Raft')
  })

  test('items of impls, traits and extern blocks may come from macros', async () => {
    const program = await programOf(`
macro_rules! getter { ($n:ident) => { fn $n(&self) -> u8 { 0 } }; }
pub struct Log; impl Log { getter!(length); }
pub trait Read { getter!(depth); }
macro_rules! sym { ($n:ident) => { fn $n(); }; }
extern "C" { sym!(anchor); }
`)
    const crate = crateOf(program)
    expect(crate.impls[0]?.items.map((item) => item.name)).toEqual(['length'])
    const trait = find(crate, 'Read')
    expect(trait?.kind === 'trait' && trait.items.map((item) => item.name)).toEqual(['depth'])
    expect(find(crate, 'anchor', 'values')).toMatchObject({ kind: 'fn', foreign: { abi: 'C' } })
  })
})

describe('macros that are not expanded by rules', () => {
  test('format strings: arguments, named ones, and captured variables', async () => {
    const program = await programOf(`fn user() { format_args!("{} {tide:>width$} {{no}} {x}", depth(), x = level) }`)
    const expansion = expandIn(program, 'user')
    if (expansion.k !== 'builtin') throw new Error(expansion.k)
    expect(expansion.format).toBe('{} {tide:>width$} {{no}} {x}')
    const { source } = expansion
    expect(expansion.args.map((arg) => source.text.slice(arg.at, arg.end))).toEqual([
      'depth()',
      'level',
      'tide',
      'width',
    ])
  })

  test('operands of inline assembly', async () => {
    const program = await programOf(`
use std::fs; use core::arch::asm;
fn user() { asm!("mov {0}, {1}", out(reg) first, inout("eax") a + 1 => b, sym fs::read, const 3, options(nostack), clobber_abi("C")) }
`)
    const expansion = expandIn(program, 'user')
    if (expansion.k !== 'builtin') throw new Error(expansion.k)
    expect(expansion.name).toBe('asm')
    expect(expansion.args.map((arg) => expansion.source.text.slice(arg.at, arg.end))).toEqual([
      'first',
      'a + 1',
      'b',
      'fs::read',
      '3',
    ])
  })

  test('include! reads inside of the package alone; OUT_DIR is generated code', async () => {
    const program = await programOf(`
//- /src/lib.rs crate:app
include!("parts/tables.in");
include!("../../secret.rs");
include!(concat!(env!("OUT_DIR"), "/made.rs"));
include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/parts/more.rs"));
//- /src/parts/tables.in
pub struct Table; mod leg;
//- /src/parts/leg.rs
pub struct Leg;
//- /src/parts/more.rs
pub struct More;
`)
    const crate = crateOf(program)
    expect([bound(crate, 'Table'), bound(crate, 'leg::Leg'), bound(crate, 'More')]).toEqual([
      'struct app::Table',
      'struct app::leg::Leg',
      'struct app::More',
    ])
    expect(lossesOf(program)).toEqual([
      'missing file: include!("../../secret.rs") leads outside the package',
      'generated code: concat!(env!("OUT_DIR"), "/made.rs")',
    ])
    expect(crate.root.opaque).toBe(true)
  })

  test('procedural macros are never run: their input is read as far as it is code', async () => {
    const program = await programOf(`
//- /lib.rs crate:app deps:forge
use forge::{anvil, Temper, harden};
fn user() { anvil!(heat = std::fs::read("x") => { quench(a) }, odd "odd") }
#[derive(Temper, Clone)] pub struct Blade { #[temper] edge: u8 }
#[harden] fn strike() {}
//- /forge.rs crate:forge kind:proc-macro
#[proc_macro] pub fn anvil(input: TokenStream) -> TokenStream { input }
#[proc_macro_derive(Temper, attributes(temper))] pub fn derive_temper(input: TokenStream) -> TokenStream { input }
#[proc_macro_attribute] pub fn harden(args: TokenStream, input: TokenStream) -> TokenStream { input }
`)
    const crate = crateOf(program)
    expect(lossesOf(program)).toEqual(['proc macro: #[derive(Temper)]', 'proc macro: #[harden]'])
    expect(find(crate, 'strike', 'values')).toMatchObject({ kind: 'fn' })
    const expansion = expandIn(program, 'user')
    if (expansion.k !== 'lost' || expansion.fragment?.expr?.k !== 'tuple') throw new Error(textOf(expansion))
    const { text } = expansion.source as { text: string }
    expect(expansion.fragment.expr.exprs.map((expr) => text.slice(expr.at, expr.end))).toEqual([
      'heat = std::fs::read("x")',
      '{ quench(a) }',
      '"odd"',
    ])
    // Lost in a body: of whoever looks at that, not of the Program.
    expect(takeLosses(program).map(({ kind, what }) => `${kind}: ${what}`)).toEqual(['proc macro: anvil!'])
    expect(takeLosses(program)).toEqual([])
  })

  test('assembly between items is kept as a body', async () => {
    const program = await programOf(`use core::arch::global_asm; global_asm!("nop");`)
    const kept = crateOf(program).defs.find((def) => def.kind === 'const')
    expect(kept?.kind === 'const' && bodyOf(kept)?.expr.k).toBe('macro')
  })
})

describe('as rustc matches', () => {
  test.each([
    // A repetition does not take what the rule needs behind it.
    ['($(a)* a b) => { first }; ($($t:tt)*) => { other };', 'a a b', 'first'],
    ['($(a b)* a c) => { first }; ($($t:tt)*) => { other };', 'a b a b a c', 'first'],
    ['($($a:ident),* , last) => { other }; ($($t:tt)*) => { first };', 'a', 'first'],
    ['($($($x:ident)+ ;)*) => { $([$($x)*])* };', 'a b; c;', '[ a b ] [ c ]'],
    ['($(#[$m:meta])* $v:vis fn) => { $v };', '#[inline] pub(crate) fn', 'pub(crate)'],
  ])('%s of %s', async (rules, input, made) => {
    const text = await expanded(`macro_rules! boat { ${rules} }\nfn user() { boat!(${input}) }`)
    expect(text).toBe(made)
  })

  test.each([
    ['ty', 'u8', 'opaque'],
    ['expr', '1', 'opaque'],
    ['literal', '1', 'opaque'],
    ['path', 'u8', 'opaque'],
    ['ident', 'u8', 'token'],
    ['tt', '1', 'token'],
  ])('what is captured as %s is one thing to the next macro', async (kind, input, made) => {
    const text = await expanded(`
macro_rules! inner { (u8) => { token }; (1) => { token }; ($t:${kind}) => { opaque }; }
macro_rules! boat { ($t:${kind}) => { inner!($t) }; }
fn user() { boat!(${input}) }`)
    expect(text).toBe(`inner!( ${input} )`)
    const program = await programOf(`
macro_rules! inner { (u8) => { pub fn token() {} }; (1) => { pub fn token() {} }; ($t:${kind}) => { pub fn opaque() {} }; }
macro_rules! boat { ($t:${kind}) => { inner!($t); }; }
boat!(${input});`)
    expect(bound(crateOf(program), made, 'values')).toBe(`fn app::${made}`)
  })

  test.each([
    ['an empty visibility is one to the next macro, at the end of a group too', '[$n $v]', 'taken'],
    ['where none was captured, nothing can be one there', '[$n]', 'other'],
  ])('%s', async (_, handed, made) => {
    const program = await programOf(`
macro_rules! inner { ([$n:ident $v:vis]) => { pub fn taken() {} }; ($($t:tt)*) => { pub fn other() {} }; }
macro_rules! boat { ($v:vis struct $n:ident) => { inner!{ ${handed} } }; }
boat!(struct Hull);`)
    expect(bound(crateOf(program), made, 'values')).toBe(`fn app::${made}`)
  })

  test('when it cannot be said whether a rule fits, none behind it is taken', async () => {
    const program = await programOf(`
macro_rules! boat { ($($a:tt)* $b:tt) => { pub fn first() {} }; ($($t:tt)*) => { pub fn other() {} }; }
boat!(a b);`)
    expect(bound(crateOf(program), 'other', 'values')).toBeUndefined()
    expect(lossesOf(program)).toEqual(['limit: boat!: more than one way to match'])
  })

  test('one file in two modules sees the macros of each', async () => {
    const program = await programOf(`
//- /lib.rs crate:app
mod a { macro_rules! go { () => { pub fn in_a() {} } } #[path = "../shared.rs"] pub mod s; }
mod b { macro_rules! go { () => { pub fn in_b() {} } } #[path = "../shared.rs"] pub mod s; }
//- /shared.rs
go!();`)
    expect(bound(crateOf(program), 'a::s::in_a', 'values')).toBe('fn app::a::s::in_a')
    expect(bound(crateOf(program), 'b::s::in_b', 'values')).toBe('fn app::b::s::in_b')
  })

  test('include! is relative to where the outermost macro is called', async () => {
    const program = await programOf(`
//- /lib.rs crate:app
#[macro_use] mod m;
inc!();
//- /m/mod.rs
macro_rules! inc { () => { include!("x.rs"); } }
//- /m/x.rs
pub fn wrong() {}
//- /x.rs
pub fn right() {}`)
    expect(bound(crateOf(program), 'right', 'values')).toBe('fn app::right')
  })
})

test('a function whose #[test] is no test is part of the crate', async () => {
  const program = await programOf(`
//- /mac.rs crate:mac kind:proc-macro
#[proc_macro_attribute] pub fn test() {}
//- /lib.rs crate:app deps:mac
use mac::test;
#[test] pub fn kept() {}
mod others { #[test] fn gone() {} }`)
  expect(bound(crateOf(program), 'kept', 'values')).toBe('fn app::kept')
  expect(bound(crateOf(program), 'others::gone', 'values')).toBeUndefined()
  expect(lossesOf(program)).toEqual(['proc macro: #[test]'])
})
