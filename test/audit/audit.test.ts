/** The second count: nothing of the samples is left over, and what the engine says nothing of is found. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { accountOf, type LeftOver, newRecorder } from '../../src/audit/index.js'
import type { Visited, Visits } from '../../src/names/index.js'
import { auditCrate } from '../../src/wiring/audit-crate.js'
import { auditOfText } from '../support/fixture-graph.js'

const SAMPLES = [
  'build-script',
  'malicious-pair/v1',
  'malicious-pair/v2',
  'plain-library',
  'platform-specific',
  'proc-macro',
  'program',
  'workspace',
]

test.each(SAMPLES)('nothing of samples/%s is left over', async (sample) => {
  const { audit } = await auditCrate(`samples/${sample}`, { offline: true }, () => {})
  expect(audit.places).toEqual([])
  expect(audit.led).toBeGreaterThan(10)
})

const shown = (left: readonly LeftOver[]): readonly string[] => left.map(({ kind, name }) => `${kind} ${name}`)

interface Said {
  readonly tell: (to: Visits) => void
  /** Of a note: where in a file, and what. */
  readonly at?: number
  readonly what?: Visited
}

/** All that the engine says while it works on a text, to be told again in part: an analysis takes its time. */
async function saidOf(text: string): Promise<readonly Said[]> {
  const said: Said[] = []
  await auditOfText(text, () => ({
    loaded: (...args) => void said.push({ tell: (to) => to.loaded(...args) }),
    mounted: (...args) => void said.push({ tell: (to) => to.mounted(...args) }),
    expanded: (...args) => void said.push({ tell: (to) => to.expanded(...args) }),
    lostName: (...args) => void said.push({ tell: (to) => to.lostName(...args) }),
    noteAll: (...args) => void said.push({ tell: (to) => to.noteAll(...args) }),
    note: (...args) => {
      const [source, at, what] = args
      said.push({ tell: (to) => to.note(...args), ...(source.origin.k === 'file' ? { at, what } : {}) })
    },
  }))
  return said
}

function leftWithout(all: readonly Said[], isLost: (said: Said) => boolean): readonly string[] {
  const recorder = newRecorder()
  for (const said of all) if (!isLost(said)) said.tell(recorder)
  return shown(accountOf(recorder).left)
}

describe('a place that was not visited is left over', () => {
  const CODE = `use std::collections::HashMap;
    #[derive(Clone)] pub struct S { pub n: u8, pub f: fn(u8) -> u8 }
    #[no_mangle] pub fn linked() {}
    macro_rules! add { ($a:expr) => { $a + 1 } }
    pub fn go(s: &S, map: &HashMap<u8, String>, late: fn() -> fn()) -> Option<String> {
      (s.f)(1); late()();
      let text = map[&3].clone();
      if -(s.n as i8) == 5 { linked(); }
      let first = text.parse::<u8>().ok()?;
      add!(first); let _none: Option<S> = None;
      for _ in text.chars() {}
      match first { u8::MAX => None, _ => Some(text) }
    }`
  let all: readonly Said[]
  beforeAll(async () => {
    all = await saidOf(CODE)
  })
  test('when all is said, none is', () => expect(leftWithout(all, () => false)).toEqual([]))
  test.each<[string, Visited, string]>([
    ['linked(); }', 'path', 'call linked'],
    ['clone()', 'method', 'method call clone'],
    ['s.f)(1)', 'value', 'call of a value s.f'],
    ['n as i8', 'field', 'field s.n'],
    ['&3]', 'index', 'index map[&3]'],
    ['== 5', 'operator', 'operator -(s.n as i8) == 5'],
    ['-(s.n', 'operator', 'operator -(s.n as i8)'],
    ['?;', 'operator', 'operator text.parse::<u8>().ok()?'],
    ['add!(first)', 'macro', 'macro call add'],
    ['text.chars() {}', 'implicit', 'operator for _ in text.chars() {}'],
    ['u8::MAX =>', 'path', 'path in a pattern u8::MAX'],
    ['S> = None', 'type', 'type S'],
    ['Clone)]', 'attribute', 'derive Clone'],
    ['text) }', 'path', 'path text'],
  ])('%s', (part, what, left) => {
    const place = CODE.indexOf(part)
    expect(place).toBeGreaterThanOrEqual(0)
    expect(leftWithout(all, (said) => said.at === place && said.what === what)).toEqual([left])
  })

  test('a whole body, also where a macro made it', async () => {
    const made = 'macro_rules! m { ($n:ident) => { pub fn $n() { std::process::exit(1) } } } m!(go);'
    const audit = await auditOfText(made, (recorder) => ({
      ...recorder,
      note: (source, ...rest) => {
        if (source.origin.k === 'file') recorder.note(source, ...rest)
      },
    }))
    expect(shown(audit.left)).toEqual(['call std::process::exit'])
    expect(audit.left[0]?.calledAt).toMatchObject({ file: 'lib.rs', line: 1 })
  })
})

describe('what need not be looked at is accounted for', () => {
  test.each([
    ['under a condition that the target does not meet', '#[cfg(windows)] pub fn go() { std::process::exit(1) }', 1],
    ['such a condition at a part', 'pub fn go() { #[cfg(windows)] std::env::var("A")?; }', 2],
    ['such a condition inside', 'pub mod m { #![cfg(windows)] pub fn go() { std::process::exit(1) } }', 1],
    ['a test', '#[test] fn go() { std::process::exit(1) }', 1],
    ['a condition that is met', '#[cfg(unix)] pub fn go() { std::process::exit(1) }', 0],
  ])('%s', async (_, text, conditional) => {
    const { total, left } = await auditOfText(text)
    expect(shown(left)).toEqual([])
    expect(total.conditional).toBeGreaterThanOrEqual(conditional)
    if (conditional === 0) expect(total.conditional).toBe(0)
  })

  test('the call of a value in a field of a tuple is no method call', async () => {
    const { kinds, left } = await auditOfText('pub struct P(fn());\nimpl P { pub fn go(&self) { self.0() } }')
    expect(shown(left)).toEqual([])
    expect([...kinds.keys()]).toContain('call of a value')
    expect([...kinds.keys()]).not.toContain('method call')
  })

  test('what is not known is told', async () => {
    const { total, left } = await auditOfText('pub fn go() { let x = nowhere(); *x; x.f(); x + 1; x.y; x(); }')
    expect(shown(left)).toEqual([])
    expect(total.told).toBeGreaterThanOrEqual(5)
  })

  test('what the parser cannot read is told', async () => {
    const { left } = await auditOfText('pub fn a() { std::process::exit(1) }\nfn b( { c() }\npub fn d() { a() }')
    expect(shown(left)).toEqual([])
  })
})
