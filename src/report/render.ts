/** A result in one of its formats, for programs. What needs more than a result (the page shows source) is not drawn here. */
import type { CheckResult } from './check-result.js'
import type { DiffResult } from './diff-result.js'
import { type AnalysisFormat, type CheckFormat, type DiffFormat, FORMATS } from './formats.js'
import type { AnalysisResult } from './result.js'
import type { TextOptions } from './text-options.js'

/** The page shows source, which no result holds. */
type OfResult<Name> = Exclude<Name, 'html'>

/** How `text` is drawn when nothing else is said: for a file. */
const PLAIN: TextOptions = { columns: 80, colour: false, showUnanalyzed: false, command: 'caps analyze .' }

/**
 * What `--format` prints: of an analysis `text`, `json`, `markdown`, `sarif`, `github`, `capslock`, `dot` or `graphml`; of a diff and
 * a check the first five. `view` says how `text` is drawn (columns, colour); no other format looks at it. Crate text is escaped
 * for the format.
 */
export function render(
  result: AnalysisResult,
  format: OfResult<AnalysisFormat>,
  view?: Partial<TextOptions>,
): Promise<string>
export function render(result: DiffResult, format: OfResult<DiffFormat>, view?: Partial<TextOptions>): Promise<string>
export function render(result: CheckResult, format: CheckFormat, view?: Partial<TextOptions>): Promise<string>
export async function render(
  result: AnalysisResult | DiffResult | CheckResult,
  format: string,
  view: Partial<TextOptions> = {},
): Promise<string> {
  const formats = 'clean' in result ? FORMATS.check : 'old' in result ? FORMATS.diff : FORMATS.analysis
  const found = Object.entries(formats).find(([name, { takes }]) => name === format && takes === 'result')?.[1]
  if (!found) throw new RangeError(`There is no format ${format} of this result alone`)
  const draw = (await found.renderer()) as (result: unknown, view: TextOptions) => string
  return draw(result, { ...PLAIN, ...view })
}
