/**
 * The long run: `npm run oracle -- --count 2000 --seed 1 --jobs 2`. Prints how often each mechanism and mutation was met, each
 * difference with its seed and the mechanisms that it needs, and exits 1 when there is one. `--json` prints the outcomes alone.
 *
 *   --only SEED     one world, kept on disk, with its differences
 *   --off A,B       without these mechanisms
 *   --no-shrink     differences as found
 */
import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { cargoDirectory } from './cargo.js'
import { report } from './report.js'
import { type Caps, type Outcome, type Place, runWorld } from './run-world.js'
import { shrink } from './shrink.js'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

async function loadCaps(): Promise<Caps> {
  const load = async (path: string): Promise<Record<string, unknown>> =>
    import(pathToFileURL(join(repository, 'dist/project', path)).href)
  const { loadWorkspace } = await load('index.js')
  const { DEFAULT_REGISTRY_SOURCE } = await load('locked-source.js')
  return { loadWorkspace: loadWorkspace as Caps['loadWorkspace'], defaultRegistry: String(DEFAULT_REGISTRY_SOURCE) }
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    only: { type: 'string' },
    off: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
    /** Of one of the jobs: every how manieth seed it takes. */
    step: { type: 'string' },
  },
})

const cargo = cargoDirectory()
if (cargo === undefined) {
  process.stdout.write('There is no cargo here: nothing was compared.\n')
  process.exit(3)
}
const off = new Set(values.off.split(',').filter((name) => name !== ''))

if (values.only !== undefined) {
  const directory = join(realpathSync(tmpdir()), 'caps-oracle-kept')
  mkdirSync(directory, { recursive: true })
  const outcome = await runWorld(Number(values.only), off, await loadCaps(), { directory, cargo, keep: true })
  process.stdout.write(`${JSON.stringify(outcome, undefined, 2)}\nKept in ${directory}/w${values.only}\n`)
} else if (values.step === undefined) {
  const outcomes = await inJobs(Number(values.jobs))
  process.stdout.write(values.json ? `${JSON.stringify(outcomes)}\n` : report(outcomes))
  process.exitCode = outcomes.some(({ differences }) => differences.length > 0) ? 1 : 0
} else {
  await work(Number(values.step), cargo)
}

/** A job: its share of the seeds, each outcome sent to the one that started it. */
async function work(step: number, cargoPlace: string): Promise<void> {
  const caps = await loadCaps()
  const place: Place = {
    directory: realpathSync(mkdtempSync(join(tmpdir(), 'caps-oracle-'))),
    cargo: cargoPlace,
    keep: false,
  }
  try {
    for (let seed = Number(values.seed); seed < Number(values.count); seed += step) {
      const outcome = await runWorld(seed, off, caps, place)
      const shrunk =
        values['no-shrink'] || outcome.differences.length === 0 ? outcome : await shrink(outcome, off, caps, place)
      process.send?.(shrunk)
    }
  } finally {
    rmSync(place.directory, { recursive: true, force: true })
  }
  process.disconnect?.()
}

async function inJobs(jobs: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const start = Number(values.seed)
  const end = start + Number(values.count)
  await Promise.all(
    Array.from({ length: jobs }, (_, index) => {
      const args = [
        '--seed',
        String(start + index),
        '--count',
        String(end),
        '--step',
        String(jobs),
        '--off',
        values.off,
      ]
      const child = fork(process.argv[1] ?? '', [...args, ...(values['no-shrink'] ? ['--no-shrink'] : [])], {
        execArgv: process.execArgv,
      })
      child.on('message', (message) => {
        const outcome = message as Outcome
        outcomes.push(outcome)
        // A long run that is to be mended need not be waited for.
        for (const { kind, text } of outcome.differences) process.stderr.write(`${outcome.seed}: ${kind}: ${text}\n`)
        if (!values.json && outcomes.length % 100 === 0) process.stderr.write(`${outcomes.length} of ${values.count}\n`)
      })
      return new Promise<void>((resolve, reject) => {
        child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a job ended with ${code}`))))
      })
    }),
  )
  return outcomes.sort((a, b) => a.seed - b.seed)
}
