/** Tags of what is set or written by a call's argument: keys of the Windows registry, variables that a program is started with. */
import { beforeAll, expect, test } from '@jest/globals'
import { analyzeCapabilities } from '../../src/capabilities/analyze.js'
import { loadMaps } from '../../src/capabilities/builtin-maps.js'
import { graphOfText } from '../support/fixture-graph.js'

const FIXTURE = `
//- /lib.rs crate:app
use std::process::Command;
extern "C" {
  fn RegCreateKeyExA(key: isize, sub: *const u8, r: u32, c: *const u8, o: u32, a: u32, s: *const u8, out: *mut isize, d: *mut u32) -> i32;
}
unsafe fn create(sub: &str) { let mut k = 0; RegCreateKeyExA(1, sub.as_ptr(), 0, std::ptr::null(), 0, 0, std::ptr::null(), &mut k, std::ptr::null_mut()); }
pub fn run_key() { unsafe { create("Software\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Run\\0") } }
pub fn preload() { Command::new("ls").env("LD_PRELOAD", "/tmp/x.so").arg("-l").spawn(); }
pub fn in_steps() { let mut c = Command::new("ls"); c.env("DYLD_INSERT_LIBRARIES", "x"); c.spawn(); }
pub fn plain() { Command::new("ls").env("LANG", "C").spawn(); }
`

const shown = new Map<string, readonly string[]>()

beforeAll(async () => {
  const { packages } = analyzeCapabilities(await graphOfText(FIXTURE), loadMaps(), { granularity: 'site' })
  for (const { capabilities } of packages)
    for (const { resources = [], capability, function: name = '' } of capabilities)
      shown.set(
        `${name} ${capability}`,
        resources.map(({ value, arguments: more = [], tags = [] }) =>
          [value, ...more, ...tags.map((tag) => `[${tag}]`)].join(' '),
        ),
      )
})

test.each([
  ['create system/write', 'Software\\Microsoft\\Windows\\CurrentVersion\\Run [persistence]'],
  ['preload exec', 'LD_PRELOAD [preload]', 'ls -l'],
  ['in_steps exec', 'DYLD_INSERT_LIBRARIES [preload]', 'ls'],
  ['plain exec', 'ls'],
])('%s', (name, ...values) => {
  expect([...(shown.get(`app::${name}`) ?? [])].sort()).toEqual(values)
})
