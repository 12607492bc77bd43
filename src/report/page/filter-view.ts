/** The controls of the filter. They show the filter's state and change it; what it means is filter.ts's. */
import { compareCapabilities } from '../severity.js'
import { packageText, plural } from '../spelling.js'
import { button, crateText, el } from './dom.js'
import { type Filter, isFiltering, matcher } from './filter.js'
import type { Model } from './model.js'
import type { Store } from './store.js'
import { capabilityBadge, STAGES, wholeCondition } from './words.js'

/** Exact conditions offered; a search finds the others. */
const MAX_CONDITIONS = 200
const SHOWN_CONDITION = 80
/** Milliseconds without a key before a search is made. */
const TYPING_PAUSE = 120

type ListKey = 'capabilities' | 'stages' | 'certainties'

/** The capabilities as switches, each with the number of packages that have it in their own code. */
export function capabilitySwitches(model: Model, store: Store): HTMLElement {
  const owners = new Map<string, Set<string>>()
  for (const { owner, finding } of model.rows) {
    const set = owners.get(finding.capability) ?? new Set()
    if (finding.reach === 'direct') set.add(owner.id)
    owners.set(finding.capability, set)
  }
  const all = [...owners].sort(([a], [b]) => compareCapabilities(a, b))
  return el(
    'div',
    { class: 'switches', role: 'group', 'aria-label': 'Show only these capabilities' },
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

/** A button that puts its word into a list of the filter, or takes it out. */
function listSwitch(store: Store, key: ListKey, word: string, label: HTMLElement | string): HTMLButtonElement {
  const press = button(
    { class: 'switch', 'aria-pressed': 'false' },
    () => {
      const list = store.view().filter[key]
      store.filter({ [key]: list.includes(word) ? list.filter((each) => each !== word) : [...list, word] })
    },
    label,
  )
  store.onFilter(({ filter }) => press.setAttribute('aria-pressed', String(filter[key].includes(word))))
  return press
}

/** The other controls, and how many findings they leave. */
export function filterControls(model: Model, store: Store): HTMLElement {
  const stages = new Set(model.rows.map(({ finding }) => finding.stage))
  const status = el('span', { role: 'status', class: 'status' })
  const clear = button({ class: 'clear' }, () => store.reset(), 'Clear the filter')
  store.onFilter(({ filter }) => {
    status.textContent = `${model.rows.filter(matcher(filter)).length} of ${plural(model.rows.length, 'finding')}`
    clear.hidden = !isFiltering(filter)
  })
  const group = (label: string, ...children: HTMLElement[]): HTMLElement =>
    el('div', { class: 'switches', role: 'group', 'aria-label': label }, ...children)
  return el(
    'div',
    { class: 'controls' },
    searchInput(store),
    group(
      'Stage',
      ...STAGES.filter(({ stage }) => stages.has(stage as never)).map(({ stage, label }) =>
        listSwitch(store, 'stages', stage, label),
      ),
    ),
    group('Certainty', ...['certain', 'possible'].map((word) => listSwitch(store, 'certainties', word, word))),
    conditionSelect(model, store),
    packageSelect(model, store),
    throughBox(store),
    status,
    clear,
  )
}

function searchInput(store: Store): HTMLElement {
  const input = el('input', {
    type: 'search',
    id: 'search',
    placeholder: 'Search: function, file, literal…  ( / )',
    'aria-label': 'Search in names, files and literals',
    autocomplete: 'off',
    spellcheck: 'false',
  })
  let timer = 0
  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => store.filter({ text: input.value }), TYPING_PAUSE)
  })
  store.onFilter(({ filter }) => {
    if (document.activeElement !== input) input.value = filter.text
  })
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    if (input.value === '') input.blur()
    input.value = ''
    store.filter({ text: '' })
  })
  return input
}

function select(store: Store, key: 'condition' | 'package', label: string, options: readonly Node[]): HTMLElement {
  const made = el('select', { 'aria-label': label }, ...options)
  made.addEventListener('change', () => store.filter({ [key]: made.value } satisfies Partial<Filter>))
  store.onFilter(({ filter }) => {
    made.value = filter[key]
    made.classList.toggle('set', filter[key] !== '')
  })
  return made
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
