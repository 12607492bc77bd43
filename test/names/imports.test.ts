/** Imports are resolved as rustc does: per namespace, globs below explicit names, to a fixpoint (docs/resolution.md, 1). */
import { describe, expect, test } from '@jest/globals'
import { resolvePath } from '../../src/names/index.js'
import { bound, crateOf, dumpOf, find, lossesOf, programOf } from './support.js'

async function app(text: string) {
  const program = await programOf(text)
  return { program, crate: crateOf(program) }
}

describe('imports', () => {
  test('a name goes through re-exports of other modules and crates', async () => {
    const { program, crate } = await app(`
//- /lib.rs crate:app deps:pond
mod reeds { pub use crate::duck as mallard; }
mod duck { pub use pond::Frog; pub use std::fs as files; }
use reeds::mallard::Frog as F;
use reeds::mallard::files::{self as f, File, read};
//- /pond.rs crate:pond
mod deep { pub struct Frog; }
pub use deep::*;
`)
    expect(bound(crate, 'F')).toBe('struct pond::deep::Frog')
    expect(bound(crate, 'F', 'values')).toBe('struct pond::deep::Frog')
    expect(bound(crate, 'f')).toBe('module std::fs')
    expect(bound(crate, 'f', 'values')).toBeUndefined()
    expect(bound(crate, 'File')).toBe('struct std::fs::File')
    expect(bound(crate, 'read', 'values')).toBe('fn std::fs::read')
    expect(lossesOf(program)).toEqual([])
  })

  test('an explicit name shadows a glob wherever it stands', async () => {
    const { crate } = await app(`
pub mod near { pub fn ripple() {} pub struct Wave; }
pub use near::*;
fn ripple() {}
mod user { use super::*; pub fn uses() { ripple() } }
`)
    expect(bound(crate, 'ripple', 'values')).toBe('fn app::ripple')
    expect(bound(crate, 'user::ripple', 'values')).toBe('fn app::ripple')
    expect(bound(crate, 'user::Wave')).toBe('struct app::near::Wave')
  })

  test('globs that import from each other end', async () => {
    const { program, crate } = await app(`
pub mod east { pub use crate::west::*; pub struct Sunrise; }
pub mod west { pub use crate::east::*; pub struct Sunset; }
`)
    expect(bound(crate, 'east::Sunset')).toBe('struct app::west::Sunset')
    expect(bound(crate, 'west::Sunrise')).toBe('struct app::east::Sunrise')
    expect(lossesOf(program)).toEqual([])
  })

  test('a glob brings nothing that its importer may not see', async () => {
    const { crate } = await app(`
mod shell { pub(super) struct Pearl; struct Grit; pub(in crate::shell) struct Sand; }
use shell::*;
`)
    expect(bound(crate, 'Pearl')).toBe('struct app::shell::Pearl')
    expect(bound(crate, 'Grit')).toBeUndefined()
    expect(bound(crate, 'Sand')).toBeUndefined()
  })

  test('namespaces are merged: a local function does not hide a crate', async () => {
    const { crate } = await app(`
//- /lib.rs crate:app deps:pond
fn pond() {}
use pond::Frog;
//- /pond.rs crate:pond
pub struct Frog;
`)
    expect(bound(crate, 'Frog')).toBe('struct pond::Frog')
  })

  test('variants, by name and by glob', async () => {
    const { crate } = await app(`
pub enum Weather { Rain(u8), Sun, Wind { force: u8 } }
mod forecast { use super::Weather::*; use crate::Weather::Sun as Bright; }
`)
    expect(bound(crate, 'forecast::Rain', 'values')).toBe('variant app::Weather::Rain')
    expect(bound(crate, 'forecast::Wind', 'values')).toBeUndefined()
    expect(bound(crate, 'forecast::Wind')).toBe('variant app::Weather::Wind')
    expect(bound(crate, 'forecast::Bright', 'values')).toBe('variant app::Weather::Sun')
  })

  test('edition 2015 paths start at the root', async () => {
    const { program, crate } = await app(`
//- /lib.rs crate:app edition:2015 deps:pond
extern crate pond;
mod bank { pub struct Reed; }
mod path { use bank::Reed; use pond::Frog; use ::bank::Reed as Same; use super::std::fs::File; }
//- /pond.rs crate:pond
pub struct Frog;
`)
    expect(bound(crate, 'path::Reed')).toBe('struct app::bank::Reed')
    expect(bound(crate, 'path::Same')).toBe('struct app::bank::Reed')
    expect(bound(crate, 'path::File')).toBe('struct std::fs::File')
    expect(bound(crate, 'path::Frog')).toBe('struct pond::Frog')
    expect(lossesOf(program)).toEqual([])
  })

  test('extern crate: renamed, of itself, and seen by every module afterwards', async () => {
    const { crate } = await app(`
//- /lib.rs crate:app deps:pond
extern crate pond as lake;
extern crate self as me;
mod inner { use lake::Frog; use me::Tadpole; }
pub struct Tadpole;
//- /pond.rs crate:pond
pub struct Frog;
`)
    expect(bound(crate, 'inner::Frog')).toBe('struct pond::Frog')
    expect(bound(crate, 'inner::Tadpole')).toBe('struct app::Tadpole')
  })

  test('traits without a name are passed on by globs', async () => {
    expect(
      await dumpOf(`
mod calls { pub trait Quack { fn quack(&self); } }
mod prelude { pub use crate::calls::Quack as _; }
use prelude::*;
`),
    ).toMatch(/^app\n(?: {2}(?!_).*\n)* {2}_: t=app::calls::Quack\n/)
  })

  test('what names nothing is recorded with its place', async () => {
    const { program } = await app(`
mod marsh {}
use marsh::Heron;
use swamp::*;
`)
    expect(program.losses.filter((loss) => loss.crate.unit).map((loss) => [loss.what, loss.place.line])).toEqual([
      ['marsh::Heron', 2],
      ['swamp::*', 3],
    ])
  })
})

describe('paths in bodies', () => {
  test('a path ends where names end: at the type that has the associated item', async () => {
    const { crate } = await app(`use std::fs::File;`)
    const found = resolvePath(crate.root, crate.root.source, ['File', 'open'])
    expect(found.rest).toBe(1)
    expect(found.types).toBe(find(crate, 'File'))
  })

  test('a built-in type is meant even where a module has its name', async () => {
    const { crate } = await app(`use std::u8;`)
    const source = crate.root.source
    expect(resolvePath(crate.root, source, ['u8'], 'types').types).toEqual({ kind: 'prim', name: 'u8' })
    expect(resolvePath(crate.root, source, ['u8', 'from_str_radix']).types).toEqual({ kind: 'prim', name: 'u8' })
    expect(resolvePath(crate.root, source, ['u8', 'MAX']).values?.kind).toBe('const')
  })

  test('the prelude of the edition comes last', async () => {
    const { crate } = await app(`struct Vec;`)
    const source = crate.root.source
    expect(resolvePath(crate.root, source, ['Vec']).types).toBe(find(crate, 'Vec'))
    expect(resolvePath(crate.root, source, ['Option', 'Some']).values?.kind).toBe('variant')
  })
})
