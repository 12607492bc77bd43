/**
 * The call graph as other programs read it: a record a function and a record a reference. Plain data, made by the
 * wiring from an analysis; the field names are the public format (docs/json.md) and are not those of our rooms.
 */
import type { Resource } from './result.js'

export interface FunctionRecord {
  readonly type: 'function'
  /** Unique in one graph. */
  readonly id: number
  /** `name@version`. */
  readonly package: string
  readonly target: 'lib' | 'bin' | 'build' | 'proc-macro' | 'example' | 'test' | 'bench'
  readonly path: string
  readonly file: string
  readonly line: number
  readonly endLine: number
  /** The cfg formula; absent when it always exists. */
  readonly condition?: string
  /** Where runs begin: a `main`, a proc macro, an exported symbol. */
  readonly entry?: true
}

export interface ReferenceRecord {
  readonly type: 'reference'
  /** `id` of the function that it stands in. */
  readonly from: number
  readonly package: string
  readonly file: string
  /** Of the callee's own name. */
  readonly line: number
  readonly column: number
  /** With its crate's name; null when it is not known. */
  readonly callee: string | null
  /** `id` of the callee when it is a function of the graph. */
  readonly to?: number
  readonly certainty: 'certain' | 'possible'
  /** What the maps say of the callee, sorted. */
  readonly capabilities: readonly string[]
  /** What the arguments leave of them, whoever calls the function; absent when it is all of them. */
  readonly effective?: readonly string[]
  /** What these act on, where the arguments say it: see `resources` of a finding. */
  readonly resources?: readonly Omit<Resource, 'sites'>[]
  readonly condition?: string
  /** Why the callee is not known. */
  readonly why?: string
}

export type GraphRecord = FunctionRecord | ReferenceRecord
