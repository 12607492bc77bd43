/** The room's door: a second, simple count beside the engine (`caps stats --audit`). */
export { type Account, type Audit, accountOf, type LeftOver } from './account.js'
export { newRecorder, type Recorder } from './recorder.js'
export type { SiteKind } from './sites.js'
