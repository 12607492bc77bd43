/**
 * By what a function, a callee and a reference are known in the graph, in every Program (definitions are not the same
 * objects for two targets). Each key is made here and nowhere else, and holds all that tells two things apart: what one
 * leaves out, the later of two things loses without a trace.
 */

import { type CfgExpr, printCfg } from '../base/index.js'
import type { FnDef } from '../names/defs.js'
import { rootOf, type Source } from '../names/source.js'
import type { Reference } from './call-graph.js'

declare const brand: unique symbol
/** A text that only this file makes. */
type Key<Name extends string> = string & { readonly [brand]: Name }
export type NodeKey = Key<'node'>
export type ReferenceKey = Key<'reference'>
export type CalleeKey = Key<'callee'>
export type ValueCallKey = Key<'value call'>

/**
 * The place of a text: where it was written, and for what a macro made also where in the expansion it stands and where
 * each of the calls does that made it. One macro's text makes a function for each of its calls, for each call of a macro
 * around it, and for each round of a repetition.
 */
export function placeKey(source: Source, at: number): string {
  const keys = [rootKey(source, at)]
  for (let [from, offset] = [source, at]; from.origin.k === 'expansion'; ) {
    keys.push(`${offset}`, rootKey(from.origin.callSource, from.origin.callAt))
    ;[from, offset] = [from.origin.callSource, from.origin.callAt]
  }
  return keys.join('|')
}

function rootKey(source: Source, at: number): string {
  const { source: root, at: offset } = rootOf(source, at)
  return root.origin.k === 'file' ? `${root.origin.package}|${root.origin.path}|${offset}` : ''
}

/** A function, initialiser or closure of a unit. `path` tells apart what a derive makes of one place. */
export function nodeKey(unit: string, source: Source, at: number, path: string, kind: string): NodeKey {
  return `${unit}|${placeKey(source, at)}|${path}|${kind}` as NodeKey
}

const calleeKeys = new WeakMap<FnDef, CalleeKey>()
const NO_CALLEE = '' as CalleeKey

/** A function of the program that a reference means: one path may be several functions', by their impls' arguments. */
export function calleeKey(fn: FnDef | undefined): CalleeKey {
  if (!fn?.crate.unit) return NO_CALLEE
  let key = calleeKeys.get(fn)
  if (key === undefined)
    calleeKeys.set(fn, (key = `${fn.crate.unit.id}|${placeKey(fn.source, fn.ast.at)}` as CalleeKey))
  return key
}

/** The same function as a node that is known already. */
export const nodeCalleeKey = (node: number): CalleeKey => `#${node}` as CalleeKey

/** What a reference says: who refers from where to what, under which condition, with which texts handed over. */
export function referenceKey(reference: Omit<Reference, 'target'>, callee: CalleeKey): ReferenceKey {
  const {
    from,
    package: pkg,
    file,
    line,
    column,
    writtenAt,
    name,
    found,
    certainty,
    symbol = '',
    cfg,
    literals,
  } = reference
  const written = writtenAt ? `${writtenAt.package}:${writtenAt.file}:${writtenAt.line}:${writtenAt.column}` : ''
  const path = reference.callee ?? `?${name}`
  const texts = literals ? JSON.stringify(literals) : ''
  // What can be meant is said once at a place, however it was thought of.
  if (certainty === 'possible')
    return [from, pkg, file, line, column, written, path, callee, conditionKey(cfg), texts].join('|') as ReferenceKey
  return [
    from,
    pkg,
    file,
    line,
    column,
    written,
    path,
    found,
    certainty,
    symbol,
    callee,
    conditionKey(cfg),
    texts,
  ].join('|') as ReferenceKey
}

/**
 * The call of a value: where it stands and under which condition, of which type. Two calls of one type in one function are
 * two sites, and the second may stand under no condition where the first does.
 */
export function valueCallKey(
  {
    from,
    package: pkg,
    file,
    line,
    column,
    cfg,
  }: Pick<Reference, 'from' | 'package' | 'file' | 'line' | 'column' | 'cfg'>,
  param: number | undefined,
  signature: readonly string[],
): ValueCallKey {
  return [from, pkg, file, line, column, conditionKey(cfg), param ?? '', signature.join(';')].join('|') as ValueCallKey
}

/** A condition as part of a key; nothing for what always exists. */
export const conditionKey = (cfg: CfgExpr): string => (cfg.k === 'true' ? '' : printCfg(cfg))
