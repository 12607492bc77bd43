/** `caps survey` for programs: a list of crates, analyzed one by one in processes of their own, into a directory. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageOf, ProjectError } from '../base/index.js'
import { mirrorAt, mirrorDigest } from '../project/index.js'
import {
  type CrateGraph,
  crateGraph,
  digestOf,
  exportGraph,
  type How,
  type Limits,
  type ListedCrate,
  listText,
  makeReport,
  makeTables,
  parseCrateList,
  type QueryAnswer,
  queryTables,
  runSurvey,
  SurveyDirectory,
  type SurveyProgress,
  type SurveySummary,
} from '../survey/index.js'
import type { AnalyzeOptions } from './analysis-options.js'
import { loadCapabilityMaps } from './capability-maps.js'
import { engineId } from './kept-graph.js'

export interface SurveyOptions
  extends Pick<
    AnalyzeOptions,
    'features' | 'allFeatures' | 'noDefaultFeatures' | 'target' | 'capabilityMaps' | 'offline' | 'jobs'
  > {
  /** A list of crates, a lockfile, or a directory of them that stands for the registry. */
  readonly list: string
  /** Where results go; made when it is not there. */
  readonly output: string
  /** Only so many of the list, from its top. */
  readonly top?: number
  /** The newest so many of a crate that is listed without a version, one when it is not said; of a directory all. */
  readonly versions?: number
  readonly limits?: Partial<Limits>
}

/** MiB; seconds of a core. Twice what the largest trees need. */
const LIMITS: Limits = { memory: 4096, work: 600 }

/** Throws ProjectError for a list, a directory or a map that cannot be used, and when nothing goes on any more. */
export async function survey(
  options: SurveyOptions,
  onProgress: (now: SurveyProgress) => void = () => {},
): Promise<SurveySummary> {
  const { list, output, top, versions, offline = false, capabilityMaps = [] } = options
  const isMirror = statSync(list, { throwIfNoEntry: false })?.isDirectory() === true
  const listed = isMirror ? undefined : readList(list).slice(0, top)
  const mirror = isMirror ? mirrorAt(list) : undefined
  if (mirror && top !== undefined) throw noOrder(list)
  const maps = capabilityMaps.map((path) => resolve(path))
  loadCapabilityMaps(maps)
  const summary = await runSurvey(
    {
      listed,
      ...(versions !== undefined && { versions }),
      workers: options.jobs ?? availableParallelism(),
      workerFile: fileURLToPath(new URL('./survey-worker.js', import.meta.url)),
      setup: {
        directory: resolve(output),
        how: howOf(options, maps, mirror && mirrorDigest(mirror)),
        capabilityMaps: maps,
        ...(mirror && { mirror: mirror.path }),
        offline,
        cache: false,
        limits: { ...LIMITS, ...options.limits },
      },
    },
    onProgress,
  )
  makeTables(new SurveyDirectory(resolve(output)))
  return summary
}

/** Makes the tables of a survey from what it has by now. Throws ProjectError when the directory is no survey's. */
export function surveyTables(directory: string): void {
  makeTables(new SurveyDirectory(resolve(directory)))
}

/** Writes the graphs of a survey, as CSV and GraphML, into a directory. Throws ProjectError when there is no survey. */
export function surveyExport(directory: string, output: string): void {
  exportGraph(new SurveyDirectory(resolve(directory)), output)
}

/** The crates of a survey and what they depend on, as a graphology graph. Throws ProjectError when there is no survey. */
export function surveyGraph(directory: string): CrateGraph {
  return crateGraph(new SurveyDirectory(resolve(directory)))
}

/** The report of a survey, a page. Throws ProjectError when there are no tables, or a library that it needs is not installed. */
export function surveyReport(directory: string): Promise<string> {
  return makeReport(new SurveyDirectory(resolve(directory)))
}

/** An answer in SQL of the tables of a survey. Throws ProjectError when there is none. */
export async function surveyQuery(directory: string, sql: string): Promise<QueryAnswer> {
  return queryTables(new SurveyDirectory(resolve(directory)), sql)
}

const noOrder = (list: string): ProjectError =>
  new ProjectError(
    `There is no top of ${list}`,
    'a directory of crates has no order',
    'Leave --top out, or name a list of crates.',
  )

function readList(path: string): readonly ListedCrate[] {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (thrown) {
    throw new ProjectError(`The list ${path} cannot be read`, messageOf(thrown), 'Name a file after --list.')
  }
  return parseCrateList(listText(bytes, path), path)
}

function howOf(options: SurveyOptions, maps: readonly string[], mirror: string | undefined): How {
  const { features = [], allFeatures = false, noDefaultFeatures = false, target = [] } = options
  return {
    engine: engineId() ?? 'source',
    maps: digestOf([...builtInMaps(), ...maps].map((path) => digestOf(readFileSync(path))).join('\n')),
    features: [...features].sort(),
    allFeatures,
    noDefaultFeatures,
    targets: [...target].sort(),
    ...(mirror !== undefined && { mirror }),
  }
}

function builtInMaps(): readonly string[] {
  const directory = fileURLToPath(new URL('../../capability-maps/', import.meta.url))
  return readdirSync(directory)
    .sort()
    .map((name) => join(directory, name))
}
