/**
 * A git repository's objects, by name: loose files and packs, of the repository and of those that it borrows from.
 *
 * They are read here and by no library: files are asked for synchronously and one by one (a tree of vendored packages has
 * tens of thousands), of sizes that somebody hostile chose, in repositories of either hash. Git itself is never started: a
 * repository's configuration may name programs for it to run (fsmonitor, filters, hooks, a pager), and the repository is
 * the crate's (law 5). Nothing is written. What is handed out is held against its name, so that no other bytes can stand
 * for what was committed. Replacements (refs/replace) and grafts are not looked at: an object is what its name says.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync, constants as zlib } from 'node:zlib'
import { messageOf, ProjectError } from '../../base/index.js'
import { MAX_ARCHIVE_BYTES } from '../limits.js'
import { type GitObject, type ObjectType, Pack } from './pack.js'
import { readAt } from './pack-index.js'
import { filesIn, type GitPlaces } from './places.js'

/** Where an object is. */
type ObjectPlace = { readonly loose: string } | { readonly pack: Pack; readonly offset: number }

const TYPES: readonly string[] = ['commit', 'tree', 'blob', 'tag'] satisfies readonly ObjectType[]

export class ObjectStore {
  readonly places: GitPlaces
  #packs: Pack[] | undefined

  constructor(places: GitPlaces) {
    this.places = places
  }

  has(oid: string): boolean {
    return this.#guarded(oid, () => this.#find(oid) !== undefined)
  }

  /** Throws ProjectError when it is not here, is damaged, is no `type`, or has more than `limit` bytes. */
  read(oid: string, type: ObjectType, limit = MAX_ARCHIVE_BYTES): Uint8Array {
    const object = this.readAny(oid, limit)
    if (object.type === type) return object.bytes
    throw damaged(oid, `it is a ${object.type}, and a ${type} is asked for`)
  }

  /** The same of any type. */
  readAny(oid: string, limit = MAX_ARCHIVE_BYTES): GitObject {
    const found = this.#require(oid)
    return this.#guarded(oid, () => {
      const object = 'loose' in found ? readLoose(found.loose, limit) : found.pack.read(found.offset, limit)
      const sum = createHash(this.places.hash).update(`${object.type} ${object.bytes.length}\0`).update(object.bytes)
      if (sum.digest('hex') !== oid) throw new Error('its bytes are not those that it is named by')
      return object
    })
  }

  /** In bytes, from as little as tells it. Throws ProjectError. */
  sizeOf(oid: string): number {
    const found = this.#require(oid)
    return this.#guarded(oid, () => ('loose' in found ? looseHead(found.loose).size : found.pack.sizeAt(found.offset)))
  }

  /** The first bytes of a blob that is too large to be read; fewer, or none, when they do not come cheaply. */
  beginningOf(oid: string): Uint8Array {
    const found = this.#require(oid)
    return this.#guarded(oid, () =>
      'loose' in found ? looseHead(found.loose).rest : found.pack.beginningAt(found.offset),
    )
  }

  /** Full names of objects that begin with some hex digits, at least four. */
  namesWith(prefix: string): readonly string[] {
    const loose = this.places.objects.flatMap((directory) =>
      filesIn(join(directory, prefix.slice(0, 2))).map((name) => prefix.slice(0, 2) + name),
    )
    const packed = this.#allPacks().flatMap((pack) => pack.index.namesWith(prefix))
    return [...new Set([...loose.filter((name) => name.startsWith(prefix) && this.#isName(name)), ...packed])].sort()
  }

  #isName(text: string): boolean {
    return /^[0-9a-f]+$/.test(text) && text.length === (this.places.hash === 'sha256' ? 64 : 40)
  }

  #require(oid: string): ObjectPlace {
    const found = this.#guarded(oid, () => this.#find(oid))
    if (found) return found
    const { partial, shallow } = this.places
    throw new ProjectError(
      `The git object ${oid} is not here`,
      partial
        ? 'the clone is partial: git fetches what is missing when it needs it, and caps starts no git'
        : 'the clone does not have it',
      partial
        ? 'Bring the rest of the clone with `git fetch --refetch --no-filter`, or clone without --filter.'
        : shallow
          ? 'The clone is shallow: bring the rest with `git fetch --unshallow`.'
          : 'Look at the clone with `git fsck`; fetch the revision again.',
    )
  }

  #find(oid: string): ObjectPlace | undefined {
    if (!this.#isName(oid)) throw new Error('it is no name of an object of this repository')
    const packs = this.#allPacks()
    for (const [i, pack] of packs.entries()) {
      const offset = pack.index.offsetOf(oid)
      if (offset === undefined) continue
      // Objects that are asked for one after the other are mostly in one pack.
      if (i > 0) packs.unshift(...packs.splice(i, 1))
      return { pack, offset }
    }
    for (const directory of this.places.objects) {
      const loose = join(directory, oid.slice(0, 2), oid.slice(2))
      if (existsSync(loose)) return { loose }
    }
    return undefined
  }

  #allPacks(): Pack[] {
    this.#packs ??= this.places.objects.flatMap((directory) => {
      const files = new Set(filesIn(join(directory, 'pack')))
      const names = [...files].filter((file) => file.endsWith('.idx') && files.has(file.replace(/idx$/, 'pack'))).sort()
      const hashBytes = this.places.hash === 'sha256' ? 32 : 20
      return names.map((name) => new Pack(join(directory, 'pack', name.slice(0, -'.idx'.length)), hashBytes))
    })
    return this.#packs
  }

  #guarded<T>(oid: string, work: () => T): T {
    try {
      return work()
    } catch (thrown) {
      throw damaged(oid, messageOf(thrown))
    }
  }
}

function damaged(oid: string, why: string): ProjectError {
  return new ProjectError(
    `The git object ${oid} cannot be read`,
    why,
    'Look at the clone with `git fsck`; or check the revision out, and name that directory.',
  )
}

/** Type, size, and the first bytes of a loose object. */
function looseHead(path: string) {
  const bytes = inflateSync(readAt(path, 0, 1024, false), { finishFlush: zlib.Z_SYNC_FLUSH })
  const end = bytes.subarray(0, 32).indexOf(0)
  const [, type = '', digits = ''] = /^([a-z]+) (\d+)$/.exec(bytes.toString('latin1', 0, Math.max(end, 0))) ?? []
  if (!TYPES.includes(type)) throw new Error('it does not begin as an object does')
  return { type: type as ObjectType, size: Number(digits), rest: bytes.subarray(end + 1), head: end + 1 }
}

function readLoose(path: string, limit: number): GitObject {
  const { type, size, head } = looseHead(path)
  if (size > limit) throw new Error(`it has ${size} bytes, the limit is ${limit}`)
  if (statSync(path).size > 2 * size + 4096) throw new Error('it is longer than it says')
  const bytes = inflateSync(readFileSync(path), { maxOutputLength: head + size })
  if (bytes.length !== head + size) throw new Error('it is shorter than it says')
  return { type, bytes: bytes.subarray(head) }
}
