/** Lists the files of a directory of git's, as directory-tree.ts does on disk, with the same words for what is left out. */
import { MAX_TREE_DEPTH, MAX_TREE_FILES } from '../limits.js'
import { findIn, isBelow, LEADS_OUT, opened } from './paths.js'
import type { GitDirectory, GitFile, GitNode } from './tree.js'

/** The files of one directory, which links do not lead out of. */
export class TreeWalk {
  readonly files = new Map<string, GitFile>()
  readonly problems: string[] = []
  readonly leftOut: string[] = []
  readonly links: string[] = []
  readonly #jail: string
  readonly #root: GitDirectory
  readonly #open = new Set<string>()
  #looked = 0

  /** `jail`: the directory, from the top, whose node is `root`. */
  constructor(jail: string, root: GitDirectory) {
    this.#jail = jail
    this.#root = root
  }

  /** `real`: from the top of the repository; `prefix`: how the paths of its files begin. */
  directory(node: GitDirectory, real: string, prefix: string, depth: number): void {
    if (depth > MAX_TREE_DEPTH) {
      this.leftOut.push(prefix.slice(0, -1))
      this.problems.push(`${prefix} is nested too deeply and was left out`)
      return
    }
    this.#open.add(real)
    const children = node.children()
    for (const { name, why } of node.problems()) {
      this.leftOut.push(`${prefix}${name}`)
      this.problems.push(`${prefix}${name} ${why}`)
    }
    for (const [name, child] of children) {
      if (name === 'target' && isBuildOutput(child)) continue
      if (++this.#looked > MAX_TREE_FILES) {
        if (this.#looked === MAX_TREE_FILES + 1) {
          this.problems.push(`more than ${MAX_TREE_FILES} files; those from ${prefix}${name} on were left out`)
        }
        break
      }
      this.#entry(child, real === '' ? name : `${real}/${name}`, prefix + name, depth)
    }
    this.#open.delete(real)
  }

  #entry(child: GitNode, real: string, path: string, depth: number): void {
    const node = opened(child)
    if (node?.k === 'directory') this.directory(node, real, `${path}/`, depth + 1)
    else if (node?.k === 'file') this.files.set(path, node)
    else if (node?.k === 'absent') this.#leave(path, node.why)
    else this.#link(real, path, depth)
  }

  #link(real: string, path: string, depth: number): void {
    const found = findIn(this.#root, real)
    if ('absent' in found && found.absent !== LEADS_OUT) {
      this.#leave(path, 'is not a readable file')
    } else if ('absent' in found || !(isBelow(this.#jail, found.path) || found.path === this.#jail)) {
      this.#leave(path, 'is a link that leads outside')
    } else if (found.node.k !== 'directory') this.files.set(path, found.node)
    else if (this.#open.has(found.path)) {
      this.#leave(path, 'is a link to a directory that it stands in')
    } else {
      this.links.push(path)
      this.directory(found.node, found.path, `${path}/`, depth + 1)
    }
  }

  #leave(path: string, why: string): void {
    this.leftOut.push(path)
    this.problems.push(`${path} ${why} and was left out`)
  }
}

/** A directory that cargo marks as its own. */
function isBuildOutput(node: GitNode): boolean {
  return node.k === 'directory' && node.children().get('CACHEDIR.TAG')?.k === 'file'
}
