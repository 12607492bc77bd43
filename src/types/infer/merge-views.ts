/**
 * Brings together what the views of one body found. What all of them found is the body's without a further condition;
 * what some found stands under what these chose. A path that leads nowhere in a later view is that view's fault: names move
 * on together in it, and such a build need not exist.
 */

import { CFG_FALSE, type CfgExpr, cfgAnd, cfgOr, checked } from '../../base/index.js'
import type { Seen } from '../../names/index.js'
import { VIEW_LIMIT } from '../../names/index.js'
import type { BodyFact, BodyReference, BodyTypes } from '../body-types.js'
import { anyOf, type BodyValue, type CallValues } from '../body-values.js'
import { noteReference } from '../note-reference.js'
import type { BodyInput } from './body-input.js'
import { ViewKeys } from './view-keys.js'

export function mergeViews(views: readonly Seen<BodyTypes>[], input: BodyInput): BodyTypes {
  const first = views[0]?.value as BodyTypes
  if (views.length < 2) return first
  const whole = views[views.length - 1]?.value as BodyTypes
  const found = views.map(({ value }, i) =>
    i === 0 ? value.references : value.references.filter(({ callee }) => callee.k !== 'unresolved'),
  )
  // A later view's list of closures begins with those of the views before it.
  const keys = new ViewKeys(
    whole.closures,
    views.flatMap(({ value }) => value.references),
  )
  const references = together(views, found, (reference) => keys.reference(reference), withCalls)
  if (views.length === VIEW_LIMIT) references.push(moreMeanings(input))
  return {
    references,
    facts: together(
      views,
      views.map(({ value }) => value.facts),
      (fact) => keys.fact(fact),
      noteFacts,
    ),
    closures: whole.closures,
    made: new Set(views.flatMap(({ value }) => [...value.made])),
    owned: together(
      views,
      views.map(({ value }) => value.owned),
      (owned) => keys.owned(owned),
    ),
    limits: [...new Set(views.flatMap(({ value }) => value.limits))],
    returned: returnedOf(views, keys),
    fieldWrites: distinct(
      views.flatMap(({ value }) => value.fieldWrites ?? []),
      (write) => keys.write(write),
    ),
    blocks: [...new Set(views.flatMap(({ value }) => value.blocks))],
  }
}

/** What any of the views gives; of a view of which nothing is known, nothing is. */
function returnedOf(views: readonly Seen<BodyTypes>[], keys: ViewKeys): BodyValue | undefined {
  const values = views.map(({ value }) => value.returned)
  const different = distinct(values, (value) => keys.value(value))
  return different.length === 1 ? different[0] : anyOf(different)
}

function distinct<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const known = new Map<string, T>()
  for (const one of all) {
    const key = keyOf(one)
    if (!known.has(key)) known.set(key, one)
  }
  return [...known.values()]
}

interface MergedPart<T> {
  readonly part: T
  /** The same in the other views. */
  readonly same: T[]
  readonly views: Set<number>
}

/**
 * The parts of all views, each that several have once. One view may have the same part more than once (a macro repeats it):
 * its first is the first of another view, its second the second. `join` gives a part what only it can tell of the others.
 */
function together<T extends { readonly cfg: CfgExpr }>(
  views: readonly Seen<BodyTypes>[],
  lists: readonly (readonly T[])[],
  keyOf: (part: T) => string,
  join: (part: T, same: readonly T[]) => T = (part) => part,
): T[] {
  const found = new Map<string, MergedPart<T>>()
  for (const [i, list] of lists.entries()) {
    const counts = new Map<string, number>()
    for (const part of list) {
      const key = keyOf(part)
      const count = counts.get(key) ?? 0
      counts.set(key, count + 1)
      const known = found.get(`${count} ${key}`)
      if (known) known.same.push(part)
      else found.set(`${count} ${key}`, { part, same: [], views: new Set() })
      found.get(`${count} ${key}`)?.views.add(i)
    }
  }
  const out: T[] = []
  for (const { part, same, views: where } of found.values()) {
    const joined = same.length > 0 ? join(part, same) : part
    if (where.size === views.length) {
      out.push(joined)
      continue
    }
    let chosen = CFG_FALSE
    for (const i of where) chosen = cfgOr(chosen, checked(views[i]).cfg)
    const cfg = cfgAnd(part.cfg, chosen)
    if (cfg.k !== 'false') out.push({ ...joined, cfg })
  }
  return out
}

/** Values that name the call of another view mean this one. */
function withCalls(reference: BodyReference, same: readonly BodyReference[]): BodyReference {
  for (const other of same) noteReference(other)
  const sameCalls = same.flatMap(({ call }): readonly CallValues[] => (call && call !== reference.call ? [call] : []))
  return sameCalls.length > 0 ? { ...reference, sameCalls } : reference
}

function noteFacts(fact: BodyFact, same: readonly BodyFact[]): BodyFact {
  for (const { source, at } of same) source.visits?.note(source, at, 'fact', 'led')
  return fact
}

/** There are more meanings than were looked at. */
function moreMeanings({ owner, expr, source, cfg }: BodyInput): BodyReference {
  const callee = { k: 'unresolved', why: 'limit' } as const
  return { source, at: expr.at, name: owner.name, owner: -1, found: 'path', callee, cfg, literals: [] }
}
