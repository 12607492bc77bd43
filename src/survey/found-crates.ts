/** What a survey knows of the crates of its list, one after the other: results are read when they are asked for. */
import { digestOfHow } from './how.js'
import { crateText, type FailureRecord, type ResultRecord, type SurveyedCrate } from './record.js'
import type { SurveyDirectory } from './survey-directory.js'

export interface FoundCrate {
  readonly crate: SurveyedCrate
  readonly found: ResultRecord | FailureRecord | undefined
}

/** In the order of the list. Throws ProjectError when there is no list, or a result is damaged. */
export function* foundCrates(directory: SurveyDirectory): Generator<FoundCrate> {
  const { how, crates } = directory.readList()
  const key = digestOfHow(how)
  for (const crate of crates) {
    const lockfile = directory.lockDigest(crate)
    const result = lockfile === undefined ? undefined : directory.readResult(crate, lockfile, key)
    yield { crate, found: result ?? directory.readFailure(crate, lockfile ?? null, key) }
  }
}

/** Those that were analyzed. */
export function* analyzedCrates(
  directory: SurveyDirectory,
): Generator<{ readonly id: string; readonly record: ResultRecord }> {
  for (const { crate, found } of foundCrates(directory)) {
    if (found && 'analysis' in found) yield { id: crateText(crate), record: found }
  }
}
