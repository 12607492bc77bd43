/** The room's door: crates, their module trees, macro expansion and what names mean. */

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
export { ALL_TARGETS, noteCondition, type OtherTargets, type TargetSet } from './other-targets.js'
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
  itemInView,
  losePath,
  mayBeAnother,
  mayBeRewritten,
  mayBothBe,
  meaningInView,
  otherTargets,
  partsInView,
  resolvePath,
  takeLosses,
  traitsInScope,
} from './queries.js'
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
