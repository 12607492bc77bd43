import { beforeAll, describe, expect, test } from '@jest/globals'
import { withoutDataTables } from '../../src/syntax/data-tables.js'
import { initSyntax, parseFile } from '../../src/syntax/index.js'

const repeat = (element: string, times = 40): string => Array.from({ length: times }, () => element).join(', ')

beforeAll(initSyntax)

describe('tables of literals', () => {
  test.each(['1', '0xFFu8', '-3', "'a'", "'\\u{10FFFF}'", "('a', 'z')", '[0xB6, 0xD5]', '(1, 2,)'])(
    'of %s keep their first element and every offset',
    (element) => {
      const text = `static T: &[X] = &[${repeat(element)}];\nfn after() {}`
      const seen = withoutDataTables(text)
      expect(seen).toHaveLength(text.length)
      expect(seen.indexOf('fn after')).toBe(text.indexOf('fn after'))
      expect(seen.slice(0, 19 + element.length + 2)).toBe(`static T: &[X] = &[${element}, `)
      expect(seen.split(element).length).toBeLessThan(5)
    },
  )

  test('a call among the elements ends the run, and is read', () => {
    const text = `static T: [u8; 80] = [${repeat('1')}, evil(), ${repeat('2')}];`
    expect(withoutDataTables(text)).toContain('evil()')
    const [item] = parseFile(text).items
    expect(JSON.stringify(parseFile(text))).toContain('evil')
    expect(item?.k).toBe('static')
  })

  test('short ones, and what only looks like one, stay as they are', () => {
    for (const text of [
      `let a = [${repeat('1', 20)}];`,
      `f(${repeat('1')});`,
      `f( // [\n${repeat('1')}, g);`,
      `let a = [${repeat('x')}];`,
    ]) {
      expect(withoutDataTables(text)).toBe(text)
    }
  })

  test('a run that begins in a string ends in it', () => {
    for (const end of [`'",',',{ evil(); }, // "`, `'\\\\",'x', evil(), // "`]) {
      expect(JSON.stringify(parseFile(`fn f() { g("[${repeat('1')},${end}\n); }`))).toContain('evil')
    }
  })

  test('strings keep their text', () => {
    const written = `[${repeat('1')}]`
    expect(JSON.stringify(parseFile(`fn f() { g("${written}") }`))).toContain(written)
  })

  test('white space without end costs no more than its length', () => {
    const hostile = `[${'1,'.repeat(20)}[1${' '.repeat(200_000)}`.repeat(5)
    const started = performance.now()
    expect(withoutDataTables(hostile)).toBe(hostile)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
