/** `caps cache`: where the store is and how much is in it, after it was pruned or cleaned where that was asked. */

import { escapeText } from '../report/escape.js'
import { useCache } from '../wiring/cache.js'
import { writeOutput } from './output.js'

export async function cacheCommand(action: 'show' | 'prune' | 'clean'): Promise<void> {
  const { directory, entries, bytes } = await useCache(action)
  const size = `${(bytes / 1024 ** 2).toFixed(1)} MiB`
  await writeOutput([`${escapeText(directory)}: ${entries} ${entries === 1 ? 'entry' : 'entries'}, ${size}\n`])
}
