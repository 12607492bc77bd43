/** Modules in files, conditions, derives, blocks and the names that reports call definitions by. */
import { describe, expect, test } from '@jest/globals'
import { printCfg } from '../../src/base/index.js'
import {
  bodyOf,
  collectBlock,
  definitionPath,
  type FnDef,
  guessedOptions,
  type ImplDef,
  publicPath,
  resolvePath,
  traitsInScope,
} from '../../src/names/index.js'
import { bound, crateOf, find, lossesOf, programOf } from './support.js'

async function app(text: string) {
  const program = await programOf(text)
  return { program, crate: crateOf(program) }
}

describe('module files', () => {
  test('a directory for each module, a mod.rs in it, #[path], and inline modules between', async () => {
    const { program, crate } = await app(`
//- /src/lib.rs crate:app
mod trunk;
mod roots;
#[path = "odd/name.rs"] mod renamed;
mod inline { pub mod leaf; #[path = "bud.rs"] pub mod shoot; }
//- /src/trunk.rs
pub mod branch;
//- /src/trunk/branch.rs
pub struct Twig;
//- /src/roots/mod.rs
pub mod deep;
//- /src/roots/deep.rs
pub struct Tip;
//- /src/odd/name.rs
pub mod beside;
//- /src/odd/beside.rs
pub struct Moss;
//- /src/inline/leaf.rs
pub struct Vein;
//- /src/inline/bud.rs
pub struct Petal;
`)
    expect(lossesOf(program)).toEqual([])
    for (const path of [
      'trunk::branch::Twig',
      'roots::deep::Tip',
      'renamed::beside::Moss',
      'inline::leaf::Vein',
      'inline::shoot::Petal',
    ]) {
      expect(bound(crate, path)).toBe(`struct app::${path}`)
    }
  })

  test('a file that is missing, or outside, is a loss, and its module may hold anything', async () => {
    const { program, crate } = await app(`
//- /src/lib.rs crate:app
mod gone;
#[path = "../../etc/shadow.rs"] mod escape;
use gone::Anything;
`)
    expect(lossesOf(program)).toEqual([
      'missing file: mod gone: src/gone.rs or src/gone/mod.rs',
      'missing file: mod escape: a path outside the package',
      'unresolved import: gone::Anything',
    ])
    expect(resolvePath(crate.root, crate.root.source, ['gone', 'Anything']).opaque).toBe(true)
  })

  test('a file counts as part of a crate only under the conditions of the target', async () => {
    const { program, crate } = await app(`
//- /src/lib.rs crate:app cfg:unix
#[cfg(windows)] mod absent;
#[cfg_attr(unix, path = "posix.rs")] #[cfg_attr(windows, path = "nt.rs")] mod sys;
//- /src/posix.rs
pub struct Fork;
`)
    expect(lossesOf(program)).toEqual([])
    expect(bound(crate, 'sys::Fork')).toBe('struct app::sys::Fork')
  })
})

describe('conditions', () => {
  test('features are decided, options of the target stay in the condition', async () => {
    const { crate } = await app(`
//- /lib.rs crate:app cfg:unix,feature="tls"
#[cfg(any(unix, feature = "tls"))] pub mod always { pub struct A; }
#[cfg(all(unix, feature = "tls"))] pub mod onunix { #[cfg(not(windows))] pub struct B; }
#[cfg(feature = "other")] pub struct Never;
#[cfg(test)] pub struct Tested;
#[cfg(made_up)] pub struct Made;
#[test] fn checks() {}
`)
    const condition = (path: string) => {
      const def = find(crate, path)
      return def && 'cfg' in def ? printCfg(def.cfg) : undefined
    }
    expect(condition('always::A')).toBe('true')
    expect(condition('onunix::B')).toBe('all(unix, not(windows))')
    for (const name of ['Never', 'Tested']) expect(find(crate, name)).toBeUndefined()
    // Whoever builds may set it.
    expect(condition('Made')).toBe('made_up')
    expect(find(crate, 'checks', 'values')).toBeUndefined()
  })

  test('a build script or whoever builds may set an option or not; a foreign platform is not assumed', async () => {
    const { crate } = await app(`
//- /src/lib.rs crate:app
#[cfg(has_floats)] pub struct Floats;
#[cfg(no_atomics)] pub struct Lacking;
#[cfg(windows_like)] pub struct Windows;
#[cfg(unnamed)] pub struct Unnamed;
//- /build.rs kind:build
fn main() { println!("cargo:rustc-cfg=has_floats"); println!("cargo:rustc-cfg=no_atomics"); set("windows_like") }
`)
    expect(['Floats', 'Lacking', 'Windows', 'Unnamed'].filter((name) => find(crate, name))).toEqual([
      'Floats',
      'Lacking',
      'Unnamed',
    ])
    expect(guessedOptions(crate)).toEqual([
      { name: 'has_floats', holds: true, open: true },
      { name: 'no_atomics', holds: false, open: true },
      { name: 'windows_like', holds: false, open: false },
    ])
  })
})

describe('derives', () => {
  test('std derives make an impl with the signatures of the trait', async () => {
    const { program, crate } = await app(`
#[derive(Clone, PartialEq)] pub struct Pair<T> { left: T, right: u8 }
#[derive(Debug)] pub enum Side { Left }
`)
    const made = (name: string) => crate.impls.find((each) => each.derived?.name === name) as ImplDef
    expect(crate.impls.map((each) => definitionPath(each.derived as NonNullable<ImplDef['derived']>))).toEqual([
      'core::clone::Clone',
      'core::cmp::PartialEq',
      'core::fmt::Debug',
    ])
    const clone = made('Clone')
    expect(clone.items.map((item) => item.name)).toEqual(['clone'])
    expect(clone.ast.generics.params).toMatchObject([
      { name: 'T', bounds: [{ path: { segments: [{ name: 'Clone' }] } }] },
    ])
    const trait = clone.ast.trait
    if (!trait) throw new Error('no trait')
    // The names of a derive mean the trait and the type whatever is in scope.
    expect(resolvePath(clone.module, clone.source, trait).types).toBe(clone.derived)
    const eq = made('PartialEq').items[0] as FnDef
    expect(eq.ast.params[0]?.ty).toMatchObject({ k: 'ref', ty: { k: 'path', path: { segments: [{ name: 'Self' }] } } })
    expect(bodyOf(eq)?.expr).toMatchObject({
      k: 'block',
      stmts: [{ expr: { k: 'method', name: 'eq' } }, { expr: { k: 'method', name: 'eq' } }],
    })
    expect(lossesOf(program)).toEqual([])
  })

  test('a derive of a proc macro whose name is a trait too: the impl is there, its items are not', async () => {
    const { program, crate } = await app(`
//- /lib.rs crate:app deps:sail
use sail::Furl;
#[derive(Furl)] pub struct Jib;
//- /sail.rs crate:sail deps:sail_derive
pub use sail_derive::Furl;
pub trait Furl { fn furl(&self); }
//- /sail_derive.rs crate:sail_derive kind:proc-macro
#[proc_macro_derive(Furl)] pub fn derive(input: TokenStream) -> TokenStream { input }
`)
    expect(lossesOf(program)).toEqual(['proc macro: #[derive(Furl)]'])
    expect(crate.impls).toMatchObject([{ derived: { name: 'Furl' }, items: [] }])
  })
})

describe('blocks', () => {
  const TEXT = `
mod far { pub trait Glide { fn glide(&self) {} } pub struct Kite; }
struct Kite;
fn user() {
    use far::{Glide, Kite};
    struct Local;
    impl Local { fn fly(&self) {} }
    macro_rules! soar { () => { 1 } }
    soar!();
}
`
  test('items of a block shadow those around it, and the block sees what is around', async () => {
    const { program, crate } = await app(TEXT)
    const user = find(crate, 'user', 'values') as FnDef
    const body = bodyOf(user)
    if (body?.expr.k !== 'block') throw new Error('no block')
    const items = body.expr.stmts.flatMap((stmt) =>
      stmt.k === 'item' ? [{ item: stmt.item, source: body.source }] : [],
    )
    const block = collectBlock(program, user.module, { items })
    expect(resolvePath(block, body.source, ['Kite']).types).toBe(find(crate, 'far::Kite'))
    expect(resolvePath(block, body.source, ['Local']).types?.kind).toBe('struct')
    expect(resolvePath(block, body.source, ['user']).values).toBe(user)
    expect(block.impls).toHaveLength(1)
    expect([...traitsInScope(block)].map((trait) => trait.name)).toContain('Glide')
    expect([...traitsInScope(crate.root)].map((trait) => trait.name)).not.toContain('Glide')
    expect(collectBlock(program, user.module, { items })).toBe(block)
    // They belong to the block, not to the crate.
    expect(crate.impls).toHaveLength(0)
  })

  test('impls in an unnamed const hold everywhere, those that a macro statement makes too', async () => {
    const { crate } = await app(`
pub struct Gull;
macro_rules! more { () => { impl Gull { fn cry(&self) {} } }; }
const _: () = { impl Gull { fn dive(&self) {} } more!(); };
`)
    expect(crate.impls.map((each) => each.items[0]?.name)).toEqual(['dive', 'cry'])
  })
})

describe('paths of definitions', () => {
  test('where it is defined, and by which path others reach it', async () => {
    const { program, crate } = await app(`
//- /lib.rs crate:app
mod inner { pub mod deep { pub struct Shell; pub enum Tide { Ebb } } pub fn hidden() {} }
pub use inner::deep::Shell;
pub mod prelude { pub use super::inner::deep::{Shell, Tide}; }
`)
    const shell = find(crate, 'Shell')
    const tide = find(crate, 'prelude::Tide')
    if (shell?.kind !== 'struct' || tide?.kind !== 'enum') throw new Error('not found')
    expect(definitionPath(shell)).toBe('app::inner::deep::Shell')
    expect(publicPath(shell)).toBe('app::Shell')
    expect(publicPath(tide.variants[0] as (typeof tide.variants)[number])).toBe('app::prelude::Tide::Ebb')
    const option = resolvePath(crate.root, crate.root.source, ['Option']).types
    if (!option) throw new Error('no Option')
    expect(publicPath(option)).toBe('core::option::Option')
    expect(publicPath(option, [program.std])).toBe('std::option::Option')
    const hidden = find(crate, 'inner::hidden', 'values')
    expect(hidden && publicPath(hidden)).toBe('app::inner::hidden')
  })
})

describe('names joined by a proc macro', () => {
  test('are joined where its input holds them', async () => {
    const { crate } = await app(`
//- /lib.rs crate:app deps:glue
glue::glue! { pub fn [<get_ "First" Name:snake>]() {} pub struct [<big wave:camel>]; }
//- /glue.rs crate:glue kind:proc-macro
#[proc_macro] pub fn glue(input: TokenStream) -> TokenStream { input }
`)
    expect(bound(crate, 'get_Firstname', 'values')).toBe('fn app::get_Firstname')
    expect(bound(crate, 'bigWave')).toBe('struct app::bigWave')
  })
})
