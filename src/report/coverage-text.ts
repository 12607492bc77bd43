/** What was not analyzed, for a person: one line with counts, or with `--show unanalyzed` every place (law 1). */
import { compareText } from '../base/index.js'
import { escapeText } from './escape.js'
import { cut, padEnd } from './layout.js'
import type { AnalysisResult, Coverage } from './result.js'
import { placeText, plural } from './spelling.js'
import type { Paint, TextOptions } from './text-options.js'

/** Share of written references that were led to what they mean, in percent with one decimal, never rounded up to 100. */
export function percentResolved(coverage: Coverage): string {
  const { written, unresolved } = coverage.references
  if (written === 0) return '100'
  const missing = Object.values(unresolved).reduce((sum, count) => sum + count, 0)
  if (missing === 0) return '100'
  return (Math.floor((1000 * (written - missing)) / written) / 10).toFixed(1)
}

/** What was not analyzed, counted by its kind: `2 proc macros`, `14 unresolved calls`; empty when everything was. */
export function lossTexts(coverage: Coverage): readonly string[] {
  const counts = new Map<string, number>()
  for (const loss of coverage.losses) counts.set(loss.kind, (counts.get(loss.kind) ?? 0) + 1)
  const parts = [...counts].sort(([a], [b]) => compareText(a, b)).map(([kind, count]) => kindText(kind, count))
  if (coverage.unresolved.length > 0) parts.push(plural(coverage.unresolved.length, 'unresolved call'))
  if (coverage.diagnostics.length > 0) parts.push(plural(coverage.diagnostics.length, 'remark'))
  return parts
}

/** The last lines of the report; none when everything was analyzed. */
export function coverageLines(result: AnalysisResult, options: TextOptions, columns: number, paint: Paint): string[] {
  const { coverage } = result
  const parts = lossTexts(coverage)
  if (parts.length === 0) return []
  const label = padEnd('not analyzed', 17)
  if (options.showUnanalyzed)
    return ['', paint.bold(`${label}${parts.join(', ')}`), ...placeLines(coverage, columns, paint)]
  return [
    '',
    cut(`${label}${parts.join(', ')}`, columns),
    paint.dim(`${' '.repeat(17)}${options.command} --show unanalyzed`),
  ]
}

/** `2 proc macros`; code is not counted: `generated code in 2 places`. */
function kindText(kind: string, count: number): string {
  return /\bcode$/.test(kind) ? `${escapeText(kind)} in ${plural(count, 'place')}` : plural(count, escapeText(kind))
}

function placeLines(coverage: Coverage, columns: number, paint: Paint): string[] {
  const line = (kind: string, what: string, place: string): string =>
    `  ${padEnd(escapeText(kind), 18)}${padEnd(cut(escapeText(what), Math.max(24, columns - 80)), 30)}  ${paint.dim(place)}`
  return [
    ...coverage.losses.map((loss) => line(loss.kind, loss.what, placeText(loss))),
    ...coverage.unresolved.map((call) => line(call.reason, call.name, placeText(call))),
    ...coverage.diagnostics.map(({ package: of, file, message }) =>
      line(
        'remark',
        message,
        [of, file]
          .filter((part) => part !== undefined)
          .map(escapeText)
          .join('  '),
      ),
    ),
  ]
}
