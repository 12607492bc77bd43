/**
 * By what references and open calls are told apart, in a share and when shares are linked. Each key is made here and
 * nowhere else, and holds all that tells two things apart: what one leaves out, the later of two loses without a trace.
 */
import type { CfgExpr } from '../base/index.js'
import type { Reference } from './call-graph.js'
import { conditionKey } from './condition-key.js'
import type { OpenCall, Site } from './crate-share.js'

declare const brand: unique symbol
/** A text that only this file makes. */
type Key<Name extends string> = string & { readonly [brand]: Name }
export type ReferenceKey = Key<'reference'>
export type OpenCallKey = Key<'open call'>
export type ValueCallKey = Key<'value call'>

/** What a reference says: who refers from where to what, under which condition, with which texts handed over. `callee` tells apart functions of one path. */
export function referenceKey(reference: Omit<Reference, 'target'>, callee: string): ReferenceKey {
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
  const how = certainty === 'possible' ? '' : `|${found}|${certainty}|${symbol}`
  const at = `${from}|${pkg}|${file}|${line}|${column}|${written}|${path}`
  return `${at}${how}|${callee}|${conditionKey(cfg)}|${texts}` as ReferenceKey
}

/** A call whose impl is open: two of one function that ask the same are one. */
export function openCallKey({ cfg }: { readonly cfg: CfgExpr }, from: number, call: OpenCall): OpenCallKey {
  const types = [call.self, ...call.args].join(';')
  const key = [from, call.trait, call.name, call.means, call.bounds.join(';'), types, conditionKey(cfg)].join('|')
  return key as OpenCallKey
}

/** Where a call stands, among those of one function that ask the same; what std may call back is said once for a function. */
export function callSiteKey(site: Omit<Site, 'function' | 'cfg' | 'name'>, { means }: Pick<OpenCall, 'means'>): string {
  if (means !== 'one' && means !== 'default') return ''
  return JSON.stringify([site.package, site.file, site.line, site.column, site.writtenAt, site.literals])
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
