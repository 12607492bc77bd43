/** The room's door: a second, simple count beside the engine (`caps stats --audit`). */
export { type Audit, accountOf, type LeftOver } from './account.js'
export { newRecorder, type Recorder } from './recorder.js'
