/** The powers that mutants get: an expression that has one, and how a call graph shows it. Each is valid wherever rustc lets its kind of expression stand. */

export interface Power {
  readonly name: string
  /** May stand where only constants may. */
  readonly constant: boolean
  /** The expression; `tag` makes it one of its kind. */
  readonly code: (tag: string) => string
  /** Paths of which one is the callee. */
  readonly callees: readonly string[]
  /** Kinds of syntactic fact of which one stands there. */
  readonly facts: readonly string[]
}

const call = (name: string, code: (tag: string) => string, ...callees: string[]): Power => ({
  name,
  constant: false,
  code,
  callees,
  facts: [],
})
const constant = (name: string, code: string, ...facts: string[]): Power => ({
  name,
  constant: true,
  code: () => code,
  callees: [],
  facts,
})

export const POWERS: readonly Power[] = [
  call('read', (tag) => `std::fs::read("${tag}")`, 'std::fs::read'),
  call('command', (tag) => `std::process::Command::new("${tag}").status()`, 'std::process::Command::status'),
  call('connect', (tag) => `std::net::TcpStream::connect("${tag}:1")`, 'std::net::TcpStream::connect'),
  call('env var', (tag) => `std::env::var("${tag}")`, 'std::env::var'),
  { ...call('asm', () => 'unsafe { core::arch::asm!("nop") }'), facts: ['asm'] },
  call('foreign', () => '{ unsafe extern "C" { fn getpid() -> i32; } unsafe { getpid() } }', 'getpid'),
  constant('dereference', 'unsafe { *(&17u8 as *const u8) }', 'raw dereference'),
  constant('include', 'include_bytes!("caps.bin")', 'embedded data'),
  constant(
    'transmute',
    'unsafe { core::mem::transmute::<*const u8, fn()>(&17u8 as *const u8) }',
    'transmute to function',
  ),
  constant('unsafe call', 'unsafe { core::str::from_utf8_unchecked(b"m") }', 'unsafe call'),
]
