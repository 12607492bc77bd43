/**
 * Brings together what the views of one body found. What all of them found is the body's without a further condition;
 * what some found stands under what these chose. A path that leads nowhere in a later view is that view's fault: names move
 * on together in it, and such a build need not exist.
 */

import { CFG_FALSE, type CfgExpr, cfgAnd, cfgOr } from '../../base/index.js'
import type { Seen, Source } from '../../names/index.js'
import { rootOf, VIEW_LIMIT } from '../../names/index.js'
import type { BodyReference, BodyTypes, Callee } from '../body-types.js'
import type { Ty } from '../ty.js'
import { tyId } from '../ty-id.js'
import type { BodyInput } from './infer-body.js'

interface Placed {
  readonly source: Source
  readonly at: number
  readonly cfg: CfgExpr
}

export function mergeViews(views: readonly Seen<BodyTypes>[], input: BodyInput): BodyTypes {
  const first = views[0]?.value as BodyTypes
  if (views.length < 2) return first
  const whole = views[views.length - 1]?.value as BodyTypes
  const found = views.map(({ value }, i) =>
    i === 0 ? value.references : value.references.filter(({ callee }) => callee.k !== 'unresolved'),
  )
  const references = together(views, found, referenceKey)
  if (views.length === VIEW_LIMIT) references.push(moreMeanings(input))
  return {
    references,
    facts: together(
      views,
      views.map(({ value }) => value.facts),
      (fact) => `${fact.kind} ${fact.what} ${placeKey(fact)}`,
    ),
    // A later view's list begins with those of the views before it.
    closures: whole.closures,
    conditional: views.some(({ value }) => value.conditional),
    made: new Set(views.flatMap(({ value }) => [...value.made])),
    owned: together(
      views,
      views.map(({ value }) => value.owned),
      (owned) => `${typeKey(owned.ty)} ${placeKey(owned)}`,
    ),
    limits: [...new Set(views.flatMap(({ value }) => value.limits))],
    returned: first.returned,
    fieldWrites: views.flatMap(({ value }) => value.fieldWrites ?? []),
    blocks: [...new Set(views.flatMap(({ value }) => value.blocks))],
  }
}

function together<T extends Placed>(
  views: readonly Seen<BodyTypes>[],
  lists: readonly (readonly T[])[],
  keyOf: (part: T) => string,
): T[] {
  const seen = new Map<string, { readonly parts: T[]; readonly views: Set<number> }>()
  for (const [i, list] of lists.entries()) {
    for (const part of list) {
      const key = keyOf(part)
      const entry = seen.get(key) ?? { parts: [], views: new Set<number>() }
      seen.set(key, entry)
      if (entry.views.size === 0 || (entry.views.size === 1 && entry.views.has(i))) entry.parts.push(part)
      entry.views.add(i)
    }
  }
  const out: T[] = []
  for (const { parts, views: where } of seen.values()) {
    let cfg: CfgExpr | undefined
    if (where.size < views.length) {
      cfg = CFG_FALSE
      for (const i of where) cfg = cfgOr(cfg, (views[i] as Seen<BodyTypes>).cfg)
    }
    for (const part of parts) {
      const under = cfgAnd(part.cfg, cfg)
      if (under.k !== 'false') out.push(cfg ? { ...part, cfg: under } : part)
    }
  }
  return out
}

function referenceKey(ref: BodyReference): string {
  return `${ref.found} ${ref.name} ${calleeKey(ref.callee)} ${placeKey(ref)}`
}

function placeKey({ source, at }: Placed): string {
  const root = rootOf(source, at)
  return `${root.source.id}:${root.at}`
}

function calleeKey(callee: Callee): string {
  switch (callee.k) {
    case 'fn':
      return `${callee.fn.id} ${callee.impl?.id ?? ''} ${callee.args.map(typeKey).join()}`
    case 'constructor':
    case 'const':
      return `${callee.k} ${callee.def.id}`
    case 'value':
      return `value ${typeKey(callee.ty)}`
    case 'unresolved':
      return callee.why
  }
}

/** Closures and variables are numbered anew in each view. */
const typeKey = (ty: Ty): string => tyId(ty).replace(/\b([cv])\d+/g, '$1')

/** There are more meanings than were looked at. */
function moreMeanings({ owner, expr, source, cfg }: BodyInput): BodyReference {
  const callee = { k: 'unresolved', why: 'limit' } as const
  return { source, at: expr.at, name: owner.name, owner: -1, found: 'path', callee, cfg, literals: [] }
}
