/**
 * git's index: what the next commit would hold. Versions 2 to 4, with the directories of a sparse index; a split index is an
 * error, since half of it stands in another file.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { messageOf, ProjectError } from '../../base/index.js'
import { MAX_INDEX_BYTES, MAX_TREE_FILES } from '../limits.js'
import { type EntryKind, kindOfMode, textOf } from './objects.js'
import type { GitPlaces } from './places.js'

export interface IndexEntry {
  /** From the top of the repository, with `/`. */
  readonly path: string
  /** A directory stands for all below it (sparse index). */
  readonly kind: EntryKind
  readonly oid: string
}
export interface IndexListing {
  readonly entries: readonly IndexEntry[]
  /** Announced with `git add --intent-to-add`: no commit would hold them. */
  readonly announced: readonly string[]
}

const STAGE = 0x3000
const EXTENDED = 0x4000
const INTENT_TO_ADD = 0x2000

/** Throws ProjectError: it is damaged, split or has conflicts. A repository without one has nothing staged. */
export function readIndex({ index: file, hash }: GitPlaces): IndexListing {
  if (!existsSync(file)) return { entries: [], announced: [] }
  try {
    const { size } = statSync(file)
    if (size > MAX_INDEX_BYTES) throw new Error(`it has ${size} bytes, the limit is ${MAX_INDEX_BYTES}`)
    return parseIndex(readFileSync(file), hash)
  } catch (thrown) {
    if (thrown instanceof ProjectError) throw thrown
    throw new ProjectError(
      'The index of the git repository cannot be read',
      messageOf(thrown),
      'Look at it with `git status`; `git read-tree HEAD` makes it anew, and loses what is staged.',
    )
  }
}

function parseIndex(bytes: Buffer, hash: 'sha1' | 'sha256'): IndexListing {
  const hashBytes = hash === 'sha256' ? 32 : 20
  const end = bytes.length - hashBytes
  if (end < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') throw new Error('it does not begin as an index does')
  const sum = bytes.subarray(end)
  // With index.skipHash there is no sum.
  if (sum.some((byte) => byte !== 0) && !createHash(hash).update(bytes.subarray(0, end)).digest().equals(sum)) {
    throw new Error('its sum is not that of its bytes')
  }
  const version = bytes.readUInt32BE(4)
  const count = bytes.readUInt32BE(8)
  if (version < 2 || version > 4) throw new Error(`it is of version ${version}`)
  if (count > MAX_TREE_FILES) throw new Error(`it has ${count} files, the limit is ${MAX_TREE_FILES}`)
  const entries: IndexEntry[] = []
  const announced: string[] = []
  const conflicts = new Set<string>()
  let at = 12
  let previous: Buffer = Buffer.alloc(0)
  for (let i = 0; i < count; i++) {
    const start = at
    const mode = bytes.readUInt32BE(start + 24)
    const oid = bytes.toString('hex', start + 40, start + 40 + hashBytes)
    at = start + 40 + hashBytes
    const flags = bytes.readUInt16BE(at)
    const more = version >= 3 && (flags & EXTENDED) !== 0 ? bytes.readUInt16BE(at + 2) : 0
    at += version >= 3 && (flags & EXTENDED) !== 0 ? 4 : 2
    let kept = 0
    if (version === 4) {
      const cut = cutAt(bytes, at)
      at = cut.end
      kept = previous.length - cut.length
      if (kept < 0) throw new Error('a name in it is damaged')
    }
    const nul = bytes.indexOf(0, at)
    if (nul < 0 || nul >= end) throw new Error('a name in it is damaged')
    const name: Buffer = Buffer.concat([previous.subarray(0, kept), bytes.subarray(at, nul)])
    previous = name
    // Padded to a multiple of eight in older versions, with one zero at least.
    at = version === 4 ? nul + 1 : start + (Math.floor((nul - start) / 8) + 1) * 8
    const path = textOf(name) ?? name.toString('latin1')
    const kind = kindOfMode(mode)
    if ((flags & STAGE) !== 0) conflicts.add(path)
    else if ((more & INTENT_TO_ADD) !== 0) announced.push(path)
    else if (kind === undefined || textOf(name) === undefined) throw new Error(`${path} in it is no name of a file`)
    else entries.push({ path: path.replace(/\/$/, ''), kind, oid })
  }
  requireKnownExtensions(bytes.subarray(at, end))
  const [conflict] = conflicts
  if (conflict === undefined) return { entries, announced }
  throw new ProjectError(
    'The index has conflicts',
    `${conflict}${conflicts.size > 1 ? ` and ${conflicts.size - 1} more` : ''} cannot be committed as it stands`,
    'Resolve them and `git add` the files; what is committed can be judged then.',
  )
}

/** How many bytes of the name before are cut, in git's encoding of offsets. */
function cutAt(bytes: Buffer, start: number): { readonly length: number; readonly end: number } {
  let at = start
  let byte = bytes.readUInt8(at++)
  let length = byte & 0x7f
  while (byte >= 0x80) {
    if (at - start > 6) throw new Error('a name in it is damaged')
    byte = bytes.readUInt8(at++)
    length = (length + 1) * 0x80 + (byte & 0x7f)
  }
  return { length, end: at }
}

/** What is written in capitals may be passed over; `link` is the split index, `sdir` says that directories may occur. */
function requireKnownExtensions(bytes: Buffer): void {
  for (let at = 0; at + 8 <= bytes.length; at += 8 + bytes.readUInt32BE(at + 4)) {
    const name = bytes.toString('latin1', at, at + 4)
    if (name === 'link') {
      throw new ProjectError(
        'The index of the git repository is split',
        'a part of it stands in another file, which is not read',
        'Join it with `git update-index --no-split-index`.',
      )
    }
    if (!/^[A-Z]/.test(name) && name !== 'sdir') throw new Error(`it has the extension ${JSON.stringify(name)}`)
  }
}
