/** Paths in a tree of git's: links are followed inside of it, each path a bounded number of them. */

import type { Absence } from '../file-view.js'
import { MAX_LINK_BYTES, MAX_LINK_STEPS } from '../limits.js'
import { textOf } from './objects.js'
import type { GitDirectory, GitFile, GitNode } from './tree.js'

/** What a path leads to, with its path from the top without links; or why it leads to nothing. */
export type PathLookup = { readonly node: GitFile | GitDirectory; readonly path: string } | { readonly absent: Absence }

const NOT_THERE: Absence = { kind: 'missing', why: 'is not there' }
/** A link leads out of the repository. */
export const LEADS_OUT: Absence = { kind: 'link', why: 'is behind a link that leads out of the repository' }
const CIRCLE: Absence = { kind: 'link', why: 'is behind links that lead to each other' }

/** What a path leads to, whose parts are divided by `/`; '' is the top. */
export function findIn(root: GitDirectory, path: string): PathLookup {
  let steps = 0
  const at: { readonly name: string; readonly node: GitDirectory }[] = []
  const open = path.split('/').reverse()
  for (;;) {
    const here = at.at(-1)?.node ?? root
    const part = open.pop()
    if (part === undefined) return { node: here, path: at.map(({ name }) => name).join('/') }
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (at.pop() === undefined) return { absent: LEADS_OUT }
      continue
    }
    const node = opened(here.children().get(part))
    if (node === undefined) return { absent: NOT_THERE }
    if (node.k === 'absent') {
      const module = [...at.map(({ name }) => name), part].join('/')
      return { absent: { kind: 'submodule', why: `is in ${module}, which ${node.why}` } }
    }
    if (node.k === 'directory') at.push({ name: part, node })
    else if (node.k === 'link') {
      const target = targetOf(node)
      if (target === undefined) return { absent: LEADS_OUT }
      if (++steps > MAX_LINK_STEPS) return { absent: CIRCLE }
      open.push(...target.split('/').reverse())
    } else if (open.every((rest) => rest === '' || rest === '.')) {
      return { node, path: [...at.map(({ name }) => name), part].join('/') }
    } else return { absent: NOT_THERE }
  }
}

type Opened = GitFile | GitDirectory | { readonly k: 'absent'; readonly why: string } | undefined

/** A submodule as its top directory, or as why there is none. */
export function opened(node: GitNode | undefined): Opened {
  return node?.k === 'module' ? (node.open() ?? { k: 'absent', why: node.why }) : node
}

/** Where a link leads; undefined for an absolute path, which means something else in every clone. */
function targetOf(link: GitFile): string | undefined {
  if (link.store.sizeOf(link.oid) > MAX_LINK_BYTES) return undefined
  const text = textOf(link.store.read(link.oid, 'blob'))
  return text === undefined || text.startsWith('/') || text.includes('\0') ? undefined : text
}

/** Whether a path stands in a directory, both from the top; '' is the top itself. */
export function isBelow(directory: string, path: string): boolean {
  return directory === '' || path.startsWith(`${directory}/`)
}
