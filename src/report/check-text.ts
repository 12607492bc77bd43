/**
 * A check for a person: a block a problem, the most serious first, each with an example path, the rule that decided and
 * the command that would allow it; the last line says how it ended. Nothing of a crate comes out unescaped.
 *
 * It leaves out on purpose what is merely possible and not counted: only the last line tells how many those are. Packages
 * from elsewhere that nothing pins are a line a source.
 */

import pc from 'picocolors'
import { checked } from '../base/index.js'
import type {
  CapabilityProblem,
  CheckResult,
  CoverageProblem,
  Problem,
  RuleReference,
  SourceProblem,
  UnusedProblem,
} from './check-result.js'
import { conditionText } from './condition-text.js'
import { escapeText } from './escape.js'
import { fitPath } from './fit-path.js'
import { cut, fitList, fitPlace, listHeadLines, padEnd, widthOf, wrapWords } from './layout.js'
import { resourceText } from './resource-text.js'
import { fileText, packageText, pathNames, plural } from './spelling.js'
import type { Paint, TextOptions } from './text-options.js'

/** Narrower than this nothing can be read; the terminal then wraps. */
const MIN_COLUMNS = 40
const LABEL_COLUMNS = 'not allowed'.length + 2
const CAPABILITY_COLUMNS = 'network/resolve'.length + 2

/** Conditions and targets longer than this are cut; the JSON has them whole. */
const MAX_NOTE_COLUMNS = 60

const LABELS: Readonly<Record<CapabilityProblem['verdict'], string>> = {
  'not-allowed': 'not allowed',
  denied: 'denied',
  warned: 'warned',
  'more-sites': 'more sites',
  'other-values': 'other value',
}

const WHEN: Readonly<Record<CapabilityProblem['stage'], string>> = {
  run: '',
  build: 'when built',
  macro: 'when its users are built',
  test: 'in tests',
}

/** The whole text, lines ending in `\n`. */
export function renderCheck(result: CheckResult, options: Pick<TextOptions, 'columns' | 'colour'>): string {
  const paint = pc.createColors(options.colour)
  const columns = Math.max(MIN_COLUMNS, options.columns)
  const shown = result.problems.filter((problem) => problem.level !== 'note')
  const blocks = shown.map((problem) => blockOf(problem, columns, paint, result.targets))
  const lines = [...headOf(result, columns, paint), '']
  for (const block of blocks) lines.push(...block, '')
  const elsewhere = elsewhereLines(result, columns, paint)
  if (elsewhere.length > 0) lines.push(...elsewhere, '')
  const unused = unusedNotes(result, columns, paint)
  if (unused.length > 0) lines.push(...unused, '')
  lines.push(...summaryLines(result, columns, paint))
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

function headOf(result: CheckResult, columns: number, paint: Paint): readonly string[] {
  const against = `${plural(result.summary.packages, 'package')}, held against ${escapeText(result.against.file)}`
  const members = fitList(result.members.map(packageText), Math.max(20, columns - widthOf(against) - 3))
  if (!result.narrowedBy) return listHeadLines(result.members.map(packageText), against, columns, paint.bold)
  const less = `only in part: ${result.narrowedBy.map(escapeText).join(' ')}`
  const line = `${members}   ${against}, ${less}`
  if (widthOf(line) <= columns) return [`${paint.bold(members)}   ${against}, ${paint.yellow(less)}`]
  // A gate that looked at less says so first.
  const [first = '', ...rest] = [...wrapWords(`${members}, ${less}`, columns), ...wrapWords(against, columns - 2)]
  return [paint.yellow(first), ...rest]
}

function blockOf(problem: Problem, columns: number, paint: Paint, all: readonly string[]): string[] {
  const colour = problem.level === 'error' ? paint.red : paint.yellow
  const block = partsOf(problem, columns - LABEL_COLUMNS, all)
  const indent = ' '.repeat(LABEL_COLUMNS)
  const [head, ...rest] = block.lines
  return [
    colour(padEnd(block.label, LABEL_COLUMNS)) + head,
    ...rest.map((line) => indent + paint.dim(line)),
    // To be copied as it stands: never cut, and a package's name in it is escaped like any other crate text.
    ...(problem.allow ? [indent + escapeText(problem.allow.command)] : []),
  ]
}

/** Where no rule says where packages may come from, those that come from elsewhere. */
function elsewhereLines({ problems }: CheckResult, columns: number, paint: Paint): string[] {
  const bySource = new Map<string, string[]>()
  for (const problem of problems) {
    if (problem.kind !== 'source' || problem.level !== 'note') continue
    bySource.set(problem.text, [...(bySource.get(problem.text) ?? []), packageText(problem.package)])
  }
  return [...bySource].flatMap(([text, packages]) => [
    paint.yellow(padEnd('not pinned', LABEL_COLUMNS)) + fitList(packages, columns - LABEL_COLUMNS),
    ...wrapWords(`from ${escapeText(text)}; no rule says where packages may come from`, columns - LABEL_COLUMNS).map(
      (line) => ' '.repeat(LABEL_COLUMNS) + paint.dim(line),
    ),
  ])
}

/** Rules that nothing uses and that are no warning, together: by what they are about. */
function unusedNotes({ problems }: CheckResult, columns: number, paint: Paint): string[] {
  const notes = problems.filter(
    (problem): problem is UnusedProblem => problem.kind === 'unused' && problem.level === 'note',
  )
  const width = columns - LABEL_COLUMNS
  return (['no-package', 'no-finding'] as const).flatMap((matches) => {
    const rules = notes.filter((problem) => (problem.matches ?? 'no-finding') === matches)
    if (rules.length === 0) return []
    const names = rules.map(({ rule, package: owner, capability }) =>
      escapeText([owner ?? rule.subject, ...(capability === undefined ? [] : [capability])].join(' ')),
    )
    const lines = [...new Set(rules.map(({ rule }) => rule.line))].join(', ')
    const of = matches === 'no-package' ? 'no such package in' : 'nothing uses it of'
    const where = `${of} what was looked at: ${escapeText(rules[0]?.rule.file ?? '')}:${lines}`
    return [
      paint.yellow(padEnd('not used', LABEL_COLUMNS)) + fitList([...new Set(names)], width),
      ' '.repeat(LABEL_COLUMNS) + paint.dim(cut(where, width)),
    ]
  })
}

/** More values of one problem than these are counted. */
const MAX_VALUE_LINES = 4

interface Block {
  readonly label: string
  readonly lines: readonly string[]
}

function partsOf(problem: Problem, width: number, all: readonly string[]): Block {
  switch (problem.kind) {
    case 'capability':
      return capabilityBlock(problem, width, all)
    case 'coverage':
      return coverageBlock(problem, width)
    case 'source':
      return sourceBlock(problem, width)
    case 'unused':
      return unusedBlock(problem, width)
  }
}

function capabilityBlock(problem: CapabilityProblem, width: number, all: readonly string[]): Block {
  const notes = [
    WHEN[problem.stage],
    problem.certainty === 'possible' ? 'possible' : '',
    problem.reach === 'transitive' ? 'through other packages' : '',
    targetNote(problem, all),
    problem.allowedSites === undefined ? '' : `${problem.sites} places, ${problem.allowedSites} allowed`,
  ].filter((note) => note !== '')
  const named = padEnd(problem.capability, CAPABILITY_COLUMNS) + packageText(problem.package)
  const head = [
    ...(widthOf(named) <= width ? [named] : [problem.capability, packageText(problem.package)]),
    ...(notes.length > 0 ? [notes.join(', ')] : []),
  ]
  const { steps, last } = pathNames(problem.path)
  const place = fileText(checked(problem.path.at(-1)))
  const literals = (problem.literals ?? []).map((literal) => escapeText(JSON.stringify(literal))).join(' ')
  return {
    label: LABELS[problem.verdict],
    lines: [
      ...wrapped(head, width),
      ...(problem.via.length > 2 ? [fitPath(problem.via.map(packageText), packageText(problem.package), width)] : []),
      fitPath(steps, last, width),
      ...valueLines(problem, width),
      fitPlace(place, literals === '' ? [] : [literals], width),
      ...(problem.rule ? [cut(ruleText(problem.rule), width)] : []),
    ],
  }
}

/** What it acts on that is not allowed, each with a place, and what is. */
function valueLines({ values = [], allowedValues = [] }: CapabilityProblem, width: number): readonly string[] {
  if (values.length === 0) return []
  const lines = values.slice(0, MAX_VALUE_LINES).map((value) => {
    const text = escapeText(resourceText(value)) || 'something that is not known'
    return cut(`${text}  ${fileText(checked(value.path.at(-1)))}`, width)
  })
  const more = values.length > MAX_VALUE_LINES ? [`and ${plural(values.length - MAX_VALUE_LINES, 'more value')}`] : []
  const allowed = allowedValues.length > 0 ? [`allowed: ${fitList(allowedValues.map(escapeText), width - 9)}`] : []
  return [...lines, ...more, ...allowed]
}

/** Head and notes in one line where they fit, else the notes below: a condition is never cut. */
function wrapped([head = '', ...notes]: readonly string[], width: number): readonly string[] {
  const line = [head, ...notes].join('  ')
  return widthOf(line) <= width ? [line] : [cut(head, width), ...notes.flatMap((note) => wrapWords(note, width))]
}

/** Where it is a problem, when that is not everywhere: by the condition, or by target when a rule tells targets apart. */
function targetNote({ targets, everyTarget, condition }: CapabilityProblem, all: readonly string[]): string {
  if (!everyTarget) return `on ${fitList(targets.map(escapeText), MAX_NOTE_COLUMNS)}`
  return condition === 'true' ? '' : conditionText([condition], { some: targets, all })
}

function coverageBlock(problem: CoverageProblem, width: number): Block {
  const counts = `${plural(problem.losses, 'place')} not read, ${plural(problem.unresolved, 'unresolved call')}`
  const accepted = `accepted ${problem.acceptedLosses} and ${problem.acceptedUnresolved}`
  const [first] = problem.places
  return {
    label: 'coverage',
    lines: [
      ...wrapWords(`${padEnd(packageText(problem.package), CAPABILITY_COLUMNS)}${counts}; ${accepted}`, width),
      ...(first ? [cut(`${escapeText(first.kind)}: ${escapeText(first.what)}  ${fileText(first)}`, width)] : []),
      ...(problem.rule ? [cut(ruleText(problem.rule), width)] : []),
    ],
  }
}

/** The source in full: the end of an address or a commit may be what is wrong. */
function sourceBlock(problem: SourceProblem, width: number): Block {
  const { allowed, text, via, rule } = problem
  const sameText = allowed.includes(text)
  return {
    label: 'other source',
    lines: [
      ...wrapWords(
        `${padEnd(packageText(problem.package), CAPABILITY_COLUMNS - 2)}  ${sameText ? 'other content, ' : ''}from ${escapeText(text)}`,
        width,
      ),
      ...(via.length > 2 ? [fitPath(via.map(packageText), packageText(problem.package), width)] : []),
      ...(allowed.length > 0 && !sameText ? [cut(`may come from ${allowed.map(escapeText).join(', ')}`, width)] : []),
      ...(rule ? [cut(ruleText(rule), width)] : []),
    ],
  }
}

function unusedBlock({ rule, capability, source, package: owner, matches }: UnusedProblem, width: number): Block {
  const what = capability ?? source ?? owner ?? 'the whole rule'
  const subject = owner === undefined ? `  to ${escapeText(rule.subject)}` : ''
  const none = matches === 'no-package' ? ', and there is no such package' : ''
  return {
    label: 'not used',
    lines: [
      cut(`${padEnd(escapeText(what), CAPABILITY_COLUMNS - 2)}${subject}${none}`, width),
      cut(ruleText(rule), width),
    ],
  }
}

/** `caps.toml:12 denies: never from a logger`. */
function ruleText({ action, file, line, reason }: RuleReference): string {
  const says = { allow: 'allows', deny: 'denies', warn: 'warns', coverage: 'accepts', source: 'pins the source' }[
    action
  ]
  const place = line > 0 ? `${escapeText(file)}:${line}` : escapeText(file)
  return `${place} ${says}${reason === undefined ? '' : `: ${escapeText(reason)}`}`
}

function summaryLines(
  { summary, against, clean, strict, problems }: CheckResult,
  columns: number,
  paint: Paint,
): readonly string[] {
  const verdict = clean ? 'clean' : plural(summary.errors, 'violation')
  const warnings = summary.warnings > 0 ? [plural(summary.warnings, 'warning')] : []
  const allowed = `${summary.allowed} of ${plural(summary.findings, 'finding')} allowed by ${escapeText(against.file)}`
  const sources = problems.filter(({ kind, level }) => kind === 'source' && level === 'note').length
  const unused = problems.filter(({ kind, level }) => kind === 'unused' && level === 'note').length
  const maybe = summary.notes - sources - unused
  const possible = [
    ...(maybe > 0 ? [`${maybe} merely possible, not counted`] : []),
    ...(sources > 0 ? [`${plural(sources, 'package')} from elsewhere, not counted`] : []),
  ]
  const coverage = strict ? ['lost coverage counted'] : []
  const text = `${[verdict, ...warnings].join(', ')}: ${[allowed, ...possible, ...coverage].join(', ')}`
  const colour = clean ? paint.green : paint.red
  const [first = '', ...rest] = wrapWords(text, columns)
  return [first.replace(verdict, colour), ...rest]
}
