/** Controls that show a part of the filter's state and change it, for every page. */
import { button, el } from './dom.js'
import { type Filter, isFiltering } from './filter.js'
import type { Store } from './store.js'

/** Milliseconds without a key before a search is made. */
const TYPING_PAUSE = 120

/** The parts of the filter that are lists of words. */
type ListKey = 'capabilities' | 'stages' | 'certainties' | 'directions'

/** Switches that belong together. */
export const switches = (label: string, ...children: readonly HTMLElement[]): HTMLElement =>
  el('div', { class: 'switches', role: 'group', 'aria-label': label }, ...children)

/** A button that puts its word into a list of the filter, or takes it out. */
export function listSwitch(store: Store, key: ListKey, word: string, label: HTMLElement | string): HTMLButtonElement {
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

/** The search, which `/` goes to. */
export function searchInput(store: Store): HTMLElement {
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

/** A choice of one; '' is any. */
export function select(
  store: Store,
  key: 'condition' | 'package',
  label: string,
  options: readonly Node[],
): HTMLElement {
  const made = el('select', { 'aria-label': label }, ...options)
  made.addEventListener('change', () => store.filter({ [key]: made.value } satisfies Partial<Filter>))
  store.onFilter(({ filter }) => {
    made.value = filter[key]
    made.classList.toggle('set', filter[key] !== '')
  })
  return made
}

/** How much the filter leaves, told to who listens too, and what takes the filter away. */
export function filterStatus(store: Store, words: (filter: Filter) => string): HTMLElement[] {
  const status = el('span', { role: 'status', class: 'status' })
  const clear = button({ class: 'clear' }, () => store.reset(), 'Clear the filter')
  store.onFilter(({ filter }) => {
    status.textContent = words(filter)
    clear.hidden = !isFiltering(filter)
  })
  return [status, clear]
}
