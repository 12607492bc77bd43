/**
 * The lines that tell a person which packages come from elsewhere than the registry or the repository, and for whose files
 * nothing vouches; none when there are none.
 */
import { escapeText } from './escape.js'
import { cut, fitList, padEnd, widthOf } from './layout.js'
import type { AnalysisResult, PackageResult } from './result.js'
import { unusualSources } from './source-lines.js'
import { packageText, plural } from './spelling.js'
import { unverified } from './verified-text.js'

const LABEL = padEnd('from elsewhere', 17)
const UNVERIFIED = padEnd('not verified', LABEL.length)
const MAX_LINES = 8
const GAP = '  '

/** A blank line and a line a source, with its packages; the same of what is not verified. */
export function sourceLines(result: AnalysisResult, columns: number): string[] {
  const groups = unusualSources(result)
  const width = columns - LABEL.length
  const lines = groups.slice(0, MAX_LINES).map(({ source, packages }) => {
    const shown = packages.length > 3 ? `${plural(packages.length, 'package')}: ` : ''
    const from = cut(escapeText(source), Math.max(24, width - 24))
    return `${shown}${fitList(packages.map(packageText), Math.max(16, width - widthOf(from + shown) - GAP.length))}${GAP}${from}`
  })
  if (groups.length > MAX_LINES)
    lines.push(`${plural(groups.length - MAX_LINES, 'more source')}: --format json has all`)
  return [...labelled(LABEL, lines, width), ...labelled(UNVERIFIED, unverifiedLines(result, width), width)]
}

function labelled(label: string, lines: readonly string[], width: number): readonly string[] {
  if (lines.length === 0) return []
  return ['', ...lines.map((line, index) => (index === 0 ? label : ' '.repeat(label.length)) + cut(line, width))]
}

/** Packages of which nobody says that their files are what was published; why stands in the coverage. */
function unverifiedLines(result: AnalysisResult, width: number): readonly string[] {
  const otherwise = unverified(result).filter(({ verified }) => verified?.unpackedOtherwise !== undefined)
  const nothing = unverified(result).filter(({ verified }) => verified?.by === 'nothing')
  return [
    ...(nothing.length > 0 ? [namesOf(nothing, 'no checksum', width)] : []),
    ...(otherwise.length > 0 ? [namesOf(otherwise, 'cargo has unpacked other files', width)] : []),
  ]
}

function namesOf(owners: readonly PackageResult[], why: string, width: number): string {
  const count = owners.length > 3 ? `${plural(owners.length, 'package')}: ` : ''
  const names = owners.map(({ id }) => packageText(id))
  return `${count}${fitList(names, Math.max(16, width - widthOf(count + why) - GAP.length))}${GAP}${why}`
}
