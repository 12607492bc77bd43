/** What only the whole program can tell: impls behind `dyn` and parameters, called values, drop glue, unseen calls, initialisers. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { CallGraph, Reference } from '../../src/graph/call-graph.js'
import { graphOfText } from '../support/fixture-graph.js'

const SOURCE = `
use std::fmt;
use std::io::{self, Read};
use std::ops::Deref;

pub trait Sail { fn hoist(&self) -> u32; fn kind() -> u32 { 0 } fn both(&self) -> u32 { self.hoist() } }
pub trait Oar {}
pub struct Jib;
pub struct Lateen(u8);
pub struct Never { _no: u8 }
pub struct Raw;
impl Sail for Jib { fn hoist(&self) -> u32 { 1 } }
impl Sail for Lateen { fn hoist(&self) -> u32 { 2 } fn kind() -> u32 { 3 } }
impl Sail for Never { fn hoist(&self) -> u32 { 3 } fn kind() -> u32 { 4 } }
impl Oar for Jib {}
pub fn build() -> (Jib, Lateen) { (Jib, Lateen(1)) }

pub fn by_dyn(sail: &dyn Sail) -> u32 { sail.hoist() }
pub fn by_param<S: Sail>(sail: S) -> u32 { sail.hoist() }
pub fn by_two_bounds<S: Sail + Oar>(sail: S) -> u32 { sail.hoist() }
pub fn no_value<S: Sail>() -> u32 { S::kind() }
pub fn twice(sail: &dyn Sail) -> u32 {
    let first = sail.hoist();
    first + sail.hoist()
}
pub fn boxed(sail: Box<dyn Sail>) -> u32 { sail.hoist() }
pub fn exact(sail: Jib) -> u32 { sail.hoist() }

pub struct Tap;
impl Read for Tap { fn read(&mut self, _buf: &mut [u8]) -> io::Result<usize> { Ok(0) } }
pub fn std_default() -> io::Result<usize> { let mut out = String::new(); let mut tap = Tap; tap.read_to_string(&mut out) }
pub fn std_default_open<R: Read>(mut tap: R) -> io::Result<usize> { let mut out = String::new(); tap.read_to_string(&mut out) }
pub fn through_box(mut tap: Box<dyn Read>) -> io::Result<usize> { tap.read(&mut []) }

pub struct Knot;
pub struct Snag;
impl From<Knot> for Snag { fn from(_: Knot) -> Snag { Snag } }
fn tie() -> Result<u8, Knot> { Err(Knot) }
pub fn question() -> Result<u8, Snag> { let n = tie()?; Ok(n) }
pub fn into() -> Snag { Knot.into() }

pub struct Handle { inner: u8 }
impl Deref for Handle { type Target = str; fn deref(&self) -> &str { "x" } }
pub fn by_deref(handle: Handle) -> usize { handle.len() }
pub fn by_star(handle: Handle) -> bool { let s: &str = &*handle; s.is_empty() }

pub struct Count(u8);
impl Iterator for Count { type Item = u8; fn next(&mut self) -> Option<u8> { None } }
pub fn loops(count: Count) { for _ in count {} }

fn double(n: u64) -> u64 { n * 2 }
fn triple(n: u64) -> u64 { n * 3 }
fn unlike(n: u64) -> bool { n == 0 }
pub fn as_values() -> (fn(u64) -> u64, fn(u64) -> bool) { (double, unlike) }
pub fn by_pointer(f: fn(u64) -> u64) -> u64 { f(1) }
pub fn called_not_value() -> u64 { triple(1) }
fn given<F: Fn(i8) -> i8>(f: F) -> i8 { f(1) }
fn hands_on<G: Fn(i8) -> i8>(g: G) -> i8 { given(g) }
pub fn gives() -> i8 { hands_on(|n| n + 1) }

pub struct Lock { held: bool }
impl Drop for Lock { fn drop(&mut self) { release() } }
pub struct Guard { lock: Option<Lock> }
fn release() {}
pub fn owns() { let guard = Guard { lock: None }; }
pub fn borrows(guard: &Guard) -> bool { guard.lock.is_some() }

fn seed() -> u32 { 7 }
pub const PLAIN: u32 = 7;
pub const SEEDED: [fn() -> u32; 1] = [seed];
pub const AGAIN: [fn() -> u32; 1] = SEEDED;
pub fn reads() -> u32 { let _ = AGAIN; PLAIN }

#[derive(Debug)] pub struct Flag(Pole);
#[derive(Debug)] pub struct Deck(u8);
pub struct Pole;
impl fmt::Debug for Pole { fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result { release(); Ok(()) } }
`

let graph: CallGraph
beforeAll(async () => {
  graph = await graphOfText(SOURCE)
})

/** References of a function of the app, but those to closures that are only made there. */
function from(name: string): readonly Reference[] {
  const ids = graph.functions.filter((fn) => fn.path === name || fn.path === `app::${name}`).map((fn) => fn.id)
  expect(ids).toHaveLength(1)
  return graph.references.filter((ref) => ref.from === ids[0])
}
const said = (
  name: string,
  certainty: Reference['certainty'],
  found?: Reference['found'],
): readonly (string | null)[] =>
  from(name)
    .filter((ref) => ref.certainty === certainty && (found === undefined || ref.found === found))
    .map((ref) => ref.callee)
const possible = (name: string, found?: Reference['found']): readonly (string | null)[] => said(name, 'possible', found)

const JIB = '<app::Jib as app::Sail>::hoist'
const LATEEN = '<app::Lateen as app::Sail>::hoist'

describe('trait dispatch', () => {
  test.each([['by_dyn'], ['by_param'], ['boxed']])('%s leads to the impls of types that are made', (name) => {
    expect(possible(name, 'dispatch')).toEqual([JIB, LATEEN])
  })
  test("the trait's own function stays the one certain callee", () => {
    expect(said('by_dyn', 'certain')).toEqual(['<dyn app::Sail as app::Sail>::hoist'])
  })
  test('a second call in the same function is a site of its own', () => {
    const first = from('twice').find(({ found }) => found === 'dispatch')?.line ?? 0
    const dispatched = from('twice').filter(({ found, callee }) => found === 'dispatch' && callee === JIB)
    expect(dispatched.map(({ line }) => line)).toEqual([first, first + 1])
  })
  test('every bound must hold', () => expect(possible('by_two_bounds')).toEqual([JIB]))
  test('a function without a receiver needs no value of its type', () => {
    expect(possible('no_value')).toEqual(['<app::Lateen as app::Sail>::kind', '<app::Never as app::Sail>::kind'])
  })
  test('a known type is not guessed at', () => expect(possible('exact')).toEqual([]))
  test("a default body's self is open", () => expect(possible('<_ as app::Sail>::both')).toEqual([JIB, LATEEN]))
  test("std's wrappers hand the call on", () =>
    expect(possible('through_box', 'dispatch')).toEqual(['<app::Tap as std::io::Read>::read']))
})

describe('callbacks of std', () => {
  test("std's default body calls what the impl has", () => {
    expect(possible('std_default', 'callback')).toEqual(['<app::Tap as std::io::Read>::read'])
    expect(possible('std_default_open', 'dispatch')).toEqual(['<app::Tap as std::io::Read>::read'])
  })
  test('a blanket impl calls what it asks for', () => {
    expect(possible('into')).toEqual(['<app::Snag as std::convert::From>::from'])
  })
})

describe('calls that syntax makes', () => {
  test('? converts the error', () =>
    expect(said('question', 'certain', 'implicit')).toEqual(['<app::Snag as std::convert::From>::from']))
  test.each([['by_deref'], ['by_star']])('%s runs Deref', (name) => {
    expect(said(name, 'certain', 'implicit')).toEqual(['<app::Handle as std::ops::Deref>::deref'])
  })
  test('for asks for the next', () =>
    expect(said('loops', 'certain', 'implicit')).toContain('<app::Count as std::iter::Iterator>::next'))
})

describe('called values', () => {
  test('a function pointer may be what is used as a value and has its signature', () => {
    expect(possible('by_pointer')).toEqual(['app::double'])
  })
  test('a parameter is what was handed on to it', () =>
    expect(possible('given', 'value')).toEqual(['app::gives::{closure}']))
})

describe('drop glue', () => {
  test('a field of a local is dropped with it', () =>
    expect(possible('owns')).toEqual(['<app::Lock as std::ops::Drop>::drop']))
  test('a borrowed value is not', () => expect(possible('borrows')).toEqual([]))
})

describe('initialisers', () => {
  test('a const that leads somewhere is referred to, a number is not', () => {
    expect(said('reads', 'certain')).toEqual(['app::AGAIN'])
    expect(said('AGAIN', 'certain')).toEqual(['app::SEEDED'])
  })
})

test('derived functions of one trait are one each', () => {
  expect(from('<app::Flag as std::fmt::Debug>::fmt').map((ref) => ref.callee)).toContain(
    '<app::Pole as std::fmt::Debug>::fmt',
  )
  expect(from('<app::Deck as std::fmt::Debug>::fmt').map((ref) => ref.callee)).not.toContain(
    '<app::Pole as std::fmt::Debug>::fmt',
  )
})

test('a derived function calls the impls of the crate that it is compiled in', async () => {
  const made = await graphOfText(`
#[derive(Clone)] pub struct Crate<T>(T);
pub struct Cargo;
impl Clone for Cargo { fn clone(&self) -> Cargo { Cargo } }
pub fn load() -> Crate<Cargo> { Crate(Cargo).clone() }`)
  const of = made.functions.find(({ path }) => path === '<app::Crate as std::clone::Clone>::clone')
  const callees = made.references.filter((ref) => ref.from === of?.id).map((ref) => `${ref.certainty} ${ref.callee}`)
  expect(callees).toContain('possible <app::Cargo as std::clone::Clone>::clone')
})

test('a call with too many impls is reported, not followed', async () => {
  const impls = Array.from(
    { length: 65 },
    (_, i) => `pub struct T${i}; impl Tr for T${i} { fn go(&self) {} }\npub fn m${i}() -> T${i} { T${i} }`,
  ).join('\n')
  const many = await graphOfText(`pub trait Tr { fn go(&self); }\n${impls}\npub fn call(it: &dyn Tr) { it.go() }`)
  expect(many.references.filter((ref) => ref.certainty === 'possible')).toEqual([])
  expect(many.losses.map((loss) => loss.kind)).toEqual(['dispatch limit'])
})
