/** Each limit of inference that is reached is told, at the body where it was; and none is where code is merely large. */
import { expect, test } from '@jest/globals'
import { graphOfText } from '../support/fixture-graph.js'

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)
const told = async (code: string): Promise<readonly string[]> =>
  (await graphOfText(code)).losses.map(({ kind, what, line }) => `${line} ${kind}: ${what}`)

const derefs = (count: number): string =>
  `pub struct D0; impl D0 { pub fn hidden(&self) {} }\n${range(count)
    .map(
      (i) =>
        `pub struct D${i + 1}(D${i}); impl std::ops::Deref for D${i + 1} { type Target = D${i}; fn deref(&self) -> &D${i} { &self.0 } }`,
    )
    .join(' ')}\npub fn go(x: &D${count}) { x.hidden() }`

const nested = (count: number): string =>
  `pub trait T { type A; } pub struct E; impl T for E { type A = E; } pub struct W<P>(P); impl<P: T> T for W<P> where P::A: T { type A = <P::A as T>::A; }
pub trait Run { fn run(&self); } impl Run for E { fn run(&self) {} }
pub fn go(x: <${'W<'.repeat(count)}E${'>'.repeat(count)} as T>::A) { x.run() }`

const supertraits = (count: number): string =>
  `${range(count)
    .map((i) => `pub trait S${i}${i === 0 ? '' : `: S${i - 1}`} { fn f${i}(&self); }`)
    .join(' ')}\npub fn go<P: S${count - 1}>(x: &P) { x.f0() }`

const macros = (count: number): string =>
  `macro_rules! m { ($t:ty; ) => { $t }; ($t:ty; x $($r:tt)*) => { m!(Option<$t>; $($r)*) } }
pub fn go(x: m!(u8; ${'x '.repeat(count)})) { drop(x) }`

test.each([
  ['dereferences', derefs(100), []],
  ['dereferences', derefs(140), ['3 limit: a value is dereferenced more than 128 times']],
  ['associated types', nested(5), []],
  ['associated types', nested(40), ['3 limit: associated types are nested more than 24 deep']],
  ['supertraits', supertraits(300), []],
  ['supertraits', supertraits(2100), ['2 limit: bounds have more than 2000 supertraits']],
  ['macros in types', macros(20), []],
])('%s', async (_, code, losses) => {
  const limits = (await told(code)).filter((loss) => loss.includes(' limit:'))
  // The functions of the chain itself may come to the limit too.
  expect(limits.filter((loss) => losses.length === 0 || losses.includes(loss))).toEqual(losses)
})

test('a value that is handed on through many functions is still known at the end', async () => {
  const chain = range(40)
    .map((i) => `fn f${i}<F: Fn()>(f: F) { ${i === 39 ? 'f()' : `f${i + 1}(f)`} }`)
    .join(' ')
  const { functions, references } = await graphOfText(`fn hidden() {} ${chain} pub fn go() { f0(hidden) }`)
  const last = functions.find(({ path }) => path === 'app::f39')
  const hidden = functions.find(({ path }) => path === 'app::hidden')
  expect(references.some(({ from, to: target }) => from === last?.id && target === hidden?.id)).toBe(true)
})

test('an option that a build script prints after a megabyte of text', async () => {
  const script = `/* ${'x'.repeat(1_100_000)} */ fn main() { println!("cargo:rustc-cfg=late") }`
  const code = `//- /lib.rs crate:app\n#[cfg(late)] pub fn go() {}\n//- /build.rs kind:build\n${script}`
  const { functions, losses } = await graphOfText(code)
  const told = losses.some(({ what }) => what.includes('cfg(late)'))
  expect(told || functions.some(({ path }) => path === 'app::go')).toBe(true)
})
