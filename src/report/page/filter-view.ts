/** The controls of an analysis' filter. What the filter means is filter.ts's. */
import { compareCapabilities } from '../severity.js'
import { packageText, plural } from '../spelling.js'
import { filterStatus, listSwitch, searchInput, select, switches } from './controls.js'
import { crateText, el } from './dom.js'
import { matcher } from './filter.js'
import type { Model } from './model.js'
import type { Store } from './store.js'
import { capabilityBadge, STAGES, wholeCondition } from './words.js'

/** Exact conditions offered; a search finds the others. */
const MAX_CONDITIONS = 200
const SHOWN_CONDITION = 80

/** The capabilities as switches, each with the number of packages that have it in their own code. */
export function capabilitySwitches(model: Model, store: Store): HTMLElement {
  const owners = new Map<string, Set<string>>()
  for (const { owner, finding } of model.rows) {
    const set = owners.get(finding.capability) ?? new Set()
    if (finding.reach === 'direct') set.add(owner.id)
    owners.set(finding.capability, set)
  }
  const all = [...owners].sort(([a], [b]) => compareCapabilities(a, b))
  return switches(
    'Show only these capabilities',
    ...all.map(([capability, packages]) => {
      const press = listSwitch(store, 'capabilities', capability, capabilityBadge(capability))
      press.append(
        el(
          'span',
          { class: 'count', title: `in the code of ${plural(packages.size, 'package')}` },
          String(packages.size),
        ),
      )
      return press
    }),
  )
}

/** The other controls, and how many findings they leave. */
export function filterControls(model: Model, store: Store): HTMLElement {
  const stages = new Set<string>(model.rows.map(({ finding }) => finding.stage))
  return el(
    'div',
    { class: 'controls' },
    searchInput(store),
    switches(
      'Stage',
      ...STAGES.filter(({ stage }) => stages.has(stage)).map(({ stage, label }) =>
        listSwitch(store, 'stages', stage, label),
      ),
    ),
    switches('Certainty', ...['certain', 'possible'].map((word) => listSwitch(store, 'certainties', word, word))),
    conditionSelect(model, store),
    packageSelect(model, store),
    throughBox(store),
    ...filterStatus(
      store,
      (filter) => `${model.rows.filter(matcher(filter)).length} of ${plural(model.rows.length, 'finding')}`,
    ),
  )
}

function conditionSelect({ rows, page }: Model, store: Store): HTMLElement {
  const conditions = [...new Set(rows.map(({ finding }) => finding.condition))].filter((text) => text !== 'true').sort()
  const shown = (text: string): string => (text.length > SHOWN_CONDITION ? `${text.slice(0, SHOWN_CONDITION)}…` : text)
  return select(store, 'condition', 'Condition', [
    el('option', { value: '' }, 'any condition'),
    el('option', { value: 'always' }, 'always there'),
    el('option', { value: 'platform' }, 'on some platforms only'),
    el('option', { value: 'feature' }, 'with some features only'),
    el(
      'optgroup',
      { label: 'There on' },
      ...page.targets.map((triple) => el('option', { value: `on:${triple}` }, crateText(triple))),
    ),
    el(
      'optgroup',
      { label: 'Exactly' },
      ...conditions
        .slice(0, MAX_CONDITIONS)
        .map((condition) => el('option', { value: `is:${condition}` }, crateText(shown(wholeCondition(condition))))),
    ),
  ])
}

function packageSelect({ page }: Model, store: Store): HTMLElement {
  return select(store, 'package', 'Package', [
    el('option', { value: '' }, 'any package'),
    ...page.packages.map(({ id }) => el('option', { value: id }, packageText(id))),
  ])
}

function throughBox(store: Store): HTMLElement {
  const box = el('input', { type: 'checkbox' })
  box.addEventListener('change', () => store.filter({ through: box.checked }))
  store.onFilter(({ filter }) => (box.checked = filter.through))
  return el(
    'label',
    { title: 'Dependencies that have a capability only through another package' },
    box,
    ' also through others',
  )
}
