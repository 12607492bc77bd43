/** The line of one change of a diff: what happened, and where. What opens below it is change-detail.ts's. */
import type { CapabilityChange, Change } from '../diff-result.js'
import { changeVerb, gainedLiterals } from '../diff-sentence.js'
import { plural } from '../spelling.js'
import { valueVerb } from '../value-sentence.js'
import { changeDetail, type Sides } from './change-detail.js'
import type { ChangeRow } from './diff-model.js'
import { type Child, crateText, el } from './dom.js'
import { openItem } from './open-item.js'
import { literalList, pathLine } from './path-view.js'
import { capabilityBadge, notes, packageName, spaced } from './words.js'

const SIGNS = { more: '+', less: '−', other: '~' } as const
const DIRECTIONS = { more: 'more', less: 'less', other: 'other' } as const

/** The change as a list item; opened at once when asked. */
export function changeItem(
  row: ChangeRow,
  sources: Sides,
  onToggle: (key: string, open: boolean) => void,
  open: boolean,
): HTMLElement {
  const { change } = row
  const sign = el(
    'span',
    { class: `direction ${change.direction}`, title: DIRECTIONS[change.direction] },
    SIGNS[change.direction],
  )
  const line: Child[] = [
    el('span', { class: 'who' }, sign, ' ', ...headWords(change)),
    'path' in change && pathLine(change.path),
    el('span', { class: 'where' }, ...whereWords(change)),
  ]
  return openItem({ key: row.key, line, detail: () => changeDetail(change, sources), onToggle }, open)
}

function headWords(change: Change): Child[] {
  if (change.kind === 'value') {
    const { capability, stage, certainty } = change
    return [
      capabilityBadge(capability),
      ' ',
      el('span', { class: 'verb' }, crateText(valueVerb(change))),
      ' ',
      ...spaced(notes({ stage, certainty, condition: 'true' })),
    ]
  }
  if (change.kind !== 'capability') {
    return [el('span', { class: `verb ${change.tone}` }, crateText(changeVerb(change)))]
  }
  const { capability, certainty, stage, condition, reach, path } = change
  const shown = { stage, certainty, condition: condition.new ?? condition.old ?? 'true' }
  const through = reach === 'transitive' ? path.at(-1)?.package : undefined
  return [
    capabilityBadge(capability),
    ' ',
    el('span', { class: 'verb' }, CHANGE_WORDS[change.change]),
    ' ',
    ...spaced(notes(shown)),
    el('span', { class: 'reach' }, sitesText(change)),
    through !== undefined && el('span', { class: 'reach' }, ' through ', packageName(through)),
  ]
}

const CHANGE_WORDS: Readonly<Record<CapabilityChange['change'], string>> = {
  gained: 'gained',
  more: 'new uses',
  wider: 'under a wider condition',
  arguments: 'with other arguments',
  changed: 'under another condition',
  narrower: 'under a narrower condition',
  fewer: 'fewer uses',
  lost: 'lost',
}

function sitesText({ change, sites }: CapabilityChange): string {
  if (change === 'gained') return plural(sites.new, 'place')
  if (change === 'lost') return `had ${plural(sites.old, 'place')}`
  return sites.old === sites.new
    ? `${plural(sites.new, 'place')} as before`
    : `${sites.old} → ${plural(sites.new, 'place')}`
}

/** Of a capability the literals that only the new side has; of the others the line says where. */
function whereWords(change: Change): Child[] {
  const gained = gainedLiterals(change)
  return gained.length > 0 ? [literalList(gained)] : []
}
