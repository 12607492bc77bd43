/** What `caps cache` does: the store, by the words of the command line. */
import { messageOf, ProjectError } from '../base/index.js'
import { MOST_BYTES, openStore, type StoreSummary, storeDirectory } from '../store/index.js'

export interface CacheSummary extends StoreSummary {
  readonly directory: string
}

/** What is left then. `prune` keeps half of what may be kept. Throws ProjectError. */
export async function useCache(action: 'show' | 'prune' | 'clean'): Promise<CacheSummary> {
  const directory = storeDirectory()
  if (directory === undefined) {
    throw new ProjectError('There is no cache', 'this user has no home directory', 'Name one with CAPS_CACHE_DIR.')
  }
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
