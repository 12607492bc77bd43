// A directory of vendored crates, as `cargo vendor` makes it, for surveys that need no network.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface VendoredCrate {
  /** `name@version` */
  readonly id: string
  /** What follows `[dependencies]` in its manifest. */
  readonly needs?: string
  readonly files: Readonly<Record<string, string>>
}

const sum = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Writes the crates below the directory, a directory each. */
export function vendor(directory: string, crates: readonly VendoredCrate[]): void {
  for (const { id, needs = '', files } of crates) {
    const [name, version] = id.split('@')
    const manifest = `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n[dependencies]\n${needs}\n`
    const all = { 'Cargo.toml': manifest, ...files }
    const sums = Object.fromEntries(Object.entries(all).map(([path, text]) => [path, sum(text)]))
    const listed = { '.cargo-checksum.json': JSON.stringify({ files: sums, package: sum(id) }) }
    for (const [path, text] of Object.entries({ ...all, ...listed })) {
      const full = join(directory, `${name}-${version}`, path)
      mkdirSync(dirname(full), { recursive: true })
      writeFileSync(full, text)
    }
  }
}

/** A small landscape: a crate that gained something, one that builds with a program, two that inherit, and one that cannot be. */
export const LANDSCAPE: readonly VendoredCrate[] = [
  { id: 'low@1.0.0', files: { 'src/lib.rs': 'pub fn start() { std::process::Command::new("ls").spawn().unwrap(); }' } },
  {
    id: 'low@1.1.0',
    files: {
      'src/lib.rs':
        'pub fn start() { std::process::Command::new("ls").spawn().unwrap(); }\n' +
        'pub fn call() { std::net::TcpStream::connect("a.example:80").unwrap(); }',
    },
  },
  {
    id: 'mid@0.1.0',
    needs: 'low = "1"',
    files: {
      'src/lib.rs': 'pub fn go() { low::start() }',
      'build.rs': 'fn main() { std::process::Command::new("cc").arg("-v").status().unwrap(); }',
    },
  },
  {
    id: 'top@2.0.0',
    needs: 'mid = "0.1"',
    files: {
      'src/lib.rs': 'pub mod inner { pub fn all() { mid::go(); let _ = std::env::var("HOME"); } }\npub fn idle() {}',
    },
  },
  { id: 'odd@1.0.0', needs: 'absent = "1"', files: { 'src/lib.rs': '' } },
]
