/**
 * A diff for a person: a head line, what the comparison cannot tell, then package by package what changed, the most
 * serious first; unchanged things are one line of counts. An update that brings nothing is one line.
 *
 * It leaves out on purpose every place but an example: `--format json` has more. It holds no crate text unescaped.
 */

import pc from 'picocolors'
import { checked } from '../base/index.js'
import { changeLines } from './diff-change-text.js'
import { changesText, comparedFacts, diffTitle, pairText } from './diff-head.js'
import type { DiffNote, DiffResult, PackageDiff } from './diff-result.js'
import { removedLines, shortPackageLines } from './diff-short-text.js'
import { escapeText } from './escape.js'
import { fitList, headLines, SCREEN_LINES, widthOf, wrapWords } from './layout.js'
import { comesFromElsewhere } from './source-lines.js'
import { shortSourceText } from './source-text.js'
import { plural } from './spelling.js'
import type { Paint, TextOptions } from './text-options.js'
import { withoutTwiceTold } from './value-sentence.js'

/** Narrower than this a path cannot be read; the terminal then wraps. */
const MIN_COLUMNS = 40
const NOTE_SIDES = { old: 'old side: ', new: 'new side: ', both: '' } as const

/** The whole text, lines ending in `\n`. */
export function renderDiff(diff: DiffResult, options: Pick<TextOptions, 'columns' | 'colour' | 'whole'>): string {
  const paint = pc.createColors(options.colour)
  const columns = Math.max(MIN_COLUMNS, options.columns)
  const shown = diff.packages.filter(isShown)
  const silent = diff.packages.filter((one) => !isShown(one))
  const lines = [...headOf(diff, shown.length === 0, columns, paint)]
  for (const fact of comparedFacts(diff, columns)) lines.push(...wrapped(fact, columns).map(paint.dim))
  if (diff.filter) lines.push(...wrapped(filterText(diff.filter), columns))
  for (const note of diff.notes) lines.push(...noteLines(note, columns, paint))
  lines.push(...shownLines(shown, diff, { columns, whole: options.whole === true }, paint))
  lines.push(...silentLines(silent, diff, columns))
  if (shown.length > 0) lines.push('', ...wrapped(`as before: ${countsText(diff)}`, columns).map(paint.dim))
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

/**
 * Package by package. What is longer than a screen is told in short: at first without each use, then packages by their changes alone,
 * the least serious first.
 */
function shownLines(
  shown: readonly PackageDiff[],
  { filter }: DiffResult,
  { columns, whole }: { readonly columns: number; readonly whole: boolean },
  paint: Paint,
): readonly string[] {
  const gone = shown.filter(({ change }) => change === 'removed')
  const left = shown.filter(({ change }) => change !== 'removed')
  const inFull = (one: PackageDiff, uses: boolean): string[] =>
    packageLines(one, { filtered: !!filter, uses }, columns, paint)
  const joined = (blocks: readonly (readonly string[])[]): string[] => blocks.flatMap((block) => ['', ...block])
  if (whole) return joined(shown.map((one) => inFull(one, true)))
  const rest = gone.length > 0 ? ['', ...removedLines(gone, columns, paint)] : []
  for (const uses of [true, false]) {
    const all = joined(left.map((one) => inFull(one, uses)))
    if (all.length + rest.length <= SCREEN_LINES) return uses && gone.length === 0 ? all : [...all, ...rest, ...MORE]
  }
  const short = left.map((one) => shortPackageLines(one, columns, paint))
  let room = SCREEN_LINES - joined(short).length - rest.length
  const blocks = left.map((one, index) => {
    const [full, brief] = [inFull(one, false), checked(short[index])]
    const more = full.length - brief.length
    if (index > 0 && more > room) return brief
    room -= more
    return full
  })
  return [...joined(blocks), ...rest, ...MORE]
}

const MORE = ['', 'told in short, in full: --show all']

/** A package that came or went is told even when it can do nothing; one with another version only when more changed. */
const isShown = ({ change, changes }: PackageDiff): boolean =>
  changes.length > 0 || change === 'added' || change === 'removed'

function headOf(diff: DiffResult, empty: boolean, columns: number, paint: Paint): readonly string[] {
  const title = diffTitle(diff)
  const room = Math.max(30, columns - widthOf(title) - 32)
  const whole = diff.summary.capabilities.gained.map(escapeText)
  const local = capabilitiesNewToAPackage(diff)
  const moved = diff.packages.filter(({ changes }) => changes.some(({ kind }) => kind === 'source')).length
  const facts = empty
    ? `nothing gained, nothing lost: ${countsText(diff)} as before`
    : whole.length > 0
      ? `gains ${fitList(whole, room)}`
      : local.length > 0
        ? `some packages gain ${fitList(local, room)}`
        : moved > 0
          ? `${plural(moved, 'package')} from another source`
          : `no capability gained; ${changesText(diff)}`
  return headLines(title, facts, columns, paint.bold)
}

/** Capabilities that the tree had, and some package of it had not, for certain; in the order of the packages. */
function capabilitiesNewToAPackage({ packages }: DiffResult): string[] {
  const gained = packages
    .flatMap((one) => one.changes)
    .flatMap((change) => {
      const isNew = change.kind === 'capability' && change.change === 'gained' && change.certainty === 'certain'
      return isNew ? [escapeText(change.capability)] : []
    })
  return [...new Set(gained)]
}

function filterText({ capabilities, stages }: NonNullable<DiffResult['filter']>): string {
  const parts = [...capabilities.map(escapeText), ...stages.map((stage) => `stage ${stage}`)]
  return `compared only: ${parts.join(', ')}`
}

function noteLines({ side, message }: DiffNote, columns: number, paint: Paint): string[] {
  return wrapped(`note: ${NOTE_SIDES[side]}${escapeText(message)}`, columns).map((line) => paint.yellow(line))
}

function packageLines(
  one: PackageDiff,
  { filtered, uses }: { readonly filtered: boolean; readonly uses: boolean },
  columns: number,
  paint: Paint,
): string[] {
  const facts = [changeText(one)]
  if (one.change === 'added' && one.new?.source && comesFromElsewhere(one.new)) {
    facts.push(`from ${escapeText(shortSourceText(one.new.source))}`)
  }
  if (one.change === 'added' && one.dependents.length > 0) {
    facts.push(`needed by ${fitList(one.dependents.map(escapeText), 40)}`)
  }
  if (one.change === 'added' && one.changes.length === 0 && !filtered) facts.push('no capability of its own')
  const lines = withoutTwiceTold(one.changes).flatMap((change) => changeLines(change, columns, paint, uses))
  return [...headLines(pairText(one), facts.filter((fact) => fact !== '').join(', '), columns, paint.bold), ...lines]
}

function changeText({ change, old, new: now }: PackageDiff): string {
  switch (change) {
    case 'added':
      return now?.local ? 'new' : 'new dependency'
    case 'removed':
      return 'no longer there'
    case 'version':
      // A dependency that comes from elsewhere has a change that says so.
      return old?.local && now?.local && old.origin !== now.origin ? `from ${now.origin}, was from ${old.origin}` : ''
    case 'content':
      return 'other files under the same version'
    case 'none':
      return 'the same files'
  }
}

/** Dependencies with another version or other files that gained and lost nothing; what was asked for is in the head. */
function silentLines(silent: readonly PackageDiff[], diff: DiffResult, columns: number): string[] {
  const members = new Set([...diff.old.members, ...diff.new.members])
  const others = silent.filter(({ old, new: now }) => !members.has((now ?? old)?.id ?? ''))
  if (others.length === 0) return []
  return ['', ...wrapped(`updated, nothing gained or lost: ${others.map(pairText).join(', ')}`, columns)]
}

function countsText({ summary }: DiffResult): string {
  const { capabilities, sites, units, files } = summary.unchanged
  const counts = [plural(capabilities, 'capability'), plural(sites, 'site')]
  if (summary.packages.unchanged > 0) counts.push(plural(summary.packages.unchanged, 'package'))
  if (units > 0) counts.push(plural(units, 'build script or macro').replace('script or macros', 'scripts and macros'))
  if (files > 0) counts.push(plural(files, 'binary file'))
  return counts.join(', ')
}

function wrapped(text: string, columns: number): string[] {
  const [first = '', ...rest] = wrapWords(text, columns - 2)
  return [first, ...rest.map((line) => `  ${line}`)]
}
