/** Values that are worked out from constants: what comes out is shown as concealed; what is only converted is not. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { analyzeCapabilities } from '../../src/capabilities/analyze.js'
import { loadMaps } from '../../src/capabilities/builtin-maps.js'
import { graphOfText } from '../support/fixture-graph.js'

const HEAD = `
//- /lib.rs crate:app deps:tool
use std::process::Command;
use std::path::PathBuf;
const CURL: [u8; 4] = [0x36, 0x20, 0x27, 0x39];
const KEY: u8 = 0x55;
static TABLE: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static HOST: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| xor(&[0x30, 0x23, 0x3c, 0x39, 0x7b, 0x3c, 0x3a]));
fn xor(data: &[u8]) -> String { data.iter().map(|b| (b ^ 0x55) as char).collect() }
fn run(program: &str) { Command::new(program).spawn(); }
fn base64(text: &str) -> Vec<u8> {
  let mut out = Vec::new();
  let mut buffer: u32 = 0;
  let mut bits = 0;
  for c in text.bytes() {
    if c == b'=' { break; }
    let value = TABLE.iter().position(|&t| t == c).unwrap() as u32;
    buffer = (buffer << 6) | value;
    bits += 6;
    if bits >= 8 { bits -= 8; out.push((buffer >> bits) as u8); }
  }
  out
}
fn hex(text: &str) -> Vec<u8> {
  (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}
fn rot13(text: &str) -> String {
  text.chars().map(|c| match c {
    'a'..='z' => ((c as u8 - b'a' + 13) % 26 + b'a') as char,
    'A'..='Z' => ((c as u8 - b'A' + 13) % 26 + b'A') as char,
    _ => c,
  }).collect()
}
`
/** By the name of a function: its body, and what its call must show. */
const CONCEALED: Readonly<Record<string, readonly [string, string]>> = {
  reversed: [`Command::new("lruc".chars().rev().collect::<String>()).spawn();`, 'curl'],
  xor_map: [`Command::new(String::from_utf8(CURL.iter().map(|b| b ^ 0x55).collect()).unwrap()).spawn();`, 'curl'],
  xor_fn: [`run(&xor(&[0x36, 0x20, 0x27, 0x39]));`, ''],
  xor_key: [`let s: String = CURL.iter().map(|&b| (b ^ KEY) as char).collect(); Command::new(&s).spawn();`, 'curl'],
  pushed: [
    `let mut s = String::new(); for b in CURL { s.push((b ^ 0x55) as char); } Command::new(&s).spawn();`,
    'curl',
  ],
  char_by_char: [
    `let mut s = String::new(); s.push('c'); s.push('u'); s.push('r'); s.push('l'); Command::new(s).spawn();`,
    'curl',
  ],
  bytes: [`Command::new(std::str::from_utf8(&[99, 117, 114, 108]).unwrap()).spawn();`, 'curl'],
  vec_of_bytes: [`Command::new(String::from_utf8(vec![99, 117, 114, 108]).unwrap()).spawn();`, 'curl'],
  lossy: [`Command::new(&*String::from_utf8_lossy(&[99u8, 117, 114, 108])).spawn();`, 'curl'],
  char_array: [`Command::new(['c', 'u', 'r', 'l'].iter().collect::<String>()).spawn();`, 'curl'],
  in_place: [
    `let mut data = CURL; for b in data.iter_mut() { *b ^= 0x55; } Command::new(std::str::from_utf8(&data).unwrap()).spawn();`,
    'curl',
  ],
  by_index: [
    `let mut data = [0u8; 4]; for i in 0..4 { data[i] = CURL[i] ^ 0x55; } Command::new(std::str::from_utf8(&data).unwrap()).spawn();`,
    'curl',
  ],
  in_while: [
    `let mut s = String::new(); let mut i = 0; while i < CURL.len() { s.push((CURL[i] ^ KEY) as char); i += 1; } Command::new(s).spawn();`,
    'curl',
  ],
  in_loop: [
    `let mut s = String::new(); let mut i = 0; loop { if i == 4 { break; } s.push((CURL[i] ^ KEY) as char); i += 1; } Command::new(s).spawn();`,
    'curl',
  ],
  cycled: [
    `let key = [1u8, 2]; let s: Vec<u8> = [98u8, 119, 115, 110].iter().zip(key.iter().cycle()).map(|(a, b)| a ^ b).collect(); Command::new(String::from_utf8(s).unwrap()).spawn();`,
    'curl',
  ],
  every_second: [`Command::new("cxuxrxl".chars().step_by(2).collect::<String>()).spawn();`, 'curl'],
  filtered: [`Command::new("c-u-r-l".chars().filter(|c| *c != '-').collect::<String>()).spawn();`, 'curl'],
  replaced: [`Command::new("cXuXrXl".replace("X", "")).spawn();`, 'curl'],
  shifted: [`Command::new("dvsm".bytes().map(|b| (b - 1) as char).collect::<String>()).spawn();`, 'curl'],
  wrapping: [
    `let v: Vec<u8> = "dvsm".bytes().map(|b| b.wrapping_sub(1)).collect(); Command::new(String::from_utf8(v).unwrap()).spawn();`,
    'curl',
  ],
  not: [
    `let v: Vec<u8> = [0x9cu8, 0x8a, 0x8d, 0x93].iter().map(|b| !b).collect(); Command::new(String::from_utf8(v).unwrap()).spawn();`,
    'curl',
  ],
  rotated: [
    `let v: Vec<u8> = [54u8, 87, 39, 198].iter().map(|b| b.rotate_right(4)).collect(); Command::new(String::from_utf8(v).unwrap()).spawn();`,
    'curl',
  ],
  constant_by_reference: [`Command::new(xor(&CURL)).spawn();`, 'curl'],
  constant_in_variable: [`let bytes = CURL; Command::new(xor(&bytes)).spawn();`, 'curl'],
  from_base64: [`Command::new(String::from_utf8(base64("L3Vzci9iaW4vY3VybA==")).unwrap()).spawn();`, '/usr/bin/curl'],
  from_hex: [`Command::new(String::from_utf8(hex("6375726c")).unwrap()).spawn();`, 'curl'],
  from_rot13: [`Command::new(rot13("phey")).spawn();`, 'curl'],
  permuted: [
    `let s = ["l", "u", "c", "r"]; Command::new([2, 1, 3, 0].iter().map(|&i| s[i]).collect::<String>()).spawn();`,
    'curl',
  ],
  folded: [
    `Command::new(CURL.iter().fold(String::new(), |mut s, b| { s.push((b ^ KEY) as char); s })).spawn();`,
    'curl',
  ],
  lazy: [`std::net::TcpStream::connect((HOST.as_str(), 443));`, 'evil.io:443'],
  path: [`let mut p = PathBuf::from("/tmp"); p.push(xor(&[0x2d, 0x2c, 0x2f])); std::fs::write(p, "");`, '/tmp/xyz'],
  with_environment: [
    `let home = std::env::var("HOME").unwrap(); std::fs::write(format!("{home}/{}", xor(&[0x2d, 0x2c, 0x2f])), "");`,
    '$HOME/xyz',
  ],
  helper_with_key: [
    `let f = |k: u8| CURL.iter().map(|b| (b ^ k) as char).collect::<String>(); Command::new(f(0x55)).spawn();`,
    'curl',
  ],
  not_run: [`Command::new(tool::decode("Y3VybCAtcyBodHRwczovLw==")).spawn();`, '*'],
}
/** The same calls with what is written, converted, from outside or not known: none of it is concealed. */
const HARMLESS: Readonly<Record<string, string>> = {
  literal: `Command::new("git").spawn();`,
  put_together: `Command::new("gi".to_string() + "t").spawn();`,
  formatted: `Command::new(format!("{}{}", "gi", "t")).spawn();`,
  utf8: `Command::new(std::str::from_utf8(b"git").unwrap()).spawn();`,
  chars_and_back: `Command::new("git".chars().collect::<String>()).spawn();`,
  trimmed: `Command::new(" git ".trim()).spawn();`,
  without_spaces: `Command::new(" git ".chars().filter(|c| !c.is_whitespace()).collect::<String>()).spawn();`,
  capitals: `std::env::var("path".to_uppercase());`,
  separators: `std::env::var("foo-bar".replace('-', "_"));`,
  separators_in_loop: `let mut s = String::new(); for c in "foo-bar-baz".chars() { if c == '-' { s.push('_') } else { s.push(c.to_ascii_uppercase()) } } std::env::var(s);`,
  slice: `Command::new(&"a git b"[2..5]).spawn();`,
  slash: `let mut s = String::from("/usr"); s.push('/'); s.push_str("bin/git"); Command::new(s).spawn();`,
  port: `std::net::TcpStream::connect(format!("localhost:{}", 8000 + 80));`,
  from_environment: `Command::new(std::env::var("GIT").unwrap().chars().rev().collect::<String>()).spawn();`,
  xor_environment: `Command::new(xor(std::env::var("GIT").unwrap().as_bytes())).spawn();`,
  from_file: `Command::new(xor(&std::fs::read("/etc/x").unwrap())).spawn();`,
  split: `for p in "git,svn".split(',') { Command::new(p).spawn(); }`,
  listed: `for p in ["git", "svn"].iter().rev() { Command::new(p).spawn(); }`,
  numbered: `for i in 0..3 { std::fs::read(format!("/dev/tty{}", i)); }`,
  joined: `Command::new(["/usr", "bin", "git"].join("/")).spawn();`,
  read: `Command::new(tool::read("Y3VybCAtcyBodHRwczovLw==")).spawn();`,
  parsed: `Command::new(tool::decode("https://example.com/path")).spawn();`,
}

const functions = [...Object.entries(CONCEALED).map(([name, [body]]) => [name, body]), ...Object.entries(HARMLESS)]
const FIXTURE = `${HEAD}${functions.map(([name, body]) => `pub fn ${name}() { ${body} }`).join('\n')}
pub fn given(data: &[u8]) { Command::new(xor(data)).spawn(); }
//- /lib.rs crate:tool
pub struct Engine { table: std::collections::BTreeMap<u8, u8> }
impl Engine { fn of(&self, b: u8) -> u8 { *self.table.range(b..).next().unwrap().1 } }
pub fn decode(s: &str) -> String { let e = Engine { table: Default::default() }; s.bytes().map(|b| e.of(b) as char).collect() }
pub fn read(s: &str) -> String { std::fs::read_to_string(s).unwrap() }
`

const shown = new Map<string, readonly string[]>()

beforeAll(async () => {
  const findings = analyzeCapabilities(await graphOfText(FIXTURE), loadMaps(), { granularity: 'site' })
  for (const { capabilities } of findings.packages)
    for (const { resources = [], function: name = '' } of capabilities) {
      const texts = resources.map(({ value, known, arguments: more = [] }) => [`${known}:`, value, ...more].join(' '))
      shown.set(name, [...new Set([...(shown.get(name) ?? []), ...texts])])
    }
})

describe('worked out from constants', () => {
  test.each(Object.keys(CONCEALED))('%s', (name) => {
    const [, text] = CONCEALED[name] as readonly [string, string]
    if (text !== '') expect(shown.get(`app::${name}`)).toContain(`concealed: ${text}`)
  })
  test('through a parameter', () => {
    expect(shown.get('app::run')).toContain('concealed: curl')
  })
})

describe('what is written, or comes from elsewhere', () => {
  test.each(Object.keys(HARMLESS))('%s', (name) => {
    const values = shown.get(`app::${name}`) ?? []
    expect(values.length).toBeGreaterThan(0)
    expect(values.filter((text) => text.startsWith('concealed'))).toEqual([])
  })
  test('given by whoever calls', () => {
    expect(shown.get('app::given')).toEqual(['unknown: *'])
  })
})
