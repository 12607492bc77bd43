/** What a diff comes to: its head, and in its last section what stayed as it was. */
import { comparedFacts, diffTitle } from '../diff-head.js'
import type { DiffResult } from '../diff-result.js'
import { compareCapabilities } from '../severity.js'
import { plural } from '../spelling.js'
import { crateText, el } from './dom.js'
import { capabilityBadge, spaced } from './words.js'

/** The signs stand for themselves in the head when they are so many; the rest is counted. */
const MAX_BADGES = 12

/** Columns for the names of targets. */
const MAX_TARGETS = 200

/** The page's head: which two, what is gained and lost at all, and what the comparison cannot tell. */
export function diffHead(diff: DiffResult): HTMLElement {
  const { summary, notes } = diff
  const { packages, changes } = summary
  const facts = counted([
    [packages.added, `${plural(packages.added, 'package')} added`],
    [packages.removed, `${plural(packages.removed, 'package')} removed`],
    [packages.changed, `${plural(packages.changed, 'package')} changed`],
    [changes.more, `${plural(changes.more, 'change')} to more`],
    [changes.less, `${plural(changes.less, 'change')} to less`],
    [changes.other, `${plural(changes.other, 'other change')}`],
  ])
  const quiet =
    changes.more + changes.less + changes.other === 0
      ? 'Nothing gained, nothing lost.'
      : 'No capability that it did not have before.'
  return el(
    'header',
    {},
    el('h1', {}, diffTitle(diff)),
    verdict('Gains', summary.capabilities.gained) ?? el('p', { class: 'verdict' }, quiet),
    verdict('Loses', summary.capabilities.lost),
    el('p', { class: 'head-facts' }, facts),
    el('p', { class: 'head-facts' }, comparedFacts(diff, MAX_TARGETS).join(' · ')),
    ...notes.map(({ side, message }) =>
      el('p', { class: 'remark' }, side === 'both' ? 'Note: ' : `Note, ${side} side: `, crateText(message)),
    ),
  )
}

function verdict(word: string, capabilities: readonly string[]): HTMLElement | undefined {
  if (capabilities.length === 0) return undefined
  const sorted = [...capabilities].sort(compareCapabilities)
  return el(
    'p',
    { class: 'verdict' },
    `${word} `,
    ...spaced(sorted.slice(0, MAX_BADGES).map((capability) => capabilityBadge(capability))),
    sorted.length > MAX_BADGES && `and ${sorted.length - MAX_BADGES} more`,
  )
}

/** The texts whose number is not 0, in a row. */
const counted = (facts: readonly (readonly [number, string])[]): string =>
  facts.flatMap(([count, text]) => (count > 0 ? [text] : [])).join(' · ')

/** Counts of what both sides have alike. */
export function unchangedSection({ summary }: DiffResult): HTMLElement {
  const { capabilities, sites, units, files } = summary.unchanged
  const facts = counted([
    [summary.packages.unchanged, `${plural(summary.packages.unchanged, 'package')} without any change`],
    [capabilities, `${plural(capabilities, 'capability')} of packages at ${plural(sites, 'place')}`],
    [units, `${units} of the build scripts and proc macros`],
    [files, plural(files, 'binary file')],
  ])
  return el(
    'section',
    { 'aria-labelledby': 'unchanged' },
    el('h2', { id: 'unchanged' }, 'As before'),
    el('p', {}, facts === '' ? 'Nothing.' : facts),
  )
}
