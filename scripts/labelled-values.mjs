// Holds the values that caps shows against those that a person read in the sources (labelled-values.tsv): of what is shown at these
// places how much is right, and how much of what is right is shown.
//   npm run labelled-values                       all
//   npm run labelled-values -- termcolor@1.4.1    one crate
// Needs a built caps, and cargo to fetch what is not cached.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const caps = fileURLToPath(new URL('../bin/caps.js', import.meta.url))
const rows = readFileSync(new URL('labelled-values.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'))
  .filter(([name]) => process.argv[2] === undefined || name === process.argv[2])

let [shown, wanted, right] = [0, 0, 0]
for (const crate of new Set(rows.map(([name]) => name))) {
  const args = ['analyze', crate, '--granularity', 'site', '--format', 'json', '--quiet']
  const { stdout, status } = spawnSync(process.execPath, [caps, ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 })
  if (status !== 0) {
    console.error(`${crate}: caps gave ${status}`)
    process.exitCode = 1
    continue
  }
  const findings = JSON.parse(stdout).packages.find(({ id }) => id === crate)?.capabilities ?? []
  for (const [, place, capability, values] of rows.filter(([name]) => name === crate)) {
    const labels = new Set(values.split(' | '))
    const found = new Set(
      findings
        .filter((one) => one.capability === capability && one.reach === 'direct')
        .filter(({ path }) => `${path.at(-1).file}:${path.at(-1).line}` === place)
        .flatMap(({ resources = [] }) =>
          resources.filter(({ known }) => known !== 'unknown').map(({ value }) => value),
        ),
    )
    shown += found.size
    wanted += labels.size
    right += [...labels].filter((value) => found.has(value)).length
    for (const value of labels) if (!found.has(value)) console.log(`missed  ${crate} ${place} ${capability} ${value}`)
    for (const value of found) if (!labels.has(value)) console.log(`wrong   ${crate} ${place} ${capability} ${value}`)
  }
}
console.log(`${wanted} values: precision ${(right / shown).toFixed(3)}, recall ${(right / wanted).toFixed(3)}`)
