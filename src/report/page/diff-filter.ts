/** The controls of a diff's filter. What the filter means is filter.ts's and diff-model.ts's. */
import type { DiffResult } from '../diff-result.js'
import { compareCapabilities } from '../severity.js'
import { plural } from '../spelling.js'
import { filterStatus, listSwitch, searchInput, select, switches } from './controls.js'
import { type ChangeRow, changeMatcher } from './diff-model.js'
import { crateText, el } from './dom.js'
import type { Store } from './store.js'
import { capabilityBadge, STAGES } from './words.js'

/** The capabilities that changed as switches, each with the number of its changes. */
export function diffSwitches(rows: readonly ChangeRow[], store: Store): HTMLElement {
  const counts = new Map<string, number>()
  for (const { change } of rows) {
    if ('capability' in change) counts.set(change.capability, (counts.get(change.capability) ?? 0) + 1)
  }
  return switches(
    'Show only these capabilities',
    ...[...counts]
      .sort(([a], [b]) => compareCapabilities(a, b))
      .map(([capability, count]) => {
        const press = listSwitch(store, 'capabilities', capability, capabilityBadge(capability))
        press.append(el('span', { class: 'count', title: plural(count, 'change') }, String(count)))
        return press
      }),
  )
}

const DIRECTIONS = [
  { word: 'more', label: '+ more' },
  { word: 'less', label: '− less' },
  { word: 'other', label: '~ other' },
] as const

/** The other controls, and how many changes they leave. */
export function diffControls({ packages }: DiffResult, rows: readonly ChangeRow[], store: Store): HTMLElement {
  const names = [...new Set(packages.map(({ name }) => name))].sort()
  const stages = new Set<string>(rows.flatMap(({ change }) => ('stage' in change ? [change.stage] : [])))
  return el(
    'div',
    { class: 'controls' },
    searchInput(store),
    switches('Direction', ...DIRECTIONS.map(({ word, label }) => listSwitch(store, 'directions', word, label))),
    switches(
      'Stage',
      ...STAGES.filter(({ stage }) => stages.has(stage)).map(({ stage, label }) =>
        listSwitch(store, 'stages', stage, label),
      ),
    ),
    switches('Certainty', ...['certain', 'possible'].map((word) => listSwitch(store, 'certainties', word, word))),
    select(store, 'package', 'Package', [
      el('option', { value: '' }, 'any package'),
      ...names.map((name) => el('option', { value: name }, crateText(name))),
    ]),
    ...filterStatus(
      store,
      (filter) => `${rows.filter(changeMatcher(filter)).length} of ${plural(rows.length, 'change')}`,
    ),
  )
}
