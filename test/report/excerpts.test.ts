/** Source lines around places: which ones, how long, how many, and what is told of those that are not there. */
import { describe, expect, test } from '@jest/globals'
import type { Package } from '../../src/project/index.js'
import type { Place } from '../../src/report/excerpts.js'
import { cutLine, excerptsOf, MAX_LINE_CHARACTERS } from '../../src/wiring/excerpts.js'

const TEXT = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join('\n')

function workspace(files: Readonly<Record<string, string>>): { readonly packages: readonly Package[] } {
  const known = new Map(Object.entries(files))
  const tree = {
    files: new Map([...known].map(([path, text]) => [path, text.length])),
    read(path: string) {
      const text = known.get(path)
      if (text === undefined) return undefined
      return text === 'BINARY' ? { text: '', problem: 'is not UTF-8' } : { text }
    },
    contents: () => undefined,
  }
  const app: Package = {
    id: 'app@1.0.0',
    name: 'app',
    version: '1.0.0',
    source: { kind: 'path' },
    edition: 2021,
    dependencies: [],
    tree,
  }
  return { packages: [app] }
}
const at = (line: number, given: Partial<Place> = {}): Place => ({
  package: 'app@1.0.0',
  file: 'src/lib.rs',
  line,
  column: 1,
  ...given,
})

describe('excerpts', () => {
  test('hold each line once, however many places want it', () => {
    const found = excerptsOf(workspace({ 'src/lib.rs': TEXT }), [[at(10), at(12), at(12)], [at(30)]])
    expect(found.list.map(({ first, lines }) => [first, lines.length])).toEqual([
      [7, 9],
      [27, 7],
    ])
    expect(found.list[0]?.lines[3]).toBe('line 10')
    expect(found).toMatchObject({ unread: [], omitted: 0 })
  })

  test('end where the file does; a whole file and a place behind the end give none', () => {
    const lines = (place: Place) =>
      excerptsOf(workspace({ 'src/lib.rs': 'a\r\nb' }), [[place]]).list.flatMap((excerpt) => excerpt.lines)
    expect(lines(at(1))).toEqual(['a', 'b'])
    expect(lines(at(0))).toEqual([])
    expect(lines(at(9))).toEqual([])
  })

  test('tell which files cannot be read, and why', () => {
    const found = excerptsOf(workspace({ 'src/lib.rs': 'BINARY' }), [
      [at(1), at(1, { file: 'src/none.rs' }), at(1, { package: 'other@1.0.0' })],
    ])
    expect(found.unread.map(({ package: owner, file, problem }) => `${owner} ${file} ${problem}`)).toEqual([
      'app@1.0.0 src/lib.rs is not UTF-8',
      'app@1.0.0 src/none.rs is not among the files of the package',
      'other@1.0.0 src/lib.rs is not among the files of the package',
    ])
  })

  test('keep the first groups when there is too much, and count the rest', () => {
    const found = excerptsOf(workspace({ 'src/lib.rs': TEXT }), [[at(30)], [at(5)]], { characters: 60 })
    expect(found.list.map(({ first, lines }) => [first, lines.length])).toEqual([[27, 7]])
    expect(found.omitted).toBe(7)
  })

  test('show a declaration at its signature', () => {
    const text = `${'/// words\n'.repeat(20)}#[inline]\n\npub fn run() {\n}\n`
    const found = excerptsOf(workspace({ 'src/lib.rs': text }), [[at(1, { declares: true })]])
    expect(found.signatures).toEqual([{ package: 'app@1.0.0', file: 'src/lib.rs', line: 1, signature: 23 }])
    expect(found.list).toMatchObject([{ first: 20 }])
  })
})

describe('a long line', () => {
  test('keeps what is pointed at, however far to the right', () => {
    const line = `let a = 1;${' '.repeat(5_000)}steal()${' '.repeat(5_000)}`
    const cut = cutLine(line, [5_011])
    if (typeof cut === 'string') throw new Error('the line was not cut')
    expect(cut.length).toBe(line.length)
    expect(cut.pieces.map(({ column }) => column)).toEqual([1, 4_931])
    expect(cut.pieces[1]?.text.trim()).toBe('steal()')
  })

  test('is one piece where pieces meet; a line of the limit is whole', () => {
    const line = '☃'.repeat(MAX_LINE_CHARACTERS + 1)
    expect(cutLine(line.slice(1), [])).toBe(line.slice(1))
    expect(cutLine(line, [100, 200])).toEqual({
      length: MAX_LINE_CHARACTERS + 1,
      pieces: [{ column: 1, text: '☃'.repeat(280) }],
    })
  })
})
