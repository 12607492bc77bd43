/** Facts that the syntax and types tell without any callee: unsafe operations and attributes that reach the linker. */
import { testCalls } from '../support/check-calls.js'

testCalls({
  'a raw pointer that is dereferenced, not a reference': `
pub unsafe fn sail(p: *const u8, r: &u8, m: *mut [u8; 2]) -> u8 {
    let safe = *r;
    let read = *p; //~ fact raw dereference
    (*m)[0] = 1; //~ fact raw dereference
    safe
}`,

  'a static mut that is named': `
static mut LOG: u8 = 0; static CALM: u8 = 0;
pub fn sail() -> u8 {
    unsafe { LOG += 1 } //~ fact static mut
    CALM
}`,

  'a field of a union that is read': `
pub union Wave { whole: u32, bytes: [u8; 4] } pub struct Calm { whole: u32 }
pub fn sail(wave: Wave, calm: Calm) -> u32 {
    let a = unsafe { wave.whole }; //~ fact union field
    a + calm.whole
}`,

  'an unsafe function that is called': `
unsafe fn keelhaul() {} fn rest() {}
pub struct Mate; impl Mate { unsafe fn mutiny(&self) {} }
extern "C" { fn signal(n: u8); }
pub fn sail(mate: Mate) {
    unsafe { keelhaul(); } //~ fact unsafe call //~ calls app::keelhaul
    unsafe { mate.mutiny(); } //~ fact unsafe call //~ calls app::Mate::mutiny
    unsafe { signal(1); } //~ fact unsafe call //~ calls app::signal
    rest();
}`,

  'a constant that is handed to a function, by name or through a cast': `
pub const NR_OPEN: i64 = 2; pub mod nr { pub const EXEC: i32 = 59; } static MOOD: i64 = 1;
fn call(number: i64, twice: bool) {}
pub fn sail(n: i64) {
    call(NR_OPEN, true); //~ fact constant argument //~ calls app::call
    call(nr::EXEC as i64, false); //~ fact constant argument //~ calls app::call
    call(n, 1 < 2); //~ calls app::call
}`,

  'assembler stands where its macro is called, whatever its operands are': `
pub fn sail(a: u64) {
    let b: u64;
    unsafe {
        std::arch::asm!("mov {0}, {1}", //~ fact asm
            out(reg) b,
            in(reg) a,
        )
    }
}`,

  'a fact that a macro of another file wrote stands there': `
//- /lib.rs crate:app
#[macro_use] mod gear;
pub fn sail(p: *const u8) -> u8 {
    peek!(p)
}
//- /gear.rs
macro_rules! peek { ($p:expr) => {
    unsafe { *$p } //~ fact raw dereference
} }`,

  'assembler in a body': `
pub fn sail() {
    unsafe { std::arch::asm!("nop") } //~ fact asm, ..
}`,

  'attributes that a linker obeys': `
#[no_mangle] pub extern "C" fn hail() {} //~ fact attribute no_mangle
#[export_name = "ahoy"] pub fn greet() {} //~ fact attribute export_name = ahoy
#[link_section = ".init_array"] pub static EARLY: extern "C" fn() = hail; //~ fact attribute link_section = .init_array
#[unsafe(no_mangle)] pub fn newer() {} //~ fact attribute no_mangle
#[inline] pub fn plain() {} //~ fact
`,
})
