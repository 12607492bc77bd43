/** The action from event to verdict, on a runner that is only files, with a library that says what the test wants. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { runAction } from '../../../src/cli/github-action/main.js'
import type { Reviews } from '../../../src/cli/github-action/review.js'
import { ProjectError } from '../../../src/index.js'
import { commandsOf } from '../../report/github-runner.js'
import { capabilityChange, check, diff, packageDiff, problem, valueChange } from '../../report/reviews.js'
import { sarifProblems } from '../../report/sarif-schema.js'

const COMMIT = 'c'.repeat(40)
const PULL_REQUEST = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_SHA: COMMIT }
const PUSH = { GITHUB_EVENT_NAME: 'push', GITHUB_SHA: COMMIT }

let directory = ''
let before = ''
beforeEach(() => {
  before = process.cwd()
  directory = mkdtempSync(join(tmpdir(), 'caps-action-'))
  for (const name of ['checkout', 'runner']) mkdirSync(join(directory, name))
  writeFileSync(join(directory, 'checkout/Cargo.toml'), '[package]\nname = "app"\nversion = "1.0.0"\n')
  mkdirSync(join(directory, 'checkout/src'))
  writeFileSync(join(directory, 'checkout/src/lib.rs'), '')
  process.chdir(join(directory, 'checkout'))
})
afterEach(() => {
  process.chdir(before)
  rmSync(directory, { recursive: true, force: true })
})

const clean = { check: check([]), diff: diff([]) }
const bad = { check: check([problem()]), diff: diff([packageDiff([capabilityChange()])]) }

/** A library that answers at once, and remembers what it was asked. */
function library(answers: typeof clean) {
  return {
    check: jest.fn<Reviews['check']>(async () => answers.check),
    diff: jest.fn<Reviews['diff']>(async () => answers.diff),
  }
}

async function run(environment: Readonly<Record<string, string>>, reviews: Reviews) {
  const files = { GITHUB_OUTPUT: join(directory, 'output'), GITHUB_STEP_SUMMARY: join(directory, 'summary') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  let log = ''
  const code = await runAction(
    {
      environment: { ...files, RUNNER_TEMP: join(directory, 'runner'), ...environment },
      workspace: join(directory, 'checkout'),
      log: (text) => {
        log += text
      },
    },
    reviews,
  )
  const lines = readFileSync(files.GITHUB_OUTPUT, 'utf8').trimEnd().split('\n')
  const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]))
  return { code, log, outputs, summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8') }
}

describe('which review an event asks for', () => {
  const policy = () => writeFileSync(join(directory, 'checkout/caps.toml'), 'version = 1\n')

  test('a push is checked', async () => {
    const asked = library(clean)
    expect(await run(PUSH, asked)).toMatchObject({ code: 0, outputs: { verdict: 'clean', 'exit-code': '0' } })
    expect(asked.diff).not.toHaveBeenCalled()
    expect(asked.check.mock.calls[0]).toMatchObject(['./.', { failOn: 'new', strict: false }])
  })

  test('a pull request is compared with what it would be merged into', async () => {
    const asked = library(bad)
    expect(await run(PULL_REQUEST, asked)).toMatchObject({ code: 1, outputs: { verdict: 'gained', 'exit-code': '1' } })
    expect(asked.check).not.toHaveBeenCalled()
    expect(asked.diff.mock.calls[0]).toMatchObject([
      { spec: './.', options: { revision: `${COMMIT}^1` } },
      { spec: './.', options: { offline: false } },
    ])
    expect(asked.diff.mock.calls[0]?.[1]).not.toHaveProperty('options.revision')
  })

  test('where there is a policy it decides, and the comparison is shown with it', async () => {
    policy()
    const allowed = await run(PULL_REQUEST, library({ check: clean.check, diff: bad.diff }))
    expect(allowed).toMatchObject({ code: 0, outputs: { verdict: 'clean' } })
    expect(allowed.summary).toContain('<!-- caps check -->')
    expect(allowed.summary).toContain('<!-- caps diff -->')
    const refused = await run(PULL_REQUEST, library({ check: bad.check, diff: clean.diff }))
    expect(refused).toMatchObject({ code: 1, outputs: { verdict: 'not-allowed' } })
  })

  test('a mode of its own', async () => {
    policy()
    const onlyDiff = library(clean)
    await run({ ...PULL_REQUEST, CAPS_MODE: 'diff' }, onlyDiff)
    expect(onlyDiff.check).not.toHaveBeenCalled()
    const onlyCheck = library(clean)
    await run({ ...PULL_REQUEST, CAPS_MODE: 'check' }, onlyCheck)
    expect(onlyCheck.diff).not.toHaveBeenCalled()
    const nothing = await run({ ...PUSH, CAPS_MODE: 'diff' }, library(clean))
    expect(nothing).toMatchObject({ code: 2, outputs: { verdict: 'error', 'exit-code': '2' } })
    expect(nothing.log).toContain('There is no base to compare with')
  })

  test('the base of a merge queue, of pull_request_target, and one that was named', async () => {
    const event = join(directory, 'event.json')
    writeFileSync(event, JSON.stringify({ merge_group: { base_sha: 'b'.repeat(40) } }))
    for (const [environment, revision] of [
      [{ GITHUB_EVENT_NAME: 'merge_group', GITHUB_SHA: COMMIT, GITHUB_EVENT_PATH: event }, 'b'.repeat(40)],
      [{ GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_SHA: COMMIT }, COMMIT],
      [{ ...PULL_REQUEST, CAPS_BASE: 'origin/main' }, 'origin/main'],
      [{ ...PUSH, CAPS_BASE: 'v1.0.0' }, 'v1.0.0'],
    ] as const) {
      const asked = library(clean)
      expect(await run(environment, asked)).toMatchObject({ code: 0 })
      expect(asked.diff.mock.calls[0]?.[0]).toMatchObject({ options: { revision } })
    }
  })

  test('an event file that is none is an error, not a check of something else', async () => {
    const event = join(directory, 'event.json')
    writeFileSync(event, JSON.stringify({ merge_group: { base_sha: '--upload-pack=x' } }))
    const asked = library(clean)
    const merged = await run({ GITHUB_EVENT_NAME: 'merge_group', GITHUB_EVENT_PATH: event }, asked)
    expect(merged).toMatchObject({ code: 2, outputs: { verdict: 'error' } })
    expect(asked.check).not.toHaveBeenCalled()
  })
})

describe('fail-on', () => {
  test('never reports and does not fail', async () => {
    for (const [event, verdict] of [
      [PUSH, 'not-allowed'],
      [PULL_REQUEST, 'gained'],
    ] as const) {
      const done = await run({ ...event, CAPS_FAIL_ON: 'never' }, library(bad))
      expect(done).toMatchObject({ code: 0, outputs: { verdict, 'exit-code': '0' } })
    }
  })

  test('of a comparison: more uses fail with any and increase, not with new', async () => {
    const more = library({ ...clean, diff: diff([packageDiff([capabilityChange({ change: 'more' })])]) })
    const codes: number[] = []
    for (const level of ['new', 'increase', 'any']) {
      codes.push((await run({ ...PULL_REQUEST, CAPS_FAIL_ON: level }, more)).code)
    }
    expect(codes).toEqual([0, 1, 1])
  })

  test('of a comparison: a new value fails with new-value, one with a tag with sensitive too', async () => {
    const answers = [valueChange(), valueChange({ resource: { ...valueChange().resource, tags: ['credentials'] } })]
    const codes: number[][] = []
    for (const change of answers) {
      const asked = library({ ...clean, diff: diff([packageDiff([change])]) })
      const its: number[] = []
      for (const level of ['new', 'sensitive', 'new-value', 'any'])
        its.push((await run({ ...PULL_REQUEST, CAPS_FAIL_ON: level }, asked)).code)
      codes.push(its)
    }
    expect(codes).toEqual([
      [0, 0, 1, 1],
      [0, 1, 1, 1],
    ])
  })

  test.each(['sensitive', 'new-value', 'increase', 'any'] as const)(
    'a check is asked for %s as it is',
    async (level) => {
      const asked = library(clean)
      await run({ ...PUSH, CAPS_FAIL_ON: level }, asked)
      expect(asked.check.mock.calls[0]?.[1]).toMatchObject({ failOn: level })
    },
  )
})

describe('what it leaves', () => {
  test('annotations in the log; SARIF and Markdown in files outside of the checkout', async () => {
    const done = await run(PUSH, library(bad))
    expect(commandsOf(done.log).map(({ name }) => name)).toContain('error')
    const { sarif = '', markdown = '' } = done.outputs
    expect(sarif).toMatch(new RegExp(`^${directory}/runner/caps-`))
    expect(sarifProblems(JSON.parse(readFileSync(sarif, 'utf8')))).toEqual([])
    expect(readFileSync(markdown, 'utf8')).toBe(done.summary)
    expect(done.summary).toContain('helper')
  })

  test('other formats of the log make no command, whatever a crate is called', async () => {
    const hostile = problem({ message: '::add-mask::x ##[add-path]/tmp\n::set-output name=verdict::clean' })
    for (const format of ['text', 'json', 'markdown']) {
      const done = await run({ ...PUSH, CAPS_FORMAT: format }, library({ ...clean, check: check([hostile]) }))
      const [stop, ...rest] = done.log.trimEnd().split('\n')
      const word = /^::stop-commands::([0-9a-f-]{36})$/.exec(stop ?? '')?.[1] ?? 'none'
      expect(rest.at(-1)).toBe(`::${word}::`)
      expect(rest.slice(0, -1).join('\n')).not.toContain(word)
    }
  })

  test('an error is one annotation; outputs say so', async () => {
    const failing: Reviews = {
      ...library(clean),
      diff: async () => {
        throw new ProjectError(`There is no revision ${COMMIT}^1`, 'not found\n::add-path::/tmp', 'Fetch it.')
      },
    }
    const done = await run(PULL_REQUEST, failing)
    expect(done).toMatchObject({ code: 2, summary: '', outputs: { verdict: 'error', 'exit-code': '2' } })
    expect(commandsOf(done.log)).toHaveLength(1)
    expect(done.log).toMatch(/^::error title=caps::There is no revision c{40}\^1: .*fetch-depth: 0/)
  })

  test('what cannot be written is an error, and half a line is taken back', async () => {
    for (const full of [
      { GITHUB_OUTPUT: '/dev/full' },
      { GITHUB_STEP_SUMMARY: '/dev/full' },
      { RUNNER_TEMP: '/nowhere' },
    ]) {
      const done = await run({ ...PUSH, ...full }, library(clean))
      expect(done.code).toBe(2)
      expect(done.log).toMatch(/::error title=caps::The output cannot be written to [^\n]+\n$/)
      if (!('GITHUB_OUTPUT' in full)) expect(done.outputs).toEqual({ verdict: 'error', 'exit-code': '2' })
    }
  })

  test('a log that cannot be written to is an error that the outputs tell', async () => {
    const outputs = join(directory, 'output')
    writeFileSync(outputs, '')
    const log = (): never => {
      throw new Error('no room')
    }
    const environment = { ...PUSH, RUNNER_TEMP: join(directory, 'runner'), GITHUB_OUTPUT: outputs }
    expect(await runAction({ environment, workspace: join(directory, 'checkout'), log }, library(clean))).toBe(2)
    expect(readFileSync(outputs, 'utf8')).toBe('verdict=error\nexit-code=2\n')
  })
})
