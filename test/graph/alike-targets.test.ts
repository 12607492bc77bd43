/** Which targets a condition does not tell apart, and bodies that are inferred once for all targets for which they mean the same. */
import { expect, test } from '@jest/globals'
import type { CfgExpr } from '../../src/base/index.js'
import { ALL_GROUPS, alikeAmong } from '../../src/graph/alike-targets.js'
import { selectTargets } from '../../src/project/index.js'
import { parseFixture } from '../support/fixture.js'
import { graphOfText, sharesIn } from '../support/fixture-graph.js'

const TARGETS = selectTargets([
  'x86_64-unknown-linux-gnu',
  'aarch64-apple-darwin',
  'x86_64-pc-windows-msvc',
  'x86_64-pc-windows-gnu',
])
const alike = alikeAmong(TARGETS.map((target) => [target]))
const option = (name: string, value?: string): CfgExpr => ({ k: 'option', name, ...(value !== undefined && { value }) })
const bits = (set: number): string => TARGETS.map((_, group) => (set & (1 << group) ? '1' : '0')).join('')

test.each<[string, CfgExpr, readonly string[]]>([
  ['unix', option('unix'), ['1100', '1100', '0011', '0011']],
  ['target_os', option('target_os', 'macos'), ['1011', '0100', '1011', '1011']],
  ['target_env', option('target_env', 'msvc'), ['1101', '1101', '0010', '1101']],
  ['not', { k: 'not', of: option('windows') }, ['1100', '1100', '0011', '0011']],
  // Whether the feature is on is not asked: what the target leaves of it is not the same.
  ['all', { k: 'all', of: [option('feature', 'x'), option('windows')] }, ['1100', '1100', '0011', '0011']],
])('%s tells targets apart', (_, cfg, expected) => {
  expect(TARGETS.map((__, group) => bits(alike(cfg, group)))).toEqual(expected)
})

test.each<[string, CfgExpr]>([
  ['a feature', option('feature', 'x')],
  ['an option of a build script', option('has_it')],
  ['any of both', { k: 'any', of: [option('unix'), option('windows')] }],
])('%s tells none apart', (_, cfg) => {
  expect(TARGETS.map((__, group) => alike(cfg, group))).toEqual(TARGETS.map(() => ALL_GROUPS))
})

const CODE = `
//- /lib.rs crate:app
macro_rules! start { ($what:expr) => { std::thread::spawn($what) } }
mod harmless { pub fn plain() { std::process::id(); } }
pub fn inside() { #[cfg(unix)] std::process::abort(); #[cfg(not(unix))] std::process::exit(1); }
#[cfg(unix)] pub type Oar = Long;
#[cfg(windows)] pub type Oar = Short;
pub struct Long; impl Long { pub fn pull(&self) { std::process::id(); } }
pub struct Short; impl Short { pub fn pull(&self) { std::env::args(); } }
mod behind { pub fn alias(oar: &super::Oar) { oar.pull(); } }
mod system {
    #[cfg(unix)] macro_rules! call { () => { std::fs::read("unix") } }
    #[cfg(windows)] macro_rules! call { () => { std::fs::write("windows", "") } }
    pub fn by_macro() { let _ = call!(); }
}
pub trait Row { fn row(&self) {} }
#[cfg(target_os = "macos")] impl Row for Long { fn row(&self) { std::env::vars(); } }
#[cfg(not(target_os = "macos"))] impl Row for Long { fn row(&self) { std::env::temp_dir(); } }
mod sys {
    #[cfg(unix)] pub fn call() { std::process::id(); }
    #[cfg(windows)] pub fn call() { std::env::args(); }
}
mod quiet { pub fn outer() { fn inner() { crate::sys::call() } inner() } }
mod cut {
    pub fn outer() { #[cfg(windows)] fn inner() { std::process::abort() } #[cfg(not(windows))] fn inner() {} inner() }
}
mod rowing { use super::{Long, Row}; pub fn by_impl(long: &Long) { long.row(); } }
`

test('a body is inferred for those targets alone for which something is another', async () => {
  const { shares } = await sharesIn([{ name: 'app', fixture: parseFixture(CODE) }], TARGETS)
  const inferred = (path: string): string =>
    shares
      .filter((share) => share.functions.some((fn) => fn.path === path))
      .map((share) => (share.functions.some((fn) => fn.path === path && fn.inferred) ? '1' : '0'))
      .join('')
  expect(inferred('app::harmless::plain')).toBe('1000')
  expect(inferred('app::inside')).toBe('1010')
  expect(inferred('app::behind::alias')).toBe('1010')
  expect(inferred('app::system::by_macro')).toBe('1010')
  expect(inferred('app::rowing::by_impl')).toBe('1100')
  // Whatever an item in a block depends on, the body around it does: it is met there alone.
  expect(inferred('app::quiet::outer')).toBe('1111')
  expect(inferred('app::quiet::outer::inner')).toBe('1111')
  expect(inferred('app::cut::outer')).toBe('1111')
})

test('what is found for one target has the conditions of all that share it', async () => {
  const graph = await graphOfText(CODE, TARGETS)
  const callees = (path: string): readonly string[] => {
    const ids = graph.functions.filter((fn) => fn.path === path).map((fn) => fn.id)
    return [
      ...new Set(graph.references.filter((ref) => ids.includes(ref.from)).map(({ callee }) => `${callee}`)),
    ].sort()
  }
  expect(callees('app::inside')).toEqual(['std::process::abort', 'std::process::exit'])
  expect(callees('app::behind::alias')).toEqual(['app::Long::pull', 'app::Short::pull'])
  expect(graph.functions.filter((fn) => fn.path === 'app::cut::outer::inner').length).toBe(2)
  const inner = graph.functions.find((fn) => fn.path === 'app::quiet::outer::inner')
  const led = graph.references.filter((ref) => ref.from === inner?.id).map((ref) => graph.functions[ref.to ?? -1]?.line)
  expect(new Set(led).size).toBe(2)
  expect(callees('app::system::by_macro')).toEqual(['std::fs::read', 'std::fs::write'])
  const conditions = (path: string): readonly string[] => {
    const ids = graph.functions.filter((fn) => fn.path === path).map((fn) => fn.id)
    return graph.references
      .filter((ref) => ids.includes(ref.from))
      .map((ref) => `${ref.callee} ${JSON.stringify(ref.cfg)}`)
  }
  expect([...conditions('app::behind::alias')].sort()).toEqual([
    `app::Long::pull ${JSON.stringify(option('unix'))}`,
    `app::Short::pull ${JSON.stringify(option('windows'))}`,
  ])
})
