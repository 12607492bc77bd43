/**
 * `caps init`: a first caps.toml, which allows what is there today. An existing one is kept unless --force is given; --update
 * adds to it what is new and takes out what is gone.
 */
import { existsSync } from 'node:fs'
import { initialPolicyOf, updatedPolicyOf } from '../wiring/check.js'
import { type PolicyPlace, policyPlace } from '../wiring/policy-file.js'
import { UsageError } from './error-message.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { updatedText, writtenText } from './policy-words.js'
import { progressOf } from './progress.js'
import { tellLines } from './stderr.js'
import { shownPath, writePolicy } from './write-policy.js'

export interface InitArguments extends InputArguments, Pick<OutputArguments, 'quiet' | 'verbose'> {
  readonly policy: string | undefined
  readonly force: boolean
  readonly update: boolean
  readonly strict: boolean
  readonly possible: boolean
  readonly sites: boolean
}

export async function initCommand(given: InitArguments): Promise<void> {
  const place = policyPlace(given.crate, given.policy, { manifestPath: given.manifestPath })
  if (given.update) return updateCommand(given, place)
  if (existsSync(place.path) && !given.force) {
    throw new UsageError(
      `There is a policy ${place.file} already`,
      'its reasons would be lost',
      'Add what is new with --update or `caps allow`, or write it anew with --force.',
    )
  }
  const { strict, possible, sites } = given
  const progress = progressOf(given)
  const policy = given.policy === undefined ? {} : { policy: given.policy }
  const options = { ...analyzeOptions(given), ...policy, strict, possible, sites }
  const text = await initialPolicyOf(given.crate, options, progress.report).finally(progress.clear)
  await writePolicy(text, place.path, given.policy)
  if (!given.quiet) tellLines(writtenText(text, shownPath(place.path)))
}

async function updateCommand(given: InitArguments, place: PolicyPlace): Promise<void> {
  if (given.force || given.sites) {
    throw new UsageError(
      `--update and --${given.force ? 'force' : 'sites'} exclude each other`,
      'what the policy says is kept, and only what is new or gone is changed',
      'Leave one of them out.',
    )
  }
  const { strict, possible } = given
  const progress = progressOf(given)
  const options = { ...analyzeOptions(given), strict, possible }
  const update = await updatedPolicyOf(given.crate, place, options, progress.report).finally(progress.clear)
  if (update.added.length + update.removed.length > 0) await writePolicy(update.text, place.path, given.policy)
  if (!given.quiet) tellLines(updatedText(update, shownPath(place.path)))
}
