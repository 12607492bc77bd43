/**
 * The GitHub Action: from the runner's environment to annotations, a summary of the job, a SARIF file and outputs. It
 * uploads nothing, and starts no program in the checkout.
 *
 * Its files are written to a new directory of the runner's, never into the checkout, where a link could lead anywhere.
 */
import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageAnnotation } from '../../report/github.js'
import { threePartsOf } from '../error-message.js'
import { baseOfEvent } from './event.js'
import { type Environment, readInputs } from './inputs.js'
import { LIBRARY, type Review, type Reviews, review } from './review.js'

/** What the action needs of the machine that it runs on. */
export interface Runner {
  readonly environment: Environment
  /** The directory of the checkout. */
  readonly workspace: string
  /** Writes to the log of the step. */
  readonly log: (text: string) => void
}

/** Runs the action. Resolves to the exit code, 0, 1 when the verdict fails the step, 2 for an error; never rejects. */
export async function runAction(runner: Runner, reviews: Reviews = LIBRARY): Promise<number> {
  const { environment, log } = runner
  let base: string | undefined
  try {
    const inputs = readInputs(environment, runner.workspace)
    base = inputs.base ?? baseOfEvent(environment)
    const found = await review(inputs, base, reviews)
    log(inputs.format === 'github' ? found.log : inert(found.log))
    const code = found.verdict === 'clean' || inputs.failOn === 'never' ? 0 : 1
    writeResults(environment, found, code)
    return code
  } catch (thrown) {
    const { what, why, fix } = threePartsOf(thrown)
    log(`${messageAnnotation('error', 'caps', `${what}: ${why}. ${fix}${hint(base, what)}`)}\n`)
    writeOutputs(environment, { verdict: 'error', 'exit-code': '2' })
    return 2
  }
}

function writeResults(environment: Environment, { verdict, sarif, markdown }: Review, code: number): void {
  const directory = mkdtempSync(join(environment['RUNNER_TEMP'] ?? tmpdir(), 'caps-'))
  const [sarifFile, markdownFile] = [join(directory, 'caps.sarif'), join(directory, 'caps.md')]
  writeFileSync(sarifFile, sarif)
  writeFileSync(markdownFile, markdown)
  append(environment['GITHUB_STEP_SUMMARY'], markdown)
  writeOutputs(environment, { verdict, 'exit-code': String(code), sarif: sarifFile, markdown: markdownFile })
}

/** A line each: no value is more than a word of ours or a path that we made. */
function writeOutputs(environment: Environment, outputs: Readonly<Record<string, string>>): void {
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value.replace(/[\r\n]/g, ' ')}\n`)
  append(environment['GITHUB_OUTPUT'], lines.join(''))
}

/** The runner names the files; outside of GitHub there are none. */
function append(file: string | undefined, text: string): void {
  if (file !== undefined && file !== '') appendFileSync(file, text)
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
