// What this caps prints and what a revision of it printed: how one changes the inside without changing the outside.
//   npm run same -- main                      the samples: analyze (JSON), graph, check, diff
//   npm run same -- HEAD~3 --crates           six crates too, fetched through caps into cargo's cache
//   npm run same -- main --only walkdir@2.5.0 one crate, by name@version or directory
//   npm run same -- main --built ../other     a build of the revision that is there already
// Exit code 1 where anything differs, stderr and exit codes included; the two outputs of each then stay in a directory.
// The revision is built in a worktree of its own, which is removed again; it gets the packages that are installed here.
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { peakOf } from './peak-memory.mjs'

const repository = fileURLToPath(new URL('..', import.meta.url))
const oracle = process.env.CAPS_ORACLE ?? join(repository, '../shared/oracle')
/** Of many targets, of many macros, of many traits, of foreign code, of a build script, of a workspace that is large. */
const CRATES = [
  'walkdir@2.5.0',
  'mio@1.2.5',
  'memmap2@0.9.12',
  'serde_json@1.0.154',
  'tempfile@3.27.0',
  'ripgrep@15.2.0',
]
const SAMPLES = [
  'build-script',
  'malicious-pair/v1',
  'malicious-pair/v2',
  'platform-specific',
  'plain-library',
  'proc-macro',
  'program',
  'workspace',
]
const PAIR = ['samples/malicious-pair/v1', 'samples/malicious-pair/v2']

/** Characters of a line that differs. */
const SHOWN = 300
const seconds = (one) => one.seconds.toFixed(1)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    crates: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    target: { type: 'string', multiple: true, default: [] },
    built: { type: 'string' },
  },
})
const revision = positionals[0]
if (revision === undefined && values.built === undefined) {
  console.error('same needs a revision to compare with: npm run same -- main')
  process.exit(2)
}

const scratch = mkdtempSync(join(tmpdir(), 'caps-same-'))
const before = values.built === undefined ? build(revision) : resolve(values.built)
const after = repository
let different = 0
try {
  for (const args of runs()) await compare(args)
} finally {
  if (values.built === undefined) git('worktree', 'remove', '--force', before)
  if (different === 0) rmSync(scratch, { recursive: true, force: true })
}
console.log(different === 0 ? 'the same' : `${different} differ; what both printed is in ${scratch}`)
process.exit(different === 0 ? 0 : 1)

function git(...args) {
  return execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim()
}

function build(revision) {
  const directory = join(scratch, 'before')
  git('worktree', 'add', '--detach', directory, revision)
  symlinkSync(join(repository, 'node_modules'), join(directory, 'node_modules'))
  try {
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: directory, stdio: 'inherit' })
  } catch (thrown) {
    git('worktree', 'remove', '--force', directory)
    throw thrown
  }
  return directory
}

/** The arguments of every run; both sides start in this repository, so that they read the same samples. */
function runs() {
  const targets = values.target.flatMap((target) => ['--target', target])
  if (values.only.length > 0) return values.only.flatMap((crate) => onCrate(crate, targets))
  const samples = SAMPLES.flatMap((sample) => onCrate(`samples/${sample}`, targets))
  return [
    ...samples,
    ['diff', ...PAIR, '--offline', '--format', 'json'],
    ['diff', ...PAIR, '--offline'],
    ['check', PAIR[1], '--policy', 'samples/malicious-pair/caps.toml', '--offline', '--format', 'json'],
    ...(values.crates ? CRATES.flatMap((crate) => onCrate(crate, targets)) : []),
  ]
}

function onCrate(crate, targets) {
  const lockfile = join(oracle, 'truth', `${crate.replace('@', '-')}.lock`)
  const locked = existsSync(lockfile) ? ['--lockfile', lockfile] : []
  const options = [...(existsSync(join(repository, crate)) ? ['--offline'] : locked), ...targets]
  return [
    ['graph', crate, ...options],
    ['analyze', crate, '--format', 'json', ...options],
  ]
}

/** One after the other: two at a time would not fit into the memory of every machine. */
async function compare(args) {
  const name =
    args
      .slice(0, 2)
      .join('-')
      .replace(/[^\w.@-]/g, '_') + (args.includes('--format') ? '' : '-plain')
  const [old, now] = [await run(before, args, `${name}.before`), await run(after, args, `${name}.after`)]
  const same = old.digest === now.digest
  // Two that were refused are the same and tell nothing.
  const refused = now.code === 2 ? ', refused' : ''
  const times = `${seconds(old)} s, ${old.mebibytes} MiB before; ${seconds(now)} s, ${now.mebibytes} MiB after${refused}`
  console.log(`${same ? 'same' : 'DIFFERENT'}  ${args.join(' ')}  (${times})`)
  if (!same) {
    different++
    console.log(firstDifference(old.file, now.file))
  } else for (const { file } of [old, now]) rmSync(file)
}

async function run(home, args, name) {
  const file = join(scratch, name)
  // Each run works out all of it: what another kept would hide what this one does.
  const cache = join(scratch, 'cache')
  const out = openSync(file, 'w')
  const began = performance.now()
  const child = spawn(process.execPath, [join(home, 'bin/caps.js'), ...args, '--quiet'], {
    cwd: repository,
    stdio: ['ignore', out, 'pipe'],
    env: { ...process.env, NO_COLOR: '1', CAPS_BACKTRACE: '', CAPS_CACHE_DIR: cache },
  })
  let mebibytes = 0
  const look = setInterval(() => {
    mebibytes = peakOf(child.pid) ?? mebibytes
  }, 50)
  const told = []
  child.stderr.on('data', (data) => told.push(data))
  const code = await new Promise((done, fail) => child.on('error', fail).on('close', done))
  clearInterval(look)
  closeSync(out)
  rmSync(cache, { recursive: true, force: true })
  writeFileSync(file, `exit code ${code}\n${Buffer.concat(told)}`, { flag: 'a' })
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex')
  return { file, code, digest, mebibytes, seconds: (performance.now() - began) / 1000 }
}

/** The first line that differs, from a little before where it does. */
function firstDifference(old, now) {
  const [a, b] = [old, now].map((file) => readFileSync(file, 'utf8').split('\n'))
  const line = a.findIndex((text, i) => text !== b[i])
  const [left = '', right = ''] = [a[line], b[line]]
  let at = 0
  while (at < left.length && left[at] === right[at]) at++
  const part = (text) => text.slice(Math.max(0, at - SHOWN / 2), at + SHOWN)
  return `  line ${line + 1} of ${a.length} and ${b.length}\n  - ${part(left)}\n  + ${part(right)}`
}
