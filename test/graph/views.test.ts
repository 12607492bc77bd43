/**
 * Builds for one target that mean different things by one name: what each of them hands over is kept, also where the call
 * itself is the same, and what all of them say is said once.
 */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { printCfg } from '../../src/base/index.js'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { parseFixture } from '../support/fixture.js'
import { graphOf, withFullStd } from '../support/fixture-graph.js'

const BUILDS = ['debug_assertions', 'not(debug_assertions)']
/** An item for each build: `@` is its number. */
const each = (item: string): string =>
  BUILDS.map((cfg, i) => `#[cfg(${cfg})] ${item.replaceAll('@', `${i}`)}`).join('\n')

const PATHS = each('const P: &str = "/@";')
const HAND_OVER = {
  'texts by a macro': `${each('macro_rules! p { () => { "/@" } }')} pub fn go() { let _ = std::fs::read(p!()); }`,
  'a macro that makes the call': `${each('macro_rules! p { ($f:path) => { $f("/@") } }')} pub fn go() { let _ = p!(std::fs::read); }`,
  constants: `${PATHS} pub fn go() { let _ = std::fs::read(P); }`,
  'what a local holds': `${PATHS} pub fn go() { let p = P; let _ = std::fs::read(p); }`,
  'what a call gives': `${PATHS} pub fn id(x: &str) -> &str { x } pub fn go() { let _ = std::fs::read(id(P)); }`,
  'joined texts': `${each('macro_rules! p { () => { concat!("/", "@") } }')} pub fn go() { let _ = std::fs::read(p!()); }`,
}
const OTHERS = {
  closures: `#[cfg(debug_assertions)] macro_rules! p { ($a:expr, $b:expr) => { run($a) } }
#[cfg(not(debug_assertions))] macro_rules! p { ($a:expr, $b:expr) => { run($b) } }
pub fn run<F: Fn()>(f: F) { f() }
pub fn go() { p!(|| { std::process::id(); }, || { std::process::abort(); }) }`,
  conditions: `#[cfg(debug_assertions)] macro_rules! p { ($e:expr) => { { #[cfg(panic = "abort")] $e; } } }
#[cfg(not(debug_assertions))] macro_rules! p { ($e:expr) => { { #[cfg(panic = "unwind")] $e; } } }
pub fn go() { p!(std::process::id()); }`,
  returns: `${PATHS} pub fn go() -> &'static str { P }`,
  'returns what all name': `${each('fn other() {}')} pub fn get() -> &'static str { "/" } pub fn go() -> &'static str { other(); get() }`,
  'all alike': `${each('fn other() { std::process::exit(@) }')}
pub fn go() { let _ = std::fs::read("/"); other(); let p = std::env::temp_dir(); let _ = std::fs::read(p); }`,
  'texts of both': `${each('macro_rules! p { () => { make!(@) } }')} macro_rules! make { ($n:literal) => { std::fs::read(PLACES[0]) } }
const PLACES: [&str; 1] = ["/"]; pub fn go() { let _ = p!(); }`,
  repeated: `${each('fn other() { std::process::exit(@) }')}
macro_rules! twice { ($($p:expr),*) => { $( std::fs::read($p); )* } }
pub fn go() { other(); twice!("/a", "/b", "/b"); }`,
}

let graph: CallGraph
beforeAll(async () => {
  const named = Object.entries({ ...HAND_OVER, ...OTHERS }).map(([name, text]) => ({
    name,
    fixture: parseFixture(withFullStd(text)),
  }))
  graph = await graphOf(named)
}, 60_000)

const functionIn = (fixture: string, path: string) =>
  graph.functions.find((fn) => fn.path === `app::${path}` && fn.package.endsWith(`#${fixture}`))
const callsOf = (fixture: string, callee: string) =>
  graph.references
    .filter((ref) => ref.from === functionIn(fixture, 'go')?.id && ref.callee === callee)
    .map((ref) => ({
      cfg: printCfg(ref.cfg),
      handed: `${ref.literals ?? []} ${JSON.stringify(ref.values ?? [])}`,
    }))

describe('a call of which two builds hand over different things', () => {
  test.each(Object.keys(HAND_OVER))('%s', (name) => {
    const calls = callsOf(name, 'std::fs::read')
    expect(calls.map(({ cfg }) => cfg).sort()).toEqual([...BUILDS].sort())
    expect(new Set(calls.map(({ handed }) => handed)).size).toBe(2)
  })

  test('closures of two builds are both handed on', () => {
    const run = functionIn('closures', 'run')?.id
    const led = graph.references.filter(({ from, found }) => from === run && found === 'value')
    const closures = graph.functions.filter((fn) => fn.kind === 'closure' && fn.package.endsWith('#closures'))
    expect(closures).toHaveLength(2)
    expect(new Set(led.map(({ to: target }) => target))).toEqual(new Set(closures.map(({ id }) => id)))
  })

  test('a call under two conditions has both', () => {
    expect(callsOf('conditions', 'std::process::id').map(({ cfg }) => cfg)).toEqual([
      'all(panic = "abort", debug_assertions)',
      'all(panic = "unwind", not(debug_assertions))',
    ])
  })
})

describe('what two builds give', () => {
  test('a result is either of them', () => {
    const returns = JSON.stringify(functionIn('returns', 'go')?.returns)
    expect(['"/0"', '"/1"'].filter((text) => !returns.includes(text))).toEqual([])
  })

  test('a result that all builds name is known', () => {
    expect(callsOf('returns what all name', 'app::get').map(({ cfg }) => cfg)).toEqual(['true'])
    expect(functionIn('returns what all name', 'go')?.returns).toMatchObject({ k: 'result' })
  })
})

test('what no build has otherwise is said once, without a condition', () => {
  expect(callsOf('all alike', 'std::fs::read').map(({ cfg }) => cfg)).toEqual(['true', 'true'])
})

test('what a macro repeats is each once, without a condition', () => {
  const calls = callsOf('repeated', 'std::fs::read')
  expect(calls.map(({ cfg, handed }) => `${cfg} ${handed.split(' ')[0]}`)).toEqual(['true /a', 'true /b'])
})

test('what two texts have at one place is accounted for in both', () => {
  expect(callsOf('texts of both', 'std::fs::read').map(({ cfg }) => cfg)).toEqual(['true'])
})
