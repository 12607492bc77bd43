/**
 * `--verbose`: what caps does, line by line on stderr, each step with the seconds that it took. For people: the lines are
 * no format, and no time ever reaches a report (law 3).
 */

import { escapeText } from '../report/escape.js'
import type { AnalysisProgress } from '../wiring/analysis-options.js'
import type { ProgressLine } from './progress-line.js'

/** Packages that are being read or parsed are counted, not listed. */
const MAX_LISTED = 50

/** `write` gets whole lines; `now` is a clock in milliseconds. */
export function verboseLog(write: (line: string) => void, now: () => number): ProgressLine {
  let step: string | undefined
  let began = 0
  const say = (text: string): void => write(`caps: ${escapeText(text)}\n`)
  const end = (): void => {
    if (step !== undefined) say(`${((now() - began) / 1000).toFixed(2).padStart(7)} s  ${step}`)
    step = undefined
  }
  return {
    report(event) {
      if (event.step !== step) {
        end()
        step = event.step
        began = now()
      }
      for (const line of factsOf(event)) say(line)
    },
    clear: end,
  }
}

/** What an event says besides that something is being done. */
function factsOf(event: AnalysisProgress): readonly string[] {
  if (event.step === 'fetching') return listed('fetching with cargo', event.names)
  if (event.step === 'keeping') return [event.trouble]
  if (event.step !== 'choosing') return []
  const withFeatures = event.features.filter(({ features }) => features.length > 0)
  return [
    ...listed('targets', event.targets),
    `packages: ${event.features.length}`,
    ...withFeatures
      .slice(0, MAX_LISTED)
      .map(({ package: id, features }) => `features of ${id}: ${features.join(', ')}`),
    ...(withFeatures.length > MAX_LISTED ? [`features of ${withFeatures.length - MAX_LISTED} more packages`] : []),
  ]
}

function listed(title: string, words: readonly string[]): readonly string[] {
  const rest = words.length - MAX_LISTED
  return [`${title}: ${words.slice(0, MAX_LISTED).join(', ')}${rest > 0 ? `, ${rest} more` : ''}`]
}
