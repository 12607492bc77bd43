/**
 * A check for a pull request's comment: a row a package that has a problem, each problem folded with its path and the
 * command that would allow it. Fits into a comment of GitHub; what did not fit is counted.
 */
import { familyOf } from '../base/index.js'
import type { CheckResult, Problem } from './check-result.js'
import { details, familyTable, fitComment, pathText, type TableRow } from './markdown-parts.js'
import { code, codeBlock, codeTag, prose } from './markdown-text.js'
import { compareCapabilities } from './severity.js'
import { packageText, plural } from './spelling.js'

const MARKS = { error: '✗', warning: '⚠', note: '?' } as const
const LEVELS = ['error', 'warning', 'note'] as const
const FINE = '✓'

/** The comment. It begins with a marker by which a workflow finds it again. */
export function checkMarkdown(check: CheckResult): string {
  const { summary, against, clean, problems } = check
  const groups = byPackage(problems)
  const counts = [
    plural(summary.errors, 'error'),
    plural(summary.warnings, 'warning'),
    ...(summary.notes > 0 ? [plural(summary.notes, 'note')] : []),
  ]
  const [first = check.root, ...others] = check.members.map(packageText)
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  const less = check.narrowedBy ? `, only in part: ${check.narrowedBy.map(code).join(' ')}` : ''
  const title = `### ${clean ? '✓ Allowed' : '✗ Not allowed'}: ${code(first)}${more}${less}`
  const judged = `${plural(summary.findings, 'finding')} in ${plural(summary.packages, 'package')}`
  const parts = [
    `Held against the ${against.kind} ${code(against.file)}: ${judged}, ${summary.allowed} allowed; ${counts.join(', ')}.`,
    ...(groups.size > 0 ? [familyTable([...groups].map(rowOf), FINE, ['besides']), LEGEND] : []),
    ...[...groups].map(detailsOf),
    ...unusedBlock(problems),
  ]
  return fitComment(['<!-- caps check -->', title], parts, 'caps check')
}

const LEGEND = `${MARKS.error} fails the check, ${MARKS.warning} is told, ${MARKS.note} not counted, ${FINE} nothing to tell`

type PackageProblem = Exclude<Problem, { readonly kind: 'unused' }>

function byPackage(problems: readonly Problem[]): ReadonlyMap<string, readonly PackageProblem[]> {
  const groups = new Map<string, PackageProblem[]>()
  for (const problem of problems) {
    if (problem.kind === 'unused') continue
    const group = groups.get(problem.package)
    if (group) group.push(problem)
    else groups.set(problem.package, [problem])
  }
  return groups
}

function rowOf([id, problems]: readonly [string, readonly PackageProblem[]]): TableRow {
  const marks = new Map<string, string>()
  for (const level of [...LEVELS].reverse()) {
    for (const problem of problems) {
      if (problem.kind === 'capability' && problem.level === level)
        marks.set(familyOf(problem.capability), MARKS[level])
    }
  }
  const lost = problems.find(({ kind }) => kind === 'coverage')
  const moved = problems.find(({ kind }) => kind === 'source')
  const rest = [
    ...(moved ? [`${MARKS[moved.level]} from another source`] : []),
    ...(lost ? [`${MARKS[lost.level]} not analyzed completely`] : []),
  ]
  return {
    title: packageText(id),
    bold: problems[0]?.local === true,
    marks,
    rest: [rest.join('; ')],
  }
}

function detailsOf([id, problems]: readonly [string, readonly PackageProblem[]]): string {
  const families = problems.flatMap((problem) => (problem.kind === 'capability' ? [familyOf(problem.capability)] : []))
  const about = [...new Set(families)].sort(compareCapabilities).map(codeTag).join(' ')
  const via = problems[0]?.via ?? []
  const brought = via.length > 1 ? [`Brought by ${via.map((one) => code(packageText(one))).join(' → ')}.`, ''] : []
  return details(packageText(id), about, [...brought, ...problems.flatMap(problemLines)])
}

function problemLines(problem: PackageProblem): readonly string[] {
  const example = problem.kind === 'capability' ? [`  ${pathText(problem.path)}`] : []
  const literals = problem.kind === 'capability' ? (problem.literals ?? []) : []
  return [
    `- ${MARKS[problem.level]} ${prose(problem.message, problem.kind === 'capability' ? [problem.capability] : [])}`,
    ...example,
    ...(literals.length > 0 ? [`  with ${literals.map((text) => code(JSON.stringify(text))).join(' ')}`] : []),
    ...allowLines(problem),
  ]
}

/** Indented, so that it belongs to the item above. */
function allowLines({ allow }: Problem): readonly string[] {
  if (!allow) return []
  const block = codeBlock(allow.command, 'sh').split('\n')
  return ['', ...block.map((line) => `  ${line}`), '']
}

function unusedBlock(problems: readonly Problem[]): readonly string[] {
  const unused = problems.filter(({ kind }) => kind === 'unused')
  if (unused.length === 0) return []
  const lines = unused.flatMap((problem) => [
    `- ${MARKS[problem.level]} ${prose(problem.message)}`,
    ...allowLines(problem),
  ])
  return [details('unused allowances', String(unused.length), lines)]
}
