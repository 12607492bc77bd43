/**
 * The ways in which a place comes to a power: an expression, and what it needs in a module of its own at the end of the
 * crate. Of an indirect way the expression must lead to the power through the call graph; that the module has it is not enough.
 */
import { go, TYPE, tr, type Way } from './way.js'
import { HANDED_WAYS } from './ways-handed.js'
import { IMPLICIT_WAYS } from './ways-implicit.js'

const NAMED_WAYS: readonly Way[] = [
  { name: 'path', code: (at) => `${at}::go()`, items: (_, p) => go(p) },
  { name: 'renamed use', code: (at) => `{ use ${at}::go as other; other() }`, items: (_, p) => go(p) },
  { name: 'glob use', code: (at) => `{ use ${at}::*; go() }`, items: (_, p) => go(p) },
  {
    name: 're-export',
    code: (at) => `${at}::out::go()`,
    items: (_, p) => `mod inner { ${go(p)}} pub mod out { pub use super::inner::*; }`,
  },
  { name: 'nested fn', code: (_, p) => `{ fn go() { let _ = ${p}; } go() }` },
  {
    name: 'inherent method',
    code: (at) => `${at}::S.run()`,
    items: (_, p) => `${TYPE}impl S { pub fn run(&self) { let _ = ${p}; } }`,
  },
  {
    name: 'associated fn',
    code: (at) => `<${at}::S>::run()`,
    items: (_, p) => `${TYPE}impl S { pub fn run() { Self::other() } fn other() { let _ = ${p}; } }`,
  },
  {
    name: 'alias',
    code: (at) => `${at}::A::run()`,
    items: (_, p) => `${TYPE}pub type A = S; impl S { pub fn run() { let _ = ${p}; } }`,
  },
  { name: 'trait method', code: (at) => `{ use ${at}::Tr; ${at}::S.run() }`, items: (_, p) => tr(p) },
  { name: 'trait path', code: (at) => `${at}::Tr::run(&${at}::S)`, items: (_, p) => tr(p) },
  { name: 'qualified path', code: (at) => `<${at}::S as ${at}::Tr>::run(&${at}::S)`, items: (_, p) => tr(p) },
  { name: 'underscore import', code: (at) => `{ use ${at}::Tr as _; ${at}::S.run() }`, items: (_, p) => tr(p) },
  { name: 'dyn', code: (at) => `{ let d: &dyn ${at}::Tr = &${at}::S; ${at}::Tr::run(d) }`, items: (_, p) => tr(p) },
  {
    name: 'boxed dyn',
    code: (at) => `{ use ${at}::Tr; let d: std::boxed::Box<dyn Tr> = std::boxed::Box::new(${at}::S); d.run() }`,
    items: (_, p) => tr(p),
  },
  {
    name: 'generic',
    code: (at) => `${at}::each(&${at}::S)`,
    items: (_, p) => `${tr(p)}pub fn each<T: Tr>(t: &T) { t.run() }`,
  },
  {
    name: 'impl argument',
    code: (at) => `${at}::each(${at}::S)`,
    items: (_, p) => `${tr(p)}pub fn each(t: impl Tr) { t.run() }`,
  },
  {
    name: 'impl return',
    code: (at) => `{ use ${at}::Tr; ${at}::make().run() }`,
    items: (_, p) => `${tr(p)}pub fn make() -> impl Tr { S }`,
  },
  {
    name: 'extension',
    code: (at) => `{ use ${at}::Ext; 17u8.ext() }`,
    items: (_, p) => `pub trait Ext { fn ext(&self); } impl Ext for u8 { fn ext(&self) { let _ = ${p}; } }`,
  },
  {
    name: 'blanket impl',
    code: (at) => `{ use ${at}::Ext; [17u8].ext() }`,
    items: (_, p) => `pub trait Ext { fn ext(&self) { let _ = ${p}; } } impl<T: ?Sized> Ext for T {}`,
  },
  {
    name: 'provided method',
    code: (at) => `{ use ${at}::Ext; ${at}::S.ext() }`,
    items: (_, p) => `${TYPE}pub trait Ext { fn ext(&self) { let _ = ${p}; } } impl Ext for S {}`,
  },
  {
    name: 'supertrait',
    code: (at) => `${at}::each(&${at}::S)`,
    items: (_, p) => `${tr(p)}pub trait Sub: Tr {} impl Sub for S {} pub fn each<T: Sub>(t: &T) { t.run() }`,
  },
  {
    name: 'associated type',
    code: (at) => `<<${at}::U as ${at}::Has>::Out as ${at}::Make>::make()`,
    items: (_, p) =>
      `${TYPE}pub struct U; pub trait Make { fn make(); } pub trait Has { type Out: Make; } impl Make for S { fn make() { let _ = ${p}; } } impl Has for U { type Out = S; }`,
  },
  {
    name: 'generic turbofish',
    code: (at) => `${at}::each::<${at}::S>()`,
    items: (_, p) =>
      `${TYPE}pub trait Make { fn make(); } impl Make for S { fn make() { let _ = ${p}; } } pub fn each<T: Make>() { T::make() }`,
  },
  {
    name: 'const argument',
    code: (at) => `<${at}::N<{ 1 + 1 }> as ${at}::Make>::make()`,
    items: (_, p) =>
      `pub struct N<const I: usize>; pub trait Make { fn make(); } impl Make for N<2> { fn make() { let _ = ${p}; } } impl Make for N<3> { fn make() {} }`,
  },
  {
    name: 'macro',
    code: (at) => `${at}::caps_go!()`,
    items: (_, p) => `macro_rules! caps_go { () => { { let _ = ${p}; } } } pub(crate) use caps_go;`,
  },
  {
    name: 'macro argument',
    code: (at, p) => `${at}::caps_id!(${p})`,
    items: () => 'macro_rules! caps_id { ($e:expr) => { { let _ = $e; } } } pub(crate) use caps_id;',
  },
  {
    name: 'macro tokens',
    code: (at, p) => `${at}::caps_tt!(a b [${p}])`,
    items: () =>
      'macro_rules! caps_tt { ($x:ident $($rest:tt)*) => { caps_tt!(@ $($rest)*) }; (@ $y:ident [$($t:tt)*]) => { { let _ = $($t)*; } } } pub(crate) use caps_tt;',
  },
  {
    name: 'macro repetition',
    code: (at, p) => `${at}::caps_rep!(1, ${p})`,
    items: () => 'macro_rules! caps_rep { ($($e:expr),*) => { { $(let _ = $e;)* } } } pub(crate) use caps_rep;',
  },
  {
    name: 'macro item',
    code: (at) => `${at}::made()`,
    items: (_, p) =>
      `macro_rules! caps_item { ($n:ident, $e:expr) => { pub fn $n() { let _ = $e; } } } caps_item!(made, ${p});`,
  },
]

export const WAYS: readonly Way[] = [
  { name: 'direct', code: (_, power) => power },
  ...NAMED_WAYS,
  ...HANDED_WAYS,
  ...IMPLICIT_WAYS,
]
