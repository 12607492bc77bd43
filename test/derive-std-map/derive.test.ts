// The derivation on a std of a page: what reaches a mapped foreign function, by which public path, and where walls stand.
import { beforeAll, describe, expect, test } from '@jest/globals'
import { readMapFile } from '../../src/capabilities/map-file.js'
import { buildMaps } from '../../src/capabilities/map-index.js'
import { derivePowers, type Powers, wallsIn } from '../../src/derive-std-map/derive-powers.js'
import { mergePowers } from '../../src/derive-std-map/derived-table.js'
import { publicFunctions } from '../../src/derive-std-map/public-functions.js'
import { type StdBuild, stdWorkspace } from '../../src/derive-std-map/std-workspace.js'
import { addProgram, finishGraph, newGraphState } from '../../src/graph/build-graph.js'
import { buildStdFromSource, loadFiles } from '../../src/names/index.js'
import type { TargetPlatform } from '../../src/project/target-platform.js'
import { selectTargets } from '../../src/project/targets.js'
import type { SourceTree } from '../../src/project/workspace.js'
import { initSyntax } from '../../src/syntax/index.js'

const FILES = new Map([
  ['core/src/lib.rs', '#![no_core] #[lang = "sized"] pub trait Sized {} #[cfg(strange)] pub fn only_if_strange() {}'],
  ['alloc/src/lib.rs', '#![no_core]'],
  [
    'vendor/libc-0.2.1/src/lib.rs',
    '#![no_core] extern "C" { pub fn open() -> i32; pub fn read(fd: i32) -> i32; pub fn abort(); pub fn unheard_of(); }',
  ],
  ['vendor/other-1.0.0/src/lib.rs', '#![no_core]'],
  [
    'std/src/lib.rs',
    `#![no_core]
    extern crate libc;
    mod sys {
        pub struct Fd(i32);
        impl Fd { pub fn read(&self) -> i32 { unsafe { libc::read(self.0) } } }
        pub fn open() -> Fd { check(); unsafe { Fd(libc::open()) } }
        pub fn check() { abort() }
        pub fn abort() { unsafe { libc::abort() } }
    }
    mod file {
        pub struct File { fd: crate::sys::Fd }
        impl File {
            pub fn open() -> File { File { fd: crate::sys::open() } }
            fn secret(&self) -> i32 { self.fd.read() }
        }
        impl crate::io::Read for File { fn read(&mut self) -> i32 { self.fd.read() } }
        struct Hidden;
        impl crate::io::Read for Hidden { fn read(&mut self) -> i32 { crate::sys::open().read() } }
    }
    pub mod fs { pub use crate::file::File; }
    pub mod io {
        pub trait Read {
            fn read(&mut self) -> i32;
            fn read_to_end(&mut self) -> i32 where Self: crate::Sized { helper(self) }
            fn hint(&self) -> i32 { 1 }
        }
        fn helper<R: Read>(reader: &mut R) -> i32 { reader.read() }
        pub fn copy<R: Read>(reader: &mut R) -> i32 { reader.read() }
    }
    pub mod odd { pub fn odd() { unsafe { libc::unheard_of() } } }
    `,
  ],
])
const TREE: SourceTree = {
  contents: () => undefined,
  files: new Map([...FILES].map(([path, text]) => [path, text.length])),
  read: (path) => {
    const text = FILES.get(path)
    return text === undefined ? undefined : { text }
  },
}
const plain = { edition: 2021, features: [], renamed: {} } as const
const BUILD: StdBuild = {
  comment: '',
  crates: [
    { ...plain, name: 'core', root: 'core/src/lib.rs', externs: [] },
    { ...plain, name: 'alloc', root: 'alloc/src/lib.rs', externs: ['core'] },
    { ...plain, name: 'libc', root: 'vendor/libc-*/src/lib.rs', externs: ['core'] },
    { ...plain, name: 'other', root: 'vendor/other-*/src/lib.rs', externs: ['core'], platform: 'cfg(windows)' },
    { ...plain, name: 'std', root: 'std/src/lib.rs', externs: ['core', 'alloc', 'libc', 'other'] },
  ],
  public: ['std'],
  options: ['strange'],
  entryPoints: [],
  targets: [],
  always: ['surely'],
  as: { target_has_atomic_load_store: 'target_has_atomic' },
}
const SYMBOLS = `version = 1
[[symbols]]
grants = ["fs/read"]
why = "a test"
names = ["open", "read"]
[[symbols]]
grants = ["process/exit"]
why = "a test"
names = ["abort"]
`
const WALLS = `version = 1
facts = [{ kind = "foreign call", grants = ["ffi"] }]
rows = [
  { path = "std::sys::check", safe = "an assertion" },
  { path = "std::sys::gone", safe = "a wall around nothing" },
]
`
const [LINUX] = selectTargets(['x86_64-unknown-linux-gnu']) as [TargetPlatform]
const workspace = stdWorkspace(BUILD, '1.0.0', TREE, LINUX)

let powers: ReadonlyMap<string, Powers>
let walls: ReadonlySet<string>

beforeAll(async () => {
  await initSyntax()
  const packages = new Map(workspace.packages.map((pkg) => [pkg.id, pkg]))
  const files = await loadFiles(workspace.units, packages, workspace.targets)
  const target = workspace.targets[0] as TargetPlatform
  const program = buildStdFromSource({ units: workspace.units, packages, files, target })
  const state = newGraphState(workspace.targets.map((target) => [target]))
  addProgram(state, program, workspace)
  const entryPoints = buildMaps(
    [readMapFile({ name: 'symbols.toml', text: SYMBOLS })],
    [readMapFile({ name: 'walls.toml', text: WALLS })],
  )
  const functions = publicFunctions(program, new Set(BUILD.public))
  const graph = finishGraph(state)
  powers = derivePowers(graph, entryPoints, functions)
  walls = wallsIn(graph, entryPoints)
})

describe('the workspace', () => {
  test('has the crates of the target, with their roots', () => {
    expect(workspace.units.map(({ id, root }) => `${id} ${root}`)).toEqual([
      'core core/src/lib.rs',
      'alloc alloc/src/lib.rs',
      'libc vendor/libc-0.2.1/src/lib.rs',
      'std std/src/lib.rs',
    ])
    expect(workspace.units.at(-1)?.externs.map(({ name }) => name)).toEqual(['core', 'alloc', 'libc'])
  })

  test('knows options that only std has', () => {
    const cfg = workspace.targets[0]?.cfg ?? []
    expect(cfg).toContainEqual({ name: 'strange' })
    expect(cfg).toContainEqual({ name: 'surely' })
    expect(cfg).toContainEqual({ name: 'target_has_atomic_load_store', value: 'ptr' })
  })

  test('without a crate it is refused', () => {
    const build = { ...BUILD, crates: [{ ...plain, name: 'core', root: 'nowhere/*/lib.rs', externs: [] }] }
    expect(() => stdWorkspace(build, '1.0.0', TREE, LINUX)).toThrow('nowhere/*/lib.rs')
  })
})

test('public functions that reach an entry point, and no others', () => {
  expect(mergePowers([powers])).toEqual([
    ['<std::fs::File as std::io::Read>::read', 'fs/read', 'libc::read', '0'],
    ['<std::fs::File as std::io::Read>::read_to_end', 'fs/read', 'libc::read', '0'],
    ['std::fs::File::open', 'fs/read', 'libc::open', '0'],
    ['std::odd::odd', 'ffi', 'libc::unheard_of', '0'],
  ])
})

test('walls are told apart from walls around nothing', () => {
  expect([...walls]).toEqual(['std::sys::check (walls.toml)'])
})
