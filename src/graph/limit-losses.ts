/** What is told where this room, or inference before it, stopped though there may be more. */
import type { GraphLoss } from './call-graph.js'

type Place = Pick<GraphLoss, 'package' | 'file' | 'line' | 'column'>

/** More can be meant by a call than is followed. */
export const dispatchLoss = (at: Place, what: string): GraphLoss => lossAt('dispatch limit', at, what)

/** A body's types are not known as far as they go. */
export const limitLoss = (at: Place, what: string): GraphLoss => lossAt('limit', at, what)

function lossAt(kind: GraphLoss['kind'], { package: pkg, file, line, column }: Place, what: string): GraphLoss {
  return { kind, what, package: pkg, file, line, column }
}
