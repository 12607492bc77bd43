/** What a package possibly has besides what is certain is told with it: in lists, comments and on the page. */
import { expect, test } from '@jest/globals'
import { besidesText, claimsOf } from '../../src/report/besides.js'
import { analysisMarkdown } from '../../src/report/markdown-analysis.js'
import { foldedRows, type Row } from '../../src/report/page/model.js'
import { finding, packageOf, result } from './results.js'

const certain = finding('exec')
const possible = finding('exec', { certainty: 'possible', sites: 3 })
const built = finding('exec', { certainty: 'possible', stage: 'build' })

test('a possible one stands alone only where nothing is certain', () => {
  expect(claimsOf([possible, certain, built])).toEqual([
    { finding: certain, besides: [possible] },
    { finding: built, besides: [] },
  ])
  expect(besidesText([possible])).toBe('possibly at 3 more sites')
  expect(besidesText([{ ...possible, reach: 'transitive' }])).toBe('possibly by another way')
  const elsewhere = { ...possible, function: 'app::other' }
  expect(claimsOf([{ ...certain, function: 'app::run' }, elsewhere])).toHaveLength(2)
})

test('a comment has one line for them', () => {
  const lines = analysisMarkdown(result([packageOf('app@1.0.0', [certain, possible], true)])).split('\n')
  expect(lines.filter((line) => line.startsWith('- `exec`'))).toEqual([
    expect.stringContaining('(possibly at 3 more sites)'),
  ])
})

test('the page has one row for them, unless the possible one is what the address opens or all that passes the filter', () => {
  const owner = { id: 'app@1.0.0' } as Row['owner']
  const row = (of: typeof certain): Row => ({ key: of.certainty, owner, finding: of, besides: [], searched: () => '' })
  const rows = [row(certain), row(possible)]
  expect(foldedRows(rows).map(({ key, besides }) => [key, besides.length])).toEqual([['certain', 1]])
  expect(foldedRows(rows, 'possible').map(({ key }) => key)).toEqual(['certain', 'possible'])
  expect(foldedRows(rows.slice(1)).map(({ key }) => key)).toEqual(['possible'])
})
