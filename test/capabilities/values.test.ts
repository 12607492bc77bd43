/** What findings act on: values that reach the argument which a map names, by each of the ways that are followed. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { analyzeCapabilities } from '../../src/capabilities/analyze.js'
import { loadMaps } from '../../src/capabilities/builtin-maps.js'
import { MapError } from '../../src/capabilities/map-file.js'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { graphOfText } from '../support/fixture-graph.js'

/** Each function's comment is what its read of a file, program, variable or address must show. */
const FIXTURE = `
//- /lib.rs crate:app deps:tool
use std::path::{Path, PathBuf};
use std::process::Command;
const NAME: &str = "/etc/passwd";
static DIR: &str = concat!("/opt/", "x", 1);
const LIST: &[&str] = &["/a", "/b"];
const ARGV: [&str; 2] = ["lzma", "-d"];
pub fn literal() { std::fs::read("/lit"); }
pub fn constant() { std::fs::read(NAME); }
pub fn a_static() { std::fs::read(DIR); }
pub fn in_let() { let a = "/let"; let b = a.to_string(); std::fs::read(&b); }
pub fn joined() { std::fs::read(Path::new("/etc").join("x").join("y.conf")); }
pub fn pushed() { let mut p = PathBuf::from("/etc"); p.push("ssl"); std::fs::read(p); }
pub fn plus() { std::fs::read("/p".to_string() + "/q"); }
pub fn formatted(pid: u32) { let name = "maps"; std::fs::read(format!("/proc/{pid}/{name}")); }
pub fn formatted_otherwise(x: &str) { std::fs::read(format!("/{x:?}/{0:>3}/{{}}", 1)); }
pub fn looped() { for p in LIST { std::fs::read(p); } }
pub fn mapped() { LIST.iter().map(Path::new).for_each(|p| { std::fs::read(p); }); }
pub fn chosen(c: bool) { std::fs::read(if c { "/yes" } else { "/no" }); }
pub fn matched(c: u8) { std::fs::read(match c { 1 => "/one", 2 => return, _ => "/other" }); }
pub fn or(x: Option<&str>) { std::fs::read(x.unwrap_or("/default")); }
pub fn later(c: bool) { let p; if c { p = "/x1" } else { p = "/x2" } std::fs::read(p); }
pub fn nul() { std::fs::read(std::str::from_utf8(b"/nul\\0").unwrap()); }
pub fn environment() { std::fs::read(Path::new(&std::env::var("HOME").unwrap()).join(".netrc")); }
pub fn built() { std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/data")); }
pub fn handed() { through("/param"); }
fn through(p: &str) { deeper(p, 1) }
fn deeper(p: &str, _: u8) { let run = || { std::fs::read(p); }; run() }
pub fn across() { tool::load("/other-crate"); }
pub fn returned() { std::fs::read(path_of("/ret")); }
fn path_of(dir: &str) -> String { if dir.is_empty() { return "/none".into(); } format!("{dir}/file") }
pub fn by_closure() { let read = |n: &str| std::fs::read(n); read("/c1"); read("/c2"); }
pub fn wrapped() { let Some(p) = Some("/some") else { return }; std::fs::read(p); }
pub fn fields() { let c = Conf { path: "/field", n: 1 }; std::fs::read(c.path); }
pub struct Conf { pub path: &'static str, pub n: u8 }
pub fn unknown(p: &str) { std::fs::read(p); }
pub fn written_to() { let mut p = String::from("/start"); fill(&mut p); std::fs::read(p); }
fn fill(_: &mut String) {}
pub fn program() { Command::new("git").arg("log").args(["--oneline", "-n"]).spawn(); }
pub fn steps() { let mut c = Command::new(ARGV[0]); c.arg(ARGV[1]).current_dir("/"); c.stdin(std::process::Stdio::null()); c.status(); }
pub fn tuple() { std::net::TcpStream::connect(("example.com", 443)); }
pub struct Job { prog: String, dir: PathBuf }
impl Job { pub fn new(p: &str) -> Self { Self { prog: p.to_string(), dir: PathBuf::new() } }
  pub fn at(mut self) -> Self { self.dir = PathBuf::from("/work"); self }
  pub fn look(&self) { std::fs::read(self.dir.join("x")); }
  pub fn run(&self) { Command::new(&self.prog).arg("-q").spawn(); } }
pub fn jobs() { Job::new("wget").at().run(); Job::new("curl").run(); }
//- /lib.rs crate:tool
pub fn load(p: &str) { std::fs::read(p); }
`

let graph: CallGraph
const shown = new Map<string, readonly string[]>()

beforeAll(async () => {
  graph = await graphOfText(FIXTURE)
  const findings = analyzeCapabilities(graph, loadMaps(), { granularity: 'site' })
  for (const { capabilities } of findings.packages)
    for (const { resources = [], function: name = '' } of capabilities) {
      const texts = resources.map(({ value, known, arguments: more = [] }) => [`${known}:`, value, ...more].join(' '))
      shown.set(name, [...new Set([...(shown.get(name) ?? []), ...texts])])
    }
})

describe('a value reaches the call that uses it', () => {
  test.each([
    ['literal', 'written: /lit'],
    ['constant', 'written: /etc/passwd'],
    ['a_static', 'written: /opt/x1'],
    ['in_let', 'written: /let'],
    ['joined', 'written: /etc/x/y.conf'],
    ['pushed', 'written: /etc/ssl'],
    ['plus', 'written: /p/q'],
    ['formatted', 'pattern: /proc/*/maps'],
    ['formatted_otherwise', 'pattern: /*/*/{}'],
    ['looped', 'written: /a', 'written: /b'],
    ['mapped::{closure}', 'written: /a', 'written: /b'],
    ['chosen', 'written: /no', 'written: /yes'],
    ['matched', 'written: /one', 'written: /other'],
    ['or', 'written: /default', 'unknown: *'],
    ['later', 'written: /x1', 'written: /x2'],
    ['nul', 'written: /nul'],
    ['environment', 'written: HOME', 'environment: $HOME/.netrc'],
    ['built', 'environment: $CARGO_MANIFEST_DIR/data'],
    ['deeper::{closure}', 'written: /param'],
    ['returned', 'written: /none', 'written: /ret/file'],
    ['by_closure::{closure}', 'written: /c1', 'written: /c2'],
    ['wrapped', 'written: /some'],
    ['fields', 'written: /field'],
    ['unknown', 'unknown: *'],
    ['program', 'written: git log --oneline -n'],
    ['steps', 'written: lzma -d'],
    ['Job::run', 'written: curl -q', 'written: wget -q'],
    ['Job::look', 'written: /work/x', 'pattern: */x'],
    ['tuple', 'written: example.com:443'],
  ])('%s', (name, ...values) => {
    expect(shown.get(`app::${name}`)).toEqual(expect.arrayContaining(values))
    expect(shown.get(`app::${name}`)?.length).toBe(values.length)
  })

  test('in another crate, and is shown at the one that hands it on', () => {
    expect(shown.get('tool::load')).toEqual(['written: /other-crate'])
    const { packages } = analyzeCapabilities(graph, loadMaps())
    const [read] =
      packages
        .find(({ id }) => id.startsWith('app'))
        ?.capabilities.filter(({ capability }) => capability === 'fs/read') ?? []
    expect(read?.resources?.map(({ value }) => value)).toContain('/param')
  })
})

describe('what is not known is never passed over', () => {
  /** The values of a fixture's functions, by name. */
  const DOUBTS = `
//- /lib.rs crate:app
use std::ffi::OsStr;
use std::process::Command;
pub struct Hidden(pub &'static str);
impl AsRef<OsStr> for Hidden { fn as_ref(&self) -> &OsStr { OsStr::new("curl") } }
impl std::fmt::Display for Hidden { fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result { f.write_str("curl") } }
impl From<Hidden> for String { fn from(_: Hidden) -> String { "curl".to_string() } }
impl std::ops::Deref for Hidden { type Target = str; fn deref(&self) -> &str { "curl" } }
pub fn as_ref() { Command::new(Hidden("git")).spawn(); }
pub fn display() { Command::new(format!("{}", Hidden("git"))).spawn(); }
pub fn to_string() { Command::new(Hidden("git").to_string()).spawn(); }
pub fn into() { let s: String = Hidden("git").into(); Command::new(s).spawn(); }
pub fn deref() { let h = Hidden("git"); Command::new(&*h).spawn(); }
pub fn coerced() { let h = Hidden("git"); let s: &str = &h; Command::new(s).spawn(); }
pub fn through_deref() { Command::new(Hidden("git").trim()).spawn(); }
pub fn generic() { run(Hidden("git")) }
fn run<T: Into<String>>(t: T) { Command::new(t.into()).spawn(); }
pub fn taken_apart() { let Hidden(x) = Hidden("git"); Command::new(x).spawn(); }
pub fn assigned_later() { let mut p = "git"; for _ in 0..2 { Command::new(p).spawn(); p = "curl"; } }
pub fn in_a_while() { let mut p = String::from("git"); while { Command::new(&p).spawn().is_ok() } { p = other(); } }
fn other() -> String { unsafe { std::mem::zeroed() } }
pub fn in_a_closure() { let mut p = "git"; let mut f = || { Command::new(p).spawn(); p = "curl"; }; f(); f(); }
pub fn offered(p: &str) { Command::new(p).spawn(); }
pub fn user() { offered("git") }
fn hidden(p: &str) { Command::new(p).spawn(); }
pub fn user_of_hidden() { hidden("git") }
pub fn configured() { let mut c = Command::new("git"); configure(&mut c); c.spawn(); }
fn configure(c: &mut Command) { *c = Command::new("curl"); }
pub fn borrowed() { let mut c = Command::new("git"); borrows(&mut c) }
fn borrows(c: &mut Command) { configure(c); c.spawn(); }
pub fn taken_apart_later() { let mut p = "git"; (p, _) = ("curl", 1); Command::new(p).spawn(); }
pub fn labelled(c: bool) { let p = 'a: { if c { break 'a "curl"; } "git" }; Command::new(p).spawn(); }
pub fn closure_leaves(c: bool) { let f = || { if c { return "curl"; } "git" }; Command::new(f()).spawn(); }
pub fn closure_goes() { let f = |p: &str| { Command::new(p).spawn(); }; f("git"); let t = (f,); (t.0)("curl"); }
pub fn sliced() { let a = ["git", "curl"]; Command::new(a[1..][0]).spawn(); }
pub fn nested(i: usize) { let a = [["git", "ls"], ["curl", "ls"]]; Command::new(a[i][0]).spawn(); }
pub fn reversed() { let a = vec!["git", "curl"]; let b = a.into_iter().rev().collect::<Vec<_>>(); Command::new(b[0]).spawn(); }
pub fn other_side() { if let Err(p) = questioned() { Command::new(p).spawn(); } }
fn questioned() -> Result<&'static str, &'static str> { Err("curl")?; Ok("git") }
pub struct Taken { prog: String }
impl Taken { fn new() -> Self { Taken { prog: "git".to_string() } }
  fn take(&mut self) { let Taken { prog } = self; prog.push_str("-evil"); }
  pub fn run(&self) { Command::new(&self.prog).spawn(); } }
pub struct Conf { pub cmd: String, own: String }
pub fn public_field(c: &Conf) { Command::new(&c.cmd).spawn(); }
pub fn private_field(c: &Conf) { Command::new(&c.own).spawn(); }
pub fn made() -> Conf { Conf { cmd: "git".to_string(), own: "git".to_string() } }
`
  const seen = new Map<string, readonly string[]>()
  beforeAll(async () => {
    const maps = loadMaps()
    const { packages } = analyzeCapabilities(await graphOfText(DOUBTS), maps, {
      granularity: 'site',
      roots: ['app@1.0.0#only'],
    })
    for (const { capabilities } of packages)
      for (const { capability, resources = [], function: name = '' } of capabilities)
        if (capability === 'exec') seen.set(name, resources.map(({ value }) => value).sort())
  })

  test.each([
    // What a type of the program is to others, its impls say.
    ['as_ref', '*'],
    ['display', '*'],
    ['to_string', '*'],
    ['into', '*'],
    ['deref', '*'],
    ['coerced', '*'],
    ['through_deref', '*'],
    ['run', '*'],
    ['taken_apart', 'git'],
    // What a loop or a closure gives a variable is there when it runs again.
    ['assigned_later', 'curl', 'git'],
    ['in_a_while', '*', 'git'],
    ['in_a_closure::{closure}', 'curl', 'git'],
    // Whoever uses a library calls what is public, and writes to public fields.
    ['offered', '*', 'git'],
    ['hidden', 'git'],
    ['public_field', '*', 'git'],
    ['private_field', 'git'],
    // Whoever borrows it may make another of it.
    ['configured', '*', 'git'],
    ['borrows', '*', 'git'],
    ['Taken::run', '*', 'git'],
    ['taken_apart_later', '*', 'git'],
    // What a block, a closure or an array gives, it need not give at its end or beginning.
    ['labelled', 'curl', 'git'],
    ['closure_leaves', 'curl', 'git'],
    ['closure_goes::{closure}', '*', 'git'],
    ['sliced', 'curl', 'git'],
    ['nested', 'curl', 'git'],
    ['reversed', 'curl', 'git'],
    ['other_side', '*', 'git'],
  ])('%s', (name, ...values) => {
    expect(seen.get(`app::${name}`)).toEqual(values)
  })

  test('a variable that others may write to may be anything', () => {
    expect(shown.get('app::written_to')).toContain('unknown: *')
  })

  test('a crate that declares a function by the name of a row is no error of the map', async () => {
    const declared = `
//- /lib.rs crate:app
extern "C" { fn getenv() -> *const u8; }
pub fn ask() { unsafe { getenv(); } }
`
    const { packages } = analyzeCapabilities(await graphOfText(declared), loadMaps(), { granularity: 'site' })
    const asked = packages
      .flatMap(({ capabilities }) => capabilities)
      .filter(({ capability }) => capability === 'env/read')
    expect(asked.map(({ resources }) => resources)).toEqual([
      [{ kind: 'variable', value: '*', known: 'unknown', sites: 1 }],
    ])
  })
})

describe('a row about arguments', () => {
  const resource = (text: string) => ({ name: 'own.toml', text: `version = 1\n\n[[resources]]\n${text}\n` })

  test('is the user’s to give for functions of any crate', () => {
    const own = {
      name: 'own.toml',
      text: 'version = 1\nrows = [{ path = "tool::load", grants = ["network/connect"] }]\n[[resources]]\nkind = "host"\nargument = 0\nrows = ["tool::load"]\n',
    }
    const { packages } = analyzeCapabilities(graph, loadMaps([own]), { granularity: 'site' })
    const found = packages
      .flatMap(({ capabilities }) => capabilities)
      .filter(({ function: name }) => name === 'app::across')
    expect(found.map(({ capability, resources }) => [capability, resources])).toEqual([
      ['network/connect', [{ kind: 'host', value: '/other-crate', known: 'written', sites: 1 }]],
    ])
  })

  test('that names an argument which is not there is an error with its line', () => {
    const maps = loadMaps([resource('kind = "path"\nargument = 1\nrows = ["std::fs::read"]')])
    expect(() => analyzeCapabilities(graph, maps)).toThrow(MapError)
    expect(() => analyzeCapabilities(graph, maps)).toThrow(/^own\.toml:6: argument 1 of std::fs::read is not there/)
  })

  test('that names no kind, or nothing, is one too', () => {
    expect(() => loadMaps([resource('kind = "colour"\nargument = 0\nrows = ["a::b"]')])).toThrow(
      /own\.toml:4: .*is none of host/,
    )
    expect(() => loadMaps([resource('kind = "path"\nargument = 0')])).toThrow(/needs one of rows/)
  })

  test('says once what a function makes of a value', () => {
    const twice = '[[values]]\ngives = "same"\nrows = ["a::b"]\n'
    expect(() => loadMaps([{ name: 'own.toml', text: `version = 1\n${twice}${twice}` }])).toThrow(
      /has a rule already, at own\.toml:4/,
    )
  })
})
