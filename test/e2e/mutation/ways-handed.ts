/** Ways through functions as values: pointers, closures, tables, and what std calls back. */
import { go, TYPE, tr, type Way } from './way.js'

const items = (_: string, power: string): string => go(power)

export const HANDED_WAYS: readonly Way[] = [
  { name: 'pointer', code: (at) => `{ let f: fn() = ${at}::go; f() }`, items },
  { name: 'inferred pointer', code: (at) => `{ let f = ${at}::go; f() }`, items },
  { name: 'const pointer', code: (at) => `(${at}::F)()`, items: (_, p) => `${go(p)}pub const F: fn() = go;` },
  {
    name: 'static table',
    code: (at) => `${at}::TABLE[1]()`,
    items: (_, p) => `${go(p)}pub static TABLE: [fn(); 2] = [none, go]; fn none() {}`,
  },
  {
    name: 'associated const',
    code: (at) => `(<${at}::S as ${at}::Has>::F)()`,
    items: (_, p) => `${TYPE}${go(p)}pub trait Has { const F: fn(); } impl Has for S { const F: fn() = go; }`,
  },
  {
    name: 'field pointer',
    code: (at) => `(${at}::H { f: ${at}::go }.f)()`,
    items: (_, p) => `${go(p)}pub struct H { pub f: fn() }`,
  },
  {
    name: 'stored closure',
    code: (at, p) => `(${at}::H { f: || { let _ = ${p}; } }.f)()`,
    items: () => 'pub struct H<F: Fn()> { pub f: F }',
  },
  { name: 'called closure', code: (_, p) => `(|| { let _ = ${p}; })()` },
  { name: 'move closure', code: (_, p) => `{ let f = move |_: u8| { let _ = ${p}; }; f(1) }` },
  {
    name: 'boxed closure',
    code: (_, p) => `{ let b: std::boxed::Box<dyn Fn()> = std::boxed::Box::new(|| { let _ = ${p}; }); b() }`,
  },
  {
    name: 'handed function',
    code: (at) => `${at}::apply(${at}::go)`,
    items: (_, p) => `${go(p)}pub fn apply(f: impl FnOnce()) { f() }`,
  },
  {
    name: 'handed dyn',
    code: (at) => `${at}::apply(&${at}::go)`,
    items: (_, p) => `${go(p)}pub fn apply(f: &dyn Fn()) { f() }`,
  },
  {
    name: 'returned function',
    code: (at) => `${at}::make()()`,
    items: (_, p) => `${go(p)}pub fn make() -> fn() { go }`,
  },
  {
    name: 'returned closure',
    code: (at) => `${at}::make()()`,
    items: (_, p) => `pub fn make() -> impl Fn() { || { let _ = ${p}; } }`,
  },
  { name: 'option map', code: (at) => `Some(1u8).map(|_| ${at}::go())`, items },
  { name: 'option of pointer', code: (at) => `Some(${at}::go as fn()).map(|f| f())`, items },
  {
    name: 'for each',
    code: (at) => `[1u8].iter().for_each(${at}::each)`,
    items: (_, p) => `pub fn each(_: &u8) { let _ = ${p}; }`,
  },
  {
    name: 'method as value',
    code: (at) => `[${at}::S].iter().for_each(${at}::S::run)`,
    items: (_, p) => `${TYPE}impl S { pub fn run(&self) { let _ = ${p}; } }`,
  },
  { name: 'trait method as value', code: (at) => `[${at}::S].iter().for_each(${at}::Tr::run)`, items: (_, p) => tr(p) },
  { name: 'sort', code: (at) => `[2u8, 1].sort_by_key(|k| { ${at}::go(); *k })`, items },
  { name: 'unwrap or else', code: (at) => `None::<()>.unwrap_or_else(${at}::go)`, items },
  { name: 'tuple of functions', code: (at) => `(0u8, ${at}::go).1()`, items },
  { name: 'pattern of functions', code: (at) => `{ let (f, _) = (${at}::go, 1u8); f() }`, items },
  { name: 'chosen function', code: (at) => `(if true { ${at}::go as fn() } else { || () })()`, items },
  { name: 'loop over functions', code: (at) => `for f in [${at}::go as fn()] { f() }`, items },
  { name: 'vector of functions', code: (at) => `for f in &std::vec![${at}::go as fn()] { f() }`, items },
  { name: 'thread', code: (at) => `std::thread::spawn(${at}::go).join()`, items },
  {
    name: 'lazy',
    code: (at) => `*${at}::L`,
    items: (_, p) => `extern crate std; ${go(p)}pub static L: std::sync::LazyLock<()> = std::sync::LazyLock::new(go);`,
  },
  {
    name: 'once',
    code: (at) => `{ static O: std::sync::OnceLock<()> = std::sync::OnceLock::new(); O.get_or_init(${at}::go); }`,
    items,
  },
  {
    name: 'thread local',
    code: (at) => `${at}::L.with(|_| ())`,
    items: (_, p) => `extern crate std; ${go(p)}std::thread_local! { pub static L: () = go(); }`,
  },
  {
    name: 'constructor as function',
    code: (at) => `Some(${at}::go as fn()).map(${at}::W).into_iter().for_each(|w| (w.0)())`,
    items: (_, p) => `${go(p)}pub struct W(pub fn());`,
  },
  {
    name: 'recursive macro of functions',
    code: (at) => `${at}::caps_call!(${at}::go)`,
    items: (_, p) =>
      `${go(p)}macro_rules! caps_call { ($p:path) => { { let f: fn() = $p; f() } } } pub(crate) use caps_call;`,
  },
  {
    name: 'generic default',
    code: (at) => `${at}::H::<u8>::run()`,
    items: (_, p) =>
      `pub struct H<A, T = S>(A, T); ${TYPE}pub trait Make { fn make(); } impl Make for S { fn make() { let _ = ${p}; } } impl<A, T: Make> H<A, T> { pub fn run() { T::make() } }`,
  },
]
