/**
 * What the action does with its inputs: holds the commit that is checked out against its policy, compares it with the base
 * of the change, or both. A policy decides where there is one, since it can say that something gained is allowed; else the
 * diff does.
 *
 * What is judged is the commit, from the repository's objects: earlier steps of a job run code of the change (a build
 * script is enough), which could tidy up the files on disk before they are looked at.
 */

import { FORMATS, type Format, type TextView } from '../../report/formats.js'
import { failsOn } from '../../review/diff-gate.js'
import { check } from '../../wiring/check.js'
import { commitIn } from '../../wiring/checkout.js'
import { diff } from '../../wiring/diff.js'
import { isThere, policyPlace } from '../../wiring/policy-file.js'
import { UsageError } from '../error-message.js'
import type { ActionInputs } from './inputs.js'

/** What the library does for the action. */
export interface Reviews {
  readonly check: typeof check
  readonly diff: typeof diff
}

export const LIBRARY: Reviews = { check, diff }

export interface Review {
  /** `not-allowed`: the policy says no; `gained`: there is no policy, and the change brings something. */
  readonly verdict: 'clean' | 'not-allowed' | 'gained'
  readonly sarif: string
  /** What the verdict was reached by stands first. */
  readonly markdown: string
  /** For the log, in the format that the inputs ask for. */
  readonly log: string
}

/** Widths of the log of a step, which has no terminal. */
const LOG_VIEW = { columns: 100, colour: false } as const

/**
 * `base`: the revision that the change is compared with, if it is one; `event`: the commit that the workflow runs for, when
 * the base follows from it. Throws ProjectError, PolicyError, UsageError.
 */
export async function review(
  given: ActionInputs,
  base: string | undefined,
  event: string | undefined,
  reviews: Reviews,
): Promise<Review> {
  const head = commitIn(given.crate, 'HEAD')
  // Where there is no repository the sources came as they are, and the disk is all there is.
  const inputs = head === undefined ? given : { ...given, code: { ...given.code, revision: head } }
  const compares = inputs.mode !== 'check' && base !== undefined
  if (compares && head !== undefined && event !== undefined) requireChange(head, base, event)
  const checks = inputs.mode === 'check' || (inputs.mode === 'auto' && (base === undefined || hasPolicy(inputs)))
  const compared = compares ? await compare(inputs, base, reviews) : undefined
  if (!checks) return compared ?? nothingToCompare()
  const checked = await hold(inputs, reviews)
  return compared ? { ...checked, markdown: `${checked.markdown}\n${compared.markdown}` } : checked
}

/** A policy was named, or one lies where it belongs. */
function hasPolicy({ crate, policy, baseline, code }: ActionInputs): boolean {
  return (policy ?? baseline) !== undefined || isThere(policyPlace(crate, undefined, code))
}

/** A base that follows from the event belongs to the commit of the event: compared with another, it says nothing. */
function requireChange(head: string, base: string, event: string): void {
  if (base !== event && head !== event) {
    throw new UsageError(
      'What is checked out is not what the workflow runs for',
      `the event is about ${event}, the checkout is at ${head}`,
      'Leave `ref` of actions/checkout away, or name what to compare with as `base`.',
    )
  }
  if (base === head) {
    throw new UsageError(
      'What is checked out is the base itself',
      `nothing of the change is in ${head}: on pull_request_target actions/checkout checks out the base branch`,
      'Run on pull_request; or check the change out with `ref`, and run nothing of it.',
    )
  }
}

async function hold(inputs: ActionInputs, reviews: Reviews): Promise<Review> {
  const { crate, code, policy, baseline, strict, possible, format, failOn } = inputs
  const result = await reviews.check(crate, {
    ...code,
    ...(policy !== undefined && { policy }),
    ...(baseline !== undefined && { baseline }),
    strict,
    possible,
    failOn: failOn === 'never' ? 'new' : failOn,
  })
  return { verdict: result.clean ? 'clean' : 'not-allowed', ...(await drawn(FORMATS.check, result, format)) }
}

/** A diff counts no allowed places: more uses of something, `increase` of a check, are part of `any` here. What never fails has a verdict even so. */
const LEVELS = {
  never: 'new',
  new: 'new',
  sensitive: 'sensitive',
  'new-value': 'new-value',
  increase: 'any',
  any: 'any',
} as const

async function compare({ crate, code, format, failOn }: ActionInputs, base: string, reviews: Reviews): Promise<Review> {
  const old = { spec: crate, options: { ...code, revision: base } }
  const result = await reviews.diff(old, { spec: crate, options: code })
  return {
    verdict: failsOn(result, LEVELS[failOn]) ? 'gained' : 'clean',
    ...(await drawn(FORMATS.diff, result, format)),
  }
}

/** The formats of one result that the action needs. */
async function drawn<R>(
  formats: Readonly<Record<ActionInputs['format'] | 'sarif' | 'markdown', Format<R, TextView>>>,
  result: R,
  format: ActionInputs['format'],
): Promise<Omit<Review, 'verdict'>> {
  const draw = async (name: keyof typeof formats): Promise<string> => (await formats[name].renderer())(result, LOG_VIEW)
  return { sarif: await draw('sarif'), markdown: await draw('markdown'), log: await draw(format) }
}

function nothingToCompare(): never {
  throw new UsageError(
    'There is no base to compare with',
    'the mode is diff, and the event that started the workflow is no change to a branch',
    'Name a revision as `base`, or run this step on pull requests only.',
  )
}
