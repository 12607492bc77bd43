/** The process that a survey starts for its crates (survey/worker.ts): what each job means here. */
import { readFileSync } from 'node:fs'
import { lockCrate, mirrorAt, mirrorPackages, publishedVersions } from '../project/index.js'
import type { AnalysisResult } from '../report/result.js'
import {
  type Answer,
  type CrateVersion,
  crateText,
  digestOfHow,
  type Job,
  SurveyDirectory,
  type WorkerSetup,
  workFor,
} from '../survey/index.js'
import type { AnalyzeOptions } from './analysis-options.js'
import { readCrate } from './analyze.js'
import { type LockNotes, readLockNotes, withLockNotes } from './survey-lockfile.js'
import { toSurveyRecord } from './survey-record.js'

const silent = (): void => {}

workFor((setup) => {
  const directory = new SurveyDirectory(setup.directory)
  const options = optionsOf(setup)
  const { mirror } = options
  return async (job) => {
    switch (job.k) {
      case 'packages':
        return { k: 'crates', crates: mirror ? mirrorPackages(mirror) : [] }
      case 'versions': {
        const versions = await publishedVersions(job.name, options)
        return { k: 'crates', crates: versions.slice(0, job.most).map((version) => ({ name: job.name, version })) }
      }
      case 'lock':
        return lock(job.crate, directory, options)
      case 'analyze':
        return analyze(job, setup, directory, options)
    }
  }
})

function optionsOf({ how, capabilityMaps, mirror, offline, cache }: WorkerSetup): AnalyzeOptions {
  return {
    features: how.features,
    allFeatures: how.allFeatures,
    noDefaultFeatures: how.noDefaultFeatures,
    ...(how.targets.length > 0 && { target: how.targets }),
    ...(mirror !== undefined && { mirror: mirrorAt(mirror) }),
    capabilityMaps,
    offline: offline || mirror !== undefined,
    cache,
  }
}

/** Also where one is kept: then it is only seen to that all it names is here. */
async function lock(crate: CrateVersion, directory: SurveyDirectory, options: AnalyzeOptions): Promise<Answer> {
  const kept = directory.lockDigest(crate) !== undefined
  const by = kept ? { lockfile: directory.lockPath(crate) } : {}
  const locked = await lockCrate(crateText(crate), { ...options, ...by })
  if (!kept) directory.keepLock(crate, withLockNotes(locked))
  return { k: 'done' }
}

async function analyze(
  { crate, lockfile }: Job & { readonly k: 'analyze' },
  { how }: WorkerSetup,
  directory: SurveyDirectory,
  options: AnalyzeOptions,
): Promise<Answer> {
  const path = directory.lockPath(crate)
  // Whatever cargo would have to fetch was fetched when the lockfile was chosen.
  const read = await readCrate(crateText(crate), { ...options, lockfile: path, offline: true }, silent)
  const record = toSurveyRecord(read, { crate, lockfile, how })
  const notes = readLockNotes(readFileSync(path, 'utf8'))
  directory.writeResult({ ...record, analysis: asChosen(record.analysis, notes) }, digestOfHow(how))
  return { k: 'done' }
}

/** As if the lockfile had been chosen just now: by whom, and what there was to be said of it. */
function asChosen(result: AnalysisResult, { lockedBy, notes }: LockNotes): AnalysisResult {
  const diagnostics = [...notes.map((message) => ({ message })), ...result.coverage.diagnostics]
  return { ...result, lockedBy, coverage: { ...result.coverage, diagnostics } }
}
