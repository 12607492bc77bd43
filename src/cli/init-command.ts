/** `caps init`: a first caps.toml, which allows what is there today. An existing one is kept unless --force is given. */
import { existsSync } from 'node:fs'
import { initialPolicyOf } from '../wiring/check.js'
import { policyPlace } from '../wiring/policy-file.js'
import { UsageError } from './error-message.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { progressOf } from './progress.js'
import { writePolicy } from './write-policy.js'

export interface InitArguments extends InputArguments, Pick<OutputArguments, 'quiet' | 'verbose'> {
  readonly policy: string | undefined
  readonly force: boolean
  readonly strict: boolean
  readonly possible: boolean
  readonly sites: boolean
}

export async function initCommand(given: InitArguments): Promise<void> {
  const place = policyPlace(given.crate, given.policy, { manifestPath: given.manifestPath })
  if (existsSync(place.path) && !given.force) {
    throw new UsageError(
      `There is a policy ${place.file} already`,
      'its reasons would be lost',
      'Allow more in it with `caps allow`, or write it anew with --force.',
    )
  }
  const { strict, possible, sites } = given
  const progress = progressOf(given)
  const options = { ...analyzeOptions(given), strict, possible, sites }
  const text = await initialPolicyOf(given.crate, options, progress.report).finally(progress.clear)
  await writePolicy(text, place.path, given.policy)
}
