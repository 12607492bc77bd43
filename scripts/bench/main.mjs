// Measures caps against itself, against `node -e 0` and, with --cargo, against `cargo check`: each row with its ratio, in one go, on
// whatever machine. Ratios are what counts: seconds say nothing of another machine.
//
//   npm run bench -- [--quick] [--cargo] [--runs N] [--only TEXT]
//
// --quick: what takes a minute, and fails on ratios of caps to itself. --cargo: runs `cargo check` on the same trees, cold, in a
// temporary directory; that compiles them and runs their build scripts, as caps itself never does.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { quickRows, rows } from './rows.mjs'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    cargo: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
if (!existsSync(join(repository, 'dist/bundle/caps.js'))) {
  console.error('bench needs a built caps: run `npm run build`')
  process.exit(2)
}
const directory = mkdtempSync(join(tmpdir(), 'caps-bench-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
process.env.CAPS_CACHE_DIR = join(directory, 'store')

const place = {
  caps: join(repository, 'bin/caps.js'),
  samples: join(repository, 'samples'),
  oracle: process.env.CAPS_ORACLE ?? join(repository, '../shared/oracle'),
  directory,
  runs: Number(values.runs),
  cargo: values.cargo,
}
const said = []
let failed = false
console.log('| what | seconds | MiB | ratio | to | goal |\n|---|---|---|---|---|---|')
for (const { name, of } of values.quick ? quickRows : rows) {
  if (values.only && !name.includes(values.only)) continue
  const { seconds, mebibytes, bytes, ratio, to, goal, skipped } = await of(place, said)
  said.push({ name, seconds, bytes })
  const missed = goal !== undefined && ratio !== undefined && ratio > goal
  failed ||= values.quick && missed
  const cells = skipped
    ? [skipped, '', '', '', '']
    : [
        seconds.toFixed(2),
        mebibytes || '',
        ratio?.toFixed(3) ?? '',
        to ?? '',
        goal === undefined ? '' : `${goal}${missed ? ' (missed)' : ''}`,
      ]
  console.log(`| ${name} | ${cells.join(' | ')} |`)
}
process.exitCode = failed ? 1 : 0
