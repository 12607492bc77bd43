/** A share while it is made: lists that only grow, and the functions by their keys. What goes where is for the files `*-records.ts`. */

import type { Crate } from '../names/index.js'
import type { Unit } from '../project/index.js'
import type { TypeContext } from '../types/index.js'
import type { FunctionNode, GraphLoss, SyntacticFact } from './call-graph.js'
import type {
  CrateShare,
  FunctionKey,
  OpenRecords,
  ShareFact,
  ShareFunction,
  ShareReference,
  Site,
} from './crate-share.js'
import { exposedPackages } from './exposed-packages.js'

type Growing<T> = { readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : never }
/** A function whose body is still to be looked at. */
export type GrowingFunction = { -readonly [K in keyof ShareFunction]: ShareFunction[K] } & {
  readonly facts: SyntacticFact[]
}

export type GrowingSite = { -readonly [K in keyof Site]: Site[K] }

export interface ShareBuilder {
  readonly tcx: TypeContext
  readonly crate: Crate
  readonly unit: Unit
  readonly functions: GrowingFunction[]
  readonly indexOf: Map<FunctionKey, number>
  readonly sites: GrowingSite[]
  readonly references: ShareReference[]
  readonly facts: ShareFact[]
  readonly losses: GraphLoss[]
  readonly open: Omit<Growing<OpenRecords>, 'made' | 'closed'>
  /** Of the open calls: most are asked more than once in a function. */
  readonly callKeys: Set<string>
  readonly made: Set<string>
  readonly closed: Set<string>
  /** Fields to which something is written of which nothing is known. */
  readonly lostFields: Set<string>
}

export function newShareBuilder(tcx: TypeContext, crate: Crate, unit: Unit): ShareBuilder {
  return {
    tcx,
    crate,
    unit,
    functions: [],
    indexOf: new Map(),
    sites: [],
    references: [],
    facts: [],
    losses: [],
    open: {
      visible: [],
      offered: [],
      calls: [],
      impls: [],
      values: [],
      valueCalls: [],
      handed: [],
      owned: [],
      drops: [],
      constReads: [],
      casts: [],
      reinterprets: [],
      fieldWrites: [],
    },
    callKeys: new Set(),
    made: new Set(),
    closed: new Set(),
    lostFields: new Set(),
  }
}

export function finishShare(builder: ShareBuilder, target: string): CrateShare {
  const { tcx, crate, unit, functions, sites, references, facts, losses, open, made, closed } = builder
  return {
    unit: unit.id,
    package: unit.package,
    target,
    functions,
    sites,
    references,
    facts,
    losses,
    exposes: unit.kind === 'lib' ? exposedPackages(tcx, crate) : [],
    open: { ...open, made: [...made], closed: [...closed] },
  }
}

/** Adds a place; the index by which records name it. */
export function addSite({ sites }: ShareBuilder, site: Site): number {
  return sites.push(site) - 1
}

/** Where a function stands: for what is lost in all of it. */
export const placeOfFunction = ({
  package: pkg,
  file,
  line,
  column,
}: Pick<FunctionNode, 'package' | 'file' | 'line' | 'column'>) => ({ package: pkg, file, line, column })

/** A body among the functions of the share: its own index, and those of its closures. */
export interface BodyIndexes {
  readonly body: number
  readonly closures: readonly number[]
}
