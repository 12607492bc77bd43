/**
 * Shares: what inference leaves of one crate, and that linking needs nothing else. They are plain (the same after JSON),
 * need no body of another crate, and give one graph in whatever order they come.
 */
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { CallGraph } from '../../src/graph/call-graph.js'
import type { CrateShare, FunctionKey } from '../../src/graph/crate-share.js'
import { parseFixture } from '../support/fixture.js'
import {
  type FixtureShares,
  graphAtOnce,
  LINUX,
  type NamedFixture,
  sharesIn,
  throughJson,
  WINDOWS,
  withFullStd,
} from '../support/fixture-graph.js'
import { targetCrate } from '../support/target-crates.js'

const HARBOUR = `
//- /lib.rs crate:rope
pub trait Knot { const TURNS: u8 = turns(); fn tie(&self) { std::process::abort() } fn cut() {} }
const fn turns() -> u8 { 3 }
pub struct Bowline;
impl Knot for Bowline { fn tie(&self) { std::process::exit(1) } }
pub struct Reel { pub line: u8 }
impl Drop for Reel { fn drop(&mut self) { std::env::vars(); } }
pub fn pull<F: Fn(u8) -> u8>(f: F) -> u8 { f(1) }
pub unsafe fn cast<T>(at: usize) -> T { std::mem::transmute_copy(&at) }
pub static COIL: u8 = turns();
#[cfg(windows)] pub fn winch() { std::process::id(); }
#[cfg(unix)] pub fn winch() { std::process::abort(); }
//- /lib.rs crate:app deps:rope
use rope::{Knot, Reel};
mod deck;
pub fn any(knot: &dyn Knot) { knot.tie() }
pub fn turns<K: Knot>() -> u8 { K::TURNS }
pub fn make() { any(&rope::Bowline) }
pub fn owns(reel: Reel) -> u8 { rope::COIL + reel.line }
fn twice(n: u8) -> u8 { n * 2 }
pub fn hands() -> u8 { rope::pull(twice) + rope::pull(|n| n + 1) }
pub unsafe fn forged() -> fn() { rope::cast::<fn()>(1) }
pub fn call(f: fn(u8) -> u8) -> u8 { f(2) }
pub fn both() { rope::winch() }
pub fn raw(at: *const u8) -> u8 { unsafe { *at } }
pub fn lost() { nowhere!(); }
#[derive(Clone)] pub struct Sheet(u8);
pub fn copy(sheet: &Sheet) -> Sheet { struct Tmp; impl Knot for Tmp { fn cut() { std::env::args(); } } sheet.clone() }
//- /deck.rs
#[no_mangle] pub extern "C" fn swab() {}
`

const named = (name: string, text: string): NamedFixture => ({ name, fixture: parseFixture(withFullStd(text)) })
const FIXTURES = [named('harbour', HARBOUR), ...[11, 12, 13].map((seed) => named(`seed-${seed}`, targetCrate(seed)))]
const TARGETS = [LINUX, WINDOWS]

let made: FixtureShares
let app: CrateShare
beforeAll(async () => {
  made = await sharesIn(FIXTURES, TARGETS)
  app = shareOf(made.shares, 'app', LINUX.triple)
})

function shareOf(shares: readonly CrateShare[], crate: string, target: string): CrateShare {
  const share = shares.find((each) => each.unit.startsWith(`${crate}#`) && each.target === target)
  if (!share) throw new Error(`no share of ${crate} for ${target} in ${shares.map(({ unit }) => unit).join()}`)
  return share
}

/** A key as its path and kind. */
const short = (key: FunctionKey | undefined): string | undefined => key?.split('|').slice(-2).join(' ')
const nameAt = (index: number): string | undefined => app.functions[index]?.path
const site = (at: number) => {
  const { function: owner, line, name } = app.sites[at] as CrateShare['sites'][number]
  return `${nameAt(owner)} ${line} ${name}`.trim()
}

describe('a share', () => {
  test('holds functions, references to keys, facts and losses', () => {
    expect(app.functions.map(({ path, kind, entry }) => `${kind} ${path}${entry ? ' entry' : ''}`)).toEqual(
      expect.arrayContaining(['fn app::any', 'closure app::hands::{closure}', 'fn app::deck::swab entry']),
    )
    expect(app.functions.find(({ kind }) => kind === 'closure')?.madeIn).toBe(
      app.functions.findIndex(({ path }) => path === 'app::hands'),
    )
    const led = app.references.filter(({ to: target }) => target).map((ref) => `${site(ref.at)} -> ${short(ref.to)}`)
    expect(led).toEqual(
      expect.arrayContaining([
        'app::make 5 any -> app::any fn',
        'app::hands 8 pull -> rope::pull fn',
        'app::both 11 winch -> rope::winch fn',
        'app::copy 15 clone -> <app::Sheet as std::clone::Clone>::clone fn',
      ]),
    )
    expect(app.facts.map(({ function: index, kind }) => `${nameAt(index)} ${kind}`)).toContain(
      'app::raw raw dereference',
    )
    expect(app.losses.map(({ kind, line }) => `${line} ${kind}`)).toContain('13 unresolved macro')
  })

  test('lists what only the whole program can tell', () => {
    const { open } = app
    expect(open.calls.map(({ at, means, name }) => `${site(at)}: ${means} ${name}`)).toEqual([
      'app::any 3 tie: one tie',
      'app::turns 4 TURNS: const TURNS',
    ])
    expect(open.impls.filter(({ fns }) => fns.length > 0).map(({ fns }) => fns.map(({ key }) => short(key)))).toEqual([
      ['<app::copy::Tmp as rope::Knot>::cut fn'],
    ])
    expect(open.made).toEqual([expect.stringMatching(/rope::Bowline$/)])
    expect(open.closed).toEqual([app.unit])
    expect(open.visible).toEqual([app.unit, expect.stringMatching(/^rope#/)])
    expect(open.values.map(({ function: key, signature }) => `${short(key)} ${signature.join(' ')}`)).toEqual([
      'app::hands closure u8 u8',
      'app::twice fn u8 u8',
    ])
    expect(open.handed.map(({ to, value }) => `${short(to)} ${short(value.function)}`).sort()).toEqual([
      'rope::pull fn app::hands closure',
      'rope::pull fn app::twice fn',
    ])
    expect(open.valueCalls.map(({ at, signature }) => `${site(at)}: ${signature.join(' ')}`)).toEqual([
      'app::call 10: u8 u8',
    ])
    expect(open.owned.map(({ at, types }) => `${site(at)} ${types.length}`)).toContain('app::owns 6 1')
    expect(open.constReads.map(({ at, of }) => `${site(at)} ${short(of)}`)).toContain(
      'app::owns 6 COIL rope::COIL static',
    )
    expect(open.casts.map(({ at, callee }) => `${site(at)} ${short(callee)}`)).toEqual([
      'app::forged 9 cast rope::cast fn',
    ])
    const { drops, reinterprets } = shareOf(made.shares, 'rope', LINUX.triple).open
    expect([drops.length, reinterprets.length]).toEqual([1, 1])
  })

  test('is the same after JSON and back', () => {
    for (const share of made.shares) expect(throughJson(share)).toEqual(share)
  })

  test('of a later target has the bodies alone that may mean something else there', () => {
    const later = shareOf(made.shares, 'app', WINDOWS.triple)
    const inferred = later.functions.filter(({ inferred }) => inferred).map(({ path }) => path)
    expect(inferred).toContain('app::both')
    expect(inferred).not.toContain('app::raw')
    expect(later.functions.some(({ path }) => path === 'app::raw')).toBe(true)
  })

  test('needs no body of another crate', async () => {
    const [rope = '', own = ''] = HARBOUR.split('//- /lib.rs crate:app')
    // As long as they were, so that what stands behind them stays in its place.
    const empty = rope.replace(/\{ std[^{}]*\}/g, (body) => `{ loop {}${' '.repeat(body.length - 11)} }`)
    expect(empty).not.toMatch(/abort|vars|exit/)
    const other = await sharesIn([named('harbour', `${empty}//- /lib.rs crate:app${own}`)], TARGETS)
    for (const { triple } of TARGETS)
      expect(shareOf(other.shares, 'app', triple)).toEqual(shareOf(made.shares, 'app', triple))
    expect(shareOf(other.shares, 'rope', LINUX.triple)).not.toEqual(shareOf(made.shares, 'rope', LINUX.triple))
  })
})

describe('linking', () => {
  let graph: CallGraph
  beforeAll(async () => {
    graph = await graphAtOnce(FIXTURES, TARGETS)
  })

  test('gives what a Program at a time gives', () => {
    expect(graph.references.some(({ found }) => found === 'dispatch')).toBe(true)
    expect(made.link(made.shares)).toEqual(graph)
  })

  test.each([1, 2, 3, 4, 5])('in any order, through JSON, gives the same bytes (%i)', (seed) => {
    const shares = shuffled(made.shares.map(throughJson), seed)
    expect(shares.map(({ unit, target }) => unit + target)).not.toEqual(
      made.shares.map(({ unit, target }) => unit + target),
    )
    expect(JSON.stringify(made.link(shares))).toBe(JSON.stringify(made.link(made.shares)))
  })

  test('without a crate leaves what leads there without a target', () => {
    const alone = made.link([app])
    const pull = alone.references.find(({ callee }) => callee === 'rope::pull')
    expect(pull).toMatchObject({ certainty: 'certain' })
    expect(pull?.to).toBeUndefined()
  })
})

/** Fisher and Yates, by numbers that a seed makes. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  const out = [...list]
  let state = seed
  for (let i = out.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    const j = state % (i + 1)
    ;[out[i], out[j]] = [out[j] as T, out[i] as T]
  }
  return out
}
