/**
 * The report for a person: a head line, a row a capability (most serious first) with the packages that bring it and an
 * example path, then which packages come from elsewhere and what was not analyzed. It fits the width that it is given and holds no crate text unescaped.
 *
 * It leaves out on purpose: every site (`caps why`, `--format json`) and anything that the result does not say.
 */
import pc from 'picocolors'
import { checked, compareText } from '../base/index.js'
import { conditionText } from './condition-text.js'
import { configurationText } from './configuration-text.js'
import { coverageLines, percentResolved } from './coverage-text.js'
import { escapeText } from './escape.js'
import { fitName } from './fit-name.js'
import { cut, cutStart, fitList, padEnd, widthOf } from './layout.js'
import type { AnalysisResult, Finding } from './result.js'
import { rowLines } from './row-text.js'
import { compareCapabilities } from './severity.js'
import { sourceLines } from './sources-text.js'
import { fileText, packageText, plural, sizeText } from './spelling.js'
import type { Paint, TextOptions } from './text-options.js'

const GAP = '  '
/** Narrower than this a path cannot be read; the terminal then wraps. */
const MIN_COLUMNS = 40

/** The whole report, lines ending in `\n`. */
export function renderText(result: AnalysisResult, options: TextOptions): string {
  const paint = pc.createColors(options.colour)
  const columns = Math.max(MIN_COLUMNS, options.columns)
  const lines = [...headLines(result, options, columns, paint), '']
  lines.push(
    ...(result.granularity === 'crate' ? rowLines(result, options, columns, paint) : listLines(result, columns, paint)),
  )
  lines.push(...sourceLines(result, columns))
  lines.push(...coverageLines(result, options, columns, paint))
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

function headLines(result: AnalysisResult, options: TextOptions, columns: number, paint: Paint): string[] {
  const { coverage } = result
  const facts = [plural(result.packages.length, 'package'), `${sizeText(coverage.files.bytes)} of Rust`]
  if (options.seconds !== undefined) facts.push(`${options.seconds.toFixed(1)} s`)
  const resolved = `${percentResolved(coverage)} % of calls resolved`
  const summary = `${facts.join(', ')}   ${resolved}`
  const title = result.members.map(packageText).join(', ')
  const configuration = escapeText(configurationText(result))
  const below = configuration === '' ? [] : [paint.dim(cut(`configured by ${configuration}`, columns))]
  if (widthOf(title) + 3 + widthOf(summary) <= columns) return [`${paint.bold(title)}   ${summary}`, ...below]
  return [
    paint.bold(fitList(result.members.map(packageText), columns)),
    ...(widthOf(summary) <= columns ? [summary] : [cut(facts.join(', '), columns), resolved]),
    ...below,
  ]
}

/** With a finer granularity: a line an element and capability, package by package. */
function listLines(result: AnalysisResult, columns: number, paint: Paint): string[] {
  const lines: string[] = []
  for (const owner of result.packages) {
    if (owner.capabilities.length === 0) continue
    const findings = [...owner.capabilities].sort(
      (a, b) => compareText(elementOf(a), elementOf(b)) || compareCapabilities(a.capability, b.capability),
    )
    lines.push(paint.bold(packageText(owner.id)))
    for (const finding of findings) lines.push(...elementLines(finding, columns, paint, result))
    lines.push('')
  }
  return lines.length > 0 ? lines.slice(0, -1) : ['no capability found']
}

const elementOf = (finding: Finding): string => finding.function ?? finding.module ?? ''

/** Fewer for an element and its place cannot tell them: they stand on two lines. */
const MIN_ELEMENT_COLUMNS = 40

function elementLines(finding: Finding, columns: number, paint: Paint, { targets: all }: AnalysisResult): string[] {
  const last = checked(finding.path[finding.path.length - 1])
  const notes: string[] = [finding.stage, finding.certainty, finding.reach]
  if (finding.condition !== 'true') notes.push(conditionText([finding.condition], { some: finding.targets ?? [], all }))
  const label = `  ${padEnd(escapeText(finding.capability), 16)}${GAP}`
  // The element gives way to the place, and both to what must not be overlooked: when, and whether it is certain.
  const note = cut(
    notes.filter((text) => text !== 'run' && text !== 'certain' && text !== 'direct').join(', '),
    Math.max(columns >> 1, MIN_ELEMENT_COLUMNS) - GAP.length * 2,
  )
  const room = columns - widthOf(label) - (note === '' ? 0 : widthOf(note) + GAP.length) - GAP.length
  const element = escapeText(elementOf(finding))
  if (room < MIN_ELEMENT_COLUMNS) {
    const first = label + fitName(element, columns - widthOf(label))
    const below = [cutStart(fileText(last), columns - GAP.length * 2), ...(note === '' ? [] : [note])]
    const line = below.join(GAP)
    const lines = widthOf(line) + GAP.length * 2 <= columns ? [line] : below
    return [first, ...lines.map((text) => GAP + GAP + paint.dim(text))]
  }
  const place = cutStart(fileText(last), room >> 1)
  const name = padEnd(
    fitName(element, Math.max(12, room - widthOf(place))),
    Math.min(MIN_ELEMENT_COLUMNS, room - widthOf(place)),
  )
  return [`${label}${name}${GAP}${place}${note === '' ? '' : GAP + paint.dim(note)}`]
}
