/**
 * In which functions something was not read: a macro that is not expanded, text that the grammar does not know, an attribute that
 * may make another function of it. Such code may give the function's variables other values, return others, or mean others by the
 * same names. Asked before a value is taken for all that there can be.
 */
import { checked } from '../base/index.js'
import { type CallGraph, type GraphLoss, HIDING_LOSSES, type Reference } from '../graph/index.js'
import { bodyAround } from './closure-body.js'

type Lines = Pick<GraphLoss, 'line' | 'endLine'>

export class UnreadCode {
  readonly #lossesIn = new Map<string, Lines[]>()
  /** Functions with a call of something that was not read, or whose types are not known as far as they go. */
  readonly #cut = new Set<number>()
  readonly #known = new Map<number, boolean>()
  readonly #makers = new Map<number, Reference[]>()

  constructor(private readonly graph: CallGraph) {
    for (const reference of graph.references) {
      const { to, found, from, why } = reference
      if (to !== undefined && found === 'value' && graph.functions[to]?.kind === 'closure')
        this.#makers.set(to, [...(this.#makers.get(to) ?? []), reference])
      if (why === 'opaque macro' || why === 'limit') this.#cut.add(from)
    }
    for (const fn of [...this.#cut]) {
      const body = bodyAround(graph, this.#makers, fn)
      if (body !== undefined) this.#cut.add(body)
    }
    for (const loss of graph.losses) {
      if (!HIDING_LOSSES.has(loss.kind)) continue
      const file = fileOf(loss)
      const known = this.#lossesIn.get(file)
      if (known) known.push(loss)
      else this.#lossesIn.set(file, [loss])
    }
  }

  isIn(fn: number): boolean {
    let isUnread = this.#known.get(fn)
    if (isUnread === undefined) this.#known.set(fn, (isUnread = this.#find(fn)))
    return isUnread
  }

  #find(fn: number): boolean {
    const body = bodyAround(this.graph, this.#makers, fn)
    if (body === undefined || this.#cut.has(body)) return true
    const node = checked(this.graph.functions[body])
    const losses = this.#lossesIn.get(fileOf(node)) ?? []
    return losses.some(({ line, endLine = line }) => line <= node.endLine && node.line <= endLine)
  }
}

const fileOf = ({ package: id, file }: Pick<GraphLoss, 'package' | 'file'>): string => `${id}\0${file}`
