/** Where functions stand that went through a macro: what the macro put before them is not theirs. */
import { beforeAll, expect, test } from '@jest/globals'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { graphOfText } from '../support/fixture-graph.js'

const TEXT = `
//- std: mini
//- /lib.rs crate:app deps:wrap
mod marks;
use wrap::outside;
feature! {
    /// Words.
    #[inline]
    pub fn handed() {
        plain()
    }
    impl Ship { #[inline] pub fn inside(&self) {} }
    pub const HANDED: u8 = one();
    #[derive(Clone)]
    pub struct Ship(Mast);
}
#[derive(Clone)]
pub struct Mast;
twice! {
    pub(crate) unsafe fn twofold() {
    }
}
outside! {
    fn abroad() {
    }
}
written!(pub, made);
maker!();
pub fn plain() {}
const fn one() -> u8 { 1 }
//- /marks.rs
#[macro_export]
macro_rules! feature {
    ($($item:item)*) => {
        $(
            #[allow(dead_code)]
            #[cfg(not(windows))]
            $item
        )*
    };
}
#[macro_export]
macro_rules! twice { ($($t:tt)*) => { $crate::feature! { #[cold] $($t)* } } }
#[macro_export]
macro_rules! written {
    ($v:vis, $name:ident) => {
        $v fn $name() {}
        #[inline]
        fn own() {}
    };
}
#[macro_export]
macro_rules! maker {
    () => {
        feature! {
            pub fn built() {}
        }
    };
}
//- /lib.rs crate:wrap
#[macro_export]
macro_rules! outside { ($i:item) => { #[cold] $i } }
`

let graph: CallGraph
beforeAll(async () => {
  graph = await graphOfText(TEXT)
}, 60_000)

const place = (path: string): string => {
  const found = graph.functions.filter((fn) => fn.path === path)
  expect([path, found.length]).toEqual([path, 1])
  return found.map(({ file, line, column, endLine }) => `${file}:${line}:${column}-${endLine}`).join()
}

test('an item that a macro adds attributes to stands at its own signature', () => {
  expect(place('app::handed')).toBe('lib.rs:5:5-8')
  expect(place('app::HANDED')).toBe('lib.rs:10:5-10')
  expect(place('app::Ship::inside')).toBe('lib.rs:9:17-9')
  expect(place('app::twofold')).toBe('lib.rs:17:5-18')
})
test("another package's macro does not take it there", () => {
  expect(place('app::abroad')).toBe('lib.rs:21:5-22')
})
test('what a macro wrote stands in its definition, and goes through another macro as it is', () => {
  expect(place('app::own')).toBe('marks.rs:17:9-18')
  expect(place('app::built')).toBe('marks.rs:25:13-25')
})
test('whoever hands over the visibility alone is where it stands', () => {
  expect(place('app::made')).toBe('lib.rs:24:10-24')
})
test('a derived function stands at the derive', () => {
  expect(place('<app::Ship as std::clone::Clone>::clone')).toBe('lib.rs:11:14-11')
})
