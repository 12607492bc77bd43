/** Pairs of which neither `caps diff` nor `caps check` says anything: known failures, each owned up to in docs/caveats.md. */
import { crate, type Files } from './pair.js'

export interface Silent {
  readonly name: string
  readonly before: Files
  /** What the attack writes over it, or adds. */
  readonly attack: Files
  /** The words of docs/caveats.md that say so. */
  readonly caveat: string
}

const START = 'std::process::Command::new("git").arg("fetch")'
const program = (more = ''): string => `pub fn fetch() { let _ = ${START}${more}.spawn(); }\n`
const included = {
  ...crate('app', 'pub fn get() { let _ = std::net::TcpStream::connect(include_str!("host.txt")); }\n'),
}
const inMap = (host: string): string =>
  `pub fn get() {
    let mut hosts = std::collections::HashMap::new();
    hosts.insert("a", "${host}");
    let _ = std::net::TcpStream::connect(hosts["a"]);
}\n`
const toShell = (script: string): string =>
  `use std::io::Write;
pub fn run() {
    let mut shell = std::process::Command::new("sh").stdin(std::process::Stdio::piped()).spawn().unwrap();
    let _ = shell.stdin.take().unwrap().write_all(b"${script}");
}\n`
const dead = (call: string): string =>
  `pub fn add(a: u32, b: u32) -> u32 { ${call}a + b }\nfn old() { let _ = ${START}.spawn(); }\n`
const assembly = (text: string): string => `pub fn pause() { unsafe { core::arch::asm!("${text}") } }\n`
const compiled = 'fn main() { let _ = std::process::Command::new("cc").arg("-c").arg("src/n.c").status(); }\n'

export const SILENT: readonly Silent[] = [
  {
    name: 'dead-code-called',
    before: crate('app', dead('')),
    attack: { 'app/src/lib.rs': dead('old(); ') },
    caveat: 'a call of a function that was there and was never called',
  },
  {
    name: 'host-in-included-file',
    before: { ...included, 'app/src/host.txt': 'api.example.com:443' },
    attack: { 'app/src/host.txt': 'api.example.net:443' },
    caveat: 'another host in a file that `include_str!` reads',
  },
  {
    name: 'host-in-map',
    before: crate('app', inMap('api.example.com:443')),
    attack: { 'app/src/lib.rs': inMap('api.example.net:443') },
    caveat: 'or in a collection',
  },
  {
    name: 'variable-of-program',
    before: crate('app', program()),
    attack: { 'app/src/lib.rs': program('.env("GIT_SSH_COMMAND", "sh -c id")') },
    caveat: 'a variable without a tag that is given to a program',
  },
  {
    name: 'directory-of-program',
    before: crate('app', program()),
    attack: { 'app/src/lib.rs': program('.current_dir("payload")') },
    caveat: 'the directory that it is started in',
  },
  {
    name: 'text-for-shell',
    before: crate('app', toShell('ls')),
    attack: { 'app/src/lib.rs': toShell('id') },
    caveat: 'what is written to its input',
  },
  {
    name: 'other-assembly',
    before: crate('app', assembly('nop')),
    attack: { 'app/src/lib.rs': assembly('syscall') },
    caveat: 'other instructions in an `asm!`',
  },
  {
    name: 'other-c-file',
    before: {
      ...crate('app', 'pub fn f() {}\n'),
      'app/build.rs': compiled,
      'app/src/n.c': 'int n(void) { return 1; }\n',
    },
    attack: { 'app/src/n.c': 'int n(void) { return 2; }\n' },
    caveat: 'other text in a C file that is compiled already',
  },
]
