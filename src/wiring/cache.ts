/** What `caps cache` does: the store, by the words of the command line. */
import { messageOf, ProjectError } from '../base/index.js'
import {
  exportStore,
  importStore,
  MOST_BYTES,
  openStore,
  type Store,
  type StoreSummary,
  storeDirectory,
  TransferFault,
} from '../store/index.js'

export interface CacheSummary extends StoreSummary {
  readonly directory: string
}

/** The store's directory. Throws ProjectError. */
function place(): string {
  const directory = storeDirectory()
  if (directory !== undefined) return directory
  throw new ProjectError('There is no cache', 'this user has no home directory', 'Name one with CAPS_CACHE_DIR.')
}

/** What is left then. `prune` keeps half of what may be kept. Throws ProjectError. */
export async function useCache(action: 'show' | 'prune' | 'clean'): Promise<CacheSummary> {
  const directory = place()
  const store = openStore(directory)
  try {
    if (action === 'prune') await store.prune(MOST_BYTES / 2)
    if (action === 'clean') await store.clean()
    return { directory, ...(await store.summary()) }
  } catch (thrown) {
    const why = messageOf(thrown)
    throw new ProjectError(
      `The cache ${directory} cannot be used`,
      why,
      'Make it readable and writable, or name another with CAPS_CACHE_DIR.',
    )
  }
}

export interface CacheTransfer extends CacheSummary {
  /** Values that were written or read. */
  readonly moved: number
}

/** Writes the store into a file, or keeps what such a file has beside what is there. Throws ProjectError. */
export async function moveCache(action: 'export' | 'import', file: string): Promise<CacheTransfer> {
  const directory = place()
  // Elsewhere trouble with the store costs time only; here it would be a file or a store that lacks something.
  const store = openStore(directory, (why) => {
    throw new Error(why)
  })
  try {
    const moved = await move(action, store, file)
    return { directory, moved, ...(await store.summary()) }
  } catch (thrown) {
    const isExport = action === 'export'
    throw new ProjectError(
      isExport ? `The cache ${directory} cannot be exported to ${file}` : `${file} cannot be imported`,
      messageOf(thrown),
      thrown instanceof TransferFault
        ? 'Take a whole file that `caps cache export` of this version wrote.'
        : `Make ${isExport ? 'the cache readable, and the directory of the file writable' : 'the file readable, and the cache writable'}.`,
    )
  }
}

const move = async (action: 'export' | 'import', store: Store, file: string): Promise<number> =>
  action === 'export' ? exportStore(store, file) : importStore(store, file)
