/**
 * A workspace's call graph, from the store where it is there: the wiring of store and graph. The key is made of all that a graph
 * depends on: the bytes of every file that was found (warm or cold), units with features and names, targets with their options,
 * configuration, and the engine. What the maps say is decided later.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { CallGraph } from '../graph/index.js'
import { digestOfTree, type Workspace } from '../project/index.js'
import type { Store } from '../store/index.js'

/** Of what is written; another number makes everything anew. */
const FORMAT = 1
/** The fastest: values are many times smaller for it, and a slower one gains little. */
const LEVEL = 1

/** How the store is used: not at all; or each entry is made again and held against what is kept, as Go's cache can be. */
export interface StoreUse {
  readonly store: Store
  /** What made it: what another engine made is never taken. */
  readonly engine: string
  readonly verify: boolean
}

/** The graph of the store, or the one that `make` gives, which is then kept. */
export async function keptGraph(
  workspace: Workspace,
  use: StoreUse | undefined,
  make: () => Promise<CallGraph>,
): Promise<CallGraph> {
  const key = use && graphKey(workspace, use.engine)
  if (!use || key === undefined) return make()
  const { store, verify } = use
  const bytes = await store.get(key)
  if (bytes && !verify) {
    const graph = graphOf(bytes)
    if (graph) return graph
    await store.forget(key)
  }
  const made = await make()
  if (verify && bytes) {
    requireSame(graphOf(bytes), made, key)
    return made
  }
  // A file that changed while it was read is not what the key says: nothing is kept of it.
  if (graphKey(workspace, use.engine) === key) await store.put(key, bytesOf(made))
  return made
}

/** Undefined when something of the workspace cannot be read: then nothing is kept. */
function graphKey(workspace: Workspace, engine: string): string | undefined {
  const digests = workspace.packages.map(({ tree }) => {
    const contents = tree.contents()
    return contents && [digestOfTree(contents), [...tree.files.keys()].sort(), tree.leftOut ?? [], tree.links ?? []]
  })
  if (digests.includes(undefined)) return undefined
  const { packages, ...others } = workspace
  // Who vouches for a package says nothing of what is in it.
  const described = packages.map(({ tree: _, verified: __, published: ___, ...rest }) => rest)
  const all = { format: FORMAT, engine, v8: process.versions.v8, ...others, packages: described, digests }
  return `graph ${createHash('sha256').update(JSON.stringify(all, plain)).digest('hex')}`
}

/** Maps and sets as lists: JSON would make `{}` of all of them. */
function plain(_: string, value: unknown): unknown {
  if (value instanceof Map) return ['map', ...value]
  if (value instanceof Set) return ['set', ...value]
  if (typeof value === 'function') throw new Error('a workspace holds a function where data is meant')
  return value
}

/** Of the build that runs (scripts/engine-id.mjs); undefined for one that is run from source, which changes under our hands. */
export function engineId(): string | undefined {
  try {
    return readFileSync(new URL('../engine-id', import.meta.url), 'utf8').trim()
  } catch {
    return undefined
  }
}

const bytesOf = (graph: CallGraph): Uint8Array => deflateRawSync(serialize(graph), { level: LEVEL })

/** Undefined for what cannot be read: the bytes are those that were put, so it is of another program. */
function graphOf(bytes: Uint8Array): CallGraph | undefined {
  try {
    const graph: unknown = deserialize(inflateRawSync(bytes))
    return isGraph(graph) ? graph : undefined
  } catch {
    return undefined
  }
}

const isGraph = (value: unknown): value is CallGraph =>
  typeof value === 'object' && value !== null && 'functions' in value && 'references' in value && 'losses' in value

function requireSame(kept: CallGraph | undefined, made: CallGraph, key: string): void {
  if (kept && Buffer.compare(serialize(kept), serialize(deserialize(serialize(made)))) === 0) return
  throw new Error(`the store has another call graph than the one that was made just now, under the key ${key}`)
}
