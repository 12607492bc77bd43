/**
 * A small workspace is edited at random, and after each edit what the store gives is what is worked out anew. Edits are taken
 * back now and then, so that entries of earlier states are met as well.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { loadWorkspace, type Workspace } from '../../src/project/index.js'
import { openStore } from '../../src/store/index.js'
import { callGraphOf } from '../../src/wiring/call-graph-of.js'
import { keptGraph } from '../../src/wiring/kept-graph.js'
import { crateFiles, type FakeCrate, fillRegistry, lockEntry, Scratch } from '../project/support.js'
import { generator } from '../support/target-crates.js'

let scratch: Scratch
let directory = ''
beforeEach(() => {
  scratch = new Scratch().useAsCargoHome()
  directory = mkdtempSync(join(tmpdir(), 'caps-store-'))
})
afterEach(() => {
  scratch.remove()
  rmSync(directory, { recursive: true, force: true })
})

/** One value of each is what the workspace is made of. */
const CHOICES = {
  body: ['std::fs::read("a")', 'std::fs::read("b")', 'std::fs::write("a", "b")'],
  signature: ['x: &dyn Act', 'x: &Local', 'x: &impl Act'],
  macro: ['std::process::exit(1)', 'std::env::var("A").ok()', '()'],
  cfg: ['unix', 'windows', 'feature = "extra"', 'any(unix, feature = "extra")'],
  feature: ['[]', '["extra"]'],
  version: ['1.0.0', '1.1.0'],
} as const
type State = { readonly [key in keyof typeof CHOICES]: string }
type Random = () => number

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

/** One thing is another afterwards. */
function edited(random: Random, state: State): State {
  const what = pick(random, Object.keys(CHOICES) as (keyof State)[])
  return {
    ...state,
    [what]: pick(
      random,
      CHOICES[what].filter((value) => value !== state[what]),
    ),
  }
}

const DEPENDENCIES: readonly FakeCrate[] = CHOICES.version.map((version) => ({
  id: `dep@${version}`,
  files: {
    'src/lib.rs': `pub fn act() { ${version === '1.0.0' ? 'let _ = std::net::TcpStream::connect("a:1");' : ''} }`,
  },
}))

function write({ body, signature, macro, cfg, feature, version }: State): void {
  const lock = fillRegistry(scratch, DEPENDENCIES).split('\n[[package]]')
  const dep = lock.find((entry) => entry.includes(`version = "${version}"`) && entry.includes('name = "dep"')) ?? ''
  const high = { id: 'high@1.0.0', needs: ['dep@x', 'low@1.0.0'], local: true }
  const locked = [
    lockEntry(high, '').replace('dep x', 'dep'),
    lockEntry({ id: 'low@1.0.0', local: true }, ''),
    `[[package]]${dep}`,
  ]
  const members: readonly FakeCrate[] = [
    {
      id: 'low@1.0.0',
      manifest: `[features]\ndefault = ${feature}\nextra = []\n`,
      files: {
        'src/lib.rs': `
pub trait Act { fn act(&self) {} }
pub struct Local;
impl Act for Local { fn act(&self) { let _ = ${body}; } }
#[macro_export] macro_rules! made { () => { pub fn made() { let _ = ${macro}; } } }
#[cfg(${cfg})] pub fn only() { std::thread::spawn(|| {}); }
#[cfg(not(${cfg}))] pub fn only() {}
pub fn take(${signature}) { x.act() }
`,
      },
    },
    {
      id: 'high@1.0.0',
      manifest: '[dependencies]\nlow = { path = "../low" }\ndep = "1"\n',
      files: {
        'src/lib.rs': 'low::made!();\npub fn all() { low::take(&low::Local); low::only(); made(); dep::act(); }\n',
      },
    },
  ]
  scratch.write({
    'ws/Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["low", "high"]\n',
    'ws/Cargo.lock': `version = 4\n\n${locked.join('\n')}`,
  })
  for (const member of members)
    for (const [path, text] of Object.entries(crateFiles(member)))
      scratch.write({ [`ws/${member.id.split('@')[0]}/${path}`]: text })
}

const TARGETS = ['x86_64-unknown-linux-gnu']
const load = (): Promise<Workspace> => loadWorkspace(join(scratch.path, 'ws'), { offline: true, target: TARGETS })

const EDITS = Number(process.env['CAPS_EDITS'] ?? '16')

test.each([1])(
  'seed %d: warm is as cold after each edit',
  async (seed) => {
    const random = generator(seed)
    const states: State[] = [Object.fromEntries(Object.entries(CHOICES).map(([key, list]) => [key, list[0]])) as State]
    const colds = new Map<string, string>()
    let made = 0
    for (let count = 0; count < EDITS; count++) {
      const last = states.at(-1) as State
      const state = random() < 0.3 ? pick(random, states) : edited(random, last)
      states.push(state)
      write(state)
      const use = { store: openStore(directory), engine: 'one', verify: false }
      let fresh: CallGraph | undefined
      const warm = await keptGraph(await load(), use, async () => {
        made++
        fresh = await callGraphOf(await load())
        return fresh
      })
      const cold = JSON.stringify(fresh ?? (await callGraphOf(await load())))
      expect(JSON.stringify(warm)).toBe(cold)
      const again = await keptGraph(await load(), use, () => {
        throw new Error('it was kept just now')
      })
      expect(JSON.stringify(again)).toBe(cold)
      colds.set(JSON.stringify(state), cold)
    }
    // Each state was made once, and some are other graphs: else all of this would hold of an empty store, or of a stone.
    expect(made).toBe(colds.size)
    expect(made).toBeLessThan(EDITS)
    expect(new Set(colds.values()).size).toBeGreaterThan(2)
  },
  300_000,
)
