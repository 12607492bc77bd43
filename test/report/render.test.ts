/** The table of formats draws every result in every format that it names, and nothing that needs more than the result. */
import { expect, test } from '@jest/globals'
import { renderCheck } from '../../src/report/check-text.js'
import { FORMATS, formatNames } from '../../src/report/formats.js'
import { render } from '../../src/report/render.js'
import { finding, packageOf, result } from './results.js'
import { check, diff } from './reviews.js'
import { sarifProblems } from './sarif-schema.js'

const analysis = result([packageOf('app', [finding('exec')])])
const view = { columns: 100, colour: false }

test('what a format is drawn from and by stands beside its name', async () => {
  const rows = Object.entries(FORMATS).flatMap(([kind, formats]) =>
    Object.entries(formats).map(([name, format]) => ({ kind, name, ...format })),
  )
  for (const { extension, mediaType, renderer } of rows) {
    expect(extension).toMatch(/^[a-z]+$/)
    expect(mediaType).toMatch(/^[a-z]+\/[a-z.+]+$/)
    expect(typeof (await renderer())).toBe('function')
  }
  const others = rows.filter(({ takes }) => takes !== 'result').map(({ kind, name }) => `${kind} ${name}`)
  expect(others).toEqual(['analysis html', 'diff html', 'graph jsonl', 'graph dot', 'graph graphml'])
})

test('an analysis, a diff and a check are told apart and drawn in each of their formats', async () => {
  for (const format of formatNames('analysis'))
    if (format !== 'html') expect(await render(analysis, format)).toMatch(/\S/)
  for (const format of formatNames('diff')) if (format !== 'html') expect(await render(diff([]), format)).toMatch(/\S/)
  const checked = check([])
  expect(await render(checked, 'text', view)).toBe(renderCheck(checked, view))
  expect(JSON.parse(await render(checked, 'json'))).toEqual(JSON.parse(JSON.stringify(checked)))
  expect(sarifProblems(JSON.parse(await render(analysis, 'sarif')))).toEqual([])
})

test('text is plain unless colour is asked for', async () => {
  expect(await render(analysis, 'text')).not.toContain('\x1b')
  expect(await render(analysis, 'text', { colour: true })).toContain('\x1b')
})

test('what needs more than a result is refused', async () => {
  await expect(render(analysis, 'html' as 'json')).rejects.toThrow('no format html')
  await expect(render(check([]), 'capslock' as 'json')).rejects.toThrow('no format capslock')
})
