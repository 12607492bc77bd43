/**
 * Builds a Program: the crates of one target in dependency order, each collected and settled before the next, so that
 * another crate's names are always final. Files come from a FileStore that the Programs of all targets share; std comes
 * from the std model, or from real source when the model itself is made.
 */
import { CFG_TRUE, type CfgExpr } from '../base/index.js'
import type { Package, PackageId, TargetPlatform, Unit } from '../project/index.js'
import type { Attr } from '../syntax/index.js'
import { alwaysHasAttr, attrValue } from './attributes.js'
import { collectUnnamedConsts } from './blocks.js'
import { buildScriptWords } from './build-script-words.js'
import { collectItems } from './collect.js'
import { noteFileProblems } from './collect-modules.js'
import { type CfgInputs, type CrateCfg, cfgInputs, crateCfg, isForHost, isForTarget } from './crate-cfg.js'
import { type CrateState, newModule, type OwnModule, type ProgramState, registerState } from './crate-state.js'
import type { Crate, Module, Program } from './defs.js'
import type { FileStore, StoredFile } from './file-store.js'
import { parseCached } from './fragment-cache.js'
import { bind, exportedMacros } from './imports.js'
import { EXPANSION_DEPTH_LIMIT } from './macros/expand.js'
import { ownDir } from './module-files.js'
import { newMet, noteCondition } from './other-targets.js'
import { ITEM_MACROS, settle } from './settle.js'
import { lineStartsOf, type Source } from './source.js'
import type { StdModel, StdModelCrate } from './std-model.js'
import { newTextualTable } from './textual-scope.js'
import { plainView } from './views.js'

export interface ProgramInput {
  /** Every unit behind its dependencies. */
  readonly units: readonly Unit[]
  readonly packages: ReadonlyMap<PackageId, Package>
  readonly files: FileStore
  readonly target: TargetPlatform
  readonly std: StdModel
}

/** The package that files of the std model are said to be of. */
export const STD_PACKAGE = 'std'

/**
 * The code of all units as one target sees it. Units whose root cannot be read are empty crates with a loss. Throws when
 * the std model lacks core, alloc or std: then the installation is broken.
 */
export function buildProgram(input: ProgramInput): Program {
  const state = newProgram(input.files, input.target)
  for (const crate of input.std.crates) buildModelCrate(state, crate)
  return finish(state, buildUnits(state, input))
}

/**
 * core, alloc, std and what they are made of as ordinary crates, from their own source: for making the std model.
 * `units` begin with the toolchain's crates, dependencies first; their names make them the Program's core, alloc and std.
 */
export function buildStdFromSource(
  input: Omit<ProgramInput, 'std'>,
  isToolchain: (unit: Unit) => boolean = () => true,
): Program {
  const state = newProgram(input.files, input.target)
  return finish(state, buildUnits(state, input, isToolchain))
}

function newProgram(files: FileStore, target: TargetPlatform): ProgramState {
  return {
    target,
    files,
    losses: [],
    lossKeys: new Set(),
    states: new Map(),
    toolchain: new Map(),
    nextId: 0,
    nextHygiene: 0,
    view: plainView(),
    otherTargets: newMet(),
    madePaths: new WeakMap(),
    madeBodies: new WeakMap(),
    fragments: { parse: (text, as) => parseCached(files, text, as) },
  }
}

function finish(state: ProgramState, byUnit: ReadonlyMap<string, Crate>): Program {
  const toolchainCrate = (name: string): Crate => {
    const crate = state.toolchain.get(name)
    if (!crate) throw new Error(`the std model has no crate ${name}`)
    return crate
  }
  return {
    crates: [...state.states.keys()],
    byUnit,
    core: toolchainCrate('core'),
    alloc: toolchainCrate('alloc'),
    std: toolchainCrate('std'),
    losses: state.losses.splice(0),
  }
}

// ---------------------------------------------------------------- crates

interface CrateInput {
  readonly name: string
  readonly edition: number
  readonly unit?: Unit
  readonly packageId: string
  readonly root: StoredFile
  readonly rootPath: string
  readonly externs: ReadonlyMap<string, Crate>
  readonly cfg: CfgInputs
  /** One of the toolchain's crates: it finds only its own dependencies and no std. */
  readonly toolchain: boolean
}

function buildModelCrate(state: ProgramState, model: StdModelCrate): void {
  const origin = {
    k: 'file',
    package: STD_PACKAGE,
    path: model.name,
    lineStarts: lineStartsOf(model.text),
    pieces: model.pieces,
  } as const
  const source: Source = { id: state.files.nextSourceId(), text: model.text, facts: model.facts, origin }
  buildCrate(state, {
    name: model.name,
    edition: model.edition,
    packageId: STD_PACKAGE,
    root: { source },
    rootPath: model.name,
    externs: new Map(state.toolchain),
    cfg: {
      features: [],
      declaredFeatures: [],
      buildScriptWords: undefined,
      dependencies: new Map(),
      forHost: false,
      onlyForHost: false,
    },
    toolchain: true,
  })
}

function buildUnits(
  state: ProgramState,
  input: Omit<ProgramInput, 'std'>,
  isToolchain: (unit: Unit) => boolean = () => false,
): ReadonlyMap<string, Crate> {
  const byUnit = new Map<string, Crate>()
  for (const unit of input.units) {
    const externs = new Map<string, Crate>()
    for (const extern of unit.externs) {
      const crate = byUnit.get(extern.unit)
      if (crate && (isForHost(unit) || isForTarget(extern.platform, input.target))) externs.set(extern.name, crate)
    }
    const stored = input.files.get(unit.package, unit.root)
    const crate = buildCrate(state, {
      name: unit.crateName,
      edition: unit.edition,
      unit,
      packageId: unit.package,
      root: stored ?? { source: emptySource(state, unit), problem: `${unit.root} is missing` },
      rootPath: unit.root,
      externs,
      cfg: cfgInputs(unit, buildScriptWords(input.packages.get(unit.package), input.units), input.target),
      toolchain: isToolchain(unit),
    })
    byUnit.set(unit.id, crate)
  }
  return byUnit
}

function emptySource(state: ProgramState, unit: Unit): Source {
  const facts = { items: [], attrs: [], bodies: [], errors: [] }
  const origin = { k: 'file', package: unit.package, path: unit.root, lineStarts: lineStartsOf('') } as const
  return { id: state.files.nextSourceId(), text: '', facts, origin }
}

function buildCrate(program: ProgramState, input: CrateInput): Crate {
  const cfg = notingCfg(program, crateCfg(input.cfg, program.target))
  const { source } = input.root
  const state = newCrateState(program, input, cfg)
  const { crate } = state
  const { visibleCrates } = crate
  const root = newModule(
    state,
    undefined,
    { name: input.name, source, attrs: source.facts.attrs, cfg: CFG_TRUE, vis: 'public', block: false },
    ownDir(input.rootPath),
  )
  crate.root = root as Module
  visibleCrates.add(crate)
  for (const dependency of [...input.externs.values(), ...(input.toolchain ? [] : program.toolchain.values())]) {
    for (const each of dependency.visibleCrates) visibleCrates.add(each)
  }
  registerState(state)
  if (input.toolchain) program.toolchain.set(input.name, crate)
  seedPreludes(state, input.externs, hasNoCore(input, cfg))
  noteFileProblems(state, source, input.root.problem)
  collectItems(
    state,
    source.facts.items,
    source,
    { module: root, cfg: CFG_TRUE, textual: { scope: undefined }, depth: 0 },
    ITEM_MACROS,
  )
  settle(state)
  collectUnnamedConsts(state)
  return crate
}

/** What is asked after the Program was built, of a block or an expansion, hangs on the answer: the targets without what this one has too. */
function notingCfg({ otherTargets }: ProgramState, cfg: CrateCfg): CrateCfg {
  const mayHold = (condition: CfgExpr | undefined): boolean => {
    noteCondition(otherTargets, condition)
    return cfg.mayHold(condition)
  }
  return { ...cfg, mayHold }
}

/** The crate and what is known of it before any item was looked at. */
function newCrateState(program: ProgramState, input: CrateInput, cfg: CrateCfg): CrateState {
  const rootAttrs: readonly Attr[] = input.root.source.facts.attrs
  const crate: CrateState['crate'] = {
    kind: 'crate',
    id: program.states.size,
    name: input.name,
    ...(input.unit ? { unit: input.unit } : {}),
    edition: input.edition,
    // Set right below: a module needs its crate.
    root: undefined as unknown as Module,
    externPrelude: new Map(),
    visibleCrates: new Set(),
    noStd: hasNoCore(input, cfg) || alwaysHasAttr(rootAttrs, 'no_std', cfg),
    defs: [],
    impls: [],
  }
  const known = new Map([...program.toolchain, ...input.externs])
  return {
    program,
    crate,
    cfg,
    externs: input.toolchain ? input.externs : known,
    packageId: input.packageId,
    imports: [],
    calls: [],
    attributes: [],
    tests: [],
    macroUsePrelude: new Map(),
    prelude: undefined,
    textual: newTextualTable(),
    blocks: new Map(),
    statementMacros: new Map(),
    selectedArms: new Map(),
    lostNames: new Set(),
    sink: { defs: crate.defs, impls: crate.impls },
    recursionLimit: recursionLimit(rootAttrs, cfg),
    expandedSize: 0,
  }
}

const hasNoCore = ({ root }: CrateInput, cfg: CrateCfg): boolean =>
  alwaysHasAttr(root.source.facts.attrs, 'no_core', cfg)

/** rustc's, when the crate does not say. */
const DEFAULT_RECURSION_LIMIT = 128

function recursionLimit(attrs: readonly Attr[], cfg: CrateCfg): number {
  const written = Number(attrValue(attrs, 'recursion_limit', cfg) ?? DEFAULT_RECURSION_LIMIT)
  return Number.isInteger(written) ? Math.min(written, EXPANSION_DEPTH_LIMIT) : DEFAULT_RECURSION_LIMIT
}

/** What a crate sees without saying so: its dependencies' names, core, std and their macros, the edition's prelude. */
function seedPreludes(state: CrateState, dependencies: ReadonlyMap<string, Crate>, noCore: boolean): void {
  const { crate, program } = state
  for (const [name, dependency] of dependencies) crate.externPrelude.set(name, dependency)
  const core = program.toolchain.get('core')
  const std = program.toolchain.get('std')
  if (core && !noCore) crate.externPrelude.set('core', core)
  if (std && !crate.noStd) crate.externPrelude.set('std', std)
  const procMacro = program.toolchain.get('proc_macro')
  if (procMacro && crate.unit?.kind === 'proc-macro' && crate.edition >= 2018)
    crate.externPrelude.set('proc_macro', procMacro)
  const base = crate.noStd ? (noCore ? undefined : core) : std
  if (!base) return
  // Edition 2015 puts an `extern crate` into the root that paths can name.
  if (crate.edition === 2015)
    bind(crate.root as OwnModule, base.name, 'types', { def: base.root, vis: crate.root, via: 'extern crate' })
  for (const [name, binding] of exportedMacros(base.root)) state.macroUsePrelude.set(name, binding)
  const preludes = base.root.scope.types.get('prelude')?.def
  const names = [`rust_${crate.edition}`, 'v1']
  for (const name of names) {
    const found = preludes?.kind === 'module' ? preludes.scope.types.get(name)?.def : undefined
    if (found?.kind === 'module') {
      state.prelude = found
      return
    }
  }
}
