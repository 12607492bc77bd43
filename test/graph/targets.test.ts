/** Code for several targets in one graph: what only some have, what differs between them, and what all share once. */
import { beforeAll, expect, test } from '@jest/globals'
import { printCfg } from '../../src/base/index.js'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { graphOfText, LINUX, WINDOWS } from '../support/fixture-graph.js'
import { expectConsistent } from '../support/graph-consistency.js'

const FLEET = `
//- /lib.rs crate:app
#[cfg(windows)] mod galley { pub fn row() { std::process::abort() } }
#[cfg(unix)] mod galley { pub fn row() { std::process::exit(1) } }
#[cfg(windows)] pub fn steam() {}
#[cfg(unix)] pub type Oar = Long;
#[cfg(windows)] pub type Oar = Short;
pub struct Long; impl Long { pub fn pull(&self) {} }
pub struct Short; impl Short { pub fn pull(&self) {} }
pub fn sail() { galley::row(); }
pub fn stroke(oar: &Oar) { oar.pull(); }
mod steam_engine { pub fn start() {} }
mod rowers { pub fn start() {} }
#[cfg(unix)] use rowers::start;
#[cfg(windows)] use steam_engine::start;
pub fn leave() { start(); }
pub fn plain() { std::process::id(); }
pub fn inside() {
    #[cfg(windows)] { std::env::args(); }
    #[cfg(unix)] { std::env::vars(); }
}
macro_rules! later { ($($made:tt)*) => { $($made)* } }
pub fn moored() {
    #[cfg(windows)] later! { fn tie() { std::process::id(); } std::process::abort(); tie(); }
    #[cfg(windows)] println!("moored");
}
`

let graph: CallGraph
beforeAll(async () => {
  graph = await graphOfText(FLEET, [LINUX, WINDOWS])
})
const callees = (path: string): readonly (string | null)[] => {
  const ids = graph.functions.filter((fn) => fn.path === path).map((fn) => fn.id)
  return graph.references.filter((ref) => ids.includes(ref.from)).map((ref) => ref.callee)
}

test('the graph is consistent', () => {
  expect(graph.functions.filter((fn, index) => fn.id !== index)).toEqual([])
  expect(graph.references.filter((ref) => ref.callee === null)).toEqual([])
})

test('modules of both targets are in the graph, each with its condition', () => {
  const rows = graph.functions.filter((fn) => fn.path === 'app::galley::row')
  expect(rows.map((fn) => fn.line)).toEqual([1, 2])
  expect(rows.every((fn) => fn.cfg.k !== 'true')).toBe(true)
  expect(graph.functions.some((fn) => fn.path === 'app::steam')).toBe(true)
})

test('a call leads to the function of each target', () => {
  const sail = graph.functions.find((fn) => fn.path === 'app::sail')
  const targets = graph.references
    .filter((ref) => ref.from === sail?.id)
    .map((ref) => graph.functions[ref.to ?? -1]?.line)
  expect([...new Set(targets)].sort()).toEqual([1, 2])
})

test('a derived function that two targets have in two places is referred to in both', async () => {
  const derived = await graphOfText(
    `
//- /lib.rs crate:app
#[cfg(windows)] #[derive(Clone)] pub struct Sail { pub area: u16 }
#[cfg(unix)] #[derive(Clone)] pub struct Sail { pub area: u32 }
pub fn spare(sail: &Sail) -> Sail { sail.clone() }
`,
    [LINUX, WINDOWS],
  )
  const spare = derived.functions.find((fn) => fn.path === 'app::spare')
  const targets = derived.references.filter((ref) => ref.from === spare?.id && ref.found === 'method')
  const lines = targets.map((ref) => derived.functions[ref.to ?? -1]?.line)
  expect(new Set(lines)).toEqual(new Set([1, 2]))
})

test('a type that differs between targets makes a method call mean both', () => {
  expect([...callees('app::stroke')].sort()).toEqual(['app::Long::pull', 'app::Short::pull'])
})

test('a conditional import makes a call mean both', () => {
  expect([...callees('app::leave')].sort()).toEqual(['app::rowers::start', 'app::steam_engine::start'])
})

test('blocks under conditions are looked at for their target', () => {
  expect([...callees('app::inside')].sort()).toEqual(['std::env::args', 'std::env::vars'])
})

test('what a macro statement under a condition makes is under it too', () => {
  const moored = graph.functions.filter((fn) => fn.path.startsWith('app::moored'))
  const made = graph.references.filter((ref) => moored.some((fn) => fn.id === ref.from))
  expect(made.map((ref) => `${ref.callee} if ${printCfg(ref.cfg)}`).sort()).toEqual([
    'app::moored::tie if windows',
    'std::io::_print if windows',
    'std::process::abort if windows',
    'std::process::id if windows',
  ])
  expect(moored.map((fn) => `${fn.path} if ${printCfg(fn.cfg)}`)).toEqual([
    'app::moored if true',
    'app::moored::tie if windows',
  ])
})

test('a body that all targets share appears once', () => {
  expect(graph.functions.filter((fn) => fn.path === 'app::plain').length).toBe(1)
  expect(callees('app::plain')).toEqual(['std::process::id'])
})

test('one target alone sees only its own code', async () => {
  const linux = await graphOfText(FLEET, [LINUX])
  expectConsistent(linux)
  expect(linux.functions.filter((fn) => fn.path === 'app::galley::row').map((fn) => fn.line)).toEqual([2])
  expect(linux.functions.some((fn) => fn.path === 'app::steam')).toBe(false)
})

test('the order of targets changes no function or callee', async () => {
  const other = await graphOfText(FLEET, [WINDOWS, LINUX])
  const shape = (each: CallGraph): readonly string[] =>
    each.references.map((ref) => `${each.functions[ref.from]?.path} ${ref.line} ${ref.callee}`).sort()
  expect(other.functions.map((fn) => [fn.path, fn.line])).toEqual(graph.functions.map((fn) => [fn.path, fn.line]))
  expect(shape(other)).toEqual(shape(graph))
})
