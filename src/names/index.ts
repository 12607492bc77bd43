/** The room's door: crates, their module trees, macro expansion and what names mean. */

export { type BlockModule, collectBlock } from './blocks.js'
export { isBuiltinAttribute } from './builtin-attributes.js'
export { definitionPath, publicPath } from './definition-paths.js'
export type * from './defs.js'
export { distinctTargets } from './distinct-targets.js'
export { dumpModules } from './dump.js'
export { type Expansion, expandMacro } from './expand.js'
export { type FileStore, loadFiles } from './load-files.js'
export { noteCondition } from './other-targets.js'
export { buildProgram, buildStdFromSource, STD_PACKAGE } from './program.js'
export {
  type BodyOf,
  bodyOf,
  bodyViews,
  currentView,
  guessedOptions,
  isActive,
  isMain,
  otherTargets,
  partsInView,
  resolvePath,
  takeLosses,
  traitsInScope,
} from './queries.js'
export * from './source.js'
export { loadStdModel, loadSystemImpls, type StdModel } from './std-model.js'
export type { StdOptions } from './std-model-cfg.js'
export { type Seen, VIEW_LIMIT } from './views.js'
export type * from './visits.js'
