/** The graph while it is built: nodes by what they are, so that a second target's view of a function joins the first's. */

import { type CfgExpr, cfgHolds, cfgOr } from '../base/index.js'
import type { FnDef } from '../names/defs.js'
import { definitionPath, isMain } from '../names/index.js'
import { placeOf } from '../names/source.js'
import type { TargetPlatform, Unit } from '../project/workspace.js'
import type { TypeContext } from '../types/index.js'
import { attributeFacts } from './attribute-facts.js'
import type { BodyTask } from './bodies.js'
import type { FunctionNode, GraphLoss, Reference, SyntacticFact } from './call-graph.js'
import type { ConstReads } from './const-reads.js'
import { type DispatchState, newDispatchState } from './dispatch.js'
import { type DropState, newDropState } from './drop-glue.js'
import { type GenericCasts, newGenericCasts } from './generic-casts.js'
import { checksKeys, sameOrDefect } from './key-checks.js'
import { conditionKey, type NodeKey, nodeKey, type ReferenceKey } from './keys.js'
import type { TargetGroups } from './target-conditions.js'
import { fnPath } from './type-path.js'
import { newValueState, type ValueState } from './value-calls.js'

export interface OpenNode extends Omit<FunctionNode, 'facts' | 'cfg'> {
  cfg: CfgExpr
  readonly facts: SyntacticFact[]
  /** Its body meant something that only some targets have: other targets infer it again. */
  targetDependent: boolean
  /** Programs for which its body was inferred. */
  readonly inferredIn: number[]
}

export interface GraphState {
  readonly nodes: OpenNode[]
  readonly nodeOfKey: Map<NodeKey, OpenNode>
  /** Of the Program that is being added. */
  readonly nodeOfDef: Map<object, OpenNode>
  /** The other way round, only where keys are checked: a second definition of one Program under a node's key is a defect. */
  readonly defOfNode: Map<OpenNode, object>
  readonly references: OpenReference[]
  readonly referenceKeys: Map<ReferenceKey, OpenReference>
  /** Programs whose bodies had a reference or fact, where the body was inferred for several. */
  readonly foundIn: Map<object, number[]>
  readonly groups: TargetGroups
  readonly losses: GraphLoss[]
  readonly lossKeys: Set<string>
  /** What is brought together at the end, when all of it is known. */
  readonly dispatch: DispatchState
  readonly values: ValueState
  readonly drops: DropState
  readonly constReads: ConstReads
  readonly genericCasts: GenericCasts
  programs: number
  /** References before this index have found their targets. */
  linked: number
  /** Whether a condition holds for some of the targets looked at and not for others. */
  readonly differs: (cfg: CfgExpr) => boolean
}

export interface OpenReference extends Omit<Reference, 'target'> {
  target?: number
  /** A function of a crate that has no nodes yet. */
  pendingTarget?: FnDef | undefined
}

/** An empty graph, for the targets that will be added to it: a Program for each group, in their order. */
export function newGraphState(groups: TargetGroups): GraphState {
  return {
    nodes: [],
    nodeOfKey: new Map(),
    nodeOfDef: new Map(),
    defOfNode: new Map(),
    references: [],
    referenceKeys: new Map(),
    foundIn: new Map(),
    groups,
    losses: [],
    lossKeys: new Set(),
    dispatch: newDispatchState(),
    values: newValueState(),
    drops: newDropState(),
    constReads: { linked: [], open: [] },
    genericCasts: newGenericCasts(),
    programs: 0,
    linked: 0,
    differs: differsAmong(groups.flatMap(([target]) => target ?? [])),
  }
}

function differsAmong(targets: readonly TargetPlatform[]): (cfg: CfgExpr) => boolean {
  const oracles = targets.map(({ cfg }) => {
    const options = new Set(cfg.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`)))
    return (name: string, value: string | undefined) => options.has(value === undefined ? name : `${name}=${value}`)
  })
  const known = new WeakMap<CfgExpr, boolean>()
  return (cfg) => {
    if (cfg.k === 'true') return false
    const found = known.get(cfg)
    if (found !== undefined) return found
    const first = oracles[0] !== undefined && cfgHolds(cfg, oracles[0])
    const differs = oracles.some((oracle) => cfgHolds(cfg, oracle) !== first)
    known.set(cfg, differs)
    return differs
  }
}

/** The node of a function, initialiser or closure; made when it is met for the first time. */
export function nodeFor(
  state: GraphState,
  tcx: TypeContext,
  task: BodyTask,
  unit: Unit,
): { readonly node: OpenNode; readonly isNew: boolean } {
  const { closure } = task
  const source = closure?.source ?? task.source
  const at = closure?.at ?? task.at
  const base = pathOf(tcx, task)
  const key = nodeKey(unit.id, source, at, base, closure ? 'closure' : task.kind)
  const known = state.nodeOfKey.get(key)
  if (known) {
    if (!closure) noteDefinition(state, task, key, known)
    // Another target may have it under another condition: a module that is mounted there by another attribute.
    if (conditionKey(known.cfg) !== conditionKey(task.cfg)) known.cfg = cfgOr(known.cfg, task.cfg)
    return { node: known, isNew: false }
  }
  const place = placeOf(source, closure ? at : (task.standsAt ?? at))
  const end = placeOf(source, Math.max(at, (closure?.end ?? task.end) - 1))
  const node: OpenNode = {
    id: state.nodes.length,
    package: unit.package,
    unit: unit.kind,
    stages: unit.stages,
    path: closure ? `${base}::{closure}` : base,
    ...(closure && { outer: base }),
    module: definitionPath(task.home),
    kind: closure ? 'closure' : task.kind,
    file: place.package === unit.package ? place.file : foreignFile(place.package, place.file),
    line: place.line,
    column: place.column,
    endLine: end.file === place.file && end.line > place.line ? end.line : place.line,
    // Nobody can name the functions of a program or build script, `pub` or not.
    public: !closure && task.public && (unit.kind === 'lib' || unit.kind === 'proc-macro'),
    entry: !closure && isEntry(task, unit),
    cfg: task.cfg,
    unsafe: !closure && task.unsafe,
    facts: closure ? [] : attributeFacts(task.attrs, task.source, task.cfg, unit.package),
    targetDependent: false,
    inferredIn: [],
  }
  state.nodes.push(node)
  state.nodeOfKey.set(key, node)
  if (!closure) noteDefinition(state, task, key, node)
  return { node, isNew: true }
}

function noteDefinition(state: GraphState, { def }: BodyTask, key: NodeKey, node: OpenNode): void {
  state.nodeOfDef.set(def, node)
  // An expression in a type may be met by two ways; its place says all of it.
  if (!checksKeys || ('id' in def && def.id < 0)) return
  sameOrDefect('node', key, state.defOfNode.get(node), def)
  state.defOfNode.set(node, def)
}

/** How the place in another package's file is written: `<name-version>/path`. */
export function foreignFile(pkg: string, file: string): string {
  return `<${pkg.replace('@', '-')}>/${file}`
}

function pathOf(tcx: TypeContext, task: BodyTask): string {
  if (task.def.kind === 'fn') return fnPath(tcx, task.def, task.def.crate)
  return task.def.kind === 'enum' ? `${definitionPath(task.def)}::${task.name}` : definitionPath(task.def)
}

/** Attributes by which the compiler, the linker or the runtime find code that nobody names. */
const FOUND_BY_ATTRIBUTE: ReadonlySet<string> = new Set([
  'no_mangle',
  'export_name',
  'link_section',
  'global_allocator',
  'alloc_error_handler',
  'panic_handler',
  'proc_macro',
  'proc_macro_attribute',
  'proc_macro_derive',
])

function isEntry(task: BodyTask, unit: Unit): boolean {
  if (task.def.kind !== 'fn' && task.def.kind !== 'static') return false
  if (task.attrs.some((attr) => FOUND_BY_ATTRIBUTE.has(attr.meta.path))) return true
  return isMain(task.def) && (unit.kind === 'bin' || unit.kind === 'build' || unit.kind === 'example')
}
