// Exits 0 when cargo can give the packages of a lockfile, from its cache or its registry; for .ci/run.
//   node scripts/can-fetch.mjs LOCKFILE PACKAGE
// cargo runs in a fresh directory with a manifest of ours, so that no file of a crate decides what it does.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [lockfile, name] = process.argv.slice(2)
const lock = readFileSync(lockfile, 'utf8')
const version = new RegExp(`name = "${name}"\\nversion = "([^"]+)"`).exec(lock)?.[1]
const root = /name = "([^"]+)"\nversion = "([^"]+)"\ndependencies/.exec(lock)
const directory = mkdtempSync(join(tmpdir(), 'caps-fetch-'))
try {
  mkdirSync(join(directory, 'src'))
  writeFileSync(join(directory, 'src/lib.rs'), '')
  writeFileSync(join(directory, 'Cargo.lock'), lock)
  writeFileSync(
    join(directory, 'Cargo.toml'),
    `[package]\nname = "${root[1]}"\nversion = "${root[2]}"\nedition = "2021"\n\n[dependencies]\n${name} = "=${version}"\n`,
  )
  process.exitCode = spawnSync('cargo', ['fetch'], { cwd: directory, stdio: 'ignore' }).status === 0 ? 0 : 1
} finally {
  rmSync(directory, { recursive: true, force: true })
}
