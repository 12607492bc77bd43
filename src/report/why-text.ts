/**
 * `caps why` for a person: who can set it off, and below that the ways as trees, a line a function with the place where the one
 * above refers to it. It fits a screen unless more is asked for; what is not shown is counted, with the option that shows it.
 */

import pc from 'picocolors'
import { checked } from '../base/index.js'
import { onlyText } from './condition-text.js'
import { escapeText } from './escape.js'
import { fitName } from './fit-name.js'
import { cut, fitList, listHeadLines, padEnd, SCREEN_LINES, widthOf, wrapWords } from './layout.js'
import { resourceTexts } from './resource-text.js'
import type { Step, WhyResult } from './result.js'
import { fileText, nameText, packageText, placeText, plural } from './spelling.js'
import type { Paint } from './text-options.js'
import { countsOf, placeOf, selectPaths, type WhyPath, type WhyShown } from './why-shown.js'
import { type WhyEnd, type WhyNode, whyTrees } from './why-tree.js'

/** Places shown unless another number is asked for, as long as their ways fit a screen. */
export const WHY_LIMIT = 10
/** Names get no less, however narrow the terminal is. */
const MIN_NAME_COLUMNS = 24
const MIN_COLUMNS = 40
/** Literals longer than this are cut; the JSON has them whole. */
const MAX_LITERAL_COLUMNS = 40

interface View {
  readonly columns: number
  readonly colour: boolean
}

/** The whole text, piece by piece. */
export function* renderWhy(answer: WhyResult, asked: string, shown: WhyShown, view: View): Generator<string> {
  const paint = pc.createColors(view.colour)
  const columns = Math.max(MIN_COLUMNS, view.columns)
  if (answer.paths.length === 0) {
    const members = answer.root.split(', ').map(packageText)
    const text = `${members.join(', ')} ${members.length === 1 ? 'has' : 'have'} no path to ${escapeText(asked)}`
    for (const line of wrapWords(text, columns)) yield `${line}\n`
    return
  }
  for (const line of headOf(answer, asked, columns, paint)) yield `${line}\n`
  const selection = selectPaths(answer, shown)
  const limit = shown.all ? Number.POSITIVE_INFINITY : (shown.limit ?? WHY_LIMIT)
  let paths = selection.slice(0, limit)
  let lines = sectionLines(paths, answer, shown, columns, paint)
  const mayBeLong = shown.all || shown.limit !== undefined
  while (!mayBeLong && lines.length > SCREEN_LINES && paths.length > 1) {
    paths = paths.slice(0, -1)
    lines = sectionLines(paths, answer, shown, columns, paint)
  }
  for (const line of lines) yield `${line.trimEnd()}\n`
  const rest = restLines(selection, paths.length, answer, columns)
  if (rest.length > 0) yield `\n${rest.map((line) => `${paint.dim(line)}\n`).join('')}`
}

/** `ripgrep 15.2.0   exec at 7 sites: 4 certain, 2 possibly reached, 1 not reached`, `exec at 3 sites, all certain`. */
function headOf(answer: WhyResult, asked: string, columns: number, paint: Paint): readonly string[] {
  const { certain, possible, unreached } = countsOf(answer)
  const kinds = [
    ...(certain > 0 ? [`${certain} certain`] : []),
    ...(possible > 0 ? [`${possible} possibly reached`] : []),
    ...(unreached > 0 ? [`${unreached} not reached`] : []),
  ]
  const sites = certain + possible + unreached
  const counted =
    kinds.length > 1 ? `: ${kinds.join(', ')}` : `, ${sites > 1 ? 'all ' : ''}${kinds.join().replace(/^\d+ /, '')}`
  const summary = `${escapeText(asked)} at ${plural(sites, 'site')}${counted}`
  const members = answer.root.split(', ').map(packageText)
  return listHeadLines(members, summary, columns, paint.bold)
}

const WHO: Readonly<Record<WhyPath['from'][number], string>> = {
  program: 'a user of the program',
  api: 'a caller of the API',
  asked: 'where --entry begins',
  unasked: 'unasked: before main, or found by the linker',
  build: 'whoever builds it',
  unreached: 'reached from nothing that was asked for',
  unread: 'code that was not read',
}

/** Who can set it off, in the words of a heading. */
function headingOf({ from, stage, certainty }: WhyPath): string {
  const who = stage === 'build' || stage === 'macro' ? from.filter((kind) => kind !== 'build') : from
  const when = stage === 'run' ? [] : [stage === 'test' ? 'in tests' : 'when built']
  const maybe = certainty === 'possible' ? ', possibly' : ''
  return `${[...when, ...who.map((kind) => WHO[kind])].join(', ')}${maybe}`
}

/** A blank line, a heading and its trees, for each group of those who can set it off. */
function sectionLines(
  paths: readonly WhyPath[],
  answer: WhyResult,
  shown: WhyShown,
  columns: number,
  paint: Paint,
): string[] {
  const groups = new Map<string, WhyPath[]>()
  for (const path of paths) groups.set(headingOf(path), [...(groups.get(headingOf(path)) ?? []), path])
  const many = new Set(answer.paths.map(({ capability }) => capability)).size > 1
  return [...groups].flatMap(([heading, members]) => {
    const rows = whyTrees(members, shown.all === true).flatMap((tree) =>
      rowsOf(tree, { many, targets: answer.targets }),
    )
    return ['', ...wrapWords(heading, columns).map(paint.bold), ...drawn(rows, columns, paint)]
  })
}

interface WhyRow {
  /** Lines of the tree and the arrow. */
  readonly lead: string
  readonly name: string
  readonly step: Step
  /** The package is the same as that of the line above in the tree. */
  readonly samePackage: boolean
  /** Capabilities, conditions, literals. */
  readonly notes: readonly string[]
}

interface Position {
  readonly lead?: string
  readonly below?: string
  readonly above?: Step
  /** Capabilities differ, so each end says its own. */
  readonly many: boolean
  /** All that were looked at. */
  readonly targets: readonly string[]
}

function rowsOf(node: WhyNode, { lead = '', below = '', above, many, targets }: Position): WhyRow[] {
  const { step, skipped, children, ends } = node
  const samePackage = above?.package === step.package
  // Code that was not read stands in no function: its line is its end.
  const [alone] = ends
  if (children.length === 0 && alone?.step === step) return [endRow(alone, { lead, samePackage, many, targets })]
  const own = { lead: skipped > 0 ? `${lead}… ` : lead, name: step.function, step, samePackage, notes: [] }
  const next = [...ends, ...children]
  const rows = next.flatMap((one, index) => {
    const [arrow, further] = next.length === 1 ? ['→ ', ''] : index < next.length - 1 ? ['├ ', '│ '] : ['└ ', '  ']
    if ('paths' in one) {
      return [endRow(one, { lead: below + arrow, samePackage: one.step.package === step.package, many, targets })]
    }
    return rowsOf(one, { lead: below + arrow, below: below + further, above: step, many, targets })
  })
  return [own, ...rows]
}

function endRow(
  { step, paths }: WhyEnd,
  { lead, samePackage, many, targets }: Pick<WhyRow, 'lead' | 'samePackage'> & Pick<Position, 'many' | 'targets'>,
): WhyRow {
  const [first] = paths
  const literals = (first?.literals ?? []).map((literal) => escapeText(JSON.stringify(literal))).join(' ')
  const on = first ? resourceTexts([first]).map(escapeText).join(', ') : ''
  const beside = on === '' ? literals : on
  const notes = [
    ...(many ? [paths.map(({ capability }) => escapeText(capability)).join(', ')] : []),
    ...(beside === '' ? [] : [cut(beside, MAX_LITERAL_COLUMNS)]),
    ...(first && first.condition !== 'true'
      ? [onlyText([first.condition], { some: first.targets ?? [], all: targets })]
      : []),
  ]
  return { lead, name: step.function, step, samePackage, notes }
}

/** Rows as lines: names in one column, places in another; notes beside them, or below where they do not fit. */
function drawn(rows: readonly WhyRow[], columns: number, paint: Paint): string[] {
  const indent = '  '
  const whereOf = ({ step, samePackage }: WhyRow): string => (samePackage ? fileText(step) : placeText(step))
  const places = Math.max(...rows.map((row) => widthOf(whereOf(row))))
  const names = Math.max(...rows.map((row) => widthOf(row.lead + escapeText(row.name))))
  const width = Math.min(names, Math.max(MIN_NAME_COLUMNS, columns - indent.length - 2 - places))
  return rows.flatMap((row) => {
    const name = padEnd(row.lead + fitName(escapeText(row.name), width - widthOf(row.lead)), width)
    const left = columns - indent.length - width - 2
    const place = cut(whereOf(row), left)
    const notes = row.notes.join('  ')
    const line = `${indent}${name}  ${paint.dim(place)}`
    if (notes === '') return [line]
    if (widthOf(place) + 2 + widthOf(notes) <= left) return [`${line}  ${notes}`]
    const lead = row.lead.replace('├', '│').replace(/[└→…]/g, ' ')
    return [line, cut(`${indent}${lead}  ${notes}`, columns)]
  })
}

/** What is not shown, a line a kind, each with the option that shows it. */
function restLines(selection: readonly WhyPath[], shown: number, answer: WhyResult, columns: number): string[] {
  const rest = selection.slice(shown)
  const lines: string[] = []
  const add = (what: (count: number) => string, paths: readonly WhyPath[], option: string): void => {
    if (paths.length === 0) return
    const head = `${what(new Set(paths.map(placeOf)).size)}, in `
    const packages = [...new Set(paths.map(({ path }) => nameText(checked(path.at(-1)).package)))]
    lines.push(`${head}${fitList(packages, Math.max(20, columns - widthOf(head + option) - 2))}: ${option}`)
  }
  add((count) => plural(count, 'more site'), rest, `--limit ${selection.length}, --all`)
  const selected = new Set(selection)
  const hidden = answer.paths.filter((path) => !selected.has(path))
  const unreached = hidden.filter(({ from }) => from[0] === 'unreached')
  const possible = hidden.filter(({ from }) => from[0] !== 'unreached')
  add((count) => `${plural(count, 'site')} possibly reached`, possible, '--possible')
  add((count) => `${plural(count, 'site')} that nothing leads to`, unreached, '--all')
  return lines
}
