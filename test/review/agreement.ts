/** What the tests of agreement share: crates, the options that narrow, and how places are spelled. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll } from '@jest/globals'
import type { AnalysisResult, Step } from '../../src/report/result.js'
import { type CrateGraph, readCrate } from '../../src/wiring/analyze.js'
import { writeEvasions } from '../docs/evasion-crate.js'
import { LINUX, WINDOWS } from './policies.js'

/** What every form below is about: stages, entries, targets, features, code before `main`, guesses and code not read. */
const FORM = {
  'Cargo.toml': `[package]\nname = "form"\nversion = "1.0.0"\nedition = "2021"
[features]\ndefault = ["more"]\nmore = []\n[dependencies]\ndep = { path = "dep" }\n`,
  'src/lib.rs': `mod missing;
pub trait Act { fn act(&self); }
pub struct Reads; impl Act for Reads { fn act(&self) { let _ = std::fs::read("x"); } }
pub fn guess(act: &dyn Act) { act.act() }
#[cfg(feature = "more")] pub fn more() { let _ = std::env::var("X"); }
#[cfg(windows)] pub fn only() { let _ = std::process::Command::new("cmd").spawn(); }
#[cfg(unix)] pub fn only() { dep::used() }
fn unused() { let _ = std::net::TcpStream::connect("localhost:1"); }
#[cfg(all(any(target_os = "linux", target_os = "android", target_os = "l4re", target_os = "emscripten"), any(target_env = "gnu", target_env = "musl", target_env = "ohos"), not(target_os = "emscripten"), target_os = "linux"))]
pub fn narrow() { let _ = std::thread::spawn(|| {}); }
`,
  'src/main.rs': 'fn main() { form::only(); unasked() }\nfn unasked() { std::process::exit(1) }\n',
  'dep/Cargo.toml': '[package]\nname = "dep"\nversion = "1.0.0"\nedition = "2021"\n',
  'dep/build.rs': 'fn main() { let _ = std::process::Command::new("cc").status(); }\n',
  'dep/src/lib.rs': `pub fn used() { let _ = std::fs::write("x", "y"); }
pub fn unused() { let _ = std::fs::remove_file("x"); }
#[used] #[link_section = ".init_array"] static START: extern "C" fn() = start;
extern "C" fn start() { let _ = std::fs::metadata("x"); }
`,
}

const FORM_DIRECTORY = mkdtempSync(join(tmpdir(), 'caps-agree-'))
const EVASIONS_DIRECTORY = mkdtempSync(join(tmpdir(), 'caps-agree-'))

/** Writes the form and the evasions before a file's tests, and takes them away behind them. */
export function useForm(): void {
  beforeAll(() => {
    writeEvasions(EVASIONS_DIRECTORY)
    for (const [path, text] of Object.entries(FORM)) {
      const file = join(FORM_DIRECTORY, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
  })
  afterAll(() => {
    for (const directory of [FORM_DIRECTORY, EVASIONS_DIRECTORY]) rmSync(directory, { recursive: true })
  })
}

export interface AgreeingCrate {
  readonly crate: string
  readonly name: string
  /** A path of its own that a run may begin at. */
  readonly path?: string
  /** What code has that is there when a feature is not; absent for crates that have no features. */
  readonly without?: readonly string[]
}

export const CRATES: readonly AgreeingCrate[] = [
  { crate: FORM_DIRECTORY, name: 'form', path: 'form::guess', without: [] },
  {
    crate: 'samples/program',
    name: 'program',
    path: 'notes::edit',
    without: ['run stdio notes@1.2.0 src/main.rs:40:5'],
  },
  { crate: 'samples/build-script', name: 'build-script' },
  { crate: 'samples/plain-library', name: 'plain-library' },
  { crate: 'samples/platform-specific', name: 'platform-specific' },
  { crate: 'samples/proc-macro', name: 'proc-macro' },
  { crate: 'samples/workspace', name: 'workspace' },
  { crate: 'samples/malicious-pair/v1', name: 'malicious-pair before' },
  { crate: 'samples/malicious-pair/v2', name: 'malicious-pair', path: 'linelog::Logger' },
  { crate: join(EVASIONS_DIRECTORY, 'app'), name: 'evasions' },
]

export const TARGETS = [[LINUX], [WINDOWS], [LINUX, WINDOWS]] as const
export const FEATURES = [{}, { noDefaultFeatures: true }, { allFeatures: true }] as const

export const placeOf = (step: Step): string => `${step.package} ${step.file}:${step.line}:${step.column}`
export const lastOf = (path: readonly Step[]): string => placeOf(path.at(-1) as Step)
export const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort()
export const minus = (these: readonly string[], those: readonly string[]): string[] => {
  const known = new Set(those)
  return these.filter((one) => !known.has(one))
}

/** `build exec dep@1.0.0 build.rs:1:38`, each place that has a capability. */
export const sitesOf = (result: AnalysisResult): string[] =>
  sorted(
    result.packages.flatMap(({ capabilities }) =>
      capabilities.map(({ stage, capability, path }) => `${stage} ${capability} ${lastOf(path)}`),
    ),
  )

export const reading = (crate: string, options: Parameters<typeof readCrate>[1]): Promise<CrateGraph> =>
  readCrate(crate, { offline: true, ...options }, () => {})
