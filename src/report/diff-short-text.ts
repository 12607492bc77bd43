/** Packages of a diff in short: those that are gone, and those that a screen has no room for. Every change of theirs is named. */
import { pairText } from './diff-head.js'
import type { Change, PackageDiff } from './diff-result.js'
import { escapeText } from './escape.js'
import { wrapItems } from './layout.js'
import { resourceText } from './resource-text.js'
import { plural } from './spelling.js'
import type { Paint } from './text-options.js'
import { withoutTwiceTold } from './value-sentence.js'

const LABEL = '  '

/** Packages that are no longer there, those that could do the same together; nothing of theirs is left to be judged. */
export function removedLines(removed: readonly PackageDiff[], columns: number, paint: Paint): string[] {
  const groups = new Map<string, PackageDiff[]>()
  for (const one of removed) {
    const had = one.changes.length === 0 ? 'no capability of its own' : wordsOf(one.changes).join(', ')
    groups.set(had, [...(groups.get(had) ?? []), one])
  }
  return [...groups].flatMap(([had, members]) => [
    ...wrapItems(members.map(pairText), columns).map(paint.bold),
    ...wrapItems(`no longer there: ${had}`.split(', '), columns - 4).map((line) => `    ${line}`),
  ])
}

/** `+ ffi, unsafe   - exec when built`, each change by its name and sign. */
export function shortPackageLines(one: PackageDiff, columns: number, paint: Paint): string[] {
  const of = (sign: string, holds: (change: Change) => boolean, colour: (text: string) => string): string[] => {
    const changes = withoutTwiceTold(one.changes).filter(holds)
    if (changes.length === 0) return []
    const [first = '', ...rest] = wrapItems(wordsOf(changes), columns - 4)
    return [`${LABEL}${sign} ${first}`, ...rest.map((line) => `    ${line}`)].map(colour)
  }
  const isLoss = ({ kind }: Change): boolean => kind === 'coverage'
  return [
    ...wrapItems([pairText(one)], columns).map(paint.bold),
    ...of('+', (change) => change.direction === 'more' && !isLoss(change), paint.yellow),
    ...of('?', (change) => change.direction === 'more' && isLoss(change), paint.yellow),
    ...of(
      '~',
      ({ direction }) => direction === 'other',
      (text) => text,
    ),
    ...of('-', ({ direction }) => direction === 'less', paint.green),
  ]
}

/** What changed, the same things once with their number. */
function wordsOf(changes: readonly Change[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const change of changes) counts.set(wordOf(change), (counts.get(wordOf(change)) ?? 0) + 1)
  return [...counts].map(([word, count]) => (count === 1 ? word : plural(count, word)))
}

const STAGES = { run: '', build: ' when built', macro: ' when built', test: ' in tests' } as const
const UNITS = { build: 'build script', 'proc-macro': 'proc macro' } as const

function wordOf(change: Change): string {
  switch (change.kind) {
    case 'capability': {
      const { old, new: now } = change.sites
      const sites = old === now || old === 0 || now === 0 ? '' : ` (${old} → ${now})`
      const possible = change.certainty === 'possible' ? 'possible ' : ''
      const gained = change.change === 'gained' ? 'new ' : ''
      return `${possible}${gained}${escapeText(change.capability)}${STAGES[change.stage]}${sites}`
    }
    case 'value':
      return `${escapeText(change.capability)}${STAGES[change.stage]} ${escapeText(resourceText(change.resource) || 'worked out')}`
    case 'unit':
      return UNITS[change.unit]
    case 'file':
      return 'binary file'
    case 'source':
      return 'source'
    case 'coverage':
      return escapeText(change.reason)
  }
}
