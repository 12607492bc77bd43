/** The table of places is honest: the compiler takes each of its crates. What caps finds in them is test/graph/places.test.ts. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { PLACES, type Place } from '../support/places/index.js'

/** What rustc says against a crate; nothing when it takes it. */
async function refusal(place: Place, root: string): Promise<string | undefined> {
  for (const [path, text] of Object.entries({ ...place.files, 'lib.rs': place.code })) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const options = ['--edition', `${place.edition}`, '--crate-type', place.kind, '--cap-lints', 'allow']
  const output = ['--emit', 'metadata', '-o', join(root, 'out.rmeta'), '--crate-name', 'app']
  try {
    await promisify(execFile)('rustc', [...options, ...output, join(root, 'lib.rs')], { cwd: root })
    return undefined
  } catch (error) {
    return `${place.name}: ${String((error as { stderr?: string }).stderr).slice(0, 600)}\n${place.code}`
  }
}

test('rustc takes the crate of every place', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'caps-places-'))
  try {
    const queue = PLACES.map((place, index) => ({ place, root: join(directory, `${index}`) }))
    const refused: string[] = []
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const said = await refusal(next.place, next.root)
        if (said !== undefined) refused.push(said)
      }
    }
    await Promise.all(Array.from({ length: availableParallelism() }, worker))
    expect(refused).toEqual([])
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
})
