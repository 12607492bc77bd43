import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { loadWorkspace, type Workspace } from '../../src/project/index.js'
import { openStore, type Store } from '../../src/store/index.js'
import { callGraphOf } from '../../src/wiring/call-graph-of.js'
import { keptGraph } from '../../src/wiring/kept-graph.js'
import { Scratch } from '../project/support.js'

let directory = ''
let scratch: Scratch
let store: Store
let made = 0
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'caps-store-'))
  store = openStore(directory)
  scratch = new Scratch().useAsCargoHome()
  made = 0
})
afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
  scratch.remove()
})

const MANIFEST = '[package]\nname = "a"\nversion = "1.0.0"\nedition = "2021"\n[features]\nextra = []\n'
const CODE =
  'pub fn f() { let _ = std::fs::read("x"); }\n#[cfg(feature = "extra")] pub fn g() { std::process::exit(1) }\n'

async function workspace(options = {}): Promise<Workspace> {
  return loadWorkspace(scratch.path, { offline: true, target: ['x86_64-unknown-linux-gnu'], ...options })
}

/** Stands for what is worked out of a workspace: what it is does not matter to what is kept. */
const STATS = { references: 0, exact: 0, trait: 0, value: 0, unresolved: {} } as unknown as CallGraph['stats']
const small = (number: number): CallGraph => ({
  functions: [],
  references: [],
  losses: [],
  stats: { ...STATS, exact: number },
})

async function graph(found: Workspace, { verify = false, engine = 'one' } = {}): Promise<CallGraph> {
  return keptGraph(found, { store, engine, verify }, async () => small(verify ? made : ++made))
}

test('the same bytes are worked out once, and are the same graph', async () => {
  scratch.write({ 'Cargo.toml': MANIFEST, 'src/lib.rs': CODE })
  const use = { store, engine: 'one', verify: false }
  const cold = await keptGraph(await workspace(), use, async () => callGraphOf(await workspace()))
  const warm = await keptGraph(await workspace(), use, () => {
    throw new Error('it was kept')
  })
  expect(warm).toEqual(cold)
})

const EDITS: readonly (readonly [string, () => void, object])[] = [
  ['a body', () => scratch.write({ 'src/lib.rs': CODE.replace('read', 'write') }), {}],
  ['another edition', () => scratch.write({ 'Cargo.toml': MANIFEST.replace('2021', '2018') }), {}],
  ['a file that nobody reads yet', () => scratch.write({ 'src/new.rs': '' }), {}],
  ['configuration', () => scratch.write({ '.cargo/config.toml': '[build]\nrustflags = ["--cfg", "x"]\n' }), {}],
  ['features', () => {}, { features: ['extra'] }],
  ['a target', () => {}, { target: ['x86_64-pc-windows-msvc'] }],
]
test.each(EDITS)('%s makes it anew', async (_, edit, options) => {
  scratch.write({ 'Cargo.toml': MANIFEST, 'src/lib.rs': CODE })
  await graph(await workspace())
  edit()
  const found = await workspace(options)
  expect(await graph(found)).toEqual(small(2))
})

test('so does another engine, and what is damaged', async () => {
  scratch.write({ 'Cargo.toml': MANIFEST, 'src/lib.rs': CODE })
  const found = await workspace()
  const cold = await graph(found)
  await graph(found, { engine: 'two' })
  expect(made).toBe(2)
  const get = store.get.bind(store)
  store = { ...methodsOf(store), get: async (key) => (await get(key))?.subarray(0, 20) }
  expect(await graph(found)).toEqual(small(3))
  expect(cold).toEqual(small(1))
})

test('a file that changes while it is read leaves nothing behind', async () => {
  scratch.write({ 'Cargo.toml': MANIFEST, 'src/lib.rs': CODE })
  const found = await workspace()
  const changed = { ...found, packages: found.packages.map((one) => ({ ...one, tree: changing(one.tree) })) }
  await graph(changed)
  expect(await store.summary()).toEqual({ entries: 0, bytes: 0 })
})

test('what is verified and differs ends the run', async () => {
  scratch.write({ 'Cargo.toml': MANIFEST, 'src/lib.rs': CODE })
  const found = await workspace()
  await graph(found)
  await graph(found, { verify: true })
  const wrong = keptGraph(found, { store, engine: 'one', verify: true }, async () => small(7))
  await expect(wrong).rejects.toThrow('another call graph')
})

type Tree = Workspace['packages'][number]['tree']

/** Other contents each time that they are asked for. */
function changing(tree: Tree): Tree {
  let asked = 0
  return {
    files: tree.files,
    read: (path) => tree.read(path),
    contents: () => ({ sums: new Map([['src/lib.rs', String(asked++)]]), binaries: [] }),
  }
}

const methodsOf = (one: Store): Store => ({
  directory: one.directory,
  get: (key) => one.get(key),
  put: (key, value) => one.put(key, value),
  forget: (key) => one.forget(key),
  summary: () => one.summary(),
  keys: () => one.keys(),
  prune: (most) => one.prune(most),
  clean: () => one.clean(),
})
