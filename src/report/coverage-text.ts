/** What was not analyzed, for a person: one line with counts, or with `--show unanalyzed` every place (law 1). */
import { checked, compareText } from '../base/index.js'
import { escapeText } from './escape.js'
import { cut, cutStart, fitList, padEnd, widthOf, wrapWords } from './layout.js'
import type { AnalysisResult, Coverage, Step } from './result.js'
import { packageText, placeText, plural } from './spelling.js'
import type { Paint, TextOptions } from './text-options.js'

/** Narrower terminals have no room beside the label. */
const NARROW_COLUMNS = 70

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
    return [
      '',
      paint.bold(cut(`${label}${parts.join(', ')}`, columns)),
      cut(aboutLine(result, columns), columns),
      ...placeLines(coverage, columns, paint),
    ]
  const indent = columns < NARROW_COLUMNS ? '  ' : ' '.repeat(label.length)
  const kinds = wrapWords(parts.join(', '), columns - indent.length).map((line) => indent + line)
  return [
    '',
    ...(columns < NARROW_COLUMNS ? [label, ...kinds] : [label + kinds.join('\n').slice(label.length)]),
    paint.dim(`${indent}${options.command} --show unanalyzed`),
  ]
}

/** `2 proc macros`; code is not counted: `generated code in 2 places`. */
function kindText(kind: string, count: number): string {
  return /\bcode$/.test(kind) ? `${escapeText(kind)} in ${plural(count, 'place')}` : plural(count, escapeText(kind))
}

/** What of a kind stands at one place, or comes of one macro, is one line with the count of the rest. */
function placeLines(coverage: Coverage, columns: number, paint: Paint): string[] {
  const all: readonly Missing[] = [
    ...coverage.losses.map((loss) => ({ kind: loss.kind, what: loss.what, at: loss })),
    ...coverage.unresolved.map((call) => ({ kind: call.reason, what: call.name, at: call })),
  ]
  return [
    ...grouped(all).flatMap((group) => groupLines(group, columns, paint)),
    ...coverage.diagnostics.flatMap(({ package: of, file, message }) => {
      const where = [of, file].filter((part) => part !== undefined).map(escapeText)
      return missingLines('remark', escapeText(message), where.join('  '), columns, paint)
    }),
  ]
}

interface Missing {
  readonly kind: string
  readonly what: string
  readonly at: Omit<Step, 'function'>
}
type MissingGroup = readonly [Missing, ...Missing[]]

/** By package, kind and name; what is left of these by place. In the order of the first of each. */
function grouped(all: readonly Missing[]): readonly MissingGroup[] {
  const byName = groupsBy(all, ({ kind, what, at }) => [at.package, kind, what].join('\0'))
  const single = byName.filter(({ length }) => length === 1).flat()
  const byPlace = groupsBy(single, ({ kind, at }) => [at.package, kind, at.file, at.line, at.column].join('\0'))
  const order = new Map(all.map((one, index) => [one, index]))
  return [...byName.filter(({ length }) => length > 1), ...byPlace].sort(
    ([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0),
  )
}

function groupsBy(all: readonly Missing[], keyOf: (one: Missing) => string): MissingGroup[] {
  const groups = new Map<string, [Missing, ...Missing[]]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return [...groups.values()]
}

function groupLines(group: MissingGroup, columns: number, paint: Paint): string[] {
  const [{ kind, what, at }, ...others] = group
  const whats = [...new Set([what, ...others.map((other) => other.what)])].map(escapeText)
  const places = new Set(group.map((one) => placeText(one.at))).size
  const more =
    places > 1 ? `  and ${plural(places - 1, 'more place')}` : whats.length > 1 ? `  and ${whats.length - 1} more` : ''
  return missingLines(kind, places > 1 ? whats.join(', ') : checked(whats[0]), placeText(at) + more, columns, paint)
}

function missingLines(kind: string, what: string, place: string, columns: number, paint: Paint): string[] {
  const label = `  ${padEnd(escapeText(kind), 18)}`
  if (columns < NARROW_COLUMNS) {
    const below = [cut(what, columns - 4), cutStart(place, columns - 4)].map((line) => `    ${line}`)
    return [cut(label.trimEnd(), columns), checked(below[0]), paint.dim(checked(below[1]))]
  }
  const room = Math.max(24, columns - widthOf(label) - 2)
  const where = cutStart(place, Math.max(12, room - Math.min(widthOf(what), room >> 1)))
  const name = cut(what, Math.max(8, room - widthOf(where)))
  return [`${label}${padEnd(name, Math.min(30, room - widthOf(where)))}  ${paint.dim(where)}`]
}

const packagesText = (count: number): string =>
  count === 1 ? 'the package' : count === 2 ? 'both packages' : `all ${count} packages`

/** Which packages the share is about, and where what is missing in it stands: the most first. */
function aboutLine({ packages, coverage }: AnalysisResult, columns: number): string {
  const counts = new Map<string, number>()
  for (const { package: id } of coverage.unresolved) counts.set(id, (counts.get(id) ?? 0) + 1)
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b))
  const about = `${percentResolved(coverage)} % of the calls in ${packagesText(packages.length)} resolved`
  const texts = sorted.map(([id, count]) => `${count} in ${packageText(id)}`)
  const room = columns - widthOf(about) - ' '.repeat(2).length - '; not: '.length
  return texts.length === 0 ? `  ${about}` : `  ${about}; not: ${fitList(texts, Math.max(20, room))}`
}
