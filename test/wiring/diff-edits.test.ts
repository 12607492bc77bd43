/** What was edited in a crate is told by the diff of its two states, and nothing else is. Held on generated workspaces. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { diff } from '../../src/wiring/diff.js'
import { EDITS, writeStates } from '../support/edited-crates.js'

const directory = mkdtempSync(join(tmpdir(), 'caps-edits-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const OPTIONS = { offline: true, target: ['x86_64-unknown-linux-gnu'] }

async function told(old: string, now: string): Promise<ReadonlySet<string>> {
  const { packages } = await diff(old, now, OPTIONS)
  const changed = packages.filter(({ changes }) => changes.some(({ kind }) => kind === 'capability'))
  // What is handed to a dependency changes what its calls act on: that is told there as well.
  return new Set(changed.map(({ name }) => name).filter((name) => name !== 'dep'))
}

describe.each([1, 2])('seed %d', (seed) => {
  const [before, after] = [join(directory, `${seed}-before`), join(directory, `${seed}-after`)]
  const members = writeStates(seed, EDITS.length * 5, before, after)

  test.each([
    ['forwards', before, after],
    ['backwards', after, before],
  ])(
    '%s',
    async (_, old, now) => {
      const found = await told(old, now)
      const isSilent = (edit: string): boolean => edit === 'none' || edit === 'moved'
      expect(members.filter(({ name, edit }) => found.has(name) === isSilent(edit))).toEqual([])
    },
    120_000,
  )

  test('a state against itself', async () => expect(await told(before, before)).toEqual(new Set()), 120_000)
})
