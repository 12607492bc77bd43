/** The action's own steps, in bash as a runner runs them, on a repository with a malicious pull request. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { commandsOf } from '../report/github-runner.js'
import { sarifProblems } from '../report/sarif-schema.js'
import { repository } from './run-caps.js'

const action: { readonly runs: { readonly steps: readonly { readonly run: string }[] } } = parse(
  readFileSync(join(repository, 'action.yml'), 'utf8'),
)
const script = action.runs.steps.at(-1)?.run ?? ''

let root = ''
let checkout = ''
let commit = ''
const git = (...args: string[]): string => {
  const done = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', ...args], {
    cwd: checkout,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
  })
  if (done.status !== 0) throw new Error(done.stderr)
  return done.stdout.trim()
}
const put = (sample: string): void => cpSync(join(repository, 'samples', sample), checkout, { recursive: true })
const commitAll = (message: string): void => {
  git('add', '-A')
  git('commit', '-qm', message)
}

/** A merge commit of a branch that brings the malicious version, as GitHub makes it of a pull request. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'caps-action-'))
  checkout = join(root, 'check out')
  mkdirSync(checkout)
  mkdirSync(join(root, 'temp'))
  git('init', '-q', '-b', 'main')
  put('malicious-pair/v1')
  commitAll('v1')
  git('checkout', '-qb', 'update')
  put('malicious-pair/v2')
  commitAll('v2')
  git('checkout', '-q', 'main')
  git('merge', '-q', '--no-ff', '-m', 'merge', 'update')
  commit = git('rev-parse', 'HEAD')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** The step's script; as GitHub does, with every input in the environment and a directory of its own on the PATH. */
function step(environment: Readonly<Record<string, string>>) {
  const files = { GITHUB_OUTPUT: join(root, 'output'), GITHUB_STEP_SUMMARY: join(root, 'summary') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const done = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: checkout,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      ...files,
      GITHUB_ACTION_PATH: repository,
      GITHUB_SHA: commit,
      RUNNER_TEMP: join(root, 'temp'),
      CAPS_OFFLINE: 'true',
      ...environment,
    },
  })
  const outputs = new Map(
    readFileSync(files.GITHUB_OUTPUT, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  )
  return {
    code: done.status,
    log: done.stdout,
    stderr: done.stderr,
    outputs,
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
  }
}

test('a malicious pull request is stopped, and says where', () => {
  const done = step({ GITHUB_EVENT_NAME: 'pull_request' })
  expect(done).toMatchObject({ code: 1, stderr: '' })
  expect(done.outputs.get('verdict')).toBe('gained')
  const errors = commandsOf(done.log).filter(({ name }) => name === 'warning' || name === 'error')
  expect(errors.map(({ properties }) => properties['file'])).toContain('src/flush.rs')
  expect(done.summary).toContain('<!-- caps diff -->')
  const sarif = JSON.parse(readFileSync(done.outputs.get('sarif') ?? '', 'utf8'))
  expect(sarifProblems(sarif)).toEqual([])
  expect(git('status', '--porcelain')).toBe('')
})

test('a policy that allows it lets it through; a push to a branch is checked', () => {
  expect(step({ GITHUB_EVENT_NAME: 'push' })).toMatchObject({ code: 2 })
  const init = spawnSync(process.execPath, [join(repository, 'bin/caps.js'), 'init', '--offline'], { cwd: checkout })
  expect(init.status).toBe(0)
  git('add', 'caps.toml')
  git('commit', '-q', '--amend', '--no-edit')
  const merge = commit
  commit = git('rev-parse', 'HEAD')
  const pull = step({ GITHUB_EVENT_NAME: 'pull_request' })
  expect(pull).toMatchObject({ code: 0, stderr: '' })
  expect(pull.outputs.get('verdict')).toBe('clean')
  expect(pull.summary).toMatch(/<!-- caps check -->[\s\S]*<!-- caps diff -->/)
  expect(step({ GITHUB_EVENT_NAME: 'push' })).toMatchObject({ code: 0 })
  commit = merge
  git('reset', '-q', '--hard', commit)
})

test('inputs that a stranger wrote are words', () => {
  const pwned = join(root, 'pwned')
  const hostile = `$(touch ${pwned})'; touch ${pwned} #\n::add-path::${root}`
  for (const input of ['CAPS_PATH', 'CAPS_BASE', 'CAPS_POLICY', 'CAPS_TARGET', 'CAPS_FAIL_ON']) {
    const done = step({ GITHUB_EVENT_NAME: 'pull_request', [input]: hostile })
    expect(done.stderr).toBe('')
    expect(commandsOf(done.log).map(({ name }) => name)).not.toContain('add-path')
  }
  expect(existsSync(pwned)).toBe(false)
})

test('a checkout that lacks the base: what to do is in the annotation', () => {
  const all = checkout
  git('clone', '-q', '--depth=1', `file://${all}`, '../shallow')
  checkout = join(root, 'shallow')
  const done = step({ GITHUB_EVENT_NAME: 'pull_request' })
  checkout = all
  expect(done).toMatchObject({ code: 2, stderr: '' })
  expect(commandsOf(done.log)).toHaveLength(1)
  expect(done.log).toContain('fetch-depth: 0')
  expect(done.log).toContain('git fetch --deepen=1')
})

test('what is judged is the commit, whatever a step before has made of the files on disk', () => {
  put('malicious-pair/v1')
  rmSync(join(checkout, 'src/flush.rs'), { force: true })
  expect(git('status', '--porcelain')).not.toBe('')
  expect(step({ GITHUB_EVENT_NAME: 'pull_request' }).outputs.get('verdict')).toBe('gained')
  // A policy that is not committed is none; one that an input names is read as it lies there.
  writeFileSync(
    join(checkout, 'caps.toml'),
    'version = 1\n[[allow]]\npackage = "*"\ncapabilities = ["*"]\nreason = "all"\n',
  )
  expect(step({ GITHUB_EVENT_NAME: 'pull_request' }).outputs.get('verdict')).toBe('gained')
  git('stash', '-qu')
  git('stash', 'drop', '-q')
  git('checkout', '-q', 'main')
})

test('a comparison of other commits than the event’s is an error, never clean', () => {
  const other = git('rev-parse', 'HEAD^1')
  const elsewhere = step({ GITHUB_EVENT_NAME: 'pull_request', GITHUB_SHA: other })
  expect(elsewhere).toMatchObject({ code: 2 })
  expect(elsewhere.log).toContain('What is checked out is not what the workflow runs for')
  const target = step({ GITHUB_EVENT_NAME: 'pull_request_target' })
  expect(target).toMatchObject({ code: 2 })
  expect(target.log).toContain('What is checked out is the base itself')
})
