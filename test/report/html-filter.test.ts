/** What the page's filter means, and that its address says it. */
import { describe, expect, test } from '@jest/globals'
import { NO_EXCERPTS } from '../../src/report/excerpts.js'
import { packAnalysis } from '../../src/report/html-pack.js'
import { type Filter, isFiltering, matcher, NO_FILTER, viewOfHash, viewToHash } from '../../src/report/page/filter.js'
import { groupsOf, modelOf } from '../../src/report/page/model.js'
import { finding, packageOf, result, step } from './results.js'

const model = modelOf(
  packAnalysis({
    result: result([
      packageOf(
        'app@1.0.0',
        [
          finding('exec', { reach: 'transitive' }),
          finding('fs/read', { stage: 'build', literals: ['/etc/passwd'] }),
          finding('fs/write', { certainty: 'possible', condition: 'windows', targets: ['x86_64-pc-windows-msvc'] }),
        ],
        true,
      ),
      packageOf('helper@2.0.0', [
        finding('exec', { path: [step('helper::run', 'helper@2.0.0 src/run.rs:1:1')] }),
        finding('time', { reach: 'transitive' }),
        finding('fs/read', { condition: 'feature = "x"' }),
      ]),
    ]),
    excerpts: NO_EXCERPTS,
  }),
)

const shown = (filter: Partial<Filter>): string[] =>
  model.rows
    .filter(matcher({ ...NO_FILTER, ...filter }))
    .map(({ owner, finding: { capability } }) => `${owner.name} ${capability}`)

describe('a filter', () => {
  test('leaves, at first, what packages have themselves and what was asked for reaches, most serious first', () => {
    expect(shown({})).toEqual(['app exec', 'helper exec', 'app fs/write', 'helper fs/read', 'app fs/read'])
  })

  test.each<[Partial<Filter>, readonly string[]]>([
    [{ through: true, capabilities: ['time'] }, ['helper time']],
    [{ package: 'helper@2.0.0' }, ['helper exec', 'helper fs/read', 'helper time']],
    [{ capabilities: ['fs'] }, ['app fs/write', 'helper fs/read', 'app fs/read']],
    [{ stages: ['build', 'macro'] }, ['app fs/read']],
    [{ certainties: ['possible'] }, ['app fs/write']],
    [{ condition: 'platform' }, ['app fs/write']],
    [{ condition: 'feature' }, ['helper fs/read']],
    [{ condition: 'is:windows' }, ['app fs/write']],
    [{ condition: 'on:x86_64-unknown-linux-gnu', capabilities: ['fs/write'] }, []],
    [{ text: 'PASSWD' }, ['app fs/read']],
    [{ text: 'run.rs helper' }, ['helper exec']],
    [{ text: 'run.rs nowhere' }, []],
  ])('%j', (filter, expected) => {
    expect(shown(filter)).toEqual(expected)
  })
})

test('rows of one capability stand together', () => {
  expect(groupsOf(model.rows).map(({ capability, rows }) => [capability, rows.length])).toEqual([
    ['exec', 2],
    ['fs/write', 1],
    ['fs/read', 2],
    ['time', 1],
  ])
})

describe('the address', () => {
  test('says the whole view, whatever characters are in it', () => {
    const view = {
      filter: {
        text: 'a & b=c #',
        capabilities: ['fs/read', 'exec'],
        stages: ['build'],
        certainties: ['possible'],
        condition: 'is:feature = "a,b&c"',
        package: 'x@1.0.0 (git+https://e.invalid/?a=b#c)',
        directions: ['more'],
        through: true,
      },
      open: 'x@1.0.0 exec run certain direct',
    }
    expect(viewOfHash(`#${viewToHash(view)}`)).toEqual(view)
    expect(isFiltering(view.filter)).toBe(true)
  })

  test('is empty for the first view; what is not understood is no filter', () => {
    expect(viewToHash({ filter: NO_FILTER, open: '' })).toBe('')
    expect(viewOfHash('#nonsense=1&through=maybe')).toEqual({ filter: NO_FILTER, open: '' })
  })
})
