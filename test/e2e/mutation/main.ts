/**
 * The mutation run: `npm run mutate -- --count 5000 --seed 1`. Puts powers at random places of crates that compile, and
 * prints how many of them caps saw, told or lost; exits 1 when one vanished. `--json` prints the outcomes alone.
 *
 *   --only SEED     one mutant alone
 *   --block N       mutants in one compilation
 *   --fetched N     crates from cargo's sources beside the samples
 */
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { readCrate } from '../../../src/wiring/analyze.js'
import { fetchedCrates, sampleCrates } from './crates.js'
import { openParser, placesIn } from './places.js'
import { figures, lost, report } from './report.js'
import { type GraphOf, type Outcome, runBlock } from './run-block.js'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    block: { type: 'string', default: '100' },
    fetched: { type: 'string', default: '12' },
    json: { type: 'boolean', default: false },
  },
})

const loaded = (await import(pathToFileURL(join(repository, 'dist/wiring/analyze.js')).href)) as {
  readCrate: typeof readCrate
}
const options = { offline: true, target: ['x86_64-unknown-linux-gnu'] }
const graphOf: GraphOf = async (directory) => (await loaded.readCrate(directory, options, () => {})).graph

const parse = await openParser()
const crates = [...(await sampleCrates(repository)), ...(await fetchedCrates(Number(values.fetched)))].map((crate) => ({
  crate,
  places: [...crate.files].map(([file, text]) => ({ file, places: placesIn(parse(text)) })),
}))
const size = Number(values.block)
const start = Number(values.only ?? values.seed)
const end = values.only === undefined ? start + Number(values.count) : start + 1
const outcomes: Outcome[] = []
// A block has its crate by its place among all blocks, so that a seed always means the same.
for (let seed = start; seed < end; ) {
  const block = Math.floor(seed / size)
  const next = Math.min(end, (block + 1) * size)
  const chosen = crates[block % crates.length]
  if (chosen === undefined) throw new Error('no crate to mutate')
  const seeds = Array.from({ length: next - seed }, (_, index) => seed + index)
  const found = await runBlock(chosen.crate, chosen.places, seeds, graphOf)
  outcomes.push(...found)
  if (!values.json)
    process.stderr.write(`${next - start} of ${end - start}: ${chosen.crate.name}\n${lost(found)}${figures(outcomes)}`)
  seed = next
}
process.stdout.write(values.json ? `${JSON.stringify(outcomes)}\n` : report(outcomes))
process.exitCode = outcomes.some(({ verdict }) => verdict === 'vanished') ? 1 : 0
