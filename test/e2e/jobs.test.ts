/** Targets side by side, in threads: what comes out is the same for any number of them, to the byte. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { caps, type Run } from './run-caps.js'

let root = ''
afterAll(() => rmSync(root, { recursive: true, force: true }))
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'caps-jobs-'))
  put('Cargo.toml', '[workspace]\nmembers = ["low", "high"]\nresolver = "2"\n')
  put('low/Cargo.toml', manifest('low', ''))
  put('high/Cargo.toml', manifest('high', '[dependencies]\nlow = { path = "../low" }\n'))
  // Threads are started for a large program only.
  put('low/src/lib.rs', `${LOW}\n/*${' padding'.repeat(150_000)}*/\n`)
  put('low/src/later.rs', 'pub fn later() { let _ = std::fs::read("/later"); }\n')
  put('low/src/text.in', 'std::env::var("INCLUDED").ok()\n')
  put('high/src/main.rs', `${HIGH}\n/*${' padding'.repeat(60_000)}*/\n`)
})

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const manifest = (name: string, rest: string): string =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n${rest}`

const LOW = `
macro_rules! module { ($name:ident) => { pub mod $name; } }
module!(later);
pub fn included() -> Option<String> { include!("text.in") }
pub trait Act { fn act(&self); }
pub struct Local;
#[cfg(windows)]
mod system {
    impl super::Act for super::Local { fn act(&self) { let _ = std::process::Command::new("cmd").spawn(); } }
    pub type Where = std::net::TcpListener;
    pub fn only() { let _ = std::fs::remove_file("windows"); }
}
#[cfg(unix)]
mod system {
    impl super::Act for super::Local { fn act(&self) { let _ = std::process::Command::new("sh").spawn(); } }
    pub type Where = std::os::unix::net::UnixListener;
    #[cfg(target_os = "macos")]
    pub fn only() { let _ = std::fs::create_dir("mac"); }
    #[cfg(not(target_os = "macos"))]
    pub fn only() { let _ = std::fs::hard_link("a", "b"); }
}
#[cfg(not(any(unix, windows)))]
mod system {
    impl super::Act for super::Local { fn act(&self) {} }
    pub type Where = ();
    pub fn only() {}
}
pub use system::only;
pub use system::Where;
pub fn hand_on(act: &dyn Act) { act.act(); only(); }
`
const HIGH = `
fn main() {
    low::hand_on(&low::Local);
    low::later::later();
    low::included();
    #[cfg(target_pointer_width = "32")]
    std::thread::spawn(|| {});
    #[cfg(unix)]
    let _ = low::Where::bind("socket");
}
`

const run = (jobs: string, ...args: string[]): Run =>
  caps([...args, '--offline', '--no-cache', '--jobs', jobs], '', root)

test.each([[['analyze', '.', '--format', 'json', '--granularity', 'site']], [['graph', '.']]])(
  'one, two or five: %j',
  (args) => {
    const alone = run('1', ...args)
    expect(alone).toMatchObject({ code: 0, stderr: '' })
    for (const what of ['"sh"', '"cmd"', '"/later"', '"INCLUDED"', '"mac"']) expect(alone.stdout).toContain(what)
    for (const jobs of ['2', '5']) expect(run(jobs, ...args)).toEqual(alone)
  },
)

test('the parts of one target', () => {
  const args = ['graph', '.', '--target', 'x86_64-unknown-linux-gnu']
  const alone = run('1', ...args)
  expect(alone).toMatchObject({ code: 0, stderr: '' })
  expect(alone.stdout).toContain('"/later"')
  for (const jobs of ['2', '3']) expect(run(jobs, ...args)).toEqual(alone)
})

test.each(['0', '1.5', '-2', '65', 'many'])('no number of threads: %s', (jobs) => {
  const done = run(jobs, 'analyze', '.')
  expect(done).toMatchObject({ code: 2, stdout: '' })
  expect(done.stderr).toContain('--jobs')
})
