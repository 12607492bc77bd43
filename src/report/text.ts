/**
 * The report for a person: a head line, a row a capability (most serious first) with the packages that bring it and an
 * example path, then which packages come from elsewhere and what was not analyzed. It fits the width that it is given and holds no crate text unescaped.
 *
 * It leaves out on purpose: every site (`caps why`, `--format json`) and anything that the result does not say.
 */
import pc from 'picocolors'
import { compareText } from '../base/index.js'
import { conditionText, onlyText } from './condition-text.js'
import { configurationText } from './configuration-text.js'
import { coverageLines, percentResolved } from './coverage-text.js'
import { escapeText } from './escape.js'
import { fitName } from './fit-name.js'
import { cut, cutStart, fitList, fitPath, fitPlace, padEnd, widthOf, wrapWords } from './layout.js'
import type { AnalysisResult, Finding } from './result.js'
import { capabilityRows, type Row } from './rows.js'
import { compareCapabilities, toneOf } from './severity.js'
import { sourceLines } from './sources-text.js'
import { fileText, nameText, packageText, pathNames, placeText, plural, sizeText } from './spelling.js'
import type { Paint, TextOptions } from './text-options.js'

const GAP = '  '
const CERTAINTY_WIDTH = 'possible'.length
/** Where the place begins below its path, when it fits there: past most paths' beginnings, so that places align. */
const PLACE_INDENT = 52
/** More than this in the first column would leave too little for the paths. */
const MAX_LABEL_COLUMNS = 22
/** Where the label has no room for them: they stand below. */
const SOME_PLATFORMS = 'on some platforms'
/** Fewer for the names of packages say nothing. */
const MIN_PACKAGE_COLUMNS = 16
/** Fewer say nothing of what a row acts on. */
const MIN_RESOURCE_COLUMNS = 12
/** Narrower than this a path cannot be read; the terminal then wraps. */
const MIN_COLUMNS = 60

/** The whole report, lines ending in `\n`. */
export function renderText(result: AnalysisResult, options: TextOptions): string {
  const paint = pc.createColors(options.colour)
  const columns = Math.max(MIN_COLUMNS, options.columns)
  const lines = [...headLines(result, options, columns, paint), '']
  lines.push(...(result.granularity === 'crate' ? rowLines(result, columns, paint) : listLines(result, columns, paint)))
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
  return [paint.bold(fitList(result.members.map(packageText), columns)), cut(summary, columns), ...below]
}

function rowLines(result: AnalysisResult, columns: number, paint: Paint): string[] {
  const rows = capabilityRows(result)
  if (rows.length === 0) return ['no capability found']
  const labelWidth = Math.max(...rows.map((row) => widthOf(rowLabel(row, result))), 12) + GAP.length
  const lines: string[] = []
  let part = rows[0]?.part
  for (const row of rows) {
    if (row.part !== part) lines.push('')
    part = row.part
    lines.push(...drawRow(row, labelWidth, columns, paint, result))
  }
  return lines
}

/** What stands in the first column: the capability, or when and where the row applies. */
function rowLabel(row: Row, result: AnalysisResult): string {
  if (row.part === 'built') return 'when built'
  if (row.part === 'test') return 'in tests'
  if (row.part === 'platform') return platformLabel(row, result)
  return row.capability
}

/** The platforms when they are few enough for the column; else the line of the place names them. */
function platformLabel(row: Row, { targets }: AnalysisResult): string {
  const label = onlyText(row.conditions, { some: row.targets, all: targets })
  return widthOf(label) <= MAX_LABEL_COLUMNS ? label : SOME_PLATFORMS
}

function drawRow(row: Row, labelWidth: number, columns: number, paint: Paint, result: AnalysisResult): string[] {
  const tone = toneOf(row.capability)
  const colour = tone === 'alarm' ? paint.red : tone === 'notice' ? paint.yellow : (text: string) => text
  const indent = ' '.repeat(labelWidth)
  const label = padEnd(rowLabel(row, result), labelWidth)
  const named = row.part === 'run' ? '' : `${row.capability}${GAP}`
  const more = row.possibleSites > 0 ? `, ${row.possibleSites} more possible` : ''
  const sites = row.sites > 0 ? `${GAP}${plural(row.sites, 'site')}${more}` : ''
  const used = labelWidth + widthOf(named) + CERTAINTY_WIDTH + GAP.length + widthOf(sites)
  // Where no room is left beside the capability, the packages stand below it.
  const isNarrow = columns - used < MIN_PACKAGE_COLUMNS
  const room = isNarrow ? columns - labelWidth - widthOf(sites) : columns - used
  const names = fitList(row.packages.map(nameText), room)
  const beside = resourcesBeside(row, room - widthOf(names))
  const packages = names + paint.dim(sites) + beside
  const certainty = padEnd(row.certainty, CERTAINTY_WIDTH) + GAP
  const head =
    (row.part === 'run' ? colour(label) : paint.dim(label)) +
    (row.certainty === 'certain' ? certainty : paint.dim(certainty)) +
    colour(named)
  const heads = isNarrow ? [head, indent + packages] : [head + packages]
  if (tone === 'quiet') return heads
  // Where the head had no room for what the row acts on, it stands in place of the one call's literals.
  const on = beside === '' ? row.resources : []
  return [...heads, ...exampleLines(row, columns - labelWidth, paint, result, on).map((line) => indent + line)]
}

/** What the row is about, in the room behind its sites; nothing where that is too narrow to say anything. */
function resourcesBeside({ resources }: Row, room: number): string {
  if (resources.length === 0 || room < MIN_RESOURCE_COLUMNS + GAP.length) return ''
  return GAP + fitList(resources.map(escapeText), room - GAP.length)
}

/** The path; below it what the row acts on, or the literals of its last call, and, to the right, the place that the last step is named at. */
function exampleLines(row: Row, width: number, paint: Paint, result: AnalysisResult, on: readonly string[]): string[] {
  const path = row.example.path
  const last = path[path.length - 1] as Finding['path'][number]
  const notes: string[] = []
  const told = row.part === 'platform' && platformLabel(row, result) !== SOME_PLATFORMS
  const condition = row.conditions[0] === 'true' || told ? '' : rowCondition(row, result)
  if (row.aside) notes.push(`not reached from ${fitList(result.members.map(nameText), 30)}`)
  const place = placeText(last)
  const fits = condition === '' || widthOf([place, condition, ...notes].join(GAP)) <= width
  const note = fitPlace(place, fits && condition !== '' ? [condition, ...notes] : notes, width)
  const indent = Math.max(0, Math.min(width - widthOf(note), PLACE_INDENT))
  const { steps, last: lastInFull } = pathNames(path)
  const lines = [fitPath(steps, lastInFull, width)]
  const literals = (row.example.literals ?? []).map((text) => JSON.stringify(text)).join(' ')
  const room = indent >= MIN_RESOURCE_COLUMNS + GAP.length ? indent - GAP.length : width
  let beside = on.length === 0 ? escapeText(literals) : fitList(on.map(escapeText), room)
  if (beside !== '' && widthOf(beside) + GAP.length > indent) {
    lines.push(paint.dim(cut(beside, width)))
    beside = ''
  }
  lines.push(paint.dim(padEnd(beside, indent) + note))
  if (!fits) lines.push(...wrapWords(condition, width).map(paint.dim))
  return lines
}

/** When the row applies; of several formulas that of the example, whole. */
function rowCondition({ conditions, targets, example }: Row, result: AnalysisResult): string {
  const text = onlyText(conditions, { some: targets, all: result.targets })
  if (conditions.length === 1 || !text.startsWith('only if')) return text
  const more = conditions.length - 1
  const own = onlyText([example.condition], { some: example.targets ?? [], all: result.targets })
  return `${own} (${plural(more, 'other condition')} elsewhere)`
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
    for (const finding of findings) lines.push(elementLine(finding, columns, paint, result))
    lines.push('')
  }
  return lines.length > 0 ? lines.slice(0, -1) : ['no capability found']
}

const elementOf = (finding: Finding): string => finding.function ?? finding.module ?? ''

function elementLine(finding: Finding, columns: number, paint: Paint, { targets: all }: AnalysisResult): string {
  const last = finding.path[finding.path.length - 1] as Finding['path'][number]
  const notes: string[] = [finding.stage, finding.certainty, finding.reach]
  if (finding.condition !== 'true') notes.push(conditionText([finding.condition], { some: finding.targets ?? [], all }))
  const label = `  ${padEnd(escapeText(finding.capability), 16)}${GAP}`
  // The element gives way to the place, and both to what must not be overlooked: when, and whether it is certain.
  const note = cut(
    notes.filter((text) => text !== 'run' && text !== 'certain' && text !== 'direct').join(', '),
    columns >> 1,
  )
  const room = Math.max(24, columns - widthOf(label) - widthOf(note) - GAP.length * 2)
  const place = cutStart(fileText(last), room >> 1)
  const name = padEnd(
    fitName(escapeText(elementOf(finding)), Math.max(12, room - widthOf(place))),
    Math.min(40, room - widthOf(place)),
  )
  return `${label}${name}${GAP}${place}${GAP}${paint.dim(note)}`
}
