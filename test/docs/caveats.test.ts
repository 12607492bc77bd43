/** docs/caveats.md: every way of hiding in its tables is tried on a crate, and ends as the document says. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type AnalysisResult, analyze } from '../../src/index.js'
import { fileOf, writeEvasions } from './evasion-crate.js'
import { EVASIONS, type Evasion } from './evasions.js'

const HEADINGS = { seen: 'Is seen', unknown: 'Is said to be unknown', missed: 'Is not seen' } as const

let root = ''
let result: AnalysisResult
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'caps-caveats-'))
  writeEvasions(root)
  result = await analyze(join(root, 'app'), { offline: true, granularity: 'site' })
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** What the report says of an evasion's files: capabilities, and kinds of losses. */
function reported(evasion: Evasion, index: number) {
  const { package: name, file } = fileOf(evasion, index)
  const files = [file, ...Object.keys(evasion.files ?? {})]
  // Configuration of cargo is a package of its own in a report.
  const owner = file.startsWith('.cargo/') || file.startsWith('rust-toolchain') ? '.cargo' : name
  const own = result.packages.filter((each) => each.name === owner).flatMap(({ capabilities }) => capabilities)
  const capabilities = own
    .filter(({ reach, path }) => reach === 'direct' && files.includes(path[0]?.file ?? ''))
    .map(({ capability }) => capability)
  const losses = [...result.coverage.losses, ...result.coverage.unresolved]
    .filter((loss) => loss.package === `${name}@0.1.0`)
    .filter((loss) => files.includes(loss.file))
    .map((loss) => ('kind' in loss ? loss.kind : loss.reason))
  return { capabilities: [...new Set(capabilities)].sort(), losses: [...new Set(losses)].sort() }
}

describe.each(['seen', 'unknown', 'missed'] as const)('%s', (answer) => {
  const rows = [...EVASIONS.entries()].filter(([, evasion]) => evasion.answer === answer)

  test('is what the document lists', () => {
    const document = readFileSync(new URL('../../docs/caveats.md', import.meta.url), 'utf8')
    const section = document.split(/^## /m).find((text) => text.startsWith(HEADINGS[answer])) ?? ''
    const listed = [...section.matchAll(/^\| (?!---)(.+?) \|/gm)].map(([, name]) => name).slice(1)
    expect(listed).toEqual(rows.map(([, { name }]) => name))
  })

  test.each(rows.map(([index, evasion]) => [evasion.name, index, evasion] as const))('%s', (_, index, evasion) => {
    const { capabilities, losses } = reported(evasion, index)
    if (answer === 'seen') expect(capabilities).toContain(evasion.as)
    else if (answer === 'unknown') expect(losses).toContain(evasion.as)
    else
      expect({ capabilities: capabilities.filter((one) => one !== evasion.as), losses }).toEqual({
        capabilities: [],
        losses: [],
      })
  })
})
