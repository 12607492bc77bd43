/**
 * The rows of an analysis as lines: a capability each, who brings it, and below that an example path. What is longer than a screen
 * is told in short, the least serious first, with the option that shows all of it.
 */
import { checked } from '../base/index.js'
import { apart } from './commonplace-text.js'
import { onlyText } from './condition-text.js'
import { escapeText } from './escape.js'
import { fitPath } from './fit-path.js'
import { cut, cutStart, fitList, padEnd, SCREEN_LINES, widthOf, wrapItems, wrapWords } from './layout.js'
import type { AnalysisResult } from './result.js'
import { capabilityRows, type Row } from './rows.js'
import { type Tone, toneOf } from './severity.js'
import { nameText, pathNames, placeText, plural } from './spelling.js'
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
/** Names of packages in a row that is told in short. */
const SHORT_PACKAGE_COLUMNS = 24
/** Narrower terminals have no room for a path beside the first column. */
const NARROW_COLUMNS = 70

interface View extends Pick<TextOptions, 'whole' | 'command'> {
  readonly columns: number
  readonly labelWidth: number
  readonly paint: Paint
  readonly result: AnalysisResult
}

interface Drawn {
  readonly row: Row
  readonly heads: readonly string[]
  readonly example: readonly string[]
  /** The heads, with what the example would say of where it applies: for where that is left out. */
  readonly alone: readonly string[]
}

/** All rows, a blank line between their parts. */
export function rowLines(result: AnalysisResult, options: TextOptions, columns: number, paint: Paint): string[] {
  const { shown, commonplace } = options.verbose || options.whole ? { shown: result, commonplace: [] } : apart(result)
  const rows = capabilityRows(shown)
  if (rows.length === 0 && commonplace.length === 0) return ['no capability found']
  const labels = rows.map((row) => widthOf(rowLabel(row, result)))
  const view = { ...options, columns, labelWidth: Math.max(...labels, 12) + GAP.length, paint, result }
  const drawn = rows.map((row) => drawRow(row, view))
  const whole = partLines(drawn, ({ heads, example }) => [...heads, ...example])
  const lines = options.whole || whole.length <= SCREEN_LINES ? whole : shortLines(drawn, view)
  return [...lines, ...commonplaceLines(commonplace, lines.length > 0, view)]
}

/** All of it in one line, or as many as it takes: what it is, of whom. */
function commonplaceLines(texts: readonly string[], isBelow: boolean, { columns, labelWidth, paint }: View): string[] {
  if (texts.length === 0) return []
  const lead = padEnd('commonplace', labelWidth)
  const [start = '', ...rest] = wrapItems(texts, Math.max(MIN_PACKAGE_COLUMNS, columns - labelWidth))
  const lines = [lead + start, ...rest.map((line) => ' '.repeat(labelWidth) + line)]
  return [...(isBelow ? [''] : []), ...lines.map((line) => paint.dim(line))]
}

function partLines(drawn: readonly Drawn[], linesOf: (one: Drawn) => readonly string[], view?: View): string[] {
  const lines: string[] = []
  for (const part of new Set(drawn.map(({ row }) => row.part))) {
    if (lines.length > 0) lines.push('')
    const members = drawn.filter(({ row }) => row.part === part)
    lines.push(...members.flatMap(linesOf), ...(view ? foldedLines(members, view) : []))
  }
  return lines
}

const isFolded = ({ row }: Drawn): boolean => row.certainty === 'possible' || toneOf(row.capability) === 'quiet'

/** Each capability still stands there with who brings it; examples as long as there is room, the most serious first. */
function shortLines(drawn: readonly Drawn[], view: View): string[] {
  const alone = (one: Drawn): readonly string[] => (isFolded(one) ? [] : one.alone)
  let room = SCREEN_LINES - partLines(drawn, alone, view).length
  const withExample = new Set<Drawn>()
  const isAside = ({ row }: Drawn): boolean => row.aside && !row.possiblyReached
  for (const one of [...drawn.filter((each) => !isAside(each)), ...drawn.filter(isAside)]) {
    if (isFolded(one) || one.example.length > room) continue
    room -= one.example.length
    withExample.add(one)
  }
  const linesOf = (one: Drawn): readonly string[] =>
    withExample.has(one) ? [...one.heads, ...one.example] : alone(one)
  return [
    ...partLines(drawn, linesOf, view),
    '',
    ...besideCommand('all with paths', `${view.command} --show all`, view),
  ]
}

/** A command is never cut: it is there to be copied. */
function besideCommand(label: string, command: string, { columns, labelWidth, paint }: View): string[] {
  const line = padEnd(label, labelWidth) + command
  return (widthOf(line) <= columns ? [line] : [label, GAP + command]).map((text) => paint.dim(text))
}

/** A line or more for the quiet ones of a part, and for the possible ones. */
function foldedLines(members: readonly Drawn[], { columns, labelWidth, paint, result }: View): string[] {
  return (['certain', 'possible'] as const).flatMap((certainty) => {
    const rows = members.filter((one) => isFolded(one) && one.row.certainty === certainty).map(({ row }) => row)
    const [first] = rows
    if (first === undefined) return []
    const label = first.part === 'run' ? 'also' : first.part === 'platform' ? SOME_PLATFORMS : rowLabel(first, result)
    const lead = padEnd(label, labelWidth) + padEnd(certainty, CERTAINTY_WIDTH) + GAP
    const texts = rows.map(
      ({ capability, packages }) =>
        `${escapeText(capability)} (${fitList(packages.map(nameText), SHORT_PACKAGE_COLUMNS)})`,
    )
    const indent = ' '.repeat(columns < NARROW_COLUMNS ? GAP.length : widthOf(lead))
    const [start = '', ...rest] = wrapItems(texts, columns - indent.length)
    const beside = columns < NARROW_COLUMNS ? [lead, indent + start] : [lead + start]
    return [...beside, ...rest.map((line) => indent + line)].map((line) => paint.dim(line))
  })
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

function drawRow(row: Row, view: View): Drawn {
  const { columns, labelWidth, paint, result } = view
  const tone = toneOf(row.capability)
  const colour = colourOf(tone, paint)
  const label = padEnd(rowLabel(row, result), labelWidth)
  const named = row.part === 'run' ? '' : `${escapeText(row.capability)}${GAP}`
  const more = row.possibleSites > 0 ? `, ${row.possibleSites} more possible` : ''
  const sites = row.sites > 0 ? `${GAP}${plural(row.sites, 'site')}${more}` : ''
  const used = labelWidth + widthOf(named) + CERTAINTY_WIDTH + GAP.length + widthOf(sites)
  // Where no room is left beside the capability, the packages stand below it.
  const isNarrow = columns - used < MIN_PACKAGE_COLUMNS
  // Nor for the capability beside its platforms.
  const isSplit = isNarrow && labelWidth + CERTAINTY_WIDTH + GAP.length + widthOf(named) - GAP.length > columns
  const indent = ' '.repeat(columns < NARROW_COLUMNS ? GAP.length : labelWidth)
  const room = isNarrow ? columns - indent.length - widthOf(sites) - (isSplit ? widthOf(named) : 0) : columns - used
  const certainty = padEnd(row.certainty, CERTAINTY_WIDTH) + GAP
  const head =
    (row.part === 'run' ? colour(label) : paint.dim(label)) +
    (row.certainty === 'certain' ? certainty : paint.dim(certainty)) +
    (isSplit ? '' : colour(named))
  const headsWith = (names: string, beside: string): readonly string[] =>
    isNarrow
      ? [head, indent + (isSplit ? colour(named) : '') + names + paint.dim(sites) + beside]
      : [head + names + paint.dim(sites) + beside]
  const all = row.packages.map(nameText)
  const names = fitList(all, room)
  const beside = resourcesBeside(row, room - widthOf(names))
  const heads = headsWith(names, beside)
  if (tone === 'quiet') return { row, heads, example: [], alone: heads }
  // Where the head had no room for what the row acts on, it stands in place of the one call's literals.
  const on = beside === '' ? row.resources : []
  const example = exampleLines(row, columns - indent.length, paint, result, on).map((line) => indent + line)
  const where = whereText(row, result, Math.max(0, room - MIN_PACKAGE_COLUMNS))
  if (where === '') return { row, heads, example, alone: heads }
  const alone = headsWith(fitList(all, room - widthOf(where) - GAP.length), paint.dim(GAP + where))
  return { row, heads, example, alone }
}

/** When the row applies, unless its label says it, and whether what was asked for gets there: each whole where they do not both fit. */
function whereText(row: Row, result: AnalysisResult, width: number): string {
  const [conditions, asides] = [conditionNotes(row, result), asideTexts(row, result).slice(-1)]
  const choices = [[...conditions, ...asides], conditions, asides].map((notes) => notes.join(', '))
  return choices.find((text) => text !== '' && widthOf(text) <= width) ?? cut(checked(choices[0]), width)
}

function conditionNotes(row: Row, result: AnalysisResult): readonly string[] {
  const told = row.part === 'platform' && platformLabel(row, result) !== SOME_PLATFORMS
  return row.conditions[0] === 'true' || told ? [] : [rowCondition(row, result)]
}

const colourOf = (tone: Tone, paint: Paint): ((text: string) => string) =>
  tone === 'alarm' ? paint.red : tone === 'notice' ? paint.yellow : (text) => text

/** What the row is about, in the room behind its sites; nothing where that is too narrow to say anything. */
function resourcesBeside({ resources }: Row, room: number): string {
  if (resources.length === 0 || room < MIN_RESOURCE_COLUMNS + GAP.length) return ''
  return GAP + fitList(resources.map(escapeText), room - GAP.length)
}

/** The path; below it what the row acts on, or the literals of its last call, and, to the right, the place that the last step is named at. */
function exampleLines(row: Row, width: number, paint: Paint, result: AnalysisResult, on: readonly string[]): string[] {
  const path = row.example.path
  const last = checked(path[path.length - 1])
  const [condition = ''] = conditionNotes(row, result)
  const place = placeText(last)
  const fits = condition === '' || widthOf([place, condition, ...asideTexts(row, result).slice(-1)].join(GAP)) <= width
  const note = withAside([place, ...(fits && condition !== '' ? [condition] : [])].join(GAP), row, width, result)
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

/** That nothing of what was asked for gets there, at length and in short; none where it does. */
function asideTexts({ aside, possiblyReached }: Row, { members }: AnalysisResult): readonly string[] {
  if (!aside) return []
  const short = possiblyReached ? 'possibly reached' : 'not reached'
  return [`${short} from ${fitList(members.map(nameText), 30)}`, short]
}

/** The place with that behind it: it says whether the row matters, so the place gives way, its directory first. */
function withAside(text: string, row: Row, width: number, result: AnalysisResult): string {
  const asides = asideTexts(row, result)
  const whole = asides.find((aside) => widthOf(text + GAP + aside) <= width)
  if (whole !== undefined) return text + GAP + whole
  const short = asides.at(-1)
  return short === undefined ? cutStart(text, width) : cutStart(text, width - widthOf(GAP + short)) + GAP + short
}

/** When the row applies; of several formulas that of the example, whole. */
function rowCondition({ conditions, targets, example }: Row, result: AnalysisResult): string {
  const text = onlyText(conditions, { some: targets, all: result.targets })
  if (conditions.length === 1 || !text.startsWith('only if')) return text
  const more = conditions.length - 1
  const own = onlyText([example.condition], { some: example.targets ?? [], all: result.targets })
  return `${own} (${plural(more, 'other condition')} elsewhere)`
}
