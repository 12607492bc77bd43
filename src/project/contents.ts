/**
 * What the files of a package are, by content: a sum of each, so that two states can be held against each other, and
 * those that are not text. Nothing is judged here, and nothing kept of the bytes.
 */
import { createHash } from 'node:crypto'
import { compareText } from '../base/index.js'
import { FORMAT_BYTES, formatOf, isText } from './file-format.js'
import type { BinaryFile, TreeContents } from './workspace.js'

/** A file's bytes, or `too large`: then only its beginning is known. */
export interface FileBytes {
  readonly path: string
  readonly size: number
  /** All of it, or the first bytes of a file that is too large. */
  readonly bytes: Uint8Array
  readonly whole: boolean
}

/** The contents of files in any order. */
export function contentsOf(files: Iterable<FileBytes>): TreeContents {
  const sums = new Map<string, string>()
  const binaries: BinaryFile[] = []
  for (const { path, size, bytes, whole } of files) {
    const sha256 = whole ? sumOf(bytes) : undefined
    sums.set(path, sha256 ?? `${size} bytes`)
    if (whole && isText(bytes)) continue
    const format = whole || !isText(bytes) ? formatOf(bytes.subarray(0, FORMAT_BYTES)) : 'file too large to be read'
    binaries.push({ file: path, format, bytes: size, ...(sha256 !== undefined && { sha256 }) })
  }
  return {
    sums: new Map([...sums].sort(([a], [b]) => compareText(a, b))),
    binaries: binaries.sort((a, b) => compareText(a.file, b.file)),
  }
}

/** The part of a tree's contents below a directory, by paths relative to it. `prefix` ends in `/`. */
export function contentsBelow(contents: TreeContents, prefix: string): TreeContents {
  return {
    sums: new Map(
      [...contents.sums].flatMap(([path, sum]) =>
        path.startsWith(prefix) ? [[path.slice(prefix.length), sum] as const] : [],
      ),
    ),
    binaries: contents.binaries.flatMap((one) =>
      one.file.startsWith(prefix) ? [{ ...one, file: one.file.slice(prefix.length) }] : [],
    ),
  }
}

/** Without what stands below some directories: other packages' own. Each of `prefixes` ends in `/`. */
export function contentsWithout(contents: TreeContents, prefixes: readonly string[]): TreeContents {
  if (prefixes.length === 0) return contents
  const isOwn = (path: string): boolean => !prefixes.some((prefix) => path.startsWith(prefix))
  return {
    sums: new Map([...contents.sums].filter(([path]) => isOwn(path))),
    binaries: contents.binaries.filter(({ file }) => isOwn(file)),
  }
}

/** One sum over all files of a tree, with their paths. */
export function digestOfTree({ sums }: TreeContents): string {
  return sumOf([...sums].map(([path, sum]) => `${path}\0${sum}\n`).join(''))
}

/** One sum over some files, whatever they are called; undefined when one of them is not there. */
export function digestOfFiles({ sums }: TreeContents, paths: Iterable<string>): string | undefined {
  const found = [...new Set(paths)].map((path) => sums.get(path))
  return found.every((sum) => sum !== undefined) ? sumOf(found.sort().join('\n')) : undefined
}

const sumOf = (of: Uint8Array | string): string => createHash('sha256').update(of).digest('hex')
