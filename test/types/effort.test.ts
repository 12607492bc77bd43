/** Bodies that would cost without end are given up on, which is told, and the rest of the crate is not. */
import { testCalls } from '../support/check-calls.js'

const IMPLS = Array.from({ length: 1000 }, (_, n) => `impl Berth<${n}> for u8 {}`).join(' ')
const CALLS = Array.from({ length: 300 }, (_, n) => `moor::<{ pick(${n}) }, _>(0u8);`).join(' ')
// Called and not evaluated: any impl may be meant.

testCalls({
  'a body that tries more impls than one may': `
pub trait Berth<const N: usize> { fn tie(&self) {} } ${IMPLS}
pub fn moor<const N: usize, T: Berth<N>>(boat: T) { boat.tie() } //~ calls <T as app::Berth>::tie
pub fn crowd() { //~ unresolved crowd
    ${CALLS}
    rest();
}
pub const fn pick(n: usize) -> usize { n }
pub fn rest() {}
pub fn calm() { moor::<1, u8>(1); rest(); } //~ calls app::moor, app::rest`,
})
