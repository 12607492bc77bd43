/** A field is looked for along the dereferences; one that is private here stops nothing. */
import { testCalls } from '../support/check-calls.js'

const WRAPPED = (vis: string): string => `
use std::ops::Deref;
pub struct Real; impl Real { pub fn go(&self) {} }
pub struct Fake; impl Fake { pub fn go(&self) {} }
pub mod w {
    pub struct Inner { pub c: crate::Real }
    pub struct Outer { ${vis} c: crate::Fake, inner: Inner }
    impl std::ops::Deref for Outer { type Target = Inner; fn deref(&self) -> &Inner { &self.inner } }
    pub fn inside(x: &Outer) { x.c.go() } //~ calls app::Fake::go
    pub mod deeper { pub fn inside(x: &super::Outer) { x.c.go() } } //~ calls app::Fake::go
}`

testCalls({
  'a private field is passed by': `${WRAPPED('')}
pub fn sail(x: w::Outer) { x.c.go() } //~ calls app::Real::go, ..`,

  'a public one is not': `${WRAPPED('pub')}
pub fn sail(x: w::Outer) { x.c.go() } //~ calls app::Fake::go, ..`,

  'one of the crate is not, inside of it': `${WRAPPED('pub(crate)')}
pub fn sail(x: w::Outer) { x.c.go() } //~ calls app::Fake::go, ..`,

  'one of the module above is seen there alone': `${WRAPPED('pub(super)')}
pub fn sail(x: w::Outer) { x.c.go() } //~ calls app::Fake::go, ..`,

  'one of the module itself is passed by outside': `${WRAPPED('pub(self)')}
pub fn sail(x: w::Outer) { x.c.go() } //~ calls app::Real::go, ..`,

  'a tuple field, too': `
pub struct Real; impl Real { pub fn go(&self) {} }
pub struct Fake; impl Fake { pub fn go(&self) {} }
pub mod w {
    pub struct Inner(pub crate::Real);
    pub struct Outer(crate::Fake, Inner);
    impl std::ops::Deref for Outer { type Target = Inner; fn deref(&self) -> &Inner { &self.1 } }
    pub fn inside(x: &Outer) { x.0.go() } //~ calls app::Fake::go
}
pub fn sail(x: w::Outer) { x.0.go() } //~ calls app::Real::go, ..`,

  'a field of another crate that is for that crate alone': `
//- /deep.rs crate:deep
pub struct Real; impl Real { pub fn go(&self) {} }
pub struct Fake; impl Fake { pub fn go(&self) {} }
pub struct Inner { pub c: Real }
pub struct Outer { pub(crate) c: Fake, inner: Inner }
impl std::ops::Deref for Outer { type Target = Inner; fn deref(&self) -> &Inner { &self.inner } }
#[macro_export] macro_rules! reach { ($x:expr) => { $x.c.go() } }
//- /lib.rs crate:app deps:deep
pub fn sail(x: deep::Outer) { x.c.go() } //~ calls deep::Real::go, ..
pub fn moor(x: deep::Outer) { deep::reach!(x) } //~ calls deep::Real::go, ..`,
})
