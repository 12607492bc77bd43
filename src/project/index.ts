/** The project room: manifests, lockfiles, features, targets, and where sources are. Everything behind it is plain data. */
export { type CargoConfiguration, NO_CONFIGURATION } from './cargo-configuration.js'
export { contentsWithout, digestOfFiles, digestOfTree } from './contents.js'
export { ProjectError } from './errors.js'
export { loadWorkspace } from './load.js'
export type { LoadOptions, ProgressEvent } from './options.js'
export { type PackageSource, sourceText } from './package-source.js'
export { knownTargets, selectTargets } from './targets.js'
export type * from './workspace.js'
