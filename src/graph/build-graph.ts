/**
 * The call graph of a workspace, one Program (one target) after another. A body that means the same for every target
 * is inferred once: a later target adds what only it has, and what a body that touches target-dependent code means there.
 */
import { type CfgExpr, cfgAnd, compareText } from '../base/index.js'
import type { Crate, Program } from '../names/defs.js'
import { type BlockModule, guessedOptions, isActive, otherTargets } from '../names/index.js'
import type { Unit, Workspace } from '../project/workspace.js'
import {
  type BodyReference,
  type BodyTypes,
  inferBody,
  newTypeContext,
  type TypeContext,
  takeReached,
} from '../types/index.js'
import { type BodyTask, bodiesOf, bodiesOfBlock } from './bodies.js'
import type {
  CallGraph,
  FunctionNode,
  GraphLoss,
  Reference,
  ResolutionStats,
  SyntacticFact,
  Unresolved,
} from './call-graph.js'
import { calleeOf } from './callee.js'
import { constReferences, linkConstReads } from './const-reads.js'
import { namesDiffer } from './differing-names.js'
import { dispatchReferences, noteBody, noteCall, noteProgram } from './dispatch.js'
import { dropReferences, noteGlue, noteOwned } from './drop-glue.js'
import { genericCastFacts, linkGenericCasts, noteGenericCast } from './generic-casts.js'
import { type GraphState, newGraphState, nodeFor, type OpenNode, type OpenReference } from './graph-state.js'
import { checksKeys, saidBy, sameOrDefect } from './key-checks.js'
import { calleeKey, nodeCalleeKey, referenceKey } from './keys.js'
import { dispatchLoss, limitLoss } from './limit-losses.js'
import { placesOf } from './places.js'
import { systemImpls } from './system-impls.js'
import { narrowedTo } from './target-conditions.js'
import { preferFacade } from './type-path.js'
import { linkValues, noteClosures, noteValueCall, noteValues, valueReferences } from './value-calls.js'

/** Builds a Program's share of the graph; call it for each target, in order. */
export function addProgram(
  state: GraphState,
  program: Program,
  workspace: Workspace,
  onCrate?: (name: string) => void,
): void {
  preferFacade(program.core, program.alloc, program.std)
  const tcx = newTypeContext(program, systemImpls())
  otherTargets(program).differs = state.differs
  const units = new Map(workspace.units.map((unit) => [unit.id, unit]))
  for (const crate of program.crates) {
    const unit = crate.unit && units.get(crate.unit.id)
    if (!unit) continue
    onCrate?.(unit.id)
    addCrate(state, tcx, crate, unit)
    addLimits(state, tcx, unit)
    for (const loss of guessLosses(crate, unit)) addGraphLoss(state, loss)
  }
  noteProgram(state, tcx, workspace.roots)
  noteGlue(state, tcx)
  const last = workspace.units[workspace.units.length - 1]
  if (last) addLimits(state, tcx, last)
  linkValues(state)
  linkConstReads(state)
  linkGenericCasts(state.genericCasts, state.nodeOfDef)
  // What the std model could not read is the same for every crate and stands in data/std/losses.txt.
  for (const loss of program.losses) if (loss.crate.unit) addLoss(state, loss)
  linkTargets(state)
  state.programs++
}

/** Adds what was lost before any code was read. */
export function addProjectLosses(state: GraphState, { losses = [] }: Workspace): void {
  for (const loss of losses) addGraphLoss(state, loss)
}

/** Leads references to the nodes of their callees, and lets go of the Program: only one at a time is kept. */
function linkTargets(state: GraphState): void {
  for (let i = state.linked; i < state.references.length; i++) {
    const reference = state.references[i] as OpenReference
    if (!reference.pendingTarget) continue
    const target = state.nodeOfDef.get(reference.pendingTarget)
    if (target) reference.target = target.id
    reference.pendingTarget = undefined
  }
  state.linked = state.references.length
  state.nodeOfDef.clear()
  state.defOfNode.clear()
}

/** Code that a guess about an option of the build script left out: the script is not run to know. */
function guessLosses(crate: Crate, unit: Unit): readonly GraphLoss[] {
  return guessedOptions(crate).map(({ name, holds }) => ({
    kind: 'build script cfg',
    what: `cfg(${name}) is for the build script to say; read as ${holds ? 'set' : 'not set'}`,
    package: unit.package,
    file: unit.root,
    line: 0,
    column: 0,
  }))
}

/** Limits that headers and bounds reached which no body asked for. */
function addLimits(state: GraphState, tcx: TypeContext, unit: Unit): void {
  const place = { package: unit.package, file: unit.root, line: 0, column: 0 }
  for (const what of takeReached(tcx)) addGraphLoss(state, limitLoss(place, what))
}

function addLoss(state: GraphState, { kind, what, place }: Program['losses'][number]): void {
  addGraphLoss(state, { kind, what, package: place.package, file: place.file, line: place.line, column: place.column })
}

function addGraphLoss(state: GraphState, loss: GraphLoss): void {
  const key = `${loss.kind}|${loss.package}|${loss.file}|${loss.line}|${loss.column}|${loss.what}`
  if (state.lossKeys.has(key)) return
  state.lossKeys.add(key)
  state.losses.push(loss)
}

function addCrate(state: GraphState, tcx: TypeContext, crate: Crate, unit: Unit): void {
  const first: BodyTask[] = []
  const rest: BodyTask[] = []
  for (const task of bodiesOf(tcx.program, crate)) (mayHoldImpl(task) ? first : rest).push(task)
  // An impl in a block holds for the whole crate: bodies that may have one come before those that may ask for it.
  inferAll(state, tcx, unit, crate, first)
  inferAll(state, tcx, unit, crate, rest)
}

/** By the text alone: one too many makes no difference but in the order. */
function mayHoldImpl({ source, at, end }: BodyTask): boolean {
  return source.text.slice(at, end).includes('impl')
}

/** Infers bodies, and those of the items in their blocks. */
function inferAll(state: GraphState, tcx: TypeContext, unit: Unit, crate: Crate, queue: BodyTask[]): void {
  const holds = (cfg: CfgExpr | undefined): boolean => isActive(crate, cfg)
  for (let i = 0; i < queue.length; i++) {
    const task = queue[i] as BodyTask
    const { node, isNew } = nodeFor(state, tcx, task, unit)
    if (!isNew && !node.targetDependent && !namesDiffer(task.module, state.differs)) continue
    const body = task.body()
    if (!body) continue
    const others = otherTargets(tcx.program)
    others.met = false
    const types = inferBody(tcx, {
      owner: task.owner,
      expr: body.expr,
      source: body.source,
      crate,
      module: task.module,
      cfg: task.cfg,
      holds,
    })
    if (others.met) node.targetDependent = true
    addBody(state, tcx, node, task, types, unit)
    for (const block of types.blocks) queue.push(...bodiesOfBlock(tcx.program, block))
  }
}

function addBody(
  state: GraphState,
  tcx: TypeContext,
  node: OpenNode,
  task: BodyTask,
  types: BodyTypes,
  unit: Unit,
): void {
  // Impls of its blocks are found again for each target by whoever infers it.
  if (types.conditional || types.blocks.some(hasImpls)) node.targetDependent = true
  for (const what of types.limits) addGraphLoss(state, limitLoss(node, what))
  const owners = types.closures.map((closure) => nodeFor(state, tcx, { ...task, closure }, unit).node)
  for (const each of [node, ...owners])
    if (!each.inferredIn.includes(state.programs)) each.inferredIn.push(state.programs)
  for (const [i, closure] of types.closures.entries()) {
    const parent = closure.parent < 0 ? node : (owners[closure.parent] as OpenNode)
    addReference(state, {
      ...baseReference(owners[i] as OpenNode, parent),
      found: 'value',
      callee: (owners[i] as OpenNode).path,
      certainty: 'certain',
      name: '',
    })
  }
  noteBody(state.dispatch, types, task.module.crate)
  noteClosures(state.values, types, owners)
  noteOwned(state.drops, tcx, task.module.crate, types, (value) =>
    placedReference(value.owner < 0 ? node : (owners[value.owner] as OpenNode), { ...value, name: '' }),
  )
  for (const ref of types.references) {
    const from = ref.owner < 0 ? node : (owners[ref.owner] as OpenNode)
    const at = placedReference(from, ref)
    ref.source.visits?.note(ref.source, ref.at, ref.callee.k === 'const' ? 'const' : ref.found, outcomeOf(ref))
    for (const callee of calleeOf(tcx, ref, task.module.crate)) {
      const differs = callee.conditions.some(state.differs)
      if (differs) node.targetDependent = true
      const target = callee.fn && state.nodeOfDef.get(callee.fn)
      const reference: OpenReference = {
        ...at,
        ...(callee.cfg ? { cfg: cfgAnd(at.cfg, callee.cfg) } : {}),
        callee: callee.path,
        ...(callee.ofTrait ? { ofTrait: true } : {}),
        ...(callee.item ? { item: callee.item } : {}),
        aliases: callee.aliases,
        certainty: callee.certainty,
        found: callee.found,
        ...(target === undefined ? {} : { target: target.id }),
        ...(callee.fn && target === undefined ? { pendingTarget: callee.fn } : {}),
        ...(callee.symbol === undefined ? {} : { symbol: callee.symbol }),
        ...(callee.why === undefined ? {} : { why: callee.why }),
      }
      addReference(state, reference, calleeKey(callee.fn))
    }
    noteCall(state.dispatch, tcx, task, ref, at)
    noteGenericCast(state.genericCasts, tcx, ref, at, node, from)
    if (ref.callee.k === 'fn' && ref.callee.cut) {
      const what = `std may call back more through the bounds of ${ref.name} than was followed`
      addGraphLoss(state, dispatchLoss(at, what))
    }
    if (ref.callee.k === 'fn' && ref.callee.candidates) {
      const what = `which impl ${ref.name} means hangs on a constant that was not evaluated: ${ref.callee.candidates.length} can be meant`
      const { package: pkg, file, line, column } = at
      addGraphLoss(state, { kind: 'unknown constant', what, package: pkg, file, line, column })
    }
    noteValues(state.values, tcx, ref, node, owners)
    const closure = noteValueCall(state.values, ref, at, task, node, owners)
    // Whoever makes the closure refers to it already.
    if (closure && types.closures[owners.indexOf(closure)]?.parent !== ref.owner) {
      addReference(state, { ...at, callee: closure.path, certainty: 'certain', found: 'value', target: closure.id })
    }
    if (ref.callee.k === 'const' && ref.callee.def.crate.unit) state.constReads.open.push({ at, def: ref.callee.def })
  }
  for (const fact of types.facts) {
    fact.source.visits?.note(fact.source, fact.at, 'fact', 'led')
    // Outside of a build script such a text means nothing to cargo.
    if (fact.kind === 'unsafe block' || (fact.kind === 'build directive' && unit.kind !== 'build')) continue
    const owner = fact.owner < 0 ? node : (owners[fact.owner] as OpenNode)
    const { place } = placesOf(fact.source, fact.at, node.package)
    const { file, line, column } = place
    addFact(state, owner, { kind: fact.kind, what: fact.what, file, line, column, cfg: fact.cfg })
  }
}

const outcomeOf = ({ callee }: BodyReference): 'led' | 'told' => (callee.k === 'unresolved' ? 'told' : 'led')

/** A reference from a function at a place, whose callee is still to be said. */
function placedReference(
  from: OpenNode,
  ref: Pick<BodyReference, 'source' | 'at' | 'name' | 'cfg'> & { readonly literals?: readonly string[] },
): OpenReference {
  const { place, writtenAt } = placesOf(ref.source, ref.at, from.package)
  return {
    from: from.id,
    package: place.package,
    file: place.file,
    line: place.line,
    column: place.column,
    callee: null,
    aliases: [],
    certainty: 'certain',
    found: 'path',
    cfg: ref.cfg,
    name: ref.name,
    ...(writtenAt ? { writtenAt } : {}),
    ...(ref.literals && ref.literals.length > 0 ? { literals: ref.literals } : {}),
  }
}

function addFact(state: GraphState, node: OpenNode, fact: SyntacticFact): void {
  const same = node.facts.find(
    (known) =>
      known.kind === fact.kind &&
      known.what === fact.what &&
      known.file === fact.file &&
      known.line === fact.line &&
      known.column === fact.column,
  )
  noteFound(state, same ?? fact)
  if (!same) node.facts.push(fact)
}

/** A closure is reached by whoever makes it. */
function baseReference(
  closure: OpenNode,
  from: OpenNode,
): Pick<Reference, 'from' | 'package' | 'file' | 'line' | 'column' | 'aliases' | 'cfg' | 'target'> {
  return {
    from: from.id,
    package: closure.package,
    file: closure.file,
    line: closure.line,
    column: closure.column,
    aliases: [],
    cfg: closure.cfg,
    target: closure.id,
  }
}

const hasImpls = ({ defs }: BlockModule): boolean => defs.some((def) => def.kind === 'impl')

/** One place of one function may be inferred for several targets; the same meaning counts once. */
function addReference(
  state: GraphState,
  reference: OpenReference,
  callee = reference.target === undefined ? calleeKey(undefined) : nodeCalleeKey(reference.target),
): void {
  const key = referenceKey(reference, callee)
  const known = state.referenceKeys.get(key)
  noteFound(state, known ?? reference)
  if (known) {
    if (checksKeys) sameOrDefect('reference', key, saidBy(known), saidBy(reference))
    return
  }
  state.referenceKeys.set(key, reference)
  state.references.push(reference)
}

function noteFound(state: GraphState, found: object): void {
  const programs = state.foundIn.get(found)
  if (!programs) state.foundIn.set(found, [state.programs])
  else if (!programs.includes(state.programs)) programs.push(state.programs)
}

/** The condition of what a body has, with that of the targets that found it there. */
function conditionIn(state: GraphState, node: OpenNode, found: { readonly cfg: CfgExpr }): CfgExpr {
  const programs = state.foundIn.get(found)
  if (!programs || programs.some((program) => !node.inferredIn.includes(program))) return found.cfg
  if (programs.length === node.inferredIn.length) return found.cfg
  return narrowedTo(found.cfg, state.groups, programs, node.inferredIn)
}

/** The graph in its final, stable order. */
export function finishGraph(state: GraphState): CallGraph {
  bringTogether(state)
  const order = [...state.nodes].sort(byPlace)
  const idOf = new Map(order.map((node, i) => [node.id, i]))
  const functions: FunctionNode[] = order.map((node, i) => {
    const { targetDependent: _d, inferredIn: _i, ...rest } = node
    return {
      ...rest,
      id: i,
      facts: node.facts
        .map((fact) => ({ ...fact, cfg: conditionIn(state, node, fact) }))
        .sort(
          (a, b) =>
            compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.kind, b.kind),
        ),
    }
  })
  const references = state.references.map((open): Reference => {
    const { target, pendingTarget: _, ...bare } = open
    return {
      ...bare,
      cfg: conditionIn(state, state.nodes[open.from] as OpenNode, open),
      from: idOf.get(open.from) as number,
      ...(target === undefined ? {} : { target: idOf.get(target) as number }),
    }
  })
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
  return { functions, references, losses, stats: statsOf(references) }
}

/** Adds what only the whole program can tell: impls, values and drop glue that can be meant, initialisers that are read. */
function bringTogether(state: GraphState): void {
  for (const { references, losses } of [
    dispatchReferences(state),
    valueReferences(state),
    dropReferences(state.drops),
  ]) {
    for (const reference of references) addReference(state, reference)
    for (const loss of losses) addGraphLoss(state, loss)
  }
  for (const reference of constReferences(state)) addReference(state, reference)
  for (const { node, fact } of genericCastFacts(state.genericCasts)) addFact(state, node, fact)
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
    else if (reference.ofTrait && reference.target === undefined) trait++
    else exact++
  }
  return { references: total, exact, trait, value, unresolved }
}

export { type GraphLoss, newGraphState }
