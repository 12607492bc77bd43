/**
 * The files that the action leaves: its results in a new directory of the runner's, never in the checkout, where a link could
 * lead anywhere; and what it adds to the files that the runner names. Each stands whole or not at all.
 */
import { closeSync, fstatSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeOutput } from '../output.js'
import { outputError } from '../system-error.js'
import { writeAll } from '../write-all.js'
import type { Environment } from './inputs.js'

/** Where the results lie. */
export interface ResultFiles {
  readonly sarif: string
  readonly markdown: string
}

/** Writes the results. Throws UsageError when they cannot be written; then nothing of them is left. */
export async function writeResultFiles(
  environment: Environment,
  results: { readonly sarif: string; readonly markdown: string },
): Promise<ResultFiles> {
  const directory = newDirectory(environment['RUNNER_TEMP'] ?? tmpdir())
  const files = { sarif: join(directory, 'caps.sarif'), markdown: join(directory, 'caps.md') }
  try {
    await writeOutput([results.sarif], files.sarif)
    await writeOutput([results.markdown], files.markdown)
    return files
  } catch (failed) {
    rmSync(directory, { recursive: true, force: true })
    throw failed
  }
}

function newDirectory(parent: string): string {
  try {
    return mkdtempSync(join(parent, 'caps-'))
  } catch (failed) {
    throw outputError(failed, parent, 'no result is written')
  }
}

/**
 * Adds the text to a file that the runner names; outside of GitHub there are none. Half a line would spoil what the next one
 * says, so a text that cannot be added whole is taken back. Throws UsageError.
 */
export function addTo(file: string | undefined, text: string): void {
  if (file === undefined || file === '') return
  try {
    const handle = openSync(file, 'a')
    try {
      const found = fstatSync(handle)
      try {
        writeAll(handle, text)
      } catch (failed) {
        if (found.isFile()) ftruncateSync(handle, found.size)
        throw failed
      }
    } finally {
      closeSync(handle)
    }
  } catch (failed) {
    throw outputError(failed, file, 'nothing was added to it')
  }
}

/** What the step's outputs are to be. A line each: no value is more than a word of ours or a path that we made. */
export function addOutputs(environment: Environment, outputs: Readonly<Record<string, string>>): void {
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value.replace(/[\r\n]/g, ' ')}\n`)
  addTo(environment['GITHUB_OUTPUT'], lines.join(''))
}
