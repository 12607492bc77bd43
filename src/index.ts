/**
 * The library: what the command line does, for programs. Results are plain data of versioned types; nothing is printed,
 * no process is ended, and every error that a user can mend is a ProjectError of three parts.
 */

import type { GraphRecord } from './report/graph-records.js'
import type { AnalysisResult, Granularity } from './report/result.js'
import type { AnalyzeOptions, OnProgress } from './wiring/analysis-options.js'
import { analyzeCrate, readCrate } from './wiring/analyze.js'
import { toGraphRecords } from './wiring/to-graph-records.js'
import { toResult } from './wiring/to-result.js'

export { ProjectError } from './base/index.js'
export {
  type CapabilityProblem,
  CHECK_SCHEMA_VERSION,
  type CheckResult,
  type CoverageProblem,
  checkJsonSchema,
  checkResultSchema,
  type Problem,
  type UnusedProblem,
} from './report/check-result.js'
export {
  type CapabilityChange,
  type Change,
  type CoverageChange,
  DIFF_SCHEMA_VERSION,
  type DiffResult,
  diffJsonSchema,
  diffResultSchema,
  type FileChange,
  type PackageDiff,
  type UnitChange,
  type UseChange,
} from './report/diff-result.js'
export { filterResult, type ResultFilter } from './report/filter.js'
export { FORMATS, type Format } from './report/formats.js'
export type { FunctionRecord, GraphRecord, ReferenceRecord } from './report/graph-records.js'
export { render } from './report/render.js'
export {
  type AnalysisResult,
  analysisJsonSchema,
  analysisResultSchema,
  type Coverage,
  type Finding,
  type Granularity,
  type PackageResult,
  SCHEMA_VERSION,
  type Step,
  WHY_SCHEMA_VERSION,
  type WhyResult,
  whyJsonSchema,
  whyResultSchema,
} from './report/result.js'
export type { AllowRequest, CoverageRequest, SourceRequest } from './review/allow-request.js'
export { AllowanceError, PolicyError } from './review/policy-error.js'
export type { AnalysisProgress, AnalyzeOptions, OnProgress } from './wiring/analysis-options.js'
export { allowIn, type CheckInput, check, type FileText, initialPolicyOf, updatedPolicyOf } from './wiring/check.js'
export { type DiffBaseline, type DiffSide, diff } from './wiring/diff.js'
export { capabilityNames, lookup } from './wiring/lookup.js'
export { type PolicyPlace, policyPlace, policyToChange } from './wiring/policy-file.js'
export { parseReport, readReport } from './wiring/read-report.js'
export { type SurveyOptions, survey, surveyGraph, surveyQuery } from './wiring/survey.js'
export { capsVersion } from './wiring/version.js'
export { type WhyInput, why } from './wiring/why.js'

const silent: OnProgress = () => {}

/**
 * What a crate and everything it depends on can do. `spec` is a directory, a Cargo.toml, a `.crate` file, or `name`,
 * `name@1.2.3`, `name@^1`. Nothing of the crate is compiled or run; what is missing is fetched by the user's cargo unless
 * `offline`. Throws ProjectError.
 */
export async function analyze(
  spec: string,
  options: AnalyzeOptions & { readonly granularity?: Granularity } = {},
  onProgress: OnProgress = silent,
): Promise<AnalysisResult> {
  return toResult(await analyzeCrate(spec, options, onProgress))
}

/** The call graph of a crate and its dependencies, record by record. Throws ProjectError. */
export async function graphRecords(
  spec: string,
  options: AnalyzeOptions = {},
  onProgress: OnProgress = silent,
): Promise<Iterable<GraphRecord>> {
  return toGraphRecords(await readCrate(spec, options, onProgress), options.entry)
}
