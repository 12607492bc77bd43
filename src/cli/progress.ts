/** What caps is doing, on one line of stderr that is drawn over and at last wiped away; only where a person watches. */

import { escapeText } from '../report/escape.js'
import { cut } from '../report/layout.js'
import type { AnalysisProgress } from '../wiring/analysis-options.js'
import { UsageError } from './error-message.js'
import { heapGrowth } from './heap-growth.js'
import type { ProgressLine } from './progress-line.js'
import { tell } from './stderr.js'
import { verboseLog } from './verbose.js'

/** More often than this nobody can read it. */
const INTERVAL_MS = 80

/**
 * What the user wants to be told: a log, nothing, or unless told otherwise a line on the terminal behind stderr, where there
 * is one. Throws UsageError for both at once.
 */
export function progressOf({ quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean }): ProgressLine {
  if (quiet && verbose) {
    throw new UsageError('--quiet and --verbose exclude each other', 'both were given', 'Leave one of them out.')
  }
  const shown = verbose
    ? verboseLog(tell, () => performance.now())
    : quiet || !process.stderr.isTTY
      ? { report: () => {}, clear: () => {} }
      : progressLine()
  const noteHeap = heapGrowth()
  return {
    clear: shown.clear,
    report: (event) => {
      noteHeap()
      shown.report(event)
    },
  }
}

function progressLine(): ProgressLine {
  let drawn = 0
  let step = ''
  return {
    report(event) {
      const now = performance.now()
      if (event.step === step && now - drawn < INTERVAL_MS) return
      step = event.step
      drawn = now
      tell(`\r\x1b[K${cut(escapeText(messageOf(event)), (process.stderr.columns ?? 80) - 1)}`)
    },
    clear() {
      if (drawn > 0) tell('\r\x1b[K')
      drawn = 0
    },
  }
}

function messageOf(event: AnalysisProgress): string {
  if (event.step === 'keeping') return event.trouble
  if (event.step === 'fetching') return `fetching ${event.packages} packages with cargo`
  return 'package' in event ? `${event.step} ${event.package}` : event.step
}
