import { expect, test } from '@jest/globals'
import { partOf, partsOf } from '../../src/graph/crate-parts.js'
import { selectTargets } from '../../src/project/targets.js'
import { parseFixture } from '../support/fixture.js'
import { sharesInParts } from '../support/fixture-graph.js'

const units = (...packages: readonly string[]) => packages.map((pkg) => ({ package: pkg }))

test('what is small is one part', () => {
  expect(partsOf(units('a', 'b'), () => 200_000)).toEqual([0, 0])
})

test('parts are of about one size, and units of one package stay together', () => {
  const sizes = new Map([
    ['a', 400_000],
    ['b', 400_000],
    ['c', 800_000],
    ['d', 800_000],
  ])
  expect(partsOf(units('a', 'b', 'c', 'a', 'd'), (id) => sizes.get(id) ?? 0)).toEqual([0, 1, 2, 0, 3])
})

test('a package that is larger than all others hides none of them', () => {
  const parts = partsOf(units('a', 'huge', 'z'), (id) => (id === 'huge' ? 50_000_000 : 10))
  expect(parts).toEqual([0, 1, 2])
})

test('without parts everything is in the first', () => {
  expect(partOf([], 7)).toBe(0)
})

const FIXTURE = `//- std: full
//- /low.rs crate:low
macro_rules! made { ($name:ident) => { pub fn $name() { let _ = std::fs::read("made"); } } }
made!(made_by_macro);
pub trait Act { fn act(&self) { let _ = std::env::var("DEFAULT"); } }
pub struct Local(pub std::fs::File);
impl Act for Local {}
#[cfg(windows)]
pub type Where = std::net::TcpListener;
#[cfg(not(windows))]
pub type Where = std::net::UdpSocket;
impl Drop for Local { fn drop(&mut self) { let _ = std::fs::remove_file("x"); } }
//- /mid.rs crate:mid deps:low
pub fn hand(act: &dyn low::Act) { act.act(); low::made_by_macro(); }
pub fn bind() -> std::io::Result<low::Where> { low::Where::bind("127.0.0.1:1") }
//- /app.rs crate:app deps:low,mid
pub fn run(file: std::fs::File) { let it = low::Local(file); mid::hand(&it); let _ = mid::bind(); }
#[cfg(windows)]
pub fn only() { let _ = std::process::Command::new("cmd").spawn(); }
`

test.each([
  ['one each', (at: number) => at],
  ['the ends together', (at: number) => at % 2],
  ['the last first', (at: number) => (at === 2 ? 0 : 1)],
])('who makes a part beside others makes the same shares: %s', async (_, partOfUnit) => {
  const targets = selectTargets(['x86_64-unknown-linux-gnu', 'x86_64-pc-windows-msvc'])
  const { together, apart } = await sharesInParts(
    [{ name: 'only', fixture: parseFixture(FIXTURE) }],
    targets,
    partOfUnit,
  )
  expect(together.length).toBe(6)
  expect(apart).toEqual(together)
})
