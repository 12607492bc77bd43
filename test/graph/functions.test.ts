/** Which functions a graph has, where each stands, what it is called by and whether others can reach it. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { CallGraph, FunctionNode } from '../../src/graph/call-graph.js'
import { graphOfText } from '../support/fixture-graph.js'
import { expectConsistent } from '../support/graph-consistency.js'

const SHIPYARD = `
//- /lib.rs crate:app deps:harbour
mod hull;
pub struct Ship;
impl Ship {
    pub fn launch(&self) {
        let crew = || {
            std::process::id();
        };
        crew();
        fn paint() {}
        paint();
    }
    fn patch(&self) {}
}
pub trait Sail { fn set(&self); fn furl(&self) { self.set() } }
impl Sail for Ship { fn set(&self) {} }
impl Sail for [u8] { fn set(&self) {} }
pub static ANCHOR: u8 = 1 + weight();
pub const KEEL: u8 = weight();
const fn weight() -> u8 { 1 }
extern "C" { #[link_name = "puts"] fn shout(text: *const u8); fn signal(n: i32); }
#[no_mangle] pub extern "C" fn hail() { unsafe { shout(std::ptr::null()); signal(1) } }
#[derive(Clone)] pub struct Crew(u8);
#[derive(Clone)] pub struct Mate(Crew);
macro_rules! rig { ($($t:ty),*) => { $(impl Sail for $t { fn set(&self) { let _ = std::mem::size_of::<$t>(); } })* } }
rig!(Crew, Mate);
pub fn man() -> Crew { Crew(KEEL) }
pub fn build() { harbour::dock!(); harbour::open::<Ship>(); }
//- /hull.rs
pub fn plank() {}
pub(crate) unsafe fn nail() {}
//- /lib.rs crate:harbour
#[macro_export] macro_rules! dock { () => { $crate::winch() } }
#[doc(hidden)] pub fn winch() {}
pub fn open<T>() {}
//- /main.rs crate:tool kind:bin
fn main() { helper() }
pub fn helper() {}
`

describe('functions', () => {
  let graph: CallGraph
  beforeAll(async () => {
    graph = await graphOfText(SHIPYARD)
  })
  const find = (path: string): FunctionNode => {
    const found = graph.functions.filter((fn) => fn.path === path)
    expect([path, found.length]).toEqual([path, 1])
    return found[0] as FunctionNode
  }
  const callees = (path: string): readonly string[] =>
    graph.references.filter((ref) => ref.from === find(path).id).map((ref) => ref.callee ?? `?${ref.name}`)

  test('the graph is consistent', () => expectConsistent(graph))
  test('a closure knows what it stands in, by field and by path', () => {
    expect(find('app::Ship::launch::{closure}')).toMatchObject({ kind: 'closure', outer: 'app::Ship::launch' })
    expect(find('app::Ship::launch').outer).toBeUndefined()
  })
  test('a reference says what it leads to when that is no function', () => {
    const items = (path: string) =>
      graph.references.flatMap((ref) => (ref.callee === path ? [ref.item ?? 'function'] : []))
    expect(new Set(items('app::Crew'))).toEqual(new Set(['constructor']))
    expect(items('app::KEEL')).toEqual(['const'])
    expect(items('app::weight')).toEqual(['function', 'function'])
  })

  test.each([
    ['app::Ship::launch', 'fn', 'lib.rs', 4, 11],
    ['app::Ship::launch::{closure}', 'closure', 'lib.rs', 5, 7],
    ['app::launch::paint', 'fn', 'lib.rs', 9, 9],
    ['app::hull::plank', 'fn', 'hull.rs', 1, 1],
    ['<app::Ship as app::Sail>::set', 'fn', 'lib.rs', 15, 15],
    ['<[u8] as app::Sail>::set', 'fn', 'lib.rs', 16, 16],
    ['app::ANCHOR', 'static', 'lib.rs', 17, 17],
    ['app::KEEL', 'const', 'lib.rs', 18, 18],
    ['app::shout', 'foreign fn', 'lib.rs', 20, 20],
    ['<app::Mate as std::clone::Clone>::clone', 'fn', 'lib.rs', 23, 23],
    ['<app::Mate as app::Sail>::set', 'fn', 'lib.rs', 24, 24],
  ])('%s is a %s at its place', (path, kind, file, line, endLine) => {
    const { kind: ownKind, file: ownFile, line: ownLine, endLine: ownEnd } = find(path)
    expect([ownKind, ownFile, ownLine, ownEnd]).toEqual([kind, file, line, endLine])
  })

  test('a closure is reached from the function that makes it', () => {
    expect(callees('app::Ship::launch')).toContain('app::Ship::launch::{closure}')
    expect(callees('app::Ship::launch::{closure}')).toEqual(['std::process::id'])
  })

  test('each impl that a macro repeats makes its own calls', () => {
    expect(callees('<app::Crew as app::Sail>::set')).toEqual(['std::mem::size_of'])
    expect(callees('<app::Mate as app::Sail>::set')).toEqual(['std::mem::size_of'])
  })

  test('each derive makes its own calls, at the derive', () => {
    expect(callees('<app::Crew as std::clone::Clone>::clone')).toEqual(['<u8 as std::clone::Clone>::clone'])
    expect(callees('<app::Mate as std::clone::Clone>::clone')).toEqual(['<app::Crew as std::clone::Clone>::clone'])
  })

  test('what users of a library can call is public', () => {
    const open = ['app::Ship::launch', '<app::Ship as app::Sail>::set', 'app::build', 'app::hail', 'harbour::open']
    const closed = [
      'app::Ship::patch',
      'app::hull::plank',
      'app::hull::nail',
      'app::weight',
      'tool::helper',
      'app::launch::paint',
    ]
    expect(open.map((path) => [path, find(path).public])).toEqual(open.map((path) => [path, true]))
    expect(closed.map((path) => [path, find(path).public])).toEqual(closed.map((path) => [path, false]))
  })

  test('runs begin at main and at exported symbols', () => {
    const entries = graph.functions.filter((fn) => fn.entry).map((fn) => fn.path)
    expect(entries).toEqual(['app::hail', 'tool::main'])
  })

  test('a foreign function is called by its symbol', () => {
    const symbols = graph.references.filter((ref) => ref.symbol !== undefined).map((ref) => [ref.callee, ref.symbol])
    expect(symbols).toEqual([
      ['app::shout', 'puts'],
      ['app::signal', 'signal'],
    ])
  })

  test('unsafe functions say so', () => {
    expect([find('app::hull::nail').unsafe, find('app::hull::plank').unsafe]).toEqual([true, false])
  })

  test("a call that another crate's macro wrote stands where the macro is called", () => {
    const ref = graph.references.find((each) => each.callee === 'harbour::winch')
    expect(ref).toMatchObject({
      from: find('app::build').id,
      file: 'lib.rs',
      line: 27,
      to: find('harbour::winch').id,
    })
    expect(ref?.writtenAt).toMatchObject({ file: 'lib.rs', line: 1 })
    expect(ref?.writtenAt?.package).not.toBe(ref?.package)
  })

  test('a call across crates leads to the function there', () => {
    const ref = graph.references.find((each) => each.callee === 'harbour::open')
    expect(ref?.to).toBe(find('harbour::open').id)
  })

  test('the same code gives the same graph', async () => {
    expect(await graphOfText(SHIPYARD)).toEqual(graph)
  })
})

test('an unresolved reference says why and stays in the graph', async () => {
  const graph = await graphOfText(`
pub struct Mast;
pub fn sail(mast: Mast) {
    mast.sink();
    rudder::turn();
    weird!(1);
}`)
  const open = graph.references.filter((ref) => ref.callee === null).map((ref) => [ref.line, ref.name, ref.why])
  expect(open).toEqual([
    [3, 'sink', 'no such method'],
    [4, 'turn', 'unknown path'],
    [5, 'weird!', 'opaque macro'],
  ])
  expect(graph.stats.unresolved).toMatchObject({ 'no such method': 1, 'unknown path': 1, 'opaque macro': 1 })
})

test('literals that are handed over stand beside the call', async () => {
  const graph = await graphOfText(`
pub fn sail() { let _ = std::fs::read("chart.txt"); let _ = std::env::var("HOME"); }`)
  expect(graph.references.filter((ref) => ref.literals).map((ref) => [ref.callee, ref.literals])).toEqual([
    ['std::fs::read', ['chart.txt']],
    ['std::env::var', ['HOME']],
  ])
})

test('a file that is mounted twice under two conditions is looked at as either', async () => {
  const graph = await graphOfText(`
//- /lib.rs crate:app
#[cfg(debug_assertions)] #[path = "oar.rs"] mod oar;
#[cfg(not(debug_assertions))] #[path = "oar.rs"] mod oar;
pub fn row() { oar::pull() }
//- /oar.rs
macro_rules! make { ($name:ident) => { pub fn $name() { grip() } } }
make!(pull);
pub fn push() { grip() }
#[cfg(debug_assertions)] fn grip() { std::process::id(); }
#[cfg(not(debug_assertions))] fn grip() { std::process::abort(); }
`)
  for (const name of ['pull', 'push']) {
    const [only, ...more] = graph.functions.filter((fn) => fn.path === `app::oar::${name}`)
    expect(more).toEqual([])
    const grips = graph.references
      .filter((ref) => ref.from === only?.id)
      .map((ref) => graph.functions[ref.to ?? -1]?.line)
    expect([...grips].sort()).toEqual([4, 5])
  }
})
