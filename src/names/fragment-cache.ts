/** Parsed fragments of expansions: many calls of a macro come to the same text. */
import { type Fragment, type FragmentKind, parseFragment } from '../syntax/index.js'
import type { FileStore } from './file-store.js'

/** By kind, then by text: the text is kept once, with its Source. */
const fragmentCaches = new WeakMap<FileStore, Map<FragmentKind, Map<string, Fragment>>>()
/** Larger expansions are rare and not worth their memory twice. */
const CACHED_SIZE = 200_000

export function parseCached(files: FileStore, text: string, as: FragmentKind): Fragment {
  if (text.length > CACHED_SIZE) return parseFragment(text, as)
  const kinds = fragmentCaches.get(files) ?? new Map<FragmentKind, Map<string, Fragment>>()
  fragmentCaches.set(files, kinds)
  const cache = kinds.get(as) ?? new Map<string, Fragment>()
  kinds.set(as, cache)
  const known = cache.get(text)
  if (known) return known
  const fragment = parseFragment(text, as)
  cache.set(text, fragment)
  return fragment
}
