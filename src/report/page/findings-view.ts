/** The list of findings: a section a capability, most serious first, with rows that open. */

import { toneOf } from '../severity.js'
import { plural } from '../spelling.js'
import { crateText, el } from './dom.js'
import { matcher } from './filter.js'
import { type FindingContext, findingItem } from './finding-view.js'
import { foldedRows, groupsOf, type Model, type Row, type RowGroup } from './model.js'
import { moreList } from './more-list.js'
import { openKeys, showOpened } from './open-keys.js'
import type { SourceView } from './source-view.js'
import type { Store } from './store.js'
import { capabilityBadge, packageName, whyOf } from './words.js'

const ROWS_SHOWN = { first: 12, more: 200 }
/** When little else is shown, a section may be longer at once. */
const ROWS_SHOWN_OF_FEW = { first: 100, more: 400 }
const FEW_GROUPS = 3
/** Packages named in a section's head. */
const NAMES_IN_HEAD = 4

/** Draws into `list`, at each change of the filter. */
export function findingsView(model: Model, source: SourceView, store: Store, list: HTMLElement): void {
  const open = openKeys(store)
  const context: FindingContext = { model, source, onToggle: open.toggle }
  store.onFilter((view) => {
    const groups = groupsOf(foldedRows(model.rows.filter(matcher(view.filter)), view.open))
    const amounts = groups.length <= FEW_GROUPS ? ROWS_SHOWN_OF_FEW : ROWS_SHOWN
    list.replaceChildren(
      ...groups.map((group) =>
        groupSection(group, (row) => findingItem(row, context, open.has(row.key)), amounts, view.open),
      ),
    )
    if (groups.length === 0) list.append(nothing(model))
  })
  showOpened(store, list)
}

function nothing({ rows }: Model): HTMLElement {
  const text = rows.length === 0 ? 'No capability was found.' : 'No finding passes the filter.'
  return el('p', { class: 'empty' }, text)
}

function groupSection(
  { capability, rows }: RowGroup,
  make: (row: Row) => HTMLElement,
  amounts: { readonly first: number; readonly more: number },
  openKey: string,
): HTMLElement {
  const id = `capability-${capability.replace(/[^\w]/g, '-')}`
  const items = el('ul', { class: 'rows' })
  // What the address opens must be there to be opened.
  const at = rows.findIndex(({ key }) => key === openKey)
  const first = Math.max(amounts.first, at + 1)
  return el(
    'section',
    { class: `group ${toneOf(capability)}`, 'aria-labelledby': id },
    el('h3', { id }, capabilityBadge(capability), el('span', { class: 'why' }, whyOf(capability))),
    el('p', { class: 'bringers' }, ...bringers(rows)),
    moreList(items, rows, make, { first, more: amounts.more }),
  )
}

/** Who has it in its own code, by name while they are few. */
function bringers(rows: readonly Row[]): (Node | string)[] {
  const direct = rows.filter(({ finding }) => finding.reach === 'direct')
  const certain = new Set(direct.filter(({ finding }) => finding.certainty === 'certain').map(({ owner }) => owner.id))
  const possible = new Set(direct.map(({ owner }) => owner.id).filter((id) => !certain.has(id)))
  if (certain.size + possible.size === 0) return ['No package shown has it in its own code.']
  const named = [...certain].slice(0, NAMES_IN_HEAD).flatMap((id) => [packageName(id), ', '])
  const parts: (Node | string)[] =
    certain.size > 0 ? [`In the code of ${plural(certain.size, 'package')}: `, ...named.slice(0, -1)] : []
  if (certain.size > NAMES_IN_HEAD) parts.push(`, ${certain.size - NAMES_IN_HEAD} more`)
  if (possible.size > 0)
    parts.push(
      crateText(
        `${certain.size > 0 ? '; possibly' : 'Possibly'} in ${plural(possible.size, certain.size > 0 ? 'other' : 'package')}`,
      ),
    )
  return [...parts, '.']
}
