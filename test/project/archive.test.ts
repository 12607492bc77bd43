import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { readArchive, requireChecksum } from '../../src/project/archive.js'
import { MAX_FILE_BYTES } from '../../src/project/limits.js'
import { type TarEntry, tarEntry, tarGz } from './support.js'

const read = (entries: readonly TarEntry[]): ReturnType<typeof readArchive> =>
  readArchive(tarGz(entries), 'a-1.0.0', 'a.crate')

/** The entry without its magic number, summed up again. */
function withoutFormat(entry: Buffer): Buffer {
  const header = Buffer.from(entry)
  header.fill(0, 257, 265)
  header.write('        ', 148)
  const sum = header.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

describe('archives', () => {
  test('files by path, sorted, Rust or not', () => {
    const { tree, problems } = read([
      { name: 'a-1.0.0/src/lib.rs', content: 'mod x;' },
      { name: 'a-1.0.0/', type: '5' },
      { name: 'a-1.0.0/data.bin', content: 'd'.repeat(2000) },
    ])
    expect([...tree.files]).toEqual([
      ['data.bin', 2000],
      ['src/lib.rs', 6],
    ])
    expect(tree.read('src/lib.rs')).toEqual({ text: 'mod x;' })
    expect(tree.read('data.bin')?.text).toHaveLength(2000)
    expect(tree.read('src/../src/lib.rs')).toBeUndefined()
    expect(problems).toEqual([])
  })

  test.each([
    ['a-1.0.0/../evil.rs', '0'],
    ['/etc/evil.rs', '0'],
    ['b-1.0.0/evil.rs', '0'],
    ['a-1.0.0/src\\..\\evil.rs', '0'],
    ['a-1.0.0/link.rs', '1'],
    ['a-1.0.0/link.rs', '2'],
    ['a-1.0.0/device.rs', '3'],
  ])('%s of type %s is left out and said', (name, type) => {
    const { tree, problems } = read([{ name, type }, { name: 'a-1.0.0/ok.rs' }])
    expect([...tree.files.keys()]).toEqual(['ok.rs'])
    expect(problems).toEqual([expect.stringContaining(name)])
  })

  test('empty parts and dots are no parts of a path, and what comes last holds, as for cargo', () => {
    const { tree } = read([
      { name: 'a-1.0.0/src/lib.rs', content: 'first' },
      { name: 'a-1.0.0/.//src/./lib.rs', content: 'last' },
      { name: 'a-1.0.0/other.rs', content: 'file' },
      { name: 'a-1.0.0/other.rs', type: '2' },
    ])
    expect(tree.read('src/lib.rs')).toEqual({ text: 'last' })
    expect([...tree.files.keys()]).toEqual(['src/lib.rs'])
  })

  const SHOWN = { name: 'a-1.0.0/src/lib.rs', content: 'compiled' }
  const DECOY = { name: 'a-1.0.0/decoy.rs', content: 'shown' }
  const LONG = { name: 'l', type: 'L', content: 'a-1.0.0/src/lib.rs\0' }
  const pax = (text: string) => ({ name: 'x', type: 'x', content: `${text.length + 4} ${text}\n` })

  test.each([
    ['a long name before one of pax', [DECOY, pax('path=a-1.0.0/other.rs'), LONG, { ...SHOWN, name: 'a-1.0.0/cut' }]],
    ['a header for all files takes the name', [SHOWN, LONG, { name: 'g', type: 'g' }, DECOY]],
  ])('names as cargo takes them: %s', (_, entries) => {
    expect(read(entries).tree.read('src/lib.rs')).toEqual({ text: 'compiled' })
  })

  test.each([
    ['two sizes', Buffer.concat([pax('size=3'), SHOWN].map(tarEntry))],
    ['says one thing twice', Buffer.concat([{ ...pax(''), content: '9 path=a\n9 path=b\n' }, SHOWN].map(tarEntry))],
    ['has no format', Buffer.concat([withoutFormat(tarEntry(LONG)), tarEntry(DECOY)])],
  ])('what readers take for two things is refused: %s', (why, bytes) => {
    expect(() => readArchive(gzipSync(bytes), 'a-1.0.0', 'a.crate')).toThrow(
      expect.objectContaining({ why: expect.stringContaining(why) }),
    )
  })

  test('what stands under a name with a backslash is left out, for whoever asks', () => {
    expect(read([{ name: 'a-1.0.0/src\\x.rs' }]).tree.leftOut).toEqual(['src\\x.rs'])
  })

  test('a second compressed stream, which cargo does not read, is refused; its first bytes by chance are not', () => {
    const one = tarGz([{ name: 'a-1.0.0/src/lib.rs', content: 'first' }])
    const unpack = (bytes: Buffer) => readArchive(bytes, 'a-1.0.0', 'a.crate')
    expect(() => unpack(Buffer.concat([one, gzipSync('')]))).toThrow('a.crate cannot be read')
    const stored = gzipSync(tarEntry({ name: 'a-1.0.0/src/lib.rs', content: Buffer.from([0x1f, 0x8b, 0x08]) }), {
      level: 0,
    })
    expect(stored.indexOf(Buffer.from([0x1f, 0x8b, 0x08]), 1)).toBeGreaterThan(0)
    expect([...unpack(stored).tree.files.keys()]).toEqual(['src/lib.rs'])
  })

  test('long names, of GNU and of pax', () => {
    const long = `a-1.0.0/${'d'.repeat(120)}/f.rs`
    const record = (key: string, value: string): string => {
      const body = ` ${key}=${value}\n`
      const length = body.length + String(body.length + 3).length
      return `${length}${body}`
    }
    const { tree } = read([
      { name: '././@LongLink', type: 'L', content: `${long}\0` },
      { name: 'a-1.0.0/cut', content: 'gnu' },
      { name: 'pax', type: 'x', content: record('path', long.replace('f.rs', 'g.rs')) },
      { name: 'a-1.0.0/cut', content: 'pax' },
      { name: 'a-1.0.0/last.rs', content: 'own name' },
    ])
    expect([...tree.files.keys()].map((path) => path.slice(-7))).toEqual(['dd/f.rs', 'dd/g.rs', 'last.rs'])
  })

  test('what comes behind the end mark is not seen, as cargo does not see it', () => {
    const bytes = Buffer.concat([
      tarEntry({ name: 'a-1.0.0/a.rs' }),
      Buffer.alloc(512),
      tarEntry({ name: 'a-1.0.0/b.rs' }),
    ])
    expect([...readArchive(gzipSync(bytes), 'a-1.0.0', 'a.crate').tree.files.keys()]).toEqual(['a.rs'])
  })

  test.each([
    ['no gzip', Buffer.from('nonsense')],
    ['cut off', tarGz([{ name: 'a-1.0.0/a.rs', content: 'x'.repeat(5000) }]).subarray(0, 60)],
    ['a broken header', gzipSync(Buffer.from(tarEntry({ name: 'a-1.0.0/a.rs' })).fill('z', 0, 3))],
    [
      'a size beyond the end',
      gzipSync(tarEntry({ name: 'a-1.0.0/a.rs', content: 'x'.repeat(5000) }).subarray(0, 1024)),
    ],
  ])('%s is an error', (_, bytes) => {
    expect(() => readArchive(bytes, 'a-1.0.0', 'a.crate')).toThrow('a.crate cannot be read')
  })

  test('text that is none, is too large, or starts with a byte order mark', () => {
    const { tree } = read([
      { name: 'a-1.0.0/latin.rs', content: Buffer.from([0x66, 0xe9]) },
      { name: 'a-1.0.0/bom.rs', content: '\uFEFFfn main() {}' },
      { name: 'a-1.0.0/big.rs', content: Buffer.alloc(MAX_FILE_BYTES + 1) },
    ])
    expect(tree.read('latin.rs')).toEqual({ text: '', problem: 'is not UTF-8' })
    expect(tree.read('bom.rs')).toEqual({ text: 'fn main() {}' })
    expect(tree.read('big.rs')).toEqual({ text: '', problem: expect.stringContaining('too large') })
  })

  test('a wrong checksum is an error that names both sums', () => {
    expect(() => requireChecksum('aa', ['aa'], 'a.crate')).not.toThrow()
    expect(() => requireChecksum('aa', ['bb'], 'a.crate')).toThrow(/bb[\s\S]*aa/)
  })
})
