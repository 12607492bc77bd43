/**
 * The survey room: many crates, each looked at by a worker of its own, and what can be asked of all of them. It knows lists, workers,
 * a directory of results and tables made of them; how one crate is analyzed is for whoever hands it a worker to say.
 */
export { type ListedCrate, listText, parseCrateList } from './crate-list.js'
export { type CrateGraph, crateGraph } from './graph/crate-graph.js'
export { exportGraph } from './graph/export-graph.js'
export { digestOf, digestOfHow, type How } from './how.js'
export type { Answer, Job, Limits, WorkerSetup } from './messages.js'
export { type CrateVersion, type CrossReference, crateText, RECORD_FORMAT, type ResultRecord } from './record.js'
export { makeReport } from './report/make-report.js'
export { runSurvey, type SurveyPlan, type SurveyProgress, type SurveySummary } from './run.js'
export { SurveyDirectory } from './survey-directory.js'
export { makeTables } from './tables/make-tables.js'
export { type QueryAnswer, queryTables } from './tables/query.js'
export { TABLES, TABLES_VERSION } from './tables/schema.js'
export { workFor } from './worker.js'
