// How often an update is flagged: consecutive releases of popular crates, each compared with the one before.
//   npm run releases                     analyzes what was not analyzed yet, and writes docs/releases.md
//   npm run releases -- --reports DIR    where the reports are kept (node_modules/.cache/caps-releases)
//   npm run releases -- --only log       some crates, printed instead of written
//   npm run releases -- --newest         chooses the last 21 releases of each crate anew
// Needs a built caps, cargo, and its registry for what is not in its cache. Reports are made once for each version and
// never thrown away: after a change of the analysis (not of the comparison), name another directory.
// docs/releases.json says which crates and versions, and holds what a person found on reading each flagged pair; a
// judgement is of exactly the flags that it names, so that one which came later is not thought to have been read.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const repository = fileURLToPath(new URL('..', import.meta.url))
const recordFile = join(repository, 'docs/releases.json')
const { values } = parseArgs({
  options: {
    reports: { type: 'string', default: join(repository, 'node_modules/.cache/caps-releases') },
    only: { type: 'string' },
    newest: { type: 'boolean', default: false },
  },
})

if (!existsSync(join(repository, 'dist/index.js'))) {
  console.error('releases needs a built caps: run `npm run build`')
  process.exit(2)
}
// Only now: they are of the built caps.
const { comparableResult } = await import('../dist/wiring/diff.js')
const { capsVersion, ProjectError, readReport } = await import('../dist/index.js')
const { diffResults } = await import('../dist/review/diff.js')
const { newestReleases } = await import('./releases/newest.mjs')
const { pairOf } = await import('./releases/pair.mjs')
const { releasesPage } = await import('./releases/page.mjs')

const record = JSON.parse(readFileSync(recordFile, 'utf8'))
const only = values.only?.split(',')
const names = Object.keys(record.crates).filter((name) => !only || only.includes(name))
mkdirSync(values.reports, { recursive: true })

if (values.newest) {
  for (const name of names) record.crates[name] = await newestReleases(name)
  writeFileSync(recordFile, `${JSON.stringify(record, undefined, 2)}\n`)
}

const pairs = []
for (const name of names) {
  let before
  for (const version of record.crates[name]) {
    const now = { version, ...(await reportOf(`${name}@${version}`)) }
    if (before) pairs.push(pairOf(name, before, now, compare(before, now)))
    before = now
  }
}
const page = releasesPage(pairs, record)
for (const { pair, flag } of record.read) {
  const known = pairs.find(({ title }) => title === pair)
  if (known && !known.flags.some(({ text }) => text === flag)) console.error(`no longer flagged: ${pair}: ${flag}`)
}
if (only) process.stdout.write(page)
else writeFileSync(join(repository, 'docs/releases.md'), page)

function compare(before, now) {
  if (!before.result || !now.result) return undefined
  return diffResults({ result: before.result, from: 'source' }, { result: now.result, from: 'source' }, capsVersion())
}

/** The result of one version, kept from an earlier run or made now; or why there is none. */
async function reportOf(spec) {
  const file = join(values.reports, `${spec}.json`)
  if (existsSync(file)) return { result: readReport(file) }
  const began = performance.now()
  try {
    const result = await comparableResult(spec, { target: [record.target] }, () => {})
    // Under its name only when whole: a run may be ended at any moment.
    writeFileSync(`${file}.part`, JSON.stringify(result))
    renameSync(`${file}.part`, file)
    console.error(`${spec}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
    return { result }
  } catch (thrown) {
    if (!(thrown instanceof ProjectError)) throw thrown
    console.error(`${spec}: ${thrown.message}`)
    return { failed: thrown.message }
  }
}
