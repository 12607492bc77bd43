/**
 * names: which definitions there are, and which of them a path means. Nothing here knows a type (The Rust Reference, "Names",
 * "Items", "Macros By Example"; docs/resolution.md, 1, says the same at length).
 *
 * What it computes, and in which order:
 *
 * 1. `loadFiles` (load-files.ts) finds and parses the files of all crates, wave by wave, once for all targets.
 * 2. `buildProgram` (program.ts) takes one target's crates, dependencies first, so that what another crate exports is final when
 *    it is asked for. In each: collect.ts walks the items in source order and makes modules and definitions; settle.ts then tries
 *    imports (imports.ts), macro calls (macros/) and attributes in turn until a round changes nothing, and tells the rest as lost.
 * 3. queries.ts answers the rooms behind: what a path means (resolve-path.ts), which traits are in scope, whether code is part of
 *    the Program. Items of blocks (blocks.ts) and macros in bodies are collected and expanded when their body is looked at.
 *
 * Why it ends: a change adds a name, widens a visibility or puts a declaration in a glob's place, each finitely often; what
 * macros make is bounded in depth, in size and for a crate. Rounds have a limit besides.
 *
 * The law that it keeps: what cannot be found, read or expanded is a loss with its place, and a module that it may have been
 * in is *opaque*: a name that is missing there is not known to be missing. A name that builds bind differently keeps every
 * meaning with its condition (bindings.ts), and is looked at in views (views.ts).
 *
 * What it deliberately does not do: refuse code (ambiguous globs, private items that are named); look up associated items, which
 * need types; run procedural macros; see every combination of what builds may differ in.
 */

export { type BlockItem, collectBlock, type MacroStatement } from './blocks.js'
export { isBuiltinAttribute } from './builtin-attributes.js'
export { definitionPath, publicPath } from './definition-paths.js'
export type * from './defs.js'
export { distinctTargets } from './distinct-targets.js'
export { dumpModules } from './dump.js'
export { type FileStore, type HandedFile, storeOf } from './file-store.js'
export { loadFiles } from './load-files.js'
export { expandMacro } from './macros/expand.js'
export type { Expansion } from './macros/expansion.js'
export { copyText, type ExpansionText, KEEP_MARKS, newExpansionText } from './macros/expansion-text.js'
export { matchRule } from './macros/match.js'
export { rulesOf } from './macros/rules.js'
export { callBuffer } from './macros/token-buffer.js'
export { transcribe } from './macros/transcribe.js'
export { inlineDir, type ModuleDir, type ModuleFile, moduleFiles, ownDir } from './module-files.js'
export { namesAsked } from './names-asked.js'
export {
  ALL_TARGETS,
  ask,
  type Met,
  meet,
  meeting,
  newMet,
  noteCondition,
  type OtherTargets,
  type Question,
  questionOf,
  questionsIn,
  type TargetSet,
} from './other-targets.js'
export { itemInView, mayBothBe, meaningInView, partsInView } from './parts-in-view.js'
export { primitive } from './primitives.js'
export { buildProgram, buildStdFromSource, STD_PACKAGE } from './program.js'
export {
  type BodyOf,
  bodyOf,
  bodyViews,
  currentView,
  guessedOptions,
  isActive,
  isFieldVisible,
  isMain,
  losePath,
  mayBeAnother,
  mayBeRewritten,
  noteTraits,
  otherTargets,
  resolvePath,
  takeLosses,
  traitsInScope,
  unreadOptions,
} from './queries.js'
export { numberOf } from './questions.js'
export * from './source.js'
export {
  HEADER_LENGTH_BYTES,
  loadStdModel,
  loadSystemImpls,
  type StdModel,
  type StdModelHeader,
  type StdModelIndex,
} from './std-model.js'
export { pack } from './std-model-pack.js'
export { type Seen, VIEW_LIMIT } from './views.js'
export type * from './visits.js'
