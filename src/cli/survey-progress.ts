/** How far a survey is, on one line of a terminal that is drawn over: done, failed, how fast, how long yet. */
import type { SurveyProgress } from '../survey/index.js'
import { tell } from './stderr.js'

/** More often than this nobody can read it. */
const INTERVAL_MS = 200

export interface SurveyProgressLine {
  readonly report: (now: SurveyProgress) => void
  /** Wipes the line; to be called before anything else is printed. */
  readonly clear: () => void
}

export function surveyProgress(quiet: boolean): SurveyProgressLine {
  if (quiet || !process.stderr.isTTY) return { report: () => {}, clear: () => {} }
  const began = performance.now()
  let drawn = 0
  return {
    report(now) {
      const at = performance.now()
      if (at - drawn < INTERVAL_MS) return
      drawn = at
      tell(`\r\x1b[K${progressText(now, (at - began) / 1000)}`)
    },
    clear() {
      if (drawn > 0) tell('\r\x1b[K')
      drawn = 0
    },
  }
}

/** `12 of 200 done, 1 failed, 410 an hour, 28 min left`. What was known before says nothing of how fast it goes. */
export function progressText({ done, failed, kept, undone, all }: SurveyProgress, seconds: number): string {
  const made = done + failed
  const parts = [`${made + kept}${all === undefined ? '' : ` of ${all}`} done`]
  if (failed > 0) parts.push(`${failed} failed`)
  if (undone > 0) parts.push(`${undone} put off`)
  const rate = seconds > 0 ? made / seconds : 0
  if (rate > 0) {
    parts.push(`${Math.round(rate * 3600)} an hour`)
    if (all !== undefined) parts.push(`${timeText((all - made - kept - undone) / rate)} left`)
  }
  return parts.join(', ')
}

function timeText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
