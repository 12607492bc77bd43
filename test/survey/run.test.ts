// The coordinator of a survey, with workers that do what the names of their crates say.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  digestOfHow,
  type How,
  runSurvey,
  SurveyDirectory,
  type SurveyPlan,
  type SurveySummary,
} from '../../src/survey/index.js'

const HOW: How = { engine: 'e', maps: 'm', features: [], allFeatures: false, noDefaultFeatures: false, targets: [] }
const LIMITS = { memory: 1000, work: 10 }

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'caps-survey-'))
  rmSync(directory, { recursive: true })
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function survey(names: readonly string[], plan: Partial<SurveyPlan> = {}): Promise<SurveySummary> {
  const listed = names.map((text, index) => {
    const [name = '', version] = text.split('@')
    return { name, rank: index + 1, ...(version !== undefined && { version }) }
  })
  const setup = { directory, how: HOW, capabilityMaps: [], offline: true, cache: false, limits: LIMITS }
  const workerFile = fileURLToPath(new URL('fake-worker.mjs', import.meta.url))
  const patience = { attempts: 3, waitMs: 1 }
  return runSurvey({ listed, setup, workers: 2, workerFile, patience, ...plan }, () => {})
}

const failureOf = (name: string, lockfile?: string) => {
  const found = new SurveyDirectory(directory)
  const crate = { name, version: '1.0.0' }
  return found.readFailure(crate, lockfile ?? found.lockDigest(crate) ?? null, digestOfHow(HOW))?.failure
}
const triesOf = (name: string): number => readFileSync(join(directory, `tries-${name}`), 'utf8').length

test('a listed name stands for its newest versions, a version for itself', async () => {
  const { crates, done } = await survey(['many', 'only@1.0.0'], { versions: 2 })
  expect(crates.map(({ name, version, rank }) => `${rank} ${name}@${version}`)).toEqual([
    '1 many@3.0.0',
    '1 many@2.0.0',
    '2 only@1.0.0',
  ])
  expect(done).toBe(3)
})

test('what a crate causes is a result, and is not tried again', async () => {
  const names = ['unlockable', 'large', 'endless', 'breaking', 'fine']
  const first = await survey(names.map((name) => `${name}@1.0.0`))
  expect(first).toMatchObject({ done: 1, failed: 4, kept: 0, missing: [] })
  expect(failureOf('unlockable')).toEqual({
    stage: 'resolve',
    kind: 'input',
    what: 'no lockfile',
    why: 'in the survey',
  })
  expect(failureOf('large')).toMatchObject({ stage: 'analyze', kind: 'memory', limit: LIMITS.memory })
  expect(failureOf('endless')).toMatchObject({ stage: 'analyze', kind: 'work', limit: LIMITS.work })
  expect(failureOf('breaking')).toMatchObject({ kind: 'crash', why: 'the worker ended with exit code 3' })
  const again = await survey(names.map((name) => `${name}@1.0.0`))
  expect(again).toMatchObject({ failed: 0, kept: 4 })
})

test('a larger limit tries again what reached the smaller one', async () => {
  await survey(['large@1.0.0', 'endless@1.0.0'])
  const setup = {
    directory,
    how: HOW,
    capabilityMaps: [],
    offline: true,
    cache: false,
    limits: { memory: 2000, work: 10 },
  }
  const again = await survey(['large@1.0.0', 'endless@1.0.0'], { setup })
  expect(again).toMatchObject({ failed: 1, kept: 1 })
  expect(failureOf('large')?.limit).toBe(2000)
})

test('a worker that broke for what came before it says nothing of a crate', async () => {
  const { done, failed } = await survey(['fine@1.0.0', 'large-after-others@1.0.0', 'breaking-once@1.0.0'], {
    workers: 1,
  })
  expect({ done, failed }).toEqual({ done: 3, failed: 0 })
})

test('what the machine causes is tried again, and otherwise left for the next run', async () => {
  const first = await survey([
    'killed-once@1.0.0',
    'killed-always@1.0.0',
    'full-disk@1.0.0',
    'offline@1.0.0',
    'fine@1.0.0',
  ])
  expect(first).toMatchObject({ done: 3, failed: 0 })
  expect(first.missing).toEqual(
    expect.arrayContaining([
      { crate: 'killed-always@1.0.0', why: 'a worker was ended by SIGKILL' },
      { crate: 'full-disk@1.0.0', why: 'ENOSPC: no space left on device' },
    ]),
  )
  expect(first.missing).toHaveLength(2)
  expect(triesOf('killed-always')).toBe(3)
  expect(failureOf('killed-always')).toBeUndefined()
})

test('a machine that fails at everything ends the run', async () => {
  const names = Array.from({ length: 30 }, (_, number) => `full-disk@${number}.0.0`)
  await expect(survey(names)).rejects.toMatchObject({
    what: 'The survey does not go on',
    why: expect.stringContaining('ENOSPC'),
  })
})

test('times go to the log of the run, with one line a crate', async () => {
  await survey(['fine@1.0.0', 'breaking@1.0.0'])
  const [file = ''] = readdirSync(join(directory, 'runs'))
  const lines = readFileSync(join(directory, 'runs', file), 'utf8')
    .trim()
    .split('\n')
  expect(
    lines
      .map((line) => JSON.parse(line))
      .map(({ crate, outcome }) => `${crate} ${outcome}`)
      .sort(),
  ).toEqual(['breaking@1.0.0 failed', 'fine@1.0.0 analyzed'])
})

test('another directory, or one of another format, is not used', async () => {
  await survey(['fine@1.0.0'])
  writeFileSync(join(directory, 'survey.json'), '{"format":99}')
  await expect(survey(['fine@1.0.0'])).rejects.toMatchObject({ why: 'its results are of format 99, and this is 1' })
  writeFileSync(join(directory, 'survey.json'), 'rubbish')
  await expect(survey(['fine@1.0.0'])).rejects.toMatchObject({ what: `${directory} is no directory of a survey` })
})

test('what a killed writer left is nobody’s result', async () => {
  await survey(['fine@1.0.0'])
  expect(existsSync(join(directory, 'unfinished'))).toBe(true)
  expect(readdirSync(join(directory, 'unfinished'))).toEqual([])
})
