/** The functions, initialisers and closures of a crate as records of its share: what they are called, where they stand, who can name them. */
import { definitionPath, isMain } from '../names/index.js'
import { placeOf } from '../names/source.js'
import type { Unit } from '../project/workspace.js'
import { cfgOr } from '../syntax/cfg.js'
import type { TypeContext } from '../types/index.js'
import { attributeFacts } from './attribute-facts.js'
import type { BodyTask } from './bodies.js'
import { conditionKey } from './condition-key.js'
import type { FunctionKey } from './crate-share.js'
import { functionKey, keyAt, pathOfDef } from './function-keys.js'
import { checksKeys, sameOrDefect } from './key-checks.js'
import type { GrowingFunction, ShareBuilder } from './share-builder.js'

/** The index of a function, initialiser or closure in the share; added when it is met for the first time. */
export function functionOf(
  builder: ShareBuilder,
  task: BodyTask,
): { readonly index: number; readonly record: GrowingFunction; readonly isNew: boolean } {
  const { tcx, unit, functions, indexOf } = builder
  const base = pathOf(tcx, task)
  const key = keyOf(tcx, task, base, unit)
  const known = indexOf.get(key)
  const record = known === undefined ? undefined : functions[known]
  if (known !== undefined && record) {
    checkDefinition(builder, task, key)
    // Met by two ways, under two conditions.
    if (conditionKey(record.cfg) !== conditionKey(task.cfg)) record.cfg = cfgOr(record.cfg, task.cfg)
    return { index: known, record, isNew: false }
  }
  const made = newFunction(task, base, key, unit)
  const index = functions.push(made) - 1
  indexOf.set(key, index)
  checkDefinition(builder, task, key)
  return { index, record: made, isNew: true }
}

function newFunction(task: BodyTask, base: string, key: FunctionKey, unit: Unit): GrowingFunction {
  const { closure } = task
  const source = closure?.source ?? task.source
  const at = closure?.at ?? task.at
  const place = placeOf(source, closure ? at : (task.standsAt ?? at))
  const end = placeOf(source, Math.max(at, (closure?.end ?? task.end) - 1))
  return {
    key,
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
    inferred: false,
    targetDependent: false,
  }
}

function keyOf(tcx: TypeContext, { closure, def, ...task }: BodyTask, path: string, unit: Unit): FunctionKey {
  if (closure) return keyAt(unit.id, closure.source, closure.at, path, 'closure')
  const known = def.kind === 'fn' || def.kind === 'const' || def.kind === 'static' ? functionKey(tcx, def) : undefined
  return known ?? keyAt(unit.id, task.source, task.at, path, task.kind)
}

function pathOf(tcx: TypeContext, { def, name }: BodyTask): string {
  if (def.kind === 'fn' || def.kind === 'const' || def.kind === 'static') return pathOfDef(tcx, def)
  return def.kind === 'enum' ? `${definitionPath(def)}::${name}` : definitionPath(def)
}

const definitions = new WeakMap<ShareBuilder, Map<FunctionKey, object>>()

/** Where keys are checked: a second definition of one crate under a key is a defect. */
function checkDefinition(builder: ShareBuilder, { def, closure }: BodyTask, key: FunctionKey): void {
  // An expression in a type may be met by two ways; its place says all of it.
  if (!checksKeys || closure || ('id' in def && def.id < 0)) return
  const known = definitions.get(builder) ?? new Map<FunctionKey, object>()
  definitions.set(builder, known)
  sameOrDefect('function', key, known.get(key), def)
  known.set(key, def)
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
