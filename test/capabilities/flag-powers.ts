/** What known arguments leave of the powers of fixtures, by function. */
import { beforeAll } from '@jest/globals'
import { analyzeCapabilities } from '../../src/capabilities/analyze.js'
import { loadMaps } from '../../src/capabilities/builtin-maps.js'
import { graphOfText } from '../support/fixture-graph.js'

/** Foreign functions and their constants, as crates that declare them have them. */
export const SYS = `
//- /lib.rs crate:sys
pub const PROT_READ: i32 = 0x1;
pub const PROT_EXEC: i32 = 4;
pub const RX: i32 = PROT_READ | PROT_EXEC;
pub const O_RDONLY: i32 = 0o0;
pub const O_WRONLY: i32 = 1;
pub const O_RDWR: i32 = 2;
pub const O_CREAT: i32 = 0o100;
pub const O_CLOEXEC: i32 = 0x80000;
extern "C" {
  pub fn mmap(a: *mut u8, len: usize, prot: i32, flags: i32, fd: i32, at: i64) -> *mut u8;
  pub fn mprotect(a: *mut u8, len: usize, prot: i32) -> i32;
  pub fn open(path: *const i8, flags: i32, ...) -> i32;
  pub fn openat(dir: i32, path: *const i8, flags: i32, ...) -> i32;
  pub fn socket(family: i32, kind: i32, protocol: i32) -> i32;
  pub fn fcntl(fd: i32, what: i32, ...) -> i32;
  pub fn prctl(what: i32, ...) -> i32;
  pub fn ioctl(fd: i32, what: u64, ...) -> i32;
  pub fn kill(pid: i32, signal: i32) -> i32;
  pub fn dlopen(name: *const i8, flags: i32) -> *mut u8;
  pub fn VirtualAlloc(a: *mut u8, size: usize, kind: u32, protect: u32) -> *mut u8;
  pub fn VirtualProtect(a: *mut u8, size: usize, protect: u32, old: *mut u32) -> i32;
  pub fn CreateFileW(n: *const u16, access: u32, share: u32, s: *const u8, how: u32, flags: u32, t: isize) -> isize;
}
`

/** By function: what its calls of the functions above and of std have at their own places. */
export async function powersIn(
  text: string,
  options: Parameters<typeof analyzeCapabilities>[2] = {},
  targets?: Parameters<typeof graphOfText>[1],
) {
  const graph = await graphOfText(text, targets)
  const { packages } = analyzeCapabilities(graph, loadMaps(), { granularity: 'site', ...options })
  const found = new Map<string, string[]>(graph.functions.map(({ path }) => [path, []]))
  for (const { capabilities } of packages)
    for (const { capability, function: name = '' } of capabilities) {
      const known = found.get(name)
      if (capability !== 'unsafe' && known && !known.includes(capability)) known.push(capability)
    }
  return { graph, of: (name: string) => found.get(name)?.sort() }
}

/** `«x»` stands for a call of `mprotect` that asks for `x`. */
export const asks = (text: string): string => text.replace(/«(.*?)»/g, 'unsafe { sys::mprotect(1 as *mut u8, 1, $1); }')

/** The powers of `app` with the other crates of a text, on Linux unless it is said; worked out once, before the tests of a `describe`. */
export function powersBefore(
  text: string,
  on: { readonly systems?: readonly string[] } = { systems: ['linux'] },
): (path: string) => readonly string[] | undefined {
  let powers: Awaited<ReturnType<typeof powersIn>> | undefined
  beforeAll(async () => {
    powers = await powersIn(text, { roots: ['app@1.0.0#only'], ...on })
  })
  return (path) => powers?.of(path)
}
