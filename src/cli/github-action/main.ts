/**
 * The GitHub Action: from the runner's environment to annotations, a summary of the job, a SARIF file and outputs. It
 * uploads nothing, and starts no program in the checkout.
 */
import { randomUUID } from 'node:crypto'
import { messageAnnotation } from '../../report/github.js'
import { errorMessage, threePartsOf } from '../error-message.js'
import { stderrColumns, tell } from '../stderr.js'
import { baseOfEvent } from './event.js'
import { addOutputs, addTo, writeResultFiles } from './files.js'
import { type Environment, readInputs } from './inputs.js'
import { LIBRARY, type Reviews, review } from './review.js'

/** What the action needs of the machine that it runs on. */
export interface Runner {
  readonly environment: Environment
  /** The directory of the checkout. */
  readonly workspace: string
  /** Writes to the log of the step; throws when it cannot. */
  readonly log: (text: string) => void | Promise<void>
}

/** Runs the action. Resolves to the exit code, 0, 1 when the verdict fails the step, 2 for an error; never rejects. */
export async function runAction(runner: Runner, reviews: Reviews = LIBRARY): Promise<number> {
  const { environment, log } = runner
  let base: string | undefined
  try {
    const inputs = readInputs(environment, runner.workspace)
    base = inputs.base ?? baseOfEvent(environment)
    const event = inputs.base === undefined ? environment['GITHUB_SHA'] : undefined
    const found = await review(inputs, base, event, reviews)
    await log(inputs.format === 'github' ? found.log : inert(found.log))
    const code = found.verdict === 'clean' || inputs.failOn === 'never' ? 0 : 1
    const files = await writeResultFiles(environment, found)
    addTo(environment['GITHUB_STEP_SUMMARY'], found.markdown)
    addOutputs(environment, { verdict: found.verdict, 'exit-code': String(code), ...files })
    return code
  } catch (thrown) {
    await tellError(runner, thrown, base)
    return 2
  }
}

/** As far as it can be told: where nothing can be written any more, the exit code is what is left to say it. */
async function tellError({ environment, log }: Runner, thrown: unknown, base: string | undefined): Promise<void> {
  const { what, why, fix } = threePartsOf(thrown)
  const annotation = messageAnnotation('error', 'caps', `${what}: ${why}. ${fix}${hint(base, what)}`)
  try {
    await log(`${annotation}\n`)
  } catch {
    tell(errorMessage(thrown, stderrColumns()))
  }
  try {
    addOutputs(environment, { verdict: 'error', 'exit-code': '2' })
  } catch (failed) {
    tell(errorMessage(failed, stderrColumns()))
  }
}

/**
 * Text for people among workflow commands: until the runner reads a word that nobody can guess, no line is a command
 * (GitHub's stop-commands), whatever the names and literals of a crate look like.
 */
function inert(text: string): string {
  const word = randomUUID()
  return `::stop-commands::${word}\n${text}${text.endsWith('\n') ? '' : '\n'}::${word}::\n`
}

/** Of an error about the base: checkouts of actions/checkout hold one commit. */
function hint(base: string | undefined, what: string): string {
  const aboutBase = base !== undefined && what.includes(base)
  return aboutBase ? ' On GitHub: give actions/checkout `fetch-depth: 0`, so that the base of the change is there.' : ''
}
