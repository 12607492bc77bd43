/** The functions, initialisers and closures of a crate as records of its share: what they are called, where they stand, who can name them. */
import { type CfgExpr, cfgOr } from '../base/index.js'
import {
  ALL_TARGETS,
  definitionPath,
  isMain,
  meeting,
  newMet,
  otherTargets,
  placeOf,
  type Source,
} from '../names/index.js'
import type { Unit } from '../project/index.js'
import type { ClosureBody, TypeContext } from '../types/index.js'
import { implHeader } from '../types/index.js'
import { ALL_GROUPS } from './alike-targets.js'
import { attributeFacts } from './attribute-facts.js'
import type { BodyTask } from './bodies.js'
import { conditionKey } from './condition-key.js'
import type { FunctionKey } from './crate-share.js'
import { functionKey, keyAt, pathOfDef } from './function-keys.js'
import { sameOrDefect } from './key-checks.js'
import type { GrowingFunction, ShareBuilder } from './share-builder.js'

/** A function of the share. */
export interface FunctionInShare {
  readonly index: number
  readonly record: GrowingFunction
  /** It is met for the first time, or by another definition: those of a file that is mounted twice may mean other things. */
  readonly isNew: boolean
}

/** The function or initialiser of a task in the share; added when it is met for the first time. */
export function functionOf(builder: ShareBuilder, task: BodyTask): FunctionInShare {
  const { tcx, unit } = builder
  const path = pathOf(tcx, task)
  const key = keyOf(tcx, task, path, unit)
  const found = joined(builder, key, task.cfg) ?? added(builder, newFunction(task, path, key, unit))
  if (isNamedByTarget(tcx, task)) found.record.namedByTarget = true
  return isAnother(builder, task, key) ? { ...found, isNew: true } : found
}

/** Whether the header of the impl around it, which is part of its path, differs among the targets. */
function isNamedByTarget(tcx: TypeContext, { def }: BodyTask): boolean {
  const impl = 'container' in def ? def.container : undefined
  if (impl?.kind !== 'impl') return false
  const met = newMet()
  meeting(otherTargets(tcx.program), met, () => implHeader(tcx, impl))
  return met.same !== ALL_TARGETS
}

/** The same of a closure in the body of `task`; `outer` is the path of the function that the body is of. */
export function closureOf(builder: ShareBuilder, task: BodyTask, closure: ClosureBody, outer: string): FunctionInShare {
  const key = keyAt(builder.unit.id, closure.source, closure.at, outer, 'closure')
  return joined(builder, key, task.cfg) ?? added(builder, newClosure(task, closure, outer, key, builder.unit))
}

function joined({ functions, indexOf }: ShareBuilder, key: FunctionKey, cfg: CfgExpr): FunctionInShare | undefined {
  const index = indexOf.get(key)
  const record = index === undefined ? undefined : functions[index]
  if (index === undefined || !record) return undefined
  // Met by two ways, under two conditions.
  if (conditionKey(record.cfg) !== conditionKey(cfg)) record.cfg = cfgOr(record.cfg, cfg)
  return { index, record, isNew: false }
}

function added({ functions, indexOf }: ShareBuilder, record: GrowingFunction): FunctionInShare {
  const index = functions.push(record) - 1
  indexOf.set(record.key, index)
  return { index, record, isNew: true }
}

function newFunction(task: BodyTask, path: string, key: FunctionKey, unit: Unit): GrowingFunction {
  const { source, at } = task
  const { file, line, column, endLine } = linesOf(source, task.standsAt ?? at, at, task.end, unit.package)
  return {
    key,
    package: unit.package,
    unit: unit.kind,
    stages: unit.stages,
    path,
    module: definitionPath(task.home),
    kind: task.kind,
    file,
    line,
    column,
    endLine,
    // Nobody can name the functions of a program or build script, `pub` or not.
    public: task.public && (unit.kind === 'lib' || unit.kind === 'proc-macro'),
    entry: isEntry(task, unit),
    cfg: task.cfg,
    unsafe: task.unsafe,
    facts: attributeFacts(task.attrs, source, task.cfg, unit.package),
    inferred: false,
    holdsFor: ALL_GROUPS,
  }
}

function newClosure(
  task: BodyTask,
  { source, at, end }: ClosureBody,
  outer: string,
  key: FunctionKey,
  unit: Unit,
): GrowingFunction {
  return {
    key,
    package: unit.package,
    unit: unit.kind,
    stages: unit.stages,
    path: `${outer}::{closure}`,
    outer,
    module: definitionPath(task.home),
    kind: 'closure',
    ...linesOf(source, at, at, end, unit.package),
    public: false,
    entry: false,
    cfg: task.cfg,
    unsafe: false,
    facts: [],
    inferred: false,
    holdsFor: ALL_GROUPS,
  }
}

/** Where a text stands for a reader of the package: from `standsAt`, where that is not where it begins. */
function linesOf(source: Source, standsAt: number, at: number, end: number, pkg: string) {
  const { package: home, file, line, column } = placeOf(source, standsAt)
  const last = placeOf(source, Math.max(at, end - 1))
  return {
    file: home === pkg ? file : foreignFile(home, file),
    line,
    column,
    endLine: last.file === file && last.line > line ? last.line : line,
  }
}

function keyOf(tcx: TypeContext, { def, source, at, kind }: BodyTask, path: string, unit: Unit): FunctionKey {
  const known =
    def.kind === 'fn' || def.kind === 'const' || def.kind === 'static' ? functionKey(tcx, def, path) : undefined
  return known ?? keyAt(unit.id, source, at, path, kind)
}

function pathOf(tcx: TypeContext, { def, name }: BodyTask): string {
  if (def.kind === 'fn' || def.kind === 'const' || def.kind === 'static') return pathOfDef(tcx, def)
  return def.kind === 'enum' ? `${definitionPath(def)}::${name}` : definitionPath(def)
}

const definitions = new WeakMap<ShareBuilder, Map<FunctionKey, BodyTask['def'][]>>()

/**
 * Whether the function was met as another definition: one `mod` file that is mounted twice, under two conditions, makes two of
 * each item, whose names may lead elsewhere. Any other second definition under a key is a defect, where keys are checked.
 */
function isAnother(builder: ShareBuilder, { def }: BodyTask, key: FunctionKey): boolean {
  // An expression in a type may be met by two ways; its place says all of it.
  if ('id' in def && def.id < 0) return false
  const known = definitions.get(builder) ?? new Map<FunctionKey, BodyTask['def'][]>()
  definitions.set(builder, known)
  const [first, ...more] = known.get(key) ?? []
  if (first === def || more.includes(def)) return false
  known.set(key, first ? [first, ...more, def] : [def])
  if (!first) return false
  if (!isSameText(first, def)) sameOrDefect('function', key, first, def)
  return true
}

/** Whether two definitions were written as one, or made by one macro call that was read twice. */
function isSameText(a: BodyTask['def'], b: BodyTask['def']): boolean {
  const [one, other] = [a, b].map(({ source, ast }) => ({
    ...placeOf(source, ast.at),
    text: source.text.slice(ast.at, ast.end),
  }))
  return (
    one?.file === other?.file && one?.line === other?.line && one?.column === other?.column && one?.text === other?.text
  )
}

/** How the place in another package's file is written: `<name-version>/path`. */
function foreignFile(pkg: string, file: string): string {
  return `<${pkg.replace('@', '-')}>/${file}`
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
