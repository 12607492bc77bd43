/**
 * Whether a function may be called by what the graph does not show: by its name where a call could not be resolved, by code
 * that was not read, from outside of the program. Asked before something is taken for all that is ever handed to it.
 */
import { type CallGraph, type FunctionNode, HIDING_LOSSES } from '../graph/index.js'

export class UnseenCalls {
  /** By package, and under '' for all: names of what is referred to and not known. */
  readonly #names = new Map<string, Set<string>>([['', new Set()]])
  /** Packages of which something was not read, or not followed. */
  readonly #unread = new Set<string>()

  constructor(graph: CallGraph) {
    for (const { callee, to, package: id, name } of graph.references) {
      if (callee !== null || to !== undefined) continue
      this.#names.get('')?.add(name)
      const own = this.#names.get(id)
      if (own) own.add(name)
      else this.#names.set(id, new Set([name]))
    }
    for (const { kind, package: id } of graph.losses)
      if (kind === 'dispatch limit' || HIDING_LOSSES.has(kind)) this.#unread.add(id)
  }

  mayCall({ path, package: id, public: isPublic, entry, kind }: FunctionNode): boolean {
    if (entry || kind === 'foreign fn') return true
    const name = path.slice(path.lastIndexOf(':') + 1)
    if (this.#names.get(isPublic ? '' : id)?.has(name)) return true
    return isPublic || path.startsWith('<') ? this.#unread.size > 0 : this.#unread.has(id)
  }
}
