/**
 * What known arguments take away (capability-maps/flags.toml): each rule for an argument that asks for it, one that does not,
 * one that is not known, and one that comes through a parameter from another crate. And what must never narrow.
 */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { analyzeCapabilities } from '../../src/capabilities/analyze.js'
import { loadMaps } from '../../src/capabilities/builtin-maps.js'
import { MapError } from '../../src/capabilities/map-file.js'
import { whyCapabilities } from '../../src/capabilities/why.js'
import type { CallGraph } from '../../src/graph/call-graph.js'
import type { CrateGraph } from '../../src/wiring/analyze.js'
import { toGraphRecords } from '../../src/wiring/to-graph-records.js'
import { graphOfText, LINUX, WINDOWS } from '../support/fixture-graph.js'
import { powersBefore, powersIn, SYS } from './flag-powers.js'

/** Of each rule: a call with a hole, an argument that leaves nothing, one that leaves all, and what is left otherwise. */
const RULES: readonly (readonly [
  rule: string,
  call: string,
  off: string,
  on: string,
  all: readonly string[],
  left?: readonly string[],
])[] = [
  ['mmap', 'mmap(p, 1, FLAG, 2, 3, 0)', 'sys::PROT_READ', 'sys::RX', ['memory/exec']],
  ['mprotect', 'mprotect(p, 1, FLAG)', 'sys::PROT_READ | 2', 'sys::PROT_READ | sys::PROT_EXEC', ['memory/exec']],
  [
    'open',
    'open(0 as *const i8, FLAG)',
    'sys::O_RDONLY | sys::O_CLOEXEC',
    'sys::O_RDWR',
    ['fs/read', 'fs/write'],
    ['fs/read'],
  ],
  [
    'open_create',
    'open(0 as *const i8, FLAG)',
    'sys::O_RDONLY',
    'sys::O_RDONLY | sys::O_CREAT',
    ['fs/read', 'fs/write'],
    ['fs/read'],
  ],
  [
    'open_write',
    'open(0 as *const i8, FLAG)',
    'sys::O_WRONLY | sys::O_CREAT',
    'sys::O_RDWR',
    ['fs/read', 'fs/write'],
    ['fs/write'],
  ],
  [
    'openat',
    'openat(-100, 0 as *const i8, FLAG, 0)',
    'sys::O_RDONLY',
    'sys::O_RDWR',
    ['fs/read', 'fs/write'],
    ['fs/read'],
  ],
  ['socket', 'socket(FLAG, 1, 0)', '16', '2', ['network/connect']],
  ['fcntl', 'fcntl(1, FLAG)', '3', '5', ['fs/meta']],
  ['prctl', 'prctl(FLAG, 0)', '15', '4', ['system/write']],
  ['ioctl', 'ioctl(1, FLAG as u64)', '0x5413', '0x5412', ['system/write']],
  ['kill', 'kill(1, FLAG)', '0', '9', ['system/write']],
  ['virtual_alloc', 'VirtualAlloc(p, 1, 0x3000, FLAG as u32)', '4', '0x40', ['memory/exec']],
  ['virtual_protect', 'VirtualProtect(p, 1, FLAG as u32, 0 as *mut u32)', '2', '0x20', ['memory/exec']],
  [
    'create_file',
    'CreateFileW(0 as *const u16, 0x80000000, 1, 0 as *const u8, FLAG as u32, 0, 0)',
    '3',
    '2',
    ['fs/read', 'fs/write'],
    ['fs/read'],
  ],
]

const RULE_FIXTURE = `
//- /lib.rs crate:app deps:sys,tool
use sys::*;
${RULES.map(
  ([rule, call, off, on]) => `
fn ${rule}_off(p: *mut u8) { unsafe { ${call.replace('FLAG', `(${off})`)}; } }
fn ${rule}_on(p: *mut u8) { unsafe { ${call.replace('FLAG', `(${on})`)}; } }
pub fn ${rule}_unknown(p: *mut u8, flag: i32) { unsafe { ${call.replace('FLAG', 'flag')}; } }
fn ${rule}_both(p: *mut u8, c: bool) { unsafe { ${call.replace('FLAG', `(if c { ${off} } else { ${on} })`)}; } }
fn ${rule}_through() { tool::${rule}_off(${off}); tool::${rule}_on(${off}); tool::${rule}_on(${on}); }
`,
).join('')}
//- /lib.rs crate:tool deps:sys
use sys::*;
${RULES.map(
  ([rule, call]) => `
pub fn ${rule}_off(flag: i32) { let p = 1 as *mut u8; unsafe { ${call.replace('FLAG', 'flag')}; } }
pub fn ${rule}_on(flag: i32) { let p = 1 as *mut u8; unsafe { ${call.replace('FLAG', 'flag')}; } }
`,
).join('')}
${SYS}`

describe('each rule', () => {
  const powersOf = powersBefore(RULE_FIXTURE)

  test.each(RULES)('%s', (rule, _call, _off, _on, all, left = []) => {
    expect(powersOf(`app::${rule}_off`)).toEqual(left)
    for (const name of ['on', 'unknown', 'both']) expect(powersOf(`app::${rule}_${name}`)).toEqual(all)
    expect(powersOf(`tool::${rule}_off`)).toEqual(left)
    expect(powersOf(`tool::${rule}_on`)).toEqual(all)
  })

  test('holds only on the systems whose numbers it has', async () => {
    const on = async (systems: readonly string[]) => {
      const { of } = await powersIn(RULE_FIXTURE, { roots: ['app@1.0.0#only'], systems })
      return [of('app::mmap_off'), of('app::socket_off')]
    }
    expect(await on(['linux', 'hurd'])).toEqual([['memory/exec'], ['network/connect']])
    expect(await on(['linux', 'macos'])).toEqual([[], ['network/connect']])
  })
})

describe('how a file is opened', () => {
  const OPENED = `
//- /lib.rs crate:app deps:tool
use std::fs::{File, OpenOptions};
pub fn read() { OpenOptions::new().read(true).open("a"); }
pub fn read_only() { File::options().read(true).write(false).open("a"); }
pub fn write() { OpenOptions::new().write(true).create(true).truncate(true).open("a"); }
pub fn both() { OpenOptions::new().read(true).write(true).open("a"); }
pub fn append() { OpenOptions::new().read(true).append(true).open("a"); }
pub fn asked(w: bool) { OpenOptions::new().read(true).write(w).open("a"); }
pub fn taken_back() { OpenOptions::new().write(true).write(false).read(true).open("a"); }
pub fn cloned() { OpenOptions::new().read(true).clone().open("a"); }
pub fn kept() { let o = OpenOptions::new().read(true).clone(); o.open("a"); }
pub fn handed(o: &OpenOptions) { o.open("a"); }
fn only_read(o: &OpenOptions) { o.open("a"); }
pub fn hands() { only_read(OpenOptions::new().read(true)); }
pub fn elsewhere() { tool::open(OpenOptions::new().read(true)); }
pub fn stepwise() { let mut o = OpenOptions::new(); o.read(true); o.write(true); o.open("a"); }
pub fn branch(c: bool) { let mut o = OpenOptions::new(); o.read(true); if c { o.write(true); } o.open("a"); }
pub fn other_name() { let mut o = OpenOptions::new(); let r = o.read(true); r.write(true); o.open("a"); }
pub fn reborrowed() { let mut b = OpenOptions::new(); let o = b.read(true); more(o); o.open("a"); }
fn more(o: &mut OpenOptions) { o.write(true); }
pub fn by_pattern() { let mut o = OpenOptions::new().read(true).clone(); { let ref mut r = o; r.write(true); } o.open("a"); }
pub fn by_match() { let mut o = OpenOptions::new().read(true).clone(); match o { ref mut r => { r.write(true); } } o.open("a"); }
pub fn in_a_tuple() { let mut t = (OpenOptions::new().read(true).clone(), 1); t.0.write(true); t.0.open("a"); }
pub fn in_an_option() { let mut t = Some(OpenOptions::new().read(true).clone()); t.as_mut().unwrap().write(true); t.unwrap().open("a"); }
pub fn in_a_loop() { let mut o = OpenOptions::new().read(true).clone(); loop { o.open("a"); o.write(true); } }
pub fn in_a_closure() { let mut o = OpenOptions::new().read(true).clone(); let mut f = || { o.open("a"); o.write(true); }; f(); f(); }
pub struct Holder { o: OpenOptions }
impl Holder {
  pub fn new() -> Self { Holder { o: OpenOptions::new().read(true).clone() } }
  pub fn open(&self) { self.o.open("a"); }
}
pub trait More { fn all(&mut self) -> &mut Self; }
impl More for OpenOptions { fn all(&mut self) -> &mut Self { self.write(true) } }
pub fn by_a_trait() { OpenOptions::new().read(true).all().open("a"); }
pub fn flags() { use std::os::unix::fs::OpenOptionsExt; OpenOptions::new().read(true).custom_flags(0o1000).open("a"); }
pub fn mode() { use std::os::unix::fs::OpenOptionsExt; OpenOptions::new().read(true).mode(0o600).open("a"); }
//- /lib.rs crate:tool
pub fn open(o: &std::fs::OpenOptions) { o.open("b"); }
`
  const powersOf = powersBefore(OPENED, {})
  const READ = ['fs/read']
  const WRITE = ['fs/write']
  const ALL = ['fs/read', 'fs/write']

  test.each([
    ['read', READ],
    ['read_only', READ],
    ['write', WRITE],
    ['both', ALL],
    ['append', ALL],
    ['asked', ALL],
    ['taken_back', ALL],
    ['cloned', READ],
    ['kept', READ],
    ['handed', ALL],
    ['only_read', READ],
    ['mode', READ],
    // What is changed otherwise than in one chain is not followed, however it is changed.
    ['stepwise', ALL],
    ['branch', ALL],
    ['other_name', ALL],
    ['reborrowed', ALL],
    ['by_pattern', ALL],
    ['by_match', ALL],
    ['in_a_tuple', ALL],
    ['in_an_option', ALL],
    ['in_a_loop', ALL],
    ['in_a_closure::{closure}', ALL],
    ['Holder::open', ALL],
    ['by_a_trait', ALL],
    ['flags', ALL],
  ])('%s', (name, all) => {
    expect(powersOf(`app::${name}`)).toEqual(all)
  })

  test('by another crate', () => {
    expect(powersOf('tool::open')).toEqual(READ)
  })
})

test('an address is connected to as it is, a name is looked up', async () => {
  const { of } = await powersIn(`
//- /lib.rs crate:app deps:tool
use std::net::*;
pub fn address(a: SocketAddr) { TcpStream::connect(a); }
pub fn borrowed(a: &SocketAddr) { TcpStream::connect(a); }
pub fn pair(ip: IpAddr) { TcpStream::connect((ip, 443)); }
pub fn list(a: &[SocketAddr]) { TcpStream::connect(a); }
pub fn bound() { UdpSocket::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap().send_to(&[], "example.com:1"); }
pub fn name(a: &str) { TcpStream::connect(a); }
pub fn named_pair(host: &str) { TcpStream::connect((host, 443)); }
pub fn any<A: ToSocketAddrs>(a: A) { TcpStream::connect(a); }
pub struct Own;
impl ToSocketAddrs for Own {
  type Iter = std::vec::IntoIter<SocketAddr>;
  fn to_socket_addrs(&self) -> std::io::Result<Self::Iter> { "example.com:1".to_socket_addrs() }
}
pub fn own() { TcpStream::connect(Own); }
pub fn elsewhere(a: SocketAddr) { tool::dial(a) }
//- /lib.rs crate:tool
pub fn dial(a: std::net::SocketAddr) { std::net::TcpStream::connect(a); }
`)
  for (const name of ['address', 'borrowed', 'pair', 'list']) expect(of(`app::${name}`)).toEqual(['network/connect'])
  expect(of('tool::dial')).toEqual(['network/connect'])
  for (const name of ['name', 'named_pair', 'any', 'own'])
    expect(of(`app::${name}`)).toEqual(['network/connect', 'network/resolve'])
  expect(of('app::bound')).toEqual(['network/connect', 'network/listen', 'network/resolve'])
})

describe('what never narrows', () => {
  const DOUBTS = `
//- /lib.rs crate:app deps:sys
use sys::*;
fn map(prot: i32) { unsafe { mmap(1 as *mut u8, 1, prot, 2, 3, 0); } }
pub fn added(c: bool) { let mut p = PROT_READ; if c { p |= PROT_EXEC; } unsafe { mprotect(1 as *mut u8, 1, p); } }
pub fn assigned(c: bool) { let mut p = PROT_READ; if c { p = PROT_EXEC; } unsafe { mprotect(1 as *mut u8, 1, p); } }
pub fn borrowed() { let mut p = PROT_READ; set(&mut p); unsafe { mprotect(1 as *mut u8, 1, p); } }
fn set(p: &mut i32) { *p = 4; }
pub fn by_pattern() { let mut p = 1; { let ref mut r = p; *r = 4; } unsafe { mprotect(1 as *mut u8, 1, p); } }
pub fn in_a_loop() { let mut p; p = 1; loop { unsafe { mprotect(1 as *mut u8, 1, p); } p = 4; } }
pub fn in_a_tuple() { let mut t = (1, 2); t.0 |= 4; unsafe { mprotect(1 as *mut u8, 1, t.0); } }
pub fn in_an_array() { let mut t = [1, 2]; t[0] = 4; unsafe { mprotect(1 as *mut u8, 1, t[0]); } }
pub fn in_an_option() { let mut t = Some(1); *t.as_mut().unwrap() = 4; unsafe { mprotect(1 as *mut u8, 1, t.unwrap()); } }
fn in_parts(t: &mut (i32, i32)) { let (a, _) = t; *a = 4; unsafe { mprotect(1 as *mut u8, 1, t.0); } }
pub fn parts() { in_parts(&mut (1, 1)) }
pub struct Area { prot: i32 }
impl Area {
  pub fn new() -> Self { Area { prot: 1 } }
  pub fn open(&mut self) { let Area { prot } = self; *prot = 4; }
  pub fn map(&self) { unsafe { mprotect(1 as *mut u8, 1, self.prot); } }
}
static mut PROT: i32 = 1;
pub fn of_a_static() { unsafe { PROT = 4; mprotect(1 as *mut u8, 1, PROT); } }
pub fn a_character() { unsafe { kill(1, '0' as i32); } }
pub fn a_small_one() { unsafe { open(1 as *const i8, 0x80u8 as i8 as i32); } }
const SMALL: i32 = 0x80u8 as i8 as i32;
pub fn a_small_constant() { unsafe { open(1 as *const i8, SMALL); } }
pub fn text() { unsafe { kill(1, "0".parse().unwrap()); } }
pub struct Prot(i32);
impl From<i32> for Prot { fn from(p: i32) -> Self { Prot(p | 4) } }
pub fn converted() { let p: Prot = 1.into(); let Prot(x) = p; unsafe { mprotect(1 as *mut u8, 1, x); } }
fn again(prot: i32, n: u8) { unsafe { mprotect(1 as *mut u8, 1, prot); } if n > 0 { again(prot | 4, n - 1) } }
pub fn round() { again(1, 2) }
fn as_value(prot: i32) { unsafe { mprotect(1 as *mut u8, 1, prot); } }
pub fn a_value(f: &mut Vec<fn(i32)>) { f.push(as_value); as_value(1) }
pub trait Protect { fn protect(&self, prot: i32); fn prot(&self) -> i32 { 1 } }
impl Protect for u8 { fn protect(&self, prot: i32) { unsafe { mprotect(1 as *mut u8, 1, prot); } } }
pub fn by_trait(p: &dyn Protect) { p.protect(1); }
pub fn of_trait(p: &dyn Protect) { unsafe { mprotect(1 as *mut u8, 1, p.prot()); } }
#[no_mangle] extern "C" fn exported(prot: i32) { unsafe { mprotect(1 as *mut u8, 1, prot); } }
pub fn calls_exported() { exported(1) }
fn by_name(prot: i32) { unsafe { mprotect(1 as *mut u8, 1, prot); } }
pub fn unresolved() { by_name(1); nowhere::known().by_name(4); }
pub fn mapped() { map(1); }
pub fn offered(prot: i32) { unsafe { mprotect(1 as *mut u8, 1, prot); } }
pub fn uses_offered() { offered(1) }
${SYS}`
  const powersOf = powersBefore(DOUBTS)

  test.each([
    'added',
    'assigned',
    'borrowed',
    'by_pattern',
    'in_a_loop',
    'in_a_tuple',
    'in_an_array',
    'in_an_option',
    'in_parts',
    'Area::map',
    'of_a_static',
    'converted',
    'again',
    'as_value',
    'of_trait',
    'exported',
    'by_name',
    'offered',
  ])('%s', (name) => {
    expect(powersOf(`app::${name}`)).toEqual(['memory/exec'])
  })

  test('an integer that is cut, or no integer', () => {
    expect(powersOf('app::a_character')).toEqual(['system/write'])
    expect(powersOf('app::text')).toEqual(['system/write'])
    expect(powersOf('app::a_small_one')).toEqual(['fs/read', 'fs/write'])
    expect(powersOf('app::a_small_constant')).toEqual(['fs/read', 'fs/write'])
  })

  test('a method that others can implement calls whoever they are', () => {
    expect(powersOf('<u8 as app::Protect>::protect')).toEqual(['memory/exec'])
  })

  test('what does narrow there', () => {
    expect(powersOf('app::map')).toEqual([])
  })
})

test('numbers are those of every target that is looked at', async () => {
  const text = `
//- /lib.rs crate:app deps:sys
use sys::*;
#[cfg(windows)] const ONE: i32 = 4;
#[cfg(unix)] const ONE: i32 = 1;
#[cfg(windows)] const MADE: i32 = PROT_READ | 4;
#[cfg(unix)] const MADE: i32 = PROT_READ | 2;
#[cfg(windows)] fn given() -> i32 { 4 }
#[cfg(unix)] fn given() -> i32 { 1 }
#[cfg(windows)] mod area { pub const PROT: i32 = 4; }
#[cfg(unix)] mod area { pub const PROT: i32 = 1; }
pub fn one() { unsafe { mprotect(1 as *mut u8, 1, ONE); } }
pub fn made() { unsafe { mprotect(1 as *mut u8, 1, MADE); } }
pub fn called() { unsafe { mprotect(1 as *mut u8, 1, given()); } }
pub fn elsewhere() { unsafe { mprotect(1 as *mut u8, 1, area::PROT); } }
pub fn inside() { let p = { #[cfg(windows)] { 4 } #[cfg(unix)] { 1 } }; unsafe { mprotect(1 as *mut u8, 1, p); } }
pub fn handed() { hand(ONE) }
fn hand(p: i32) { unsafe { mprotect(1 as *mut u8, 1, p); } }
${SYS}`
  const names = ['one', 'made', 'called', 'elsewhere', 'inside', 'hand']
  const { of } = await powersIn(text, {}, [LINUX, WINDOWS])
  expect(names.map((name) => of(`app::${name}`))).toEqual(names.map(() => ['memory/exec']))
  const linux = await powersIn(text, {}, [LINUX])
  expect(names.map((name) => linux.of(`app::${name}`))).toEqual(names.map(() => []))
})

test('a condition that a build script decides about, nobody decides', async () => {
  const { of } = await powersIn(`
//- /lib.rs crate:app deps:sys
use sys::*;
#[cfg(found)] const ONE: i32 = 4;
#[cfg(not(found))] const ONE: i32 = 1;
pub fn one() { unsafe { mprotect(1 as *mut u8, 1, ONE); } }
pub fn inside() { let p = { #[cfg(found)] { 4 } #[cfg(not(found))] { 1 } }; unsafe { mprotect(1 as *mut u8, 1, p); } }
pub fn twice() { #[cfg(found)] let p = 4; #[cfg(not(found))] let p = 1; unsafe { mprotect(1 as *mut u8, 1, p); } }
pub fn chosen() { let p = match 1 { #[cfg(found)] _ => 4, #[cfg(not(found))] _ => 1 }; unsafe { mprotect(1 as *mut u8, 1, p); } }
pub fn argument() { unsafe { mprotect(1 as *mut u8, 1, #[cfg(found)] 4, #[cfg(not(found))] 1); } }
//- /build.rs kind:build
fn main() { println!("cargo:rustc-cfg=found") }
${SYS}`)
  const names = ['one', 'inside', 'twice', 'chosen', 'argument']
  expect(names.map((name) => of(`app::${name}`))).toEqual(names.map(() => ['memory/exec']))
})

describe('a function that a caller decides about', () => {
  const MAPS = `
//- /lib.rs crate:app deps:maps
pub fn reads() { maps::read() }
//- /lib.rs crate:runs deps:maps
pub fn runs() { maps::run() }
//- /lib.rs crate:asks deps:maps
pub fn asks(prot: i32) { maps::any(prot) }
//- /lib.rs crate:maps deps:sys
pub fn read() { any(sys::PROT_READ) }
pub fn run() { any(sys::PROT_READ | sys::PROT_EXEC) }
pub fn any(prot: i32) { inner(1, prot) }
fn inner(_: u8, prot: i32) { unsafe { sys::mmap(1 as *mut u8, 1, prot, 2, 3, 0); } std::thread::sleep_ms(1); std::env::vars(); }
${SYS}`
  let graph: CallGraph
  beforeAll(async () => {
    graph = await graphOfText(MAPS)
  })
  const options = { roots: ['app@1.0.0#only'], systems: ['linux'] }
  const having = (capability: string, more = {}) =>
    analyzeCapabilities(graph, loadMaps(), { ...options, ...more })
      .packages.filter(({ capabilities }) => capabilities.some((found) => found.capability === capability))
      .map(({ id }) => id.slice(0, id.indexOf('@')))

  test('has the power for those who ask for it', () => {
    expect(having('memory/exec')).toEqual(['asks', 'maps', 'runs'])
  })

  test('does all else for everybody', () => {
    expect(having('env/read')).toEqual(['app', 'asks', 'maps', 'runs'])
  })

  test('has each place once', () => {
    const places = analyzeCapabilities(graph, loadMaps(), { ...options, granularity: 'site' }).packages.flatMap(
      ({ capabilities }) => capabilities.filter(({ capability }) => capability === 'env/read'),
    )
    expect(places.length).toBe(1)
  })

  test('is not reached from an entry that asks for less', () => {
    expect(having('memory/exec', { entry: { path: 'app::reads' } })).toEqual([])
    expect(having('env/read', { entry: { path: 'app::reads' } })).toEqual(['app', 'maps'])
  })

  test('is told of by way of those who ask for it', () => {
    const [why, ...more] = whyCapabilities(graph, loadMaps(), { ...options, capabilities: ['memory/exec'] })
    expect(more).toEqual([])
    expect(why?.path.map(({ function: name }) => name)).not.toContain('app::reads')
  })
})

test('the graph says what the maps say, and what arguments leave of it', async () => {
  const graph = await graphOfText(`
//- /lib.rs crate:app deps:sys
pub fn f() { unsafe { sys::open(1 as *const i8, 0); sys::open(1 as *const i8, 2); sys::kill(1, 0); } }
${SYS}`)
  const crate = { graph, maps: loadMaps(), workspace: { roots: [], targets: [LINUX] } } as unknown as CrateGraph
  const records = [...toGraphRecords(crate)].flatMap((record) => (record.type === 'reference' ? [record] : []))
  expect(records.map(({ callee, capabilities, effective }) => [callee, capabilities, effective])).toEqual([
    ['sys::open', ['fs/read', 'fs/write'], ['fs/read']],
    ['sys::open', ['fs/read', 'fs/write'], undefined],
    ['sys::kill', ['system/write'], []],
  ])
})

describe('a row of flags', () => {
  const own = (text: string) => [{ name: 'own.toml', text: `version = 1\n${text}` }]
  const OWN = `
//- /lib.rs crate:app deps:tool
pub fn harmless() { tool::send(1) }
pub fn harmful() { tool::send(2) }
//- /lib.rs crate:tool
pub fn send(mode: u8) {}
`
  const ROW = 'rows = [{ path = "tool::send", grants = ["network/connect", "env/read"] }]\n'
  const FLAG = '[[flags]]\nwithout = ["network/connect"]\nwhy = "1 is a dry run"\nrows = ["tool::send"]\n'

  test('is the user’s to give, for rows of the user’s own', async () => {
    const graph = await graphOfText(OWN)
    const maps = loadMaps(own(`${ROW}${FLAG}where = [{ argument = 0, only = [1] }]\n`))
    const found = analyzeCapabilities(graph, maps, { granularity: 'site' }).packages.flatMap(({ capabilities }) =>
      capabilities.map(({ capability, function: name }) => `${name} ${capability}`),
    )
    expect(found.filter((text) => text.startsWith('app::')).sort()).toEqual([
      'app::harmful env/read',
      'app::harmful network/connect',
      'app::harmless env/read',
    ])
  })

  test('of ours narrows no row of the user’s', async () => {
    const graph = await graphOfText(
      `\n//- /lib.rs crate:app deps:sys\npub fn f() { unsafe { sys::kill(1, 0); } }\n${SYS}`,
    )
    const maps = loadMaps(own('[[symbols]]\ngrants = ["system/write"]\nwhy = "own"\nnames = ["kill"]\n'))
    const found = analyzeCapabilities(graph, maps, {}).packages.flatMap(({ capabilities }) => capabilities)
    expect(found.some(({ capability }) => capability === 'system/write')).toBe(true)
  })

  test('that fits no function of std, or says nothing, is an error with its line', async () => {
    const maps = loadMaps(
      own(
        '[[flags]]\nwithout = ["fs/read"]\nwhy = "x"\nrows = ["std::fs::read"]\nwhere = [{ argument = 3, only = [1] }]\n',
      ),
    )
    const graph = await graphOfText('\n//- /lib.rs crate:app\npub fn f() { std::fs::read("x"); }\n')
    expect(() => analyzeCapabilities(graph, maps)).toThrow(MapError)
    expect(() => analyzeCapabilities(graph, maps)).toThrow(/^own\.toml:5: argument 3 of std::fs::read is not there/)
    expect(() => loadMaps(own(`${FLAG}where = [{ argument = 0 }]\n`))).toThrow(/exactly one of only, unset, types/)
    expect(() => loadMaps(own(`${FLAG}where = [{ argument = 0, mask = 4, unset = ["x"] }]\n`))).toThrow(/has a mask/)
    expect(() =>
      loadMaps(own('[[flags]]\nwithout = ["fs/read"]\nwhy = "x"\nwhere = [{ argument = 0, only = [1] }]\n')),
    ).toThrow(/needs one of rows, symbols/)
  })
})
