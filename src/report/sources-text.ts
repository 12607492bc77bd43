/** The lines that tell a person which packages come from elsewhere; none when all come from the registry or the repository. */
import { escapeText } from './escape.js'
import { cut, fitList, padEnd, widthOf } from './layout.js'
import type { AnalysisResult } from './result.js'
import { unusualSources } from './source-lines.js'
import { packageText, plural } from './spelling.js'

const LABEL = padEnd('from elsewhere', 17)
const MAX_LINES = 8
const GAP = '  '

/** A blank line and a line a source, with its packages. */
export function sourceLines(result: AnalysisResult, columns: number): string[] {
  const groups = unusualSources(result)
  if (groups.length === 0) return []
  const width = columns - LABEL.length
  const lines = groups.slice(0, MAX_LINES).map(({ source, packages }) => {
    const shown = packages.length > 3 ? `${plural(packages.length, 'package')}: ` : ''
    const from = cut(escapeText(source), Math.max(24, width - 24))
    return `${shown}${fitList(packages.map(packageText), Math.max(16, width - widthOf(from + shown) - GAP.length))}${GAP}${from}`
  })
  if (groups.length > MAX_LINES)
    lines.push(`${plural(groups.length - MAX_LINES, 'more source')}: --format json has all`)
  return ['', ...lines.map((line, index) => (index === 0 ? LABEL : ' '.repeat(LABEL.length)) + cut(line, width))]
}
