/**
 * Which findings are shown. Pure: what a filter means and how it is written into the page's address, so that a view can
 * be sent to somebody. Nothing of the page is known here.
 */

import { isPlatformCondition } from '../condition-text.js'
import { capabilityFilter } from '../filter.js'
import type { Row } from './model.js'

export interface Filter {
  /** Words that all must stand in the package's name, the path, the files, the literals. */
  readonly text: string
  readonly capabilities: readonly string[]
  readonly stages: readonly string[]
  readonly certainties: readonly string[]
  /** '' any; `always`, `platform`, `feature`; `on:TRIPLE`; `is:CONDITION`. */
  readonly condition: string
  /** Id of a package, '' for all. */
  readonly package: string
  /** Of a diff: `more`, `less`, `other`. */
  readonly directions: readonly string[]
  /** Also what packages have only through others. */
  readonly through: boolean
}

/** What the address of the page says: the filter, and the key of the finding that is open. */
export interface View {
  readonly filter: Filter
  readonly open: string
}

export const NO_FILTER: Filter = {
  text: '',
  capabilities: [],
  stages: [],
  certainties: [],
  condition: '',
  package: '',
  directions: [],
  through: false,
}

/**
 * Whether a row is shown. A row of a dependency that only reaches something through others repeats what that other's row
 * says; it is shown when it is asked for, or when the package itself is.
 */
export function matcher(filter: Filter): (row: Row) => boolean {
  const text = textMatcher(filter.text)
  const capability = capabilityFilter(filter.capabilities)
  const condition = conditionMatcher(filter.condition)
  return (row) => {
    const { finding, owner } = row
    if (filter.package !== '' && owner.id !== filter.package) return false
    if (finding.reach === 'transitive' && !owner.local && !filter.through && filter.package === '') return false
    if (!capability(finding.capability) || !condition(row)) return false
    if (!among(filter.stages, finding.stage) || !among(filter.certainties, finding.certainty)) return false
    return text(row)
  }
}

/** Whether the value is one of those asked for; every one is, when none is asked for. */
export const among = (wanted: readonly string[], value: string): boolean =>
  wanted.length === 0 || wanted.includes(value)

/** Whether all words of a search stand in what is searched. */
export function textMatcher(text: string): (row: { searched(): string }) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return (row) => words.length === 0 || words.every((word) => row.searched().includes(word))
}

function conditionMatcher(wanted: string): (row: Row) => boolean {
  if (wanted === 'always') return ({ finding }) => finding.condition === 'true'
  if (wanted === 'platform') return ({ finding }) => isPlatformCondition(finding.condition)
  if (wanted === 'feature') return ({ finding }) => /\bfeature\b/.test(finding.condition)
  if (wanted.startsWith('is:')) return ({ finding }) => finding.condition === wanted.slice(3)
  if (wanted.startsWith('on:')) {
    const triple = wanted.slice(3)
    return ({ finding }) => finding.targets === undefined || finding.targets.includes(triple)
  }
  return () => true
}

/** Whether anything is filtered away that could be. */
export function isFiltering(filter: Filter): boolean {
  return viewToHash({ filter, open: '' }) !== ''
}

/** What stands behind `#` in the address; '' for the view that the page opens with. */
export function viewToHash({ filter, open }: View): string {
  const words = new URLSearchParams()
  const set = (key: string, value: string): void => {
    if (value !== '') words.set(key, value)
  }
  set('q', filter.text.trim())
  set('capability', filter.capabilities.join(','))
  set('stage', filter.stages.join(','))
  set('certainty', filter.certainties.join(','))
  set('condition', filter.condition)
  set('package', filter.package)
  set('direction', filter.directions.join(','))
  set('through', filter.through ? 'yes' : '')
  set('open', open)
  return words.toString()
}

/** The view of an address; what is not understood is as if it were not there. */
export function viewOfHash(hash: string): View {
  const words = new URLSearchParams(hash.replace(/^#/, ''))
  const text = (key: string): string => words.get(key) ?? ''
  const list = (key: string): string[] =>
    text(key)
      .split(',')
      .filter((word) => word !== '')
  return {
    filter: {
      text: text('q'),
      capabilities: list('capability'),
      stages: list('stage'),
      certainties: list('certainty'),
      condition: text('condition'),
      package: text('package'),
      directions: list('direction'),
      through: text('through') === 'yes',
    },
    open: text('open'),
  }
}
