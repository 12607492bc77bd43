/** The room rules (.dependency-cruiser.mjs) fail when a room is entered that must not be: a rule that cannot fail is none. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

const repository = fileURLToPath(new URL('../../', import.meta.url))
let directory = ''

const files: Readonly<Record<string, string>> = {
  'src/project/workspace.ts': 'export interface Workspace { readonly roots: readonly string[] }\n',
  'src/syntax/facts.ts': "import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n",
  'src/types/ty.ts': "import type { Finding } from '../capabilities/findings.js'\nexport type Ty = Finding\n",
  'src/capabilities/findings.ts':
    "import type { Workspace } from '../project/workspace.js'\nexport interface Finding { readonly of: Workspace }\n",
  'src/report/text.ts': "import type { Finding } from '../capabilities/findings.js'\nexport type Line = Finding\n",
  'src/cli/main.ts': "import { read } from '../syntax/facts.js'\nexport const main = read\n",
  'src/names/program.ts': "import { spawn } from 'node:child_process'\nexport const run = spawn\n",
  'src/graph/link/add.ts': "import type { Ty } from '../../types/ty.js'\nexport type Linked = Ty\n",
  'src/graph/crate-share.ts': "import type { Ty } from '../types/ty.js'\nexport type Share = Ty\n",
  'src/graph/call.ts':
    "import 'node:https'\nimport { analyze } from '../wiring/analyze.js'\nexport const a = analyze\n",
  'src/wiring/analyze.ts': "import type { Ty } from '../types/ty.js'\nexport const analyze: Ty | 1 = 1\n",
  'src/review/one.ts': "import type { Two } from './two.js'\nexport type One = Two | 1\n",
  'src/review/two.ts': "import type { One } from './one.js'\nexport type Two = One | 2\n",
  'src/base/floor.ts': "import { basename } from 'node:path'\nexport const last = basename\n",
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'caps-rooms-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  symlinkSync(join(repository, 'node_modules'), join(directory, 'node_modules'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** `rule from -> to` of every violation. */
function violations(): string[] {
  const args = ['--config', join(repository, '.dependency-cruiser.mjs'), '--output-type', 'json', 'src']
  const run = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  let output: string
  try {
    output = execFileSync(process.execPath, [run, ...args], { cwd: directory, encoding: 'utf8', stdio: 'pipe' })
  } catch (failed) {
    output = (failed as { stdout: string }).stdout
  }
  const result = JSON.parse(output) as {
    summary: { violations: { rule: { name: string }; from: string; to: string }[] }
  }
  return result.summary.violations.map((found) => `${found.rule.name} ${found.from} -> ${found.to}`).sort()
}

test('every forbidden import is found, type-only ones too', () => {
  expect(violations()).toEqual([
    'base-imports-nothing src/base/floor.ts -> path',
    'cli-computes-nothing src/cli/main.ts -> src/syntax/facts.ts',
    'files-are-read-in-project src/syntax/facts.ts -> fs',
    'graph-only-looks-back src/graph/call.ts -> src/wiring/analyze.ts',
    'linking-sees-shares-alone src/graph/link/add.ts -> src/types/ty.ts',
    'no-circles src/review/one.ts -> src/review/two.ts',
    'no-network src/graph/call.ts -> https',
    'processes-start-in-project src/names/program.ts -> child_process',
    'report-sees-only-the-result src/report/text.ts -> src/capabilities/findings.ts',
    'rooms-do-not-need-the-wiring src/graph/call.ts -> src/wiring/analyze.ts',
    'shares-are-plain src/graph/crate-share.ts -> src/types/ty.ts',
    'through-the-door src/capabilities/findings.ts -> src/project/workspace.ts',
    'through-the-door src/cli/main.ts -> src/syntax/facts.ts',
    'through-the-door src/graph/link/add.ts -> src/types/ty.ts',
    'through-the-door src/report/text.ts -> src/capabilities/findings.ts',
    'through-the-door src/types/ty.ts -> src/capabilities/findings.ts',
    'through-the-door src/wiring/analyze.ts -> src/types/ty.ts',
    'types-only-looks-back src/types/ty.ts -> src/capabilities/findings.ts',
  ])
})
