/**
 * A module's row over a crate of foreign functions, as windows.toml has them: calling and handing on its functions is a
 * power, its constants, constructors and derived impls are none.
 */
import { beforeAll, expect, test } from '@jest/globals'
import { analyzeCapabilities } from '../../src/capabilities/analyze.js'
import { readMapFile } from '../../src/capabilities/map-file.js'
import { buildMaps } from '../../src/capabilities/map-index.js'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { graphOfText } from '../support/fixture-graph.js'

const CRATES = `
//- /lib.rs crate:app deps:api
use api::registry::*;
pub unsafe fn calls() -> u32 { unsafe { OpenKey(1) } }
pub fn hands_on() -> unsafe extern "C" fn(u32) -> u32 { OpenKey }
pub unsafe fn wrapped() -> u32 { unsafe { open(1) } }
pub unsafe fn method(root: &Root) -> u32 { unsafe { root.open() } }
pub fn constant() -> u32 { LIMIT }
pub fn computed() -> u32 { COMPUTED }
pub fn reads_static() -> u32 { CLASS }
pub fn constructs() -> Key { Key(1) }
pub fn hands_on_constructor(key: Option<u32>) -> Option<Key> { key.map(Key) }
pub fn variant() -> View { View::Narrow(3) }
pub fn clones(key: &Key) -> Key { key.clone() }
pub fn defaults() -> Key { Key::default() }
//- /lib.rs crate:api
pub mod registry {
    use super::double;
    extern "C" { pub fn OpenKey(key: u32) -> u32; }
    pub unsafe fn open(key: u32) -> u32 { unsafe { OpenKey(key) } }
    pub const LIMIT: u32 = 1;
    pub const COMPUTED: u32 = { const INNER: u32 = double(1); double(INNER) };
    pub static CLASS: u32 = double(2);
    #[derive(Clone, Default)] pub struct Key(pub u32);
    pub enum View { Narrow(u32), Wide }
    pub struct Root;
    impl Root { pub unsafe fn open(&self) -> u32 { 0 } }
}
const fn double(n: u32) -> u32 { n * 2 }
`
const MAP = `version = 1
symbol_crates = ["api"]
rows = [{ module = "api::registry", grants = ["system/read"] }]
`

let graph: CallGraph
beforeAll(async () => {
  graph = await graphOfText(CRATES)
})

test.each([
  ['calls', true],
  ['hands_on', true],
  ['wrapped', true],
  ['method', true],
  ['constant', false],
  ['computed', false],
  ['reads_static', false],
  ['constructs', false],
  ['hands_on_constructor', false],
  ['variant', false],
  ['clones', false],
  ['defaults', false],
])('%s: %s', (name, expected) => {
  const maps = buildMaps([readMapFile({ name: 'ours.toml', text: MAP })])
  const { packages } = analyzeCapabilities(graph, maps, { entry: { path: `app::${name}` } })
  const found = packages.some(({ capabilities }) => capabilities.some(({ capability }) => capability === 'system/read'))
  expect(graph.functions.some(({ path }) => path === `app::${name}`)).toBe(true)
  expect(found).toBe(expected)
})
