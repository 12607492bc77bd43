/** `x.into_iter()` of arrays and boxed slices borrows in older editions; that of the token's writer counts. */
import { testCalls } from '../support/check-calls.js'

const LIB = (edition: number): string => `
//- std: full
//- /old.rs crate:old edition:2018
#[macro_export] macro_rules! each { ($x:expr) => { $x.into_iter().next().unwrap().mk().go() } }
//- /lib.rs crate:app deps:old edition:${edition}
pub struct ByRef; impl ByRef { pub fn go(&self) {} }
pub struct ByValue; impl ByValue { pub fn go(&self) {} }
pub trait P { type O; fn mk(self) -> Self::O; }
#[derive(Clone, Copy)] pub struct Y;
impl P for Y { type O = ByValue; fn mk(self) -> ByValue { ByValue } }
impl P for &Y { type O = ByRef; fn mk(self) -> ByRef { ByRef } }`

const CALLS = (array: string, boxed: string): string => `
pub fn a(x: [Y; 1]) { x.into_iter().next().unwrap().mk().go() } //~ calls app::${array}::go, ..
pub fn b(x: Box<[Y]>) { x.into_iter().next().unwrap().mk().go() } //~ calls app::${boxed}::go, ..
pub fn v(x: Vec<Y>) { x.into_iter().next().unwrap().mk().go() } //~ calls app::ByValue::go, ..
pub fn r(x: &[Y; 1]) { x.into_iter().next().unwrap().mk().go() } //~ calls app::ByRef::go, ..
pub fn n(x: Box<[Y; 1]>) { for y in x.into_iter() { y.mk().go() } } //~ calls app::${array}::go, ..
pub fn f(x: Box<[Y]>) { for y in x { y.mk().go() } } //~ calls app::ByValue::go, ..
pub fn m(x: [Y; 1]) { old::each!(x) } //~ calls app::ByRef::go, ..`

testCalls({
  'in edition 2018': LIB(2018) + CALLS('ByRef', 'ByRef'),
  'in edition 2021': LIB(2021) + CALLS('ByValue', 'ByRef'),
  'in edition 2024': LIB(2024) + CALLS('ByValue', 'ByValue'),
})
