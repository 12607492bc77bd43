/** How the page says what the result spells: capabilities, stages, certainties, conditions, places. */

import { platformsOf } from '../condition-text.js'
import { escapeText } from '../escape.js'
import type { Place } from '../excerpts.js'
import type { Finding } from '../result.js'
import { RANKS, toneOf } from '../severity.js'
import { fileText, nameText, packageText, plural } from '../spelling.js'
import { code, crateText, el } from './dom.js'

const SIGNS = { alarm: '▲', notice: '◆', quiet: '·' } as const

/** What a capability lets code do; '' for one of a user's own map. */
export function whyOf(capability: string): string {
  return RANKS.find((rank) => rank.capability === capability)?.why ?? ''
}

/** A capability as a small sign: tone by form, colour and word. */
export function capabilityBadge(
  capability: string,
  given: { readonly possible?: boolean; readonly below?: boolean } = {},
) {
  const tone = toneOf(capability)
  const kind = `badge ${tone}${given.possible ? ' possible' : ''}${given.below ? ' below' : ''}`
  const note = [whyOf(capability), given.possible && 'possible only', given.below && 'in a package below']
  return el(
    'span',
    { class: kind, title: note.filter(Boolean).join('; ') },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[tone]),
    crateText(capability),
    given.possible && el('span', { class: 'unsure' }, '?'),
  )
}

export const STAGES: readonly { readonly stage: string; readonly label: string; readonly meaning: string }[] = [
  { stage: 'run', label: 'in the program', meaning: 'It runs with the program.' },
  { stage: 'build', label: 'build script', meaning: 'It runs when the crate is built, on the machine that builds it.' },
  { stage: 'macro', label: 'proc macro', meaning: 'It runs in the compiler, on the machine that builds it.' },
  { stage: 'test', label: 'tests', meaning: 'It runs in tests only.' },
]

export const stageLabel = (stage: string): string => STAGES.find((known) => known.stage === stage)?.label ?? stage

/** `on linux, windows`, `if feature = "x"`. */
export function wholeCondition(condition: string): string {
  const platforms = platformsOf([condition])
  return platforms === undefined ? `if ${condition}` : `on ${platforms}`
}

/** What makes a finding less than "certain, always, in the program". */
export function notes(finding: Pick<Finding, 'stage' | 'certainty' | 'condition'>): HTMLElement[] {
  const all: HTMLElement[] = []
  if (finding.stage !== 'run') all.push(el('span', { class: `note ${finding.stage}` }, stageLabel(finding.stage)))
  if (finding.certainty === 'possible') all.push(el('span', { class: 'note possible' }, 'possible'))
  if (finding.condition !== 'true') {
    const text = wholeCondition(finding.condition)
    all.push(el('span', { class: 'note condition', title: escapeText(text) }, 'only ', crateText(text)))
  }
  return all
}

/** `name 1.2.3`, the version less loud. */
export function packageName(id: string): HTMLElement {
  const name = nameText(id)
  return el('span', { class: 'package' }, name, el('span', { class: 'version' }, packageText(id).slice(name.length)))
}

/** `grep-cli 0.1.12  src/process.rs:94:21`. */
export function placeElement(place: Place): HTMLElement {
  return el('span', { class: 'place' }, packageName(place.package), ' ', code(fileText(place)))
}

/** How many places have it, or by whom it is had. */
export function reachText(finding: Finding): HTMLElement {
  if (finding.reach === 'direct') return el('span', { class: 'reach' }, plural(finding.sites, 'place'))
  const through = finding.path.at(-1)?.package
  return el('span', { class: 'reach' }, 'through ', through !== undefined && packageName(through))
}

/** Elements with a space behind each, since neither words nor signs may touch. */
export const spaced = (elements: readonly HTMLElement[]): (Node | string)[] =>
  elements.flatMap((element) => [element, ' '])
