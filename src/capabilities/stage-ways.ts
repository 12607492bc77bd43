/**
 * The ways of one stage to the places that `caps why` tells of, worked out when they are first asked for: from where runs begin,
 * else from what other crates can name, else from the function itself, that nothing leads to.
 */
import { checked } from '../base/index.js'
import { type Ground, type Way, waysFrom } from './forest.js'
import { PATH_CLASSES } from './search.js'
import { START_KINDS, type StartKind } from './starts.js'

/** A way of the best class that there is, and who sets it off: first who begins it, then the others who can. */
export interface BestWay extends Way {
  readonly certain: boolean
  readonly from: readonly StartKind[]
}

/** The best way to a function; undefined when none leads through what was asked for. */
export type BestWayTo = (node: number, certain: boolean) => BestWay | undefined

/** Ways of the stage from its starts; `certain` tells of the end of a way, which it can only be as certain as. */
export function bestWays(ground: Ground, starts: ReadonlyMap<number, StartKind>): BestWayTo {
  const { power, stageBit, through } = ground
  const callable = power.graph.functions.filter(
    (node) => node.public && (checked(power.stageBits[node.id]) & stageBit) !== 0,
  )
  const waysOf = remembered((key: string): ReturnType<typeof waysFrom> => {
    const [number, kind] = key.split(' ') as [string, StartKind | 'any']
    const sources =
      kind === 'unreached'
        ? callable.map(({ id }) => id)
        : [...starts].filter(([, known]) => kind === 'any' || known === kind).map(([id]) => id)
    return waysFrom(ground, sources, checked(PATH_CLASSES[Number(number)]))
  })
  const kinds = new Set(starts.values())
  const others = (node: number, first: StartKind, certain: boolean): readonly StartKind[] => {
    const widest = PATH_CLASSES.findLastIndex((one) => one.certain === certain)
    return START_KINDS.filter(
      (kind) => kind !== first && kinds.has(kind) && waysOf(`${widest} ${kind}`)(node) !== undefined,
    )
  }
  return (node, certain) => {
    for (const kind of ['any', 'unreached'] as const) {
      for (const [number, allowed] of PATH_CLASSES.entries()) {
        if (allowed.certain && !certain) continue
        const way = waysOf(`${number} ${kind}`)(node)
        if (!way) continue
        const first = kind === 'any' ? checked(starts.get(way.start)) : kind
        const from = kind === 'any' ? [first, ...others(node, first, allowed.certain)] : [first]
        return { ...way, certain: allowed.certain, from }
      }
    }
    if (through && through[node] !== 1) return undefined
    return { start: node, references: [], certain, from: ['unreached'] }
  }
}

function remembered<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>()
  return (key) => {
    const value = known.get(key) ?? make(key)
    known.set(key, value)
    return value
  }
}
