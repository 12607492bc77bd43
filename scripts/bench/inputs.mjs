// What is measured and does not exist yet: workspaces of any size, a large file, a macro that doubles. Written by us, the same each time.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

function put(root, path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const manifest = (name, rest = '') =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n\n[dependencies]\n${rest}`

const FUNCTIONS = 40

/** A member: types, a trait with impls, generic and plain functions that call those of two members before. */
function library(number) {
  const before = [number - 1, number - 2].filter((other) => other >= 0)
  const calls = before.map((other) => `    p${other}::work0(n);\n    p${other}::Item0 { n }.tell();\n`).join('')
  const parts = [
    `pub trait Tell { fn tell(&self) -> usize; }\n${before.map((other) => `use p${other}::Tell as _;\n`).join('')}`,
  ]
  for (let i = 0; i < FUNCTIONS; i++)
    parts.push(`
#[derive(Clone, Debug, PartialEq)]
pub struct Item${i} { pub n: usize }
impl Tell for Item${i} { fn tell(&self) -> usize { let all: Vec<usize> = (0..self.n).map(|x| x + ${i}).collect(); all.iter().sum() } }
pub fn work${i}(n: usize) {
    let item = Item${i} { n };
    if item.tell() > ${i} { let _ = std::fs::read_to_string(format!("file-{}", item.tell())); }
${i === 0 ? calls : `    work${i - 1}(n);\n`}}
`)
  return parts.join('')
}

/** Makes a workspace of as many packages; returns its size in bytes of source. */
export function workspace(root, packages) {
  const names = Array.from({ length: packages }, (_, i) => `p${i}`)
  put(root, 'Cargo.toml', `[workspace]\nresolver = "2"\nmembers = [${names.map((name) => `"${name}"`).join(', ')}]\n`)
  let bytes = 0
  for (const [i, name] of names.entries()) {
    const externs = [i - 1, i - 2]
      .filter((other) => other >= 0)
      .map((other) => `p${other} = { path = "../p${other}" }\n`)
    put(root, `${name}/Cargo.toml`, manifest(name, externs.join('')))
    const text = library(i)
    bytes += text.length
    put(root, `${name}/src/lib.rs`, text)
  }
  return bytes
}

/** A crate of one file with as many functions; returns its size in bytes. */
export function largeFile(root, functions) {
  const lines = ['pub fn f0(n: u64) -> u64 { n }\n']
  for (let i = 1; i < functions; i++) lines.push(`pub fn f${i}(n: u64) -> u64 { f${i - 1}(n) + ${i} }\n`)
  const text = lines.join('')
  put(root, 'Cargo.toml', manifest('large'))
  put(root, 'src/lib.rs', text)
  return text.length
}

/** A crate whose macro would make 2^`levels` calls. */
export function doubling(root, levels) {
  const rules = Array.from({ length: levels }, (_, i) =>
    i === 0
      ? 'macro_rules! m0 { () => { let _ = std::fs::read("x"); } }\n'
      : `macro_rules! m${i} { () => { m${i - 1}!{} m${i - 1}!{} } }\n`,
  )
  put(root, 'Cargo.toml', manifest('doubling'))
  put(root, 'src/lib.rs', `${rules.join('')}pub fn f() { m${levels - 1}!{} }\n`)
}
