/** Making the std model, on a library of a few lines that has what std's source has. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { printCfg } from '../../src/base/index.js'
import { dumpStd, type StdBuild } from '../../src/make-std-model/index.js'
import { HEADER_LENGTH_BYTES, type StdModelHeader } from '../../src/names/std-model.js'
import { unpack } from '../../src/names/std-model-unpack.js'
import type { FileFacts, Item } from '../../src/syntax/ast.js'
import { initSyntax } from '../../src/syntax/index.js'

const BUILD: StdBuild = {
  crates: [
    { name: 'low', root: 'low/lib.rs', externs: [] },
    { name: 'high', root: 'high/lib.rs', externs: ['low'] },
  ],
  prelude: 'v1',
  features: ['on'],
  never: ['test'],
  always: ['nightly_only'],
  as: { has_load: 'has' },
  not: {},
}

interface Made {
  readonly text: string
  readonly facts: FileFacts
}

/** The crates of a library, which is given as files. */
function make(files: Readonly<Record<string, string>>) {
  const dump = dumpStd('1.0.0', BUILD, (path) => ({ 'low/lib.rs': '', 'high/lib.rs': '', ...files })[path])
  const crates = new Map(
    [...dump.files].map(([name, bytes]): [string, Made] => {
      const data = Buffer.from(bytes)
      const end = HEADER_LENGTH_BYTES + data.readUInt32LE(0)
      const header = JSON.parse(data.toString('utf8', HEADER_LENGTH_BYTES, end)) as StdModelHeader
      return [name, { text: header.text, facts: unpack({ ...header, bytes: data.subarray(end) }) as FileFacts }]
    }),
  )
  return { low: crates.get('low') as Made, high: crates.get('high') as Made, losses: dump.losses }
}

/** Each item in a line: cfg, kind, name, and members behind it. */
function list(items: readonly Item[], indent = ''): string {
  return items
    .map((item) => {
      const cfg = item.cfg ? `[${printCfg(item.cfg)}] ` : ''
      const inner = 'items' in item && item.items ? list(item.items, `${indent}  `) : ''
      const name = item.k === 'use' ? useText(item) : item.name
      return `${indent}${cfg}${item.k} ${name}\n${inner}`
    })
    .join('')
}

function useText(item: Extract<Item, { k: 'use' }>): string {
  const { global, path, tail } = item.tree
  return (global ? '::' : '') + path.map(({ name }) => name).join('::') + (tail.k === 'glob' ? '::*' : '')
}

function lowOf(source: string): string {
  return list(make({ 'low/lib.rs': source }).low.facts.items)
}

beforeAll(initSyntax)

describe('what is kept', () => {
  test('public items, and private ones that a public signature names', () => {
    const source = `
      pub fn f(x: hidden::Named) {}
      fn private() {}
      mod hidden { pub struct Named; pub struct Unnamed; pub fn unreached() {} }
    `
    expect(lowOf(source)).toBe('fn f\nmod hidden\n  struct Named\n')
  })

  test('what a re-export leads to, and the imports on the way', () => {
    const source = `
      pub use self::a::*;
      mod a { pub use super::b::Deep as Shown; use super::b::Other; }
      mod b { pub struct Deep; pub struct Other; }
    `
    expect(lowOf(source)).toBe('use self::a::*\nmod a\n  use super::b::Deep\nmod b\n  struct Deep\n')
  })

  test('impls of what is kept, without private functions', () => {
    const source = `
      pub struct S; struct P;
      pub trait T { fn m(&self); }
      trait Internal {}
      impl S { pub fn open() {} fn helper() {} }
      impl S { fn only_helpers() {} }
      impl T for S { fn m(&self) {} }
      impl Internal for S {}
      impl T for P { fn m(&self) {} }
    `
    expect(lowOf(source)).toBe('struct S\ntrait T\n  fn m\nimpl \n  fn open\nimpl \n  fn m\n')
  })

  test('exported macros with their text, and what they name', () => {
    const { low } = make({
      'low/lib.rs': `
        mod rt { pub fn used() {} pub fn unused() {} }
        #[macro_export] macro_rules! shown { () => { $crate::rt::used() } }
        macro_rules! inner { () => {} }
      `,
    })
    expect(list(low.facts.items)).toBe('mod rt\n  fn used\nmacro def shown\n')
    const macro = low.facts.items.find((item) => item.k === 'macro def')
    const rules = macro?.k === 'macro def' ? low.text.slice(macro.rules.at, macro.rules.end) : ''
    expect(rules.trim()).toBe('() => { $crate::rt::used() }')
  })

  test('a private module that hides what a glob brings', () => {
    const source = `
      pub use self::macros_only::env;
      mod macros_only { mod env {} pub use crate::*; }
      pub mod env { pub fn f() {} }
      #[macro_export] macro_rules! env { () => {} }
    `
    expect(lowOf(source)).toContain('mod macros_only\n  mod env\n  use crate::*\n')
  })
})

describe('every platform', () => {
  test('alternatives stay side by side; options of the build are folded', () => {
    const source = `
      #[cfg(unix)] pub fn a() {}
      #[cfg(windows)] pub fn a() {}
      #[cfg(test)] pub fn b() {}
      #[cfg(any(test, feature = "on"))] pub fn c() {}
      #[cfg(feature = "off")] pub fn d() {}
      #[cfg(all(unix, nightly_only))] pub fn e() {}
      #[cfg(has_load = "8")] pub fn g() {}
    `
    expect(lowOf(source)).toBe('[unix] fn a\n[windows] fn a\nfn c\n[unix] fn e\n[has = "8"] fn g\n')
  })

  test('cfg_select! gives each arm its condition, in types as well', () => {
    const source = `
      #[rustc_builtin_macro] pub macro cfg_select($($t:tt)*) {}
      cfg_select! { unix => { pub fn f() {} } windows => { pub fn g() {} } _ => { pub fn h() {} } }
      pub type Raw = cfg_select! { unix => i32, _ => u8 };
    `
    expect(lowOf(source)).toBe(
      'macro def cfg_select\n[unix] fn f\n[all(not(unix), windows)] fn g\n[all(not(unix), not(windows))] fn h\n' +
        '[unix] type Raw\n[not(unix)] type Raw\n',
    )
  })

  test('files of modules, with #[path] and the cfg inside of them', () => {
    const { low, losses } = make({
      'low/lib.rs': `
        pub mod a;
        #[cfg_attr(unix, path = "u.rs")] #[cfg_attr(not(unix), path = "v.rs")] pub mod b;
        pub mod c;
      `,
      'low/a.rs': '#![cfg(windows)] pub mod d;',
      'low/a/d.rs': 'pub fn f() {}',
      'low/u.rs': 'pub fn u() {}',
      'low/v.rs': 'pub fn v() {}',
    })
    expect(list(low.facts.items)).toBe(
      '[windows] mod a\n  mod d\n    fn f\n[unix] mod b\n  fn u\n[not(unix)] mod b\n  fn v\nmod c\n',
    )
    expect(losses).toEqual(['missing file: mod c (low/lib.rs:4)'])
  })
})

describe('macros', () => {
  test('make items, members and types, by textual scope or by name', () => {
    const source = `
      macro_rules! int { ($t:ident, $name:ident) => { impl $name { pub fn made(x: $t) {} methods!(); } } }
      macro_rules! methods { () => { pub fn inner() {} } }
      macro_rules! alias { () => { u8 } }
      pub struct S;
      int!(u8, S);
      pub fn f(x: alias!()) {}
      mod late { pub(crate) macro later() { pub struct Late; } }
      late::later!();
    `
    expect(lowOf(source)).toBe('struct S\nimpl \n  fn made\n  fn inner\nfn f\nstruct Late\n')
  })

  test('$crate is the crate of the macro, wherever it is used', () => {
    const { high, low } = make({
      'low/lib.rs': `
        pub struct L;
        #[macro_export] macro_rules! make { ($n:ident) => { pub fn $n(x: $crate::L) {} } }
        make!(here);
      `,
      'high/lib.rs': 'low::make!(there);',
    })
    const pathOf = (made: Made) => {
      const fn = made.facts.items.find((item) => item.k === 'fn')
      const ty = fn?.k === 'fn' ? fn.params[0]?.ty : undefined
      return ty?.k === 'path' && `${ty.path.global ? '::' : ''}${ty.path.segments.map(({ name }) => name).join('::')}`
    }
    expect(pathOf(low)).toBe('crate::L')
    expect(pathOf(high)).toBe('::low::L')
  })

  test('one that cannot be found or expanded is a loss', () => {
    const { losses } = make({ 'low/lib.rs': 'macro_rules! m { (a) => {} }\nm!(b);\nnowhere!();' })
    expect(losses).toEqual([
      'macro not expanded: m!: no rule matches (low/lib.rs:2)',
      'macro not found: nowhere! (low/lib.rs:3)',
    ])
  })
})

describe('what is left out of an item', () => {
  test('bodies, places and private fields; that there is a body is told', () => {
    const { low } = make({
      'low/lib.rs': `
        pub trait T { fn given(&self) { work() } fn asked(&self); const N: u8 = 1; }
        pub struct S { pub shown: u8, hidden: Vec }
        pub struct P(u8, pub u16);
      `,
    })
    const [trait, named, tuple] = low.facts.items
    const bodies = trait?.k === 'trait' ? trait.items.map((item) => ('body' in item ? item.body : undefined)) : []
    expect(bodies).toEqual([0, undefined, 0])
    expect(low.facts.bodies).toEqual([{ k: 'error', at: 0, end: 0 }])
    expect(trait?.at).toBe(0)
    expect(named?.k === 'struct' ? named.fields.map((field) => field.name) : []).toEqual(['shown'])
    expect(tuple?.k === 'struct' ? tuple.fields.map((field) => field.ty.k) : []).toEqual(['infer', 'path'])
  })

  test('attributes that are not about names or types', () => {
    const { low } = make({ 'low/lib.rs': '#[derive(Clone)] #[must_use] #[stable(feature = "x")] pub struct S;' })
    expect(low.facts.items[0]?.attrs.map(({ meta }) => meta.path)).toEqual(['derive'])
  })
})

test('the same source gives the same bytes', () => {
  const files = {
    'low/lib.rs': 'pub fn f<T: Clone>(x: &T) -> Option<T> { None } pub struct S; impl S { pub fn g(&self) {} }',
  }
  const bytes = () => [...dumpStd('1.0.0', BUILD, (path) => ({ 'high/lib.rs': '', ...files })[path]).files.values()]
  expect(bytes()).toEqual(bytes())
})
