// A worker whose crates do what their names say, so that a survey's coordinator meets each kind of trouble. It counts its tries in files.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

let directory = ''
let jobs = 0

const triesOf = (name) => {
  const file = join(directory, `tries-${name}`)
  appendFileSync(file, '.')
  return readFileSync(file, 'utf8').length
}

function lock({ name, version }) {
  if (name === 'unlockable')
    return { k: 'failed', failure: { kind: 'input', what: 'no lockfile', why: `in ${directory}` } }
  if (name === 'offline' && triesOf(name) < 2) return { k: 'machine', why: 'no network' }
  const at = join(directory, 'locks', name.slice(0, 2), name.slice(2, 4))
  mkdirSync(at, { recursive: true })
  if (!existsSync(join(at, `${name}@${version}.lock`))) writeFileSync(join(at, `${name}@${version}.lock`), name)
  return { k: 'done' }
}

function analyze({ name }) {
  const tries = triesOf(name)
  if (name === 'killed-once' && tries === 1) process.kill(process.pid, 'SIGKILL')
  if (name === 'killed-always') process.kill(process.pid, 'SIGKILL')
  if (name === 'large') process.kill(process.pid, 'SIGABRT')
  if (name === 'large-after-others' && jobs > 1) process.kill(process.pid, 'SIGABRT')
  if (name === 'endless') process.kill(process.pid, 'SIGXCPU')
  if (name === 'breaking') process.exit(3)
  if (name === 'breaking-once' && tries === 1) process.exit(3)
  if (name === 'full-disk') return { k: 'machine', why: 'ENOSPC: no space left on device' }
  return { k: 'done' }
}

process.on('disconnect', () => process.exit())
process.on('message', (message) => {
  if (message.setup) {
    directory = message.setup.directory
    return
  }
  jobs++
  const { job } = message
  const answer =
    job.k === 'versions'
      ? {
          k: 'crates',
          crates: ['3.0.0', '2.0.0', '1.0.0'].slice(0, job.most).map((version) => ({ name: job.name, version })),
        }
      : job.k === 'lock'
        ? lock(job.crate)
        : analyze(job.crate)
  process.send({ answer, cpu: 0.5, memory: 50 })
})
