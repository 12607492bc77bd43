/** `caps allow`: one more allowance in caps.toml, with its reason; comments and layout stay. */
import type { ReportStage } from '../report/result.js'
import { type AllowRequest, COVERAGE_WORD, type CoverageRequest, type SourceRequest } from '../review/allow-request.js'
import { allowAllIn, type PolicyRequest } from '../wiring/check.js'
import { requirePackages } from '../wiring/known-subjects.js'
import { policyToChange } from '../wiring/policy-file.js'
import { capabilityWords } from './capability-words.js'
import { UsageError } from './error-message.js'
import { allowedText } from './policy-words.js'
import { tellLines } from './stderr.js'
import { shownPath, writePolicy } from './write-policy.js'

export interface AllowArguments {
  readonly package: string
  readonly capabilities: readonly string[]
  readonly reason: string
  readonly stage: ReportStage | undefined
  readonly target: readonly string[] | undefined
  readonly transitive: boolean
  readonly sites: number | undefined
  readonly value: readonly string[] | undefined
  readonly source: readonly string[] | undefined
  readonly losses: number | undefined
  readonly unresolved: number | undefined
  readonly policy: string | undefined
  readonly force: boolean
}

export async function allowCommand(given: AllowArguments): Promise<void> {
  for (const option of ['sites', 'losses', 'unresolved'] as const) checkCount(option, given[option])
  const subjects = given.package.split(',').filter((word) => word !== '')
  if (subjects.length === 0)
    throw new UsageError('No package was named', 'its name is empty', 'Write `caps allow PACKAGE CAPABILITY…`.')
  const requests = subjects.map((subject) => requestOf({ ...given, package: subject }))
  const place = policyToChange(given.policy)
  if (!given.force) requirePackages(place, subjects)
  const { path, text, lines } = allowAllIn(place, requests)
  await writePolicy(text, path, given.policy)
  tellLines(allowedText(requests, shownPath(path), lines))
}

function requestOf(given: AllowArguments): PolicyRequest {
  const { capabilities, source } = given
  if (source !== undefined && source.length > 0) return sourceRequest(given, source)
  if (capabilities.length === 0) {
    throw new UsageError(
      'Nothing is to be allowed',
      `neither a capability nor a source of ${given.package} was named`,
      'Write `caps allow PACKAGE CAPABILITY…` or `caps allow PACKAGE --source SOURCE`.',
    )
  }
  return capabilities.includes(COVERAGE_WORD) ? coverageRequest(given) : capabilityRequest(given)
}

/** One command changes one rule, since it gives one reason. */
function sourceRequest(given: AllowArguments, sources: readonly string[]): SourceRequest {
  const others = [given.stage, given.target, given.sites, given.value, given.losses, given.unresolved]
  if (given.capabilities.length > 0 || given.transitive || others.some((value) => value !== undefined)) {
    throw new UsageError(
      '--source is about a package as a whole',
      'capabilities, or options about them, were named with it',
      'Write `caps allow PACKAGE --source SOURCE`, and a command of its own for the capabilities.',
    )
  }
  return { package: given.package, sources, reason: given.reason }
}

function capabilityRequest(given: AllowArguments): AllowRequest {
  if (given.losses !== undefined || given.unresolved !== undefined) {
    throw new UsageError(
      '--losses and --unresolved are about coverage',
      `${given.capabilities.join(', ')} was to be allowed`,
      `Write \`caps allow PACKAGE ${COVERAGE_WORD} --losses N --unresolved N\`.`,
    )
  }
  return {
    package: given.package,
    capabilities: capabilityWords(given.capabilities),
    ...(given.stage !== undefined && { stage: given.stage }),
    targets: given.target ?? [],
    transitive: given.transitive,
    ...(given.sites !== undefined && { sites: given.sites }),
    ...(given.value !== undefined && given.value.length > 0 && { values: given.value }),
    reason: given.reason,
  }
}

function coverageRequest(given: AllowArguments): CoverageRequest {
  if (given.capabilities.length > 1 || given.stage !== undefined || given.target !== undefined) {
    throw new UsageError(
      `${COVERAGE_WORD} is no capability`,
      'it is accepted for a package as a whole',
      `Write \`caps allow PACKAGE ${COVERAGE_WORD} --losses N --unresolved N\`.`,
    )
  }
  return {
    package: given.package,
    losses: given.losses ?? 0,
    unresolved: given.unresolved ?? 0,
    reason: given.reason,
  }
}

function checkCount(option: string, count: number | undefined): void {
  if (count === undefined || (Number.isSafeInteger(count) && count >= 0)) return
  throw new UsageError(`--${option} is not a count`, 'it takes a whole number', `Write \`--${option} 3\`.`)
}
