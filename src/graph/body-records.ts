/** What inference says of a body, as records of its crate's share. */
import { type CfgExpr, cfgAnd, checked } from '../base/index.js'
import type { BlockModule } from '../names/index.js'
import {
  type BodyFact,
  type BodyReference,
  type BodyTypes,
  type CallValues,
  HAS_OPEN_CONST,
  noteReference,
} from '../types/index.js'
import { noteArguments } from './argument-records.js'
import { argumentTypes } from './argument-types.js'
import type { BodyTask } from './bodies.js'
import { calleeOf, type GraphCallee } from './callee.js'
import { noteGenericCast } from './cast-records.js'
import type { GroupSet, Site } from './crate-share.js'
import { noteCall, noteMade } from './dispatch-records.js'
import { noteOwned } from './drop-records.js'
import { functionKey } from './function-keys.js'
import { closureOf } from './function-records.js'
import { dispatchLoss, limitLoss } from './limit-losses.js'
import { placesOf } from './places.js'
import { addSite, type BodyIndexes, type GrowingFunction, placeOfFunction, type ShareBuilder } from './share-builder.js'
import { noteClosures, noteValueCall, noteValues } from './value-records.js'

/** Adds what `types` say of the body of `task`, the function `index`. */
export function addBody(
  builder: ShareBuilder,
  index: number,
  task: BodyTask,
  types: BodyTypes,
  alike: (cfg: CfgExpr) => GroupSet,
): void {
  const record = checked(builder.functions[index])
  // Impls of its blocks are found again for each target by whoever infers it.
  if (types.blocks.some(hasImpls)) record.holdsFor = 0
  for (const what of types.limits) builder.losses.push(limitLoss(placeOfFunction(record), what))
  const closures = types.closures.map((closure) => closureOf(builder, task, closure, record.path))
  record.inferred = true
  for (const [i, closure] of closures.entries()) {
    closure.record.inferred = true
    closure.record.madeIn = closures[types.closures[i]?.parent ?? -1]?.index ?? index
  }
  const indexes: BodyIndexes = { body: index, closures: closures.map((closure) => closure.index) }
  const ownerOf = (owner: number): number => indexes.closures[owner] ?? index
  noteMade(builder, types)
  noteClosures(builder, types, indexes.closures)
  noteOwned(builder, task.module.crate, types, (value) => siteOf(builder, ownerOf(value.owner), { ...value, name: '' }))
  const siteOfCall = new Map<CallValues, number>()
  const typesOfCall = new Map<CallValues, readonly (string | undefined)[]>()
  for (const ref of types.references) {
    const at = addReferences(builder, record, task, types, indexes, ref, alike)
    if (!ref.call) continue
    siteOfCall.set(ref.call, at)
    for (const same of ref.sameCalls ?? []) siteOfCall.set(same, at)
    const known = argumentTypes(builder.tcx, ref)
    if (known) typesOfCall.set(ref.call, known)
  }
  noteArguments(builder, index, types, siteOfCall, typesOfCall)
  for (const fact of types.facts) addFact(builder, ownerOf(fact.owner), fact)
}

const hasImpls = ({ defs }: BlockModule): boolean => defs.some((def) => def.kind === 'impl')

function addReferences(
  builder: ShareBuilder,
  record: GrowingFunction,
  task: BodyTask,
  types: BodyTypes,
  indexes: BodyIndexes,
  ref: BodyReference,
  alike: (cfg: CfgExpr) => GroupSet,
): number {
  const { tcx, losses, references } = builder
  const { callee } = ref
  noteReference(ref)
  const site = siteOf(builder, indexes.closures[ref.owner] ?? indexes.body, ref)
  const at = addSite(builder, site)
  for (const meant of calleeOf(tcx, ref, task.module.crate)) {
    for (const cfg of meant.conditions) record.holdsFor &= alike(cfg)
    // What another build has in its place, where this is of a build that has not.
    if (meant.cfg && cfgAnd(ref.cfg, meant.cfg).k === 'false') continue
    references.push({ at, ...calleeRecord(builder, meant) })
  }
  noteCall(builder, task, ref, at)
  noteGenericCast(builder, ref, at, indexes.body)
  if (callee.k === 'fn' && callee.cut)
    losses.push(dispatchLoss(site, `std may call back more through the bounds of ${ref.name} than was followed`))
  if (callee.k === 'fn' && callee.candidates) {
    const count = callee.candidates.length
    if (callee.args.some((arg) => arg.flags & HAS_OPEN_CONST)) {
      const what = `which impl ${ref.name} means hangs on a constant that was not evaluated: ${count} can be meant`
      losses.push({ kind: 'unknown constant', what, ...placeOfFunction(site) })
    } else losses.push(dispatchLoss(site, `which function ${ref.name} means hangs on a bound that is not known`))
  }
  noteValues(builder, ref, indexes)
  const closure = noteValueCall(builder, ref, at, task, indexes)
  // Whoever makes the closure refers to it already.
  if (closure !== undefined && types.closures[closure]?.parent !== ref.owner) {
    const { path, key } = checked(builder.functions[checked(indexes.closures[closure])])
    references.push({ at, callee: path, aliases: [], certainty: 'certain', found: 'value', to: key })
  }
  if (callee.k === 'const' && callee.def.crate.unit) {
    record.holdsFor &= alike(callee.def.cfg)
    const of = functionKey(tcx, callee.def)
    if (of) builder.open.constReads.push({ at, of })
  }
  return at
}

function calleeRecord({ tcx }: ShareBuilder, { path, conditions: _, fn, ...callee }: GraphCallee) {
  const to = fn && functionKey(tcx, fn)
  return { ...callee, callee: path, ...(to === undefined ? {} : { to }) }
}

/** Where something of a body stands for a reader. */
function siteOf(
  { unit }: ShareBuilder,
  owner: number,
  ref: Pick<BodyReference, 'source' | 'at' | 'name' | 'cfg'> & { readonly literals?: readonly string[] },
): Site {
  const { place, writtenAt } = placesOf(ref.source, ref.at, unit.package)
  return {
    function: owner,
    package: place.package,
    file: place.file,
    line: place.line,
    column: place.column,
    cfg: ref.cfg,
    name: ref.name,
    ...(writtenAt ? { writtenAt } : {}),
    ...(ref.literals && ref.literals.length > 0 ? { literals: ref.literals } : {}),
  }
}

function addFact({ unit, facts }: ShareBuilder, owner: number, fact: BodyFact): void {
  fact.source.visits?.note(fact.source, fact.at, 'fact', 'led')
  // Outside of a build script such a text means nothing to cargo.
  if (fact.kind === 'unsafe block' || (fact.kind === 'build directive' && unit.kind !== 'build')) return
  const { file, line, column } = placesOf(fact.source, fact.at, unit.package).place
  facts.push({ function: owner, kind: fact.kind, what: fact.what, file, line, column, cfg: fact.cfg })
}
