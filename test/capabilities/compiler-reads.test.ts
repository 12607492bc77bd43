/** What the compiler reads of the machine that builds, each beside what only looks like it. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { analyzeCapabilities } from '../../src/capabilities/analyze.js'
import { loadMaps } from '../../src/capabilities/builtin-maps.js'
import { graphOfText } from '../support/fixture-graph.js'

/** By crate: its text, and what is found of it, `capability stage kind value`. */
const CRATES: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  variable: [`pub const K: &str = env!("AWS_SECRET");`, ['env/read build variable AWS_SECRET']],
  variable_of_cargo: [`pub const K: &str = env!("CARGO_PKG_VERSION");`, []],
  like_one_of_cargo: [
    `pub const K: &str = env!("CARGO_REGISTRY_TOKEN");`,
    ['env/read build variable CARGO_REGISTRY_TOKEN'],
  ],
  optional: [`fn f() -> Option<&'static str> { option_env!("TOKEN") }`, ['env/read build variable TOKEN']],
  optional_of_cargo: [`fn f() -> Option<&'static str> { option_env!("CARGO_BIN_NAME") }`, []],
  by_std: [`fn f() -> &'static str { std::env!("TOKEN", "must be set") }`, ['env/read build variable TOKEN']],
  put_together: [`fn f() -> &'static str { env!(concat!("TO", "KEN")) }`, ['env/read build variable TOKEN']],
  by_macro: [
    `macro_rules! get { ($n:literal) => { env!($n) } } fn f() -> &'static str { get!("TOKEN") }`,
    ['env/read build variable TOKEN'],
  ],
  by_macro_expr: [
    `macro_rules! get { ($n:expr) => { env!($n) } } fn f() -> &'static str { get!("TOKEN") }`,
    ['env/read build variable TOKEN'],
  ],
  file: [`fn f() -> &'static str { include_str!("/etc/passwd") }`, ['fs/read build path /etc/passwd']],
  file_beside: [`fn f() -> &'static str { include_str!("data.txt") }`, []],
  bytes: [`static B: &[u8] = include_bytes!("../../key");`, ['fs/read build path ../../key']],
  bytes_inside: [`mod a { pub static B: &[u8] = include_bytes!("x/../key"); }`, []],
  from_root: [`static B: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/../key"));`, []],
  above_root: [
    `static B: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../key"));`,
    ['fs/read build path $CARGO_MANIFEST_DIR/../key'],
  ],
  beside_root: [
    `static B: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "-2/key"));`,
    ['fs/read build path $CARGO_MANIFEST_DIR-2/key'],
  ],
  made: [`static B: &str = include_str!(concat!(env!("OUT_DIR"), "/key"));`, []],
  above_made: [
    `static B: &str = include_str!(concat!(env!("OUT_DIR"), "/../../key"));`,
    ['fs/read build path $OUT_DIR/../../key'],
  ],
  home: [
    `static B: &str = include_str!(concat!(env!("HOME"), "/.ssh/id_rsa"));`,
    ['env/read build variable HOME', 'fs/read build path $HOME/.ssh/id_rsa'],
  ],
  named_by_version: [`static B: &str = include_str!(concat!("v", env!("CARGO_PKG_VERSION"), stringify!(x)));`, []],
  named_by_author: [
    `static B: &str = include_str!(concat!("v", env!("CARGO_PKG_AUTHORS")));`,
    ['fs/read build path v$CARGO_PKG_AUTHORS'],
  ],
  not_known: [`macro_rules! name { () => { "x" } } static B: &str = include_str!(name!());`, ['fs/read build path *']],
  condition: [`#[cfg(windows)] fn f() -> &'static str { env!("TOKEN") }`, []],
  own_macro: [`macro_rules! env { ($n:literal) => { $n } } fn f() -> &'static str { env!("TOKEN") }`, []],
  in_length: [`pub struct S([u8; include_bytes!("/a").len()]);`, ['fs/read build path /a']],
  in_discriminant: [`pub enum E { A = option_env!("TOKEN").is_some() as isize }`, ['env/read build variable TOKEN']],
  in_concat: [`pub fn f() -> &'static str { concat!("a", env!("TOKEN")) }`, ['env/read build variable TOKEN']],
  in_format: [`pub fn f() -> String { format!(concat!(env!("TOKEN"), "{}"), 1) }`, ['env/read build variable TOKEN']],
  as_format: [`pub fn f() -> String { format!(include_str!("/a")) }`, ['fs/read build path /a']],
  as_text: [`pub fn f() -> &'static str { stringify!(env!("TOKEN")) }`, []],
  in_panic: [`pub fn f() { panic!("{}", env!("TOKEN")) }`, ['env/read build variable TOKEN']],
  in_assembly: [`core::arch::global_asm!(include_str!("/a"));`, ['fs/read build path /a']],
  in_body_assembly: [`pub fn f() { unsafe { core::arch::asm!(include_str!("/a")) } }`, ['fs/read build path /a']],
  in_trait: [`pub trait T { const K: &'static str = env!("TOKEN"); }`, ['env/read build variable TOKEN']],
  in_generic: [
    `pub fn g<const N: bool>() {} pub fn f() { g::<{ option_env!("TOKEN").is_some() }>() }`,
    ['env/read build variable TOKEN'],
  ],
  in_length_of_body: [`pub fn f() { let _: [u8; include_bytes!("/a").len()]; }`, ['fs/read build path /a']],
  in_pattern: [
    `pub fn f(s: &str) -> bool { match s { env!("TOKEN") => true, _ => false } }`,
    ['env/read build variable TOKEN'],
  ],
  made_item: [
    `macro_rules! c { ($n:ident, $v:literal) => { pub const $n: &str = env!($v); } } c!(K, "TOKEN");`,
    ['env/read build variable TOKEN'],
  ],
  in_include: [
    `include!(concat!(env!("HOME"), "/x.rs"));`,
    ['env/read build variable HOME', 'fs/read build path $HOME/x.rs'],
  ],
  include_outside: [`include!("/x.rs");`, ['fs/read build path /x.rs']],
  include_made: [`include!(concat!(env!("OUT_DIR"), "/x.rs"));`, []],
  include_in_body: [`pub fn f() -> u8 { include!("../../x.rs") }`, ['fs/read build path ../../x.rs']],
  in_closure: [`pub fn f() { let g = || env!("TOKEN"); g(); }`, ['env/read build variable TOKEN']],
}
const FIXTURE = Object.entries(CRATES)
  .map(([name, [text]]) => `//- /lib.rs crate:${name}\n${text}\n`)
  .join('')

const found = new Map<string, readonly string[]>()
const unread = new Map<string, readonly string[]>()
let units: readonly string[] = []

beforeAll(async () => {
  const graph = await graphOfText(`\n${FIXTURE}`)
  units = graph.functions.flatMap(({ path, unit }) => (path.endsWith('{compiler}') ? [unit] : []))
  const { packages } = analyzeCapabilities(graph, loadMaps())
  for (const { id, capabilities } of packages) {
    const said = capabilities.flatMap(({ capability, stage, resources = [] }) =>
      resources.map(({ kind, value }) => `${capability} ${stage} ${kind} ${value}`),
    )
    const name = id.split('@', 1)[0] ?? ''
    found.set(name, said.sort())
    unread.set(
      name,
      capabilities.flatMap(({ capability, stage }) => (capability === 'unanalyzed' ? [stage] : [])),
    )
  }
})

describe('what the compiler reads', () => {
  test.each(Object.entries(CRATES))('%s', (name, [, said]) => {
    expect(found.get(name) ?? []).toEqual(said)
  })
})

test('code that was not read does not run when it is built because the compiler reads something', () => {
  expect(unread.get('include_outside')).toEqual(['run'])
})

test('it is no file of a build script: what vouches for those stays the same', () => {
  expect(new Set(units)).toEqual(new Set(['lib']))
})
