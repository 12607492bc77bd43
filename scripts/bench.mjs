// How long `caps analyze` takes on two crates, as a user would start it: median of some runs, and the most memory used. `cold`
// works everything out, `warm` takes it from the store; the last column holds one against the other.
//   npm run bench                      walkdir and ripgrep
//   npm run bench -- tokio@1.54.1      others
//   npm run bench -- --runs 5
// Needs a built caps, and the crates in cargo's cache (or cargo and a registry: the first run fetches and is not counted).
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { peakOf } from './peak-memory.mjs'

const repository = fileURLToPath(new URL('..', import.meta.url))
const caps = join(repository, 'bin/caps.js')
const oracle = process.env.CAPS_ORACLE ?? join(repository, '../shared/oracle')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '3' } },
})
const runs = Number(values.runs)
const crates = positionals.length > 0 ? positionals : ['walkdir@2.5.0', 'ripgrep@15.2.0']

if (!existsSync(join(repository, 'dist/bundle/caps.js'))) {
  console.error('bench needs a built caps: run `npm run build`')
  process.exit(2)
}
const store = mkdtempSync(join(tmpdir(), 'caps-bench-'))
process.on('exit', () => rmSync(store, { recursive: true, force: true }))
process.env.CAPS_CACHE_DIR = store
console.log(
  `${'crate'.padEnd(28)}${'cold s'.padStart(10)}${'least'.padStart(8)}${'most'.padStart(8)}${'MiB'.padStart(8)}${'warm s'.padStart(10)}${'warm/cold'.padStart(11)}`,
)
for (const crate of crates) {
  const lockfile = join(oracle, 'truth', `${crate.replace('@', '-')}.lock`)
  const args = [caps, 'analyze', crate, '--format', 'json', '-o', '/dev/null', '-q']
  if (existsSync(lockfile)) args.push('--lockfile', lockfile)
  const cold = [...args, '--no-cache']
  await run(args)
  const all = []
  const kept = []
  for (let i = 0; i < runs; i++) {
    all.push(await run(cold))
    kept.push((await run(args)).seconds)
  }
  const seconds = all.map((one) => one.seconds).sort((a, b) => a - b)
  const memory = Math.max(...all.map((one) => one.mebibytes))
  const warm = kept.sort((a, b) => a - b)[Math.floor(runs / 2)]
  const ratio = warm / seconds[Math.floor(runs / 2)]
  const cells = [seconds[Math.floor(runs / 2)], seconds[0], seconds[runs - 1]].map((value) => value.toFixed(2))
  console.log(
    crate.padEnd(28) +
      cells[0].padStart(10) +
      cells[1].padStart(8) +
      cells[2].padStart(8) +
      String(memory).padStart(8) +
      warm.toFixed(2).padStart(10) +
      ratio.toFixed(3).padStart(11),
  )
}

/** One run in a process of its own; its peak memory is what the kernel tells while it runs, 0 where there is no /proc. */
async function run(args) {
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  let mebibytes = 0
  const look = setInterval(() => {
    mebibytes = peakOf(child.pid) ?? mebibytes
  }, 20)
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve))
  clearInterval(look)
  if (code !== 0) process.exit(1)
  return { seconds: (performance.now() - began) / 1000, mebibytes }
}
