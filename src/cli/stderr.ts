/**
 * What is told on stderr: progress, `--verbose`, errors. It is for people, so that it cannot be told changes no exit code: a
 * full or closed stderr ends no run, and leaves a gate's 1 a 1 and an error's 2 a 2.
 */
import { wrapLine } from '../report/layout.js'
import { namedColumns } from './terminal.js'

let listens = false

/** Writes to stderr what can be written; never throws, and no later error event ends the process. */
export function tell(text: string): void {
  try {
    const { stderr } = process
    if (!listens) stderr.on('error', () => {})
    listens = true
    stderr.write(text)
  } catch {
    // Nobody is there to be told.
  }
}

/** `tell` in lines that fit the terminal; what does not fit goes on below, that much further to the right than its line. */
export function tellLines(text: string, hanging = 2): void {
  const columns = stderrColumns()
  const lines = text.split('\n').flatMap((line) => wrapLine(line, columns, hanging))
  tell(lines.join('\n'))
}

/** Columns of the terminal behind stderr, or COLUMNS: a log has no edge, and whoever searches one wants whole lines. */
export const stderrColumns = (): number => process.stderr.columns ?? namedColumns() ?? Number.POSITIVE_INFINITY
