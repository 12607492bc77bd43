// Holds caps against what rustc saw (the oracle beside this repository) and against the figures of accuracy.json.
//   npm run accuracy                       every root; fails when a figure is lower than the recorded one
//   npm run accuracy -- --only log,duct    some roots
//   npm run accuracy -- --show 20          and what is missing, wrong, unresolved
//   npm run accuracy -- --record           writes the figures measured into accuracy.json
// Needs python3, the oracle (../shared/oracle or CAPS_ORACLE), a built caps, and cargo to fetch what is not cached.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** A figure may be lower by this much: it is rounded to four places. */
const TOLERANCE = 0.0005
const FIGURES = ['resolved', 'recall', 'precision', 'exact']

const repository = fileURLToPath(new URL('..', import.meta.url))
const oracle = process.env.CAPS_ORACLE ?? join(repository, '../shared/oracle')
const recordFile = join(repository, 'accuracy.json')
const { values } = parseArgs({
  options: { only: { type: 'string' }, show: { type: 'string' }, record: { type: 'boolean', default: false } },
})

for (const [path, fix] of [
  [join(oracle, 'run.py'), 'put the oracle beside this repository, or name its directory in CAPS_ORACLE'],
  [join(repository, 'dist/cli/main.js'), 'run `npm run build`'],
]) {
  if (existsSync(path)) continue
  console.error(`accuracy needs ${path}: ${fix}`)
  process.exit(2)
}

const measured = await measure()
const recorded = existsSync(recordFile) ? JSON.parse(readFileSync(recordFile, 'utf8')) : { all: undefined, roots: {} }
const lower = compare(measured, recorded)
for (const line of lower) console.log(line)
if (values.record) record(measured, recorded)
process.exitCode = measured.failed || (lower.length > 0 && !values.record) ? 1 : 0

/** Runs the oracle, shows its table as it comes, and reads the figures from it. */
async function measure() {
  const args = [join(oracle, 'run.py'), `${process.execPath} ${join(repository, 'bin/caps.js')}`]
  if (values.only) args.push('--only', values.only)
  if (values.show) args.push('--show', values.show)
  const child = spawn('python3', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
    process.stdout.write(text)
  })
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  const roots = {}
  let failed = code !== 0
  let all
  for (const line of output.split('\n')) {
    const row = /^(\S+@\S+) +([\d.]+) +([\d.]+) +([\d.]+) +(\d+)\/(\d+) +(\d+) +[\d.]+$/.exec(line)
    if (row) {
      const [resolved, recall, precision, right, packages, references] = row.slice(2).map(Number)
      roots[row[1]] = { resolved, recall, precision, exact: right / packages, packages, references }
    }
    if (/^\S+@\S+ +failed:/.test(line)) failed = true
    if (line.startsWith('all: ')) {
      all = Object.fromEntries([...line.matchAll(/(\w+)=([\d.]+)/g)].map(([, key, value]) => [key, Number(value)]))
    }
  }
  if (!all || Object.keys(roots).length === 0) failed = true
  return { all, roots, failed }
}

/** A line for each figure that is lower than recorded. Totals are compared only when every root was measured. */
function compare(now, before) {
  const pairs = Object.entries(now.roots).map(([name, figures]) => [name, figures, before.roots[name]])
  if (!values.only) pairs.push(['all', now.all, before.all])
  return pairs.flatMap(([name, figures, old]) =>
    FIGURES.filter((figure) => old && figures && figures[figure] < old[figure] - TOLERANCE).map(
      (figure) => `lower: ${name} ${figure} ${figures[figure].toFixed(4)} < ${old[figure].toFixed(4)}`,
    ),
  )
}

function record(now, before) {
  const roots = { ...before.roots, ...now.roots }
  const sorted = Object.fromEntries(
    Object.keys(roots)
      .sort()
      .map((name) => [name, roots[name]]),
  )
  const all = values.only ? before.all : now.all
  writeFileSync(recordFile, `${JSON.stringify({ all, roots: sorted }, undefined, 2)}\n`)
  console.log('recorded in accuracy.json; run `npm run docs` to put the figures into the README')
}
