/**
 * Whether git ignores a path: by `.gitignore` of the directories that it stands in, as they are in what is judged, and by
 * the clone's own `info/exclude`. What the user ignores in all repositories is not looked at: such a file is told of.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import ignore from 'ignore'
import { readBoundedText } from '../bounded-file.js'
import type { GitPlaces } from './places.js'

/** `path`: from the top, with `/`; `textOf`: the text of such a path's file. */
export function isIgnored(places: GitPlaces, path: string, textOf: (path: string) => string | undefined): boolean {
  const exclude = join(places.common, 'info/exclude')
  const own = existsSync(exclude) ? readBoundedText(exclude) : ''
  const parts = path.split('/')
  // The nearest file has the last word, and one that is ignored with its directory cannot be taken back below it.
  for (let end = 1; end <= parts.length; end++) {
    const at = parts.slice(0, end)
    const isDirectory = end < parts.length
    const verdicts = [own, ...at.map((_, depth) => textOf([...at.slice(0, depth), '.gitignore'].join('/')) ?? '')].map(
      (patterns, index) => {
        const depth = Math.max(index - 1, 0)
        return ignore()
          .add(patterns)
          .test(at.slice(depth).join('/') + (isDirectory ? '/' : ''))
      },
    )
    const verdict = verdicts.findLast(({ ignored, unignored }) => ignored || unignored)
    if (verdict?.ignored === true) return true
  }
  return false
}
