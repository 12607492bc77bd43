/** Pairs by one who has read the documents of caps, and wants to get a power past `caps diff` and `caps check`. */
import { crate, type Files, manifest } from './pair.js'

export interface Trick {
  readonly name: string
  /** What is tried. */
  readonly trick: string
  readonly before: Files
  readonly attack: Files
  /**
   * Where it ends: what a gate says of it (`check`), only what the diff says (`diff`), what says neither and stands in
   * docs/caveats.md under "What an attacker could still do" (`caveat`).
   */
  readonly ends: 'check' | 'diff' | 'caveat'
  /** What tells it, of the check or of the diff; of a caveat, words of the document. */
  readonly by: string
}

const CONNECT = (host: string): string => `pub fn get() -> bool { std::net::TcpStream::connect(${host}).is_ok() }\n`
const EXEC = 'let _ = std::process::Command::new("sh").arg("-c").arg("id").spawn();'
const QUIET = 'pub fn add(a: u32, b: u32) -> u32 { a + b }\n'
const CLI = `pub fn edit(file: &str) { let _ = std::process::Command::new("git").arg("diff").arg(file).status(); }\n`
const HELPER = '[dependencies]\nhelper = { path = "../helper" }\n'
/** So many functions that read files. */
const flood = (count: number): string =>
  Array.from({ length: count }, (_, i) => `pub fn r${i}() { let _ = std::fs::read("data/${i}.txt"); }\n`).join('')

export const TRICKS: readonly Trick[] = [
  {
    name: 'other-host',
    trick: 'another host for a crate that may connect',
    before: crate('app', CONNECT('"api.example.com:443"')),
    attack: { 'app/src/lib.rs': CONNECT('"api.example.net:443"') },
    ends: 'check',
    by: 'other-host: run network/connect other-values',
  },
  {
    name: 'host-from-file',
    trick: 'a host that was written, and is read from a file now',
    before: crate(
      'app',
      `${CONNECT('"api.example.com:443"')}pub fn data() -> String { std::fs::read_to_string("hosts.txt").unwrap_or_default() }\n`,
    ),
    attack: {
      'app/src/lib.rs': `${CONNECT('data()')}pub fn data() -> String { std::fs::read_to_string("hosts.txt").unwrap_or_default() }\n`,
    },
    ends: 'check',
    by: 'host-from-file: run network/connect other-values',
  },
  {
    name: 'computed-host',
    trick: 'another host where the host was computed already',
    before: crate('app', 'pub fn get(host: &str) -> bool { std::net::TcpStream::connect(host).is_ok() }\n'),
    attack: {
      'app/src/lib.rs':
        'pub fn get(host: &str) -> bool { let mut h = host.to_owned(); h.insert_str(0, "x"); std::net::TcpStream::connect(h).is_ok() }\n',
    },
    ends: 'caveat',
    by: 'a computed host at the same call shows nothing',
  },
  {
    name: 'other-argument',
    trick: 'the same program with another argument',
    before: crate('app', CLI),
    attack: { 'app/src/lib.rs': CLI.replace('"diff"', '"-c").arg("core.fsmonitor=sh -c id").arg("status"') },
    ends: 'diff',
    by: 'other-argument: value exec git',
  },
  {
    name: 'into-build-script',
    trick: 'a power of the program, moved into a new build script',
    before: crate('app', `pub fn run() { ${EXEC} }\n`),
    attack: { 'app/src/lib.rs': QUIET, 'app/build.rs': `fn main() { ${EXEC} }\n` },
    ends: 'check',
    by: 'into-build-script: build exec',
  },
  {
    name: 'behind-feature',
    trick: 'a feature that is off where it is checked',
    before: crate('app', QUIET),
    attack: {
      'app/Cargo.toml': manifest('app', '[features]\nfast = []\n'),
      'app/src/lib.rs': `${QUIET}#[cfg(feature = "fast")] pub fn fast() { ${EXEC} }\n`,
    },
    ends: 'caveat',
    by: 'a feature that is off',
  },
  {
    name: 'default-feature',
    trick: 'a feature that was there, and is on by default now',
    before: {
      ...crate('app', `${QUIET}#[cfg(feature = "fast")] pub fn fast() { ${EXEC} }\n`, '[features]\nfast = []\n'),
    },
    attack: { 'app/Cargo.toml': manifest('app', '[features]\ndefault = ["fast"]\nfast = []\n') },
    ends: 'check',
    by: 'default-feature: run exec',
  },
  {
    name: 'one-platform',
    trick: 'one platform only',
    before: crate('app', QUIET),
    attack: { 'app/src/lib.rs': `${QUIET}#[cfg(target_os = "freebsd")] pub fn fast() { ${EXEC} }\n` },
    ends: 'check',
    by: 'one-platform: run exec',
  },
  {
    name: 'odd-platform',
    trick: 'a platform that none of the nine targets is',
    before: crate('app', QUIET),
    attack: { 'app/src/lib.rs': `${QUIET}#[cfg(target_os = "solaris")] pub fn fast() { ${EXEC} }\n` },
    ends: 'caveat',
    by: 'a platform that none of the nine targets is',
  },
  {
    name: 'deep-dependency',
    trick: 'a dependency of a dependency',
    before: {
      ...crate('app', 'pub fn f() { helper::f() }\n', HELPER),
      ...crate('helper', 'pub fn f() { deep::f() }\n', '[dependencies]\ndeep = { path = "../deep" }\n'),
      ...crate('deep', 'pub fn f() {}\n'),
    },
    attack: { 'deep/src/lib.rs': `pub fn f() { ${EXEC} }\n` },
    ends: 'check',
    by: 'deep: run exec',
  },
  {
    name: 'borrowed-power',
    trick: 'a dependency that may do it, called for it',
    before: {
      ...crate('app', 'pub fn f() { lender::quiet() }\n', '[dependencies]\nlender = { path = "../lender" }\n'),
      ...crate('lender', `pub fn quiet() {}\npub fn run(p: &str) { let _ = std::process::Command::new(p).spawn(); }\n`),
    },
    attack: { 'app/src/lib.rs': 'pub fn f() { lender::run("sh") }\n' },
    ends: 'diff',
    by: 'lender: value exec sh',
  },
  {
    name: 'macro-template',
    trick: 'the template of a macro that the crate uses already',
    before: {
      ...crate('app', 'pub fn f() { talker::say!("x") }\n', '[dependencies]\ntalker = { path = "../talker" }\n'),
      ...crate('talker', '#[macro_export] macro_rules! say { ($t:expr) => { let _ = $t; } }\n'),
    },
    attack: {
      'talker/src/lib.rs': `#[macro_export] macro_rules! say { ($t:expr) => { let _ = $t; ${EXEC} } }\n`,
    },
    ends: 'check',
    by: 'macro-template: run exec',
  },
  {
    name: 'syntax-error',
    trick: 'an item that the parser does not understand, with the power in it',
    before: crate('app', QUIET),
    attack: { 'app/src/lib.rs': `${QUIET}pub fn g() { let x = @#$ 1 2; ${EXEC} }\n` },
    ends: 'check',
    by: 'syntax-error: run exec',
  },
  {
    name: 'generated-file',
    trick: 'code that the build script writes, in a crate that had none',
    before: { ...crate('app', QUIET), 'app/build.rs': 'fn main() { println!("cargo:rerun-if-changed=build.rs"); }\n' },
    attack: { 'app/src/lib.rs': `${QUIET}include!(concat!(env!("OUT_DIR"), "/more.rs"));\n` },
    ends: 'check',
    by: 'generated-file: run unanalyzed',
  },
  {
    name: 'worse-coverage',
    trick: 'a call through a type that is not known, where some calls were not known before',
    before: crate('app', 'pub fn f() { missing::one().go() }\n'),
    attack: { 'app/src/lib.rs': 'pub fn f() { missing::one().go(); missing::two().spawn(); }\n' },
    ends: 'diff',
    by: 'worse-coverage: coverage unknown path',
  },
  {
    name: 'flood',
    trick: 'two hundred harmless findings around the one',
    before: crate('app', `pub fn r() { let _ = std::fs::read("data/0.txt"); }\n`),
    attack: { 'app/src/lib.rs': `${flood(200)}pub fn one() { ${EXEC} }\n` },
    ends: 'check',
    by: 'flood: run exec',
  },
  {
    name: 'flood-of-values',
    trick: 'two hundred files around the one that is sensitive, of a crate that may read',
    before: crate('app', `pub fn r() { let _ = std::fs::read("data/0.txt"); }\n`),
    attack: {
      'app/src/lib.rs': `${flood(200)}pub fn one() { let _ = std::fs::read("/home/me/.ssh/id_rsa"); }\n`,
    },
    ends: 'diff',
    by: 'flood-of-values: value fs/read /home/me/.ssh/id_rsa',
  },
  {
    name: 'safe-name',
    trick: 'a function of the name of one of std that is harmless, in a module called `std`',
    before: crate('app', 'pub fn f() -> u32 { std::cmp::max(1, 2) }\n'),
    attack: {
      'app/src/lib.rs': `mod std { pub mod cmp { pub fn max(a: u32, _: u32) -> u32 { let _ = ::std::process::Command::new("sh").spawn(); a } } }
pub fn f() -> u32 { std::cmp::max(1, 2) }
`,
    },
    ends: 'check',
    by: 'safe-name: run exec',
  },
  {
    name: 'unsafe-allowed',
    trick: 'other unsafe code, where unsafe is allowed: a call of an address',
    before: crate('app', 'pub fn get(of: &[u8]) -> u8 { unsafe { *of.get_unchecked(0) } }\n'),
    attack: {
      'app/src/lib.rs':
        'pub fn get(of: &[u8]) -> u8 { let f: fn() -> u8 = unsafe { std::mem::transmute(of.as_ptr()) }; f() }\n',
    },
    ends: 'check',
    by: 'unsafe-allowed: run memory/exec',
  },
]
