/** What files are by content: sums, and which are not text. */
import { mkdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readArchive } from '../../src/project/archive.js'
import { contentsBelow, contentsWithout, digestOfFiles, digestOfTree } from '../../src/project/contents.js'
import { readDirectoryTree } from '../../src/project/directory-tree.js'
import { formatOf, isText } from '../../src/project/file-format.js'
import { MAX_CONTENTS_BYTES, MAX_FILE_BYTES } from '../../src/project/limits.js'
import type { TreeContents } from '../../src/project/workspace.js'
import { type Files, Scratch, sha256, tarGz } from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch()
})
afterEach(() => scratch.remove())

function contentsOf(files: Files): TreeContents {
  const archive = tarGz(Object.entries(files).map(([path, content]) => ({ name: `a-1.0.0/${path}`, content })))
  return readArchive(archive, 'a-1.0.0', 'a').tree.contents() as TreeContents
}

describe('formats', () => {
  test.each([
    ['7f454c46020101', 'ELF program or object'],
    ['4d5a9000', 'PE program'],
    ['0061736d01000000', 'WebAssembly program'],
    ['213c617263683e0a00', 'ar archive'],
    ['1f8b0800', 'gzip archive'],
    ['504b0304', 'zip archive'],
    ['fd377a585a0000', 'xz archive'],
    ['89504e470d0a1a0a', 'PNG image'],
    ['52494646000000005745425000', 'WebP image'],
    ['64860300ab00', 'COFF object'],
    ['00ff00ff', 'unknown binary'],
    ['', 'unknown binary'],
  ])('%s is %s', (hex, format) => {
    expect(formatOf(Buffer.from(hex, 'hex'))).toBe(format)
  })

  test('a tar archive by its mark behind the name', () => {
    const bytes = Buffer.alloc(512)
    bytes.write('ustar', 257)
    expect(formatOf(bytes)).toBe('tar archive')
  })

  test('text is UTF-8 without NUL, whatever its name', () => {
    expect(isText(Buffer.from('fn main() { /* é */ }'))).toBe(true)
    expect(isText(Buffer.from('MZ is how this text begins'))).toBe(true)
    expect(isText(Buffer.from([0x61, 0x00]))).toBe(false)
    expect(isText(Buffer.from([0x61, 0xff]))).toBe(false)
  })
})

describe('contents', () => {
  test('an archive and a directory of the same files have the same', () => {
    const files = { 'src/lib.rs': 'x', 'data.bin': '\u0000', 'Cargo.toml': '' }
    scratch.write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`d/${path}`, text])))
    const archived = contentsOf(files)
    expect(readDirectoryTree(join(scratch.path, 'd')).tree.contents()).toEqual(archived)
    expect(archived.binaries).toEqual([
      { file: 'data.bin', format: 'unknown binary', bytes: 1, sha256: sha256(Buffer.from([0])) },
    ])
  })

  test('the digest of a tree tells a renamed file, that of some files does not', () => {
    const [a, b] = [contentsOf({ 'build.rs': 'x', 'm.rs': 'y' }), contentsOf({ 'b.rs': 'x', 'n.rs': 'y' })]
    expect(digestOfTree(a)).not.toBe(digestOfTree(b))
    expect(digestOfFiles(a, ['build.rs', 'm.rs', 'm.rs'])).toBe(digestOfFiles(b, ['n.rs', 'b.rs']))
    expect(digestOfFiles(a, ['build.rs', 'gone.rs'])).toBeUndefined()
    expect(digestOfFiles(a, ['build.rs'])).not.toBe(digestOfFiles(a, ['m.rs']))
  })

  test('of a part of a tree, by its own paths', () => {
    const whole = contentsOf({ 'p/x.bin': '\u0000', 'p/src/lib.rs': 'x', 'q/y': '' })
    expect(contentsBelow(whole, 'p/')).toEqual(contentsOf({ 'x.bin': '\u0000', 'src/lib.rs': 'x' }))
  })

  test('without the packages that stand in it', () => {
    const whole = contentsOf({ 'src/lib.rs': 'x', 'helper/x.bin': '\u0000', 'helper2/y.bin': '\u0000' })
    expect(contentsWithout(whole, ['helper/'])).toEqual(contentsOf({ 'src/lib.rs': 'x', 'helper2/y.bin': '\u0000' }))
  })

  test('a file too large to be read is listed with its size; too many bytes are not known at all', () => {
    mkdirSync(join(scratch.path, 'd'))
    scratch.writeBytes('d/big', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0]))
    truncateSync(join(scratch.path, 'd/big'), MAX_FILE_BYTES + 1)
    const { tree } = readDirectoryTree(join(scratch.path, 'd'))
    expect(tree.contents()?.binaries).toEqual([
      { file: 'big', format: 'ELF program or object', bytes: MAX_FILE_BYTES + 1 },
    ])
    for (let i = 0; i * MAX_FILE_BYTES < MAX_CONTENTS_BYTES; i++) {
      scratch.writeBytes(`d/${i}`, Buffer.alloc(0))
      truncateSync(join(scratch.path, `d/${i}`), MAX_FILE_BYTES)
    }
    expect(readDirectoryTree(join(scratch.path, 'd')).tree.contents()).toBeUndefined()
  })
})
