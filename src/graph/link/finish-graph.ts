/** The end of linking: what only the whole program can tell, the conditions of targets, and the graph in its final, stable order. */

import { type CfgExpr, checked, compareText } from '../../base/index.js'
import type { CallGraph, FunctionNode, Reference, ResolutionStats, Unresolved } from '../call-graph.js'
import { castFacts } from './casts.js'
import { separateCompilerReads } from './compiler-reads.js'
import { constReferences } from './const-reads.js'
import { dispatchReferences } from './dispatch.js'
import { dropReferences } from './drops.js'
import { addFact, addLoss, addReference, type LinkState } from './link-state.js'
import { LinkedValues } from './linked-values.js'
import type { OpenNode, OpenReference } from './open-graph.js'
import { narrowedTo } from './target-conditions.js'
import { valueReferences } from './values.js'

/** The graph of all that was added. */
export function finishGraph(state: LinkState): CallGraph {
  separateCompilerReads(state)
  leadReferences(state)
  bringTogether(state)
  const order = [...state.nodes].sort(byPlace)
  const values = new LinkedValues(state, (key) => {
    const node = state.nodeOfKey.get(key)
    return node && idOf.get(node.id)
  })
  const idOf = new Map(order.map((node, i) => [node.id, i]))
  const functions: FunctionNode[] = order.map((node, i) => {
    const { inferredIn: _, sharedWith: _s, maker: _m, metIn, namedAmong, returned: _r, recipe: _c, ...rest } = node
    const returns = values.returnedOf(node)
    const recipes = values.recipesOf(node)
    return {
      ...rest,
      ...(returns && { returns }),
      ...(recipes.length > 0 && { recipes }),
      ...(namedAmong && { cfg: narrowedTo(node.cfg, state.groups, metIn, namedAmong) }),
      id: i,
      facts: node.facts
        .map((fact) => ({ ...fact, cfg: conditionIn(state, node, fact) }))
        .sort(
          (a, b) =>
            compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.kind, b.kind),
        ),
    }
  })
  const references = state.references.map((open) =>
    closed(
      values,
      open,
      idOf.get(open.from) as number,
      conditionIn(state, checked(state.nodes[open.from]), open),
      open.to === undefined ? undefined : idOf.get(open.to),
    ),
  )
  references.sort(
    (a, b) =>
      a.from - b.from ||
      a.line - b.line ||
      a.column - b.column ||
      compareText(a.file, b.file) ||
      compareText(a.callee ?? '', b.callee ?? '') ||
      compareText(a.found, b.found),
  )
  const losses = [...state.losses].sort(
    (a, b) =>
      compareText(a.package, b.package) ||
      compareText(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compareText(a.what, b.what),
  )
  const fields = values.fields((from) => idOf.get(from) as number)
  const exposes = [...state.exposes]
    .map(([id, others]) => ({ package: id, others: [...others].sort(compareText) }))
    .sort((a, b) => compareText(a.package, b.package))
  return { functions, references, losses, stats: statsOf(references), fields, exposes }
}

/** A reference of the graph, copied field by field: there are hundreds of thousands. */
function closed(
  values: LinkedValues,
  open: OpenReference,
  from: number,
  cfg: CfgExpr,
  to: number | undefined,
): Reference {
  const { package: pkg, file, line, column, name, callee, aliases, certainty, found } = open
  const out: { -readonly [K in keyof Reference]: Reference[K] } = {
    from,
    package: pkg,
    file,
    line,
    column,
    cfg,
    name,
    callee,
    aliases,
    certainty,
    found,
  }
  if (open.writtenAt) out.writtenAt = open.writtenAt
  if (open.literals) out.literals = open.literals
  if (open.use) {
    out.call = values.numberOf(open.use)
    out.values = values.argumentsOf(open.use)
  }
  if (open.item) out.item = open.item
  if (open.symbol !== undefined) out.symbol = open.symbol
  if (open.ofTrait) out.ofTrait = open.ofTrait
  if (open.why !== undefined) out.why = open.why
  if (to !== undefined) out.to = to
  return out
}

/** Leads references to the nodes of their callees, now that every function has one. */
function leadReferences({ references, openReads, constReads, nodeOfKey }: LinkState): void {
  for (const reference of references) {
    const to = reference.pending === undefined ? undefined : nodeOfKey.get(reference.pending)
    if (to) reference.to = to.id
  }
  for (const { at, of: key } of openReads.splice(0)) {
    const of = nodeOfKey.get(key)
    if (of && of.id !== at.from) constReads.push({ at, of, certainty: 'certain' })
  }
}

/** Adds what only the whole program can tell: impls, values and drop glue that can be meant, initialisers that are read. */
function bringTogether(state: LinkState): void {
  for (const { references, losses } of [
    dispatchReferences(state),
    valueReferences(state),
    dropReferences(state.drops),
  ]) {
    for (const reference of references) addReference(state, reference, nodeKey(reference))
    for (const loss of losses) addLoss(state, loss)
  }
  for (const reference of constReferences(state)) addReference(state, reference, nodeKey(reference))
  for (const { node, fact } of castFacts(state)) addFact(state, node, fact)
}

/** What was thought of here stands beside what a body says for itself. */
const nodeKey = ({ to }: OpenReference): string => `#${to}`

/** The condition of what a body has, with that of the targets that found it there. */
function conditionIn(state: LinkState, node: OpenNode, found: { readonly cfg: CfgExpr }): CfgExpr {
  const groups = state.foundIn.get(found)
  if (!groups || groups.some((group) => !node.inferredIn.includes(group))) return found.cfg
  if (groups.length === node.inferredIn.length) return found.cfg
  return narrowedTo(found.cfg, state.groups, withShared(node, groups), withShared(node, node.inferredIn))
}

/** The groups, and those that share a body with one of them. */
function withShared(node: OpenNode, groups: readonly number[]): readonly number[] {
  let body = node
  while (body.maker) body = body.maker
  const others = body.sharedWith.flatMap(([group, other]) => (groups.includes(other) ? [group] : []))
  return [...new Set([...groups, ...others])].sort((a, b) => a - b)
}

function byPlace(a: OpenNode, b: OpenNode): number {
  return (
    compareText(a.package, b.package) ||
    compareText(a.unit, b.unit) ||
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.path, b.path) ||
    a.id - b.id
  )
}

function statsOf(references: readonly Reference[]): ResolutionStats {
  const unresolved: Record<Unresolved, number> = {
    'unknown receiver': 0,
    'no such method': 0,
    'ambiguous method': 0,
    'unknown path': 0,
    'unknown value': 0,
    'opaque macro': 0,
    limit: 0,
  }
  let exact = 0
  let trait = 0
  let value = 0
  let total = 0
  for (const reference of references) {
    if (reference.certainty !== 'certain' || reference.found === 'implicit' || reference.found === 'operator') continue
    total++
    if (reference.why) unresolved[reference.why]++
    else if (reference.found === 'value') value++
    else if (reference.ofTrait && reference.to === undefined) trait++
    else exact++
  }
  return { references: total, exact, trait, value, unresolved }
}
