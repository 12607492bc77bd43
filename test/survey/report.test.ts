// The page of a survey: plots with their tables and queries, every crate, and nothing of a crate's text that acts.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { makeReport, makeTables, SurveyDirectory } from '../../src/survey/index.js'
import { landscapePage } from '../../src/survey/report/page.js'
import { plotter } from '../../src/survey/report/plot.js'
import { QUESTIONS } from '../../src/survey/report/questions.js'
import { fillRichly } from './rich-survey.js'

let survey: SurveyDirectory
beforeAll(() => {
  survey = new SurveyDirectory(mkdtempSync(join(tmpdir(), 'caps-report-')))
  survey.create()
  fillRichly(survey)
  makeTables(survey)
})
afterAll(() => rmSync(survey.path, { recursive: true, force: true }))

test('each question stands there with its picture, its table and its query; each crate can be opened', async () => {
  const page = await makeReport(survey)
  expect(page.match(/<h2>/g)).toHaveLength(QUESTIONS.length + 1)
  expect(page.match(/<summary>The query<\/summary>/g)).toHaveLength(QUESTIONS.length)
  expect(page.match(/<figure role="img"/g)?.length).toBeGreaterThanOrEqual(6)
  expect([...page.matchAll(/class="crate" data-name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
    'a@1.0.0',
    'd@1.0.0',
  ])
  expect(page).toBe(await makeReport(survey))
}, 60_000)

test('the page asks for nothing from elsewhere', async () => {
  const page = await makeReport(survey)
  expect(page).not.toMatch(/<(?:link|img|iframe|object)\b|\bsrc=|url\(|@import/)
  expect(page).toMatch(/default-src 'none'/)
}, 60_000)

const HOSTILE = '</script><img src=x onerror=alert(1)>"\u202e'

test('text of a crate is text', async () => {
  const answer = { columns: ['crate', 'n'], rows: [[HOSTILE, 1]] }
  const crates = {
    columns: ['crate', 'capability', 'reach', 'certainty'],
    rows: [[HOSTILE, HOSTILE, 'direct', 'certain']],
  }
  const question = { title: 'x', about: 'y', sql: 'SELECT 1\nFROM x' }
  const page = landscapePage({ summary: answer, answered: [{ question, answer }], crates })
  expect(page).not.toContain('<img')
  expect(page).not.toContain('\u202e')
  expect(page.match(/<\/script>/g)).toHaveLength(1)
  expect(page).toContain('SELECT 1\nFROM x')
})

test('and in a plot too', async () => {
  const draw = await plotter()
  const encoding = { y: { field: 'name', type: 'nominal' }, x: { field: 'n', type: 'quantitative' } }
  const picture = await draw([{ name: HOSTILE, n: 3 }], { mark: 'bar', encoding })
  expect(picture).not.toMatch(/<img|<\/script|\u202e/)
  expect(picture).toContain('&lt;/script&gt;')
}, 60_000)
