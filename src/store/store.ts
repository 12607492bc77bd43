/**
 * The store on disk, content-addressed by cacache: each value is written beside and moved into place, its digest is checked when it
 * is read, and any number of processes may read and write at once; one that is killed leaves nothing that another would take
 * for a value. Whoever may write in the directory is trusted with what stands there: only its owner may.
 */
import { chmod, mkdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, compareText, messageOf } from '../base/index.js'
import { MOST_BYTES } from './place.js'

export interface StoreSummary {
  readonly entries: number
  readonly bytes: number
}

export interface Store {
  readonly directory: string
  /** The value; undefined when there is none, or it is damaged: then it is gone afterwards. */
  get(key: string): Promise<Uint8Array | undefined>
  /** Keeps a value, and lets the least recently used go where all would be too much. */
  put(key: string, value: Uint8Array): Promise<void>
  /** Forgets a value that turned out to be of no use. */
  forget(key: string): Promise<void>
  summary(): Promise<StoreSummary>
  /** Of all values, the least recently used first. */
  keys(): Promise<readonly string[]>
  /** Lets the least recently used go until no more than this is kept, in bytes; tells what is left. */
  prune(most: number): Promise<StoreSummary>
  /** Forgets everything. */
  clean(): Promise<void>
}

/** Of what goes wrong the caller is told, and goes on without: a full or read-only disk costs time, not the answer. */
export type OnTrouble = (why: string) => void

/** cacache is loaded when the store is first used: commands that need none start without it. */
type Cacache = typeof import('cacache')
const load = async (): Promise<Cacache> => (await import('cacache')).default as unknown as Cacache

/** The store in a directory, which need not be there. */
export function openStore(directory: string, onTrouble: OnTrouble = () => {}, most = MOST_BYTES): Store {
  return new DiskStore(directory, onTrouble, most)
}

interface Entry {
  readonly key: string
  readonly path: string
  readonly size: number
}

class DiskStore implements Store {
  readonly directory: string
  readonly #content: string
  readonly #onTrouble: OnTrouble
  readonly #most: number

  constructor(directory: string, onTrouble: OnTrouble, most: number) {
    this.directory = directory
    // cacache's own directory: what else may lie in ours is not touched.
    this.#content = join(directory, 'v1')
    this.#onTrouble = onTrouble
    this.#most = most
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    try {
      const cacache = await load()
      const info = await cacache.get.info(this.#content, key)
      if (!info) return undefined
      if (!(await this.#isOwn())) {
        this.#onTrouble(`${this.#content} is not its user's alone: nothing is taken from there`)
        return undefined
      }
      const { data } = await cacache.get(this.#content, key, { memoize: false })
      await this.#touch(info.path)
      return data
    } catch (thrown) {
      if (codeOf(thrown) !== 'ENOENT')
        this.#onTrouble(`an entry of ${this.directory} cannot be used: ${messageOf(thrown)}`)
      await this.forget(key)
      return undefined
    }
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    try {
      // What is above it may be shared, and is left as it is.
      await mkdir(this.#content, { recursive: true, mode: 0o700 })
      await chmod(this.#content, 0o700)
      const cacache = await load()
      await cacache.put(this.#content, key, Buffer.from(value.buffer, value.byteOffset, value.byteLength), {
        memoize: false,
      })
      await this.prune(this.#most)
    } catch (thrown) {
      this.#onTrouble(`nothing can be kept in ${this.directory}: ${messageOf(thrown)}`)
    }
  }

  async forget(key: string): Promise<void> {
    try {
      const cacache = await load()
      const info = await cacache.get.info(this.#content, key)
      await cacache.rm.entry(this.#content, key)
      if (info) await rm(info.path, { force: true })
    } catch {
      // What cannot be forgotten is checked again when it is asked for.
    }
  }

  async summary(): Promise<StoreSummary> {
    return summed(await this.#entries())
  }

  async keys(): Promise<readonly string[]> {
    return (await byUse(await this.#entries())).map(({ key }) => key)
  }

  async prune(most: number): Promise<StoreSummary> {
    const entries = await this.#entries()
    let { bytes } = summed(entries)
    if (bytes <= most) return { entries: entries.length, bytes }
    let left = entries.length
    for (const entry of await byUse(entries)) {
      if (bytes <= most) break
      await this.forget(entry.key)
      bytes -= entry.size
      left--
    }
    return { entries: left, bytes }
  }

  async clean(): Promise<void> {
    await rm(this.#content, { recursive: true, force: true })
  }

  async #entries(): Promise<readonly Entry[]> {
    const cacache = await load()
    const found = await cacache.ls(this.#content).catch((thrown: unknown) => {
      if (codeOf(thrown) === 'ENOENT') return {}
      throw thrown
    })
    return Object.values(found).map(({ key, path, size }) => ({ key, path, size }))
  }

  /** Whoever else may write there could put an answer there. Windows has no such bits: there the home's rights hold. */
  async #isOwn(): Promise<boolean> {
    const { uid, mode } = await stat(this.#content)
    const user = process.getuid?.()
    return user === undefined || (uid === user && (mode & 0o022) === 0)
  }

  async #touch(path: string): Promise<void> {
    const now = new Date()
    // On a read-only disk nothing is pruned either.
    await utimes(path, now, now).catch(() => {})
  }
}

const summed = (entries: readonly Entry[]): StoreSummary => ({
  entries: entries.length,
  bytes: entries.reduce((sum, { size }) => sum + size, 0),
})

/** The least recently used first. */
async function byUse(entries: readonly Entry[]): Promise<readonly Entry[]> {
  const used = await Promise.all(entries.map(async (entry) => ({ entry, at: await lastUse(entry.path) })))
  return used.sort((a, b) => a.at - b.at || compareText(a.entry.key, b.entry.key)).map(({ entry }) => entry)
}

/** Milliseconds; 0 for what is not there any more. */
async function lastUse(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}
