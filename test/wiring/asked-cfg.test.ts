/** `--cfg` from end to end: with `x` decided, what hangs on it loses its condition, and what hangs on the opposite is gone. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { analyze } from '../../src/index.js'

let directory = ''

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'caps-cfg-'))
  await mkdir(join(directory, 'src'))
  await writeFile(join(directory, 'Cargo.toml'), '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n')
  await writeFile(
    join(directory, 'build.rs'),
    'fn main() { println!("cargo:rustc-cfg=nightly"); println!("cargo:rustc-cfg=mode=\\"a\\""); }',
  )
  await writeFile(
    join(directory, 'src/lib.rs'),
    `#[cfg(nightly)] pub fn on() { let _ = std::fs::read("x"); }
#[cfg(not(nightly))] pub fn off() { let _ = std::env::var("Q"); }
#[cfg(mode = "a")] pub fn a() { std::process::exit(3) }
`,
  )
})
afterAll(() => rm(directory, { recursive: true }))

async function conditions(...cfg: string[]): Promise<readonly string[]> {
  const { packages } = await analyze(directory, {
    offline: true,
    cache: false,
    cfg,
    target: ['x86_64-unknown-linux-gnu'],
  })
  const found = packages.flatMap(({ capabilities }) => capabilities.filter(({ stage }) => stage === 'run'))
  return found.map(({ capability, condition }) => `${capability}: ${condition}`).sort()
}

test.each([
  [[], ['env/read: not(nightly)', 'fs/read: nightly', 'process/exit: mode = "a"']],
  [['nightly'], ['fs/read: true', 'process/exit: mode = "a"']],
  [
    ['not(nightly)', 'mode="a"'],
    ['env/read: true', 'process/exit: true'],
  ],
])('--cfg %j', async (cfg, found) => {
  expect(await conditions(...cfg)).toEqual(found)
})
