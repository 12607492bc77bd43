/**
 * `caps cache`: where the store is and how much is in it, after it was pruned or cleaned where that was asked, or handed on as a file.
 */

import { escapeText } from '../report/escape.js'
import { type CacheSummary, moveCache, useCache } from '../wiring/cache.js'
import { UsageError } from './error-message.js'
import { writeOutput } from './output.js'

interface CacheArguments {
  readonly action: 'show' | 'prune' | 'clean' | 'export' | 'import'
  readonly file?: string | undefined
}

export async function cacheCommand({ action, file }: CacheArguments): Promise<void> {
  if (action !== 'export' && action !== 'import') {
    if (file !== undefined) {
      throw new UsageError(`"${file}" is one word too many`, `\`caps cache ${action}\` takes no file`, 'Leave it out.')
    }
    await writeOutput([summaryOf(await useCache(action))])
    return
  }
  if (file === undefined) {
    throw new UsageError('The file is missing', `the command is \`caps cache ${action} <file>\``, 'Name a file.')
  }
  const moved = await moveCache(action, file)
  const where = `${action === 'export' ? 'to' : 'from'} ${escapeText(file)}`
  await writeOutput([`${count(moved.moved)} ${action}ed ${where}\n`, summaryOf(moved)])
}

const summaryOf = ({ directory, entries, bytes }: CacheSummary): string =>
  `${escapeText(directory)}: ${count(entries)}, ${(bytes / 1024 ** 2).toFixed(1)} MiB\n`

const count = (entries: number): string => `${entries} ${entries === 1 ? 'entry' : 'entries'}`
