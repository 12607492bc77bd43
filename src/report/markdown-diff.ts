/**
 * A diff for a pull request's comment: a row a package with what changed, details folded. An update that brings nothing
 * is two lines. Fits into a comment of GitHub; what did not fit is counted.
 */
import { familyOf } from '../base/index.js'
import { comparedFacts, diffTitle } from './diff-head.js'
import type { CapabilityChange, Change, DiffResult, PackageDiff } from './diff-result.js'
import { causesOf, changedConditions, changeVerb, gainedLiterals } from './diff-sentence.js'
import { details, familyTable, fitComment, pathText, type TableRow } from './markdown-parts.js'
import { code, codeCell, codeTag, prose } from './markdown-text.js'
import { stageText } from './notice.js'
import { compareCapabilities } from './severity.js'
import { comesFromElsewhere } from './source-lines.js'
import { shortSourceText } from './source-text.js'
import { plural } from './spelling.js'
import { valueVerb, withoutTwiceTold } from './value-sentence.js'

const GAINED = '✓ new'
const MORE = '✓ more'
const MAYBE = '?'
const OTHER = '~'
const LOST = '✗ gone'
const SAME = '·'
/** Of several changes of one family the first of these is shown. */
const MARK_ORDER = [GAINED, MORE, OTHER, MAYBE, LOST]

/** The comment. It begins with a marker by which a workflow finds it again. */
export function diffMarkdown(diff: DiffResult): string {
  const { summary } = diff
  const rows = diff.packages.filter(
    ({ change, changes }) => changes.length > 0 || change === 'added' || change === 'removed',
  )
  const { gained, lost } = summary.capabilities
  const verdict = [
    gained.length > 0 ? `**Gains ${gained.map(code).join(', ')}.**` : 'No capability that it had not.',
    ...(lost.length > 0 ? [`Loses ${lost.map(code).join(', ')}.`] : []),
  ]
  const { added, removed, changed, unchanged } = summary.packages
  const title = `### ${code(diffTitle(diff))}`
  const parts = [
    verdict.join(' '),
    `${prose(capitalized(comparedFacts(diff, MAX_TARGETS).join('; ')))}.`,
    `Packages: ${added} added, ${removed} removed, ${changed} changed, ${unchanged} as before.`,
    ...diff.notes.map(({ side, message }) => `Note${side === 'both' ? '' : ` (${side} side)`}: ${prose(message)}`),
    ...(rows.length > 0 ? [familyTable(rows.map(rowOf), SAME, ['package is', 'besides']), LEGEND] : []),
    ...rows.flatMap(detailsOf),
  ]
  return fitComment(['<!-- caps diff -->', title], parts, 'caps diff')
}

const LEGEND = `${GAINED}: it had none; ${MORE}: in more places or builds; ${OTHER}: changed; ${MAYBE}: only possible; ${LOST}: has none now; ${SAME}: as before`

/** Columns for the names of targets. */
const MAX_TARGETS = 200

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

function rowOf(one: PackageDiff): TableRow {
  const marks = new Map<string, string>()
  for (const change of one.changes) {
    if (change.kind !== 'capability' || change.stage !== 'run') continue
    const family = familyOf(change.capability)
    const [first] = [marks.get(family), markOf(change)]
      .filter((mark) => mark !== undefined)
      .sort((a, b) => MARK_ORDER.indexOf(a) - MARK_ORDER.indexOf(b))
    if (first !== undefined) marks.set(family, first)
  }
  return { title: versionsText(one), bold: one.new?.local === true, marks, rest: [packageState(one), besides(one)] }
}

function markOf({ change, certainty, direction }: CapabilityChange): string {
  if (certainty === 'possible') return MAYBE
  if (change === 'gained') return GAINED
  if (change === 'lost') return LOST
  return direction === 'more' ? MORE : OTHER
}

/** `helper 0.1.2 → 0.1.3`. */
function versionsText({ name, old, new: now }: PackageDiff): string {
  if (old && now && old.version !== now.version) return `${name} ${old.version} → ${now.version}`
  return `${name} ${now?.version ?? old?.version ?? ''}`.trim()
}

function packageState({ change, dependents, new: now }: PackageDiff): string {
  const by = dependents.length > 0 ? ` by ${dependents.slice(0, 3).map(codeCell).join(', ')}` : ''
  const from = now?.source && comesFromElsewhere(now) ? ` from ${codeCell(shortSourceText(now.source))}` : ''
  if (change === 'added') return `**added**${by}${from}`
  if (change === 'removed') return 'removed'
  return change === 'content' ? '**other files, same version**' : ''
}

/** What is no capability of the program itself: another source, code that runs when built, files, coverage, dependencies. */
function besides({ changes, dependencies }: PackageDiff): string {
  const when = (stages: readonly string[]): string[] => {
    const found = changes.flatMap((change) => {
      if (change.kind !== 'capability' || !stages.includes(change.stage) || change.direction !== 'more') return []
      return [familyOf(change.capability)]
    })
    return [...new Set(found)].sort(compareCapabilities)
  }
  const list = (label: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${label} ${names.slice(0, 5).map(codeCell).join(', ')}${names.length > 5 ? ' …' : ''}`]
  const has = (kind: Change['kind'], word: string): boolean =>
    changes.some((change) => change.kind === kind && change.change === word)
  return [
    ...list('when built:', when(['build', 'macro'])),
    ...(has('source', 'changed') ? ['**another source**'] : []),
    ...(has('unit', 'added') ? ['**new build code**'] : has('unit', 'changed') ? ['other build code'] : []),
    ...(changes.some(({ kind }) => kind === 'value') ? ['**acts on something new**'] : []),
    ...(has('file', 'added') || has('file', 'changed') ? ['**files that are not source**'] : []),
    ...(has('coverage', 'worse') ? ['less is known'] : has('coverage', 'changed') ? ['other code is not known'] : []),
    ...list('new dependencies:', dependencies.added),
  ].join('; ')
}

function detailsOf(one: PackageDiff): readonly string[] {
  if (one.changes.length === 0) return []
  const families = one.changes.flatMap((change) => ('capability' in change ? [familyOf(change.capability)] : []))
  const about = [...new Set(families)].sort(compareCapabilities).map(codeTag).join(' ')
  return [
    details(
      versionsText(one),
      about || plural(one.changes.length, 'change'),
      withoutTwiceTold(one.changes).map(changeLine),
    ),
  ]
}

function changeLine(change: Change): string {
  const sign = { more: '➕', less: '➖', other: '~' }[change.direction]
  const literals = gainedLiterals(change).map((text) => code(JSON.stringify(text)))
  const example = 'path' in change ? `: ${pathText(change.path)}` : ''
  const causes = change.kind === 'capability' ? causeText(change) : ''
  const places = change.kind === 'coverage' ? change.examples.map(({ what }) => code(what)).join(', ') : ''
  return [
    `- ${sign} ${sentenceOf(change)}${example}`,
    ...(change.kind === 'capability' ? conditionText(change) : []),
    ...(causes === '' ? [] : [`(${causes})`]),
    ...(literals.length > 0 ? [`with ${literals.join(' ')}`] : []),
    ...(places === '' ? [] : [`as ${places}`]),
  ].join(' ')
}

function sentenceOf(change: Change): string {
  if (change.kind === 'value') return `${valueVerb(change, code)}${stageText(change.stage)}`
  return prose(changeVerb(change), change.kind === 'capability' ? [change.capability] : [])
}

function conditionText(change: CapabilityChange): readonly string[] {
  const changed = changedConditions(change)
  return changed ? [`(now if ${code(changed.now)}, was if ${code(changed.was)})`] : []
}

function causeText(change: CapabilityChange): string {
  const { causes, more } = causesOf(change)
  const texts = causes.map(({ calls, what }) => `${code(calls)}: ${prose(what)}`)
  return [...texts, ...(more > 0 ? [plural(more, 'more use')] : [])].join('; ')
}
