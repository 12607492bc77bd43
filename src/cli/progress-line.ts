/** Whoever is told what caps is doing, whether it draws a line or writes a log. */
import type { AnalysisProgress } from '../wiring/analysis-options.js'

export interface ProgressLine {
  readonly report: (event: AnalysisProgress) => void
  /** Wipes the line; to be called before anything else is printed. */
  readonly clear: () => void
}
