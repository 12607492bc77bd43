/** The changes of a diff: a section a package, the one with the most serious change first. */
import type { DiffResult, PackageDiff } from '../diff-result.js'
import { comesFromElsewhere } from '../source-lines.js'
import { shortSourceText } from '../source-text.js'
import { packageText } from '../spelling.js'
import type { Sides } from './change-detail.js'
import { changeItem } from './change-view.js'
import { type ChangeRow, changeMatcher, packageKey } from './diff-model.js'
import { crateText, el } from './dom.js'
import { isFiltering } from './filter.js'
import { moreList } from './more-list.js'
import { openKeys, showOpened } from './open-keys.js'
import type { Store } from './store.js'

const PACKAGES_SHOWN = { first: 60, more: 200 }
const CHANGES_SHOWN = { first: 30, more: 200 }

/** Draws into `list`, at each change of the filter. Packages without a change are shown while nothing is filtered. */
export function changesView(
  diff: DiffResult,
  rows: readonly ChangeRow[],
  sources: Sides,
  store: Store,
  list: HTMLElement,
): void {
  const open = openKeys(store)
  const byPackage = new Map<PackageDiff, ChangeRow[]>(diff.packages.map((owner) => [owner, []]))
  for (const row of rows) byPackage.get(row.owner)?.push(row)
  store.onFilter(({ filter }) => {
    const shown = changeMatcher(filter)
    const packages = [...byPackage]
      .map(([owner, all]) => ({ owner, changes: all.filter(shown), hidden: all.length }))
      .filter(({ changes }) => changes.length > 0 || !isFiltering(filter))
    const item = (row: ChangeRow): HTMLElement => changeItem(row, sources, open.toggle, open.has(row.key))
    list.replaceChildren(
      moreList(el('div', {}), packages, ({ owner, changes }) => packageSection(owner, changes, item), PACKAGES_SHOWN),
    )
    if (packages.length === 0) {
      list.append(
        el('p', { class: 'empty' }, diff.packages.length === 0 ? 'Nothing changed.' : 'No change passes the filter.'),
      )
    }
  })
  showOpened(store, list)
}

function packageSection(
  owner: PackageDiff,
  changes: readonly ChangeRow[],
  item: (row: ChangeRow) => HTMLElement,
): HTMLElement {
  const id = `package-${packageKey(owner)}`
  const tone = changes.find(({ change }) => change.direction === 'more')?.change.tone ?? 'quiet'
  return el(
    'section',
    { class: `group ${tone}`, 'aria-labelledby': id },
    el(
      'h3',
      { id },
      el('span', { class: 'package' }, crateText(owner.name)),
      el('span', { class: 'version' }, versions(owner)),
      el('span', { class: 'why' }, CHANGES[owner.change]),
    ),
    el('p', { class: 'bringers' }, ...facts(owner)),
    moreList(el('ul', { class: 'rows' }), changes, item, CHANGES_SHOWN),
  )
}

const CHANGES: Readonly<Record<PackageDiff['change'], string>> = {
  added: 'new in the tree',
  removed: 'no longer in the tree',
  version: '',
  content: 'other files under the same version',
  none: 'the same files, used otherwise',
}

function versions({ old, new: now }: PackageDiff): string {
  if (!old || !now) return packageVersion(old?.version ?? now?.version)
  return old.version === now.version
    ? packageVersion(now.version)
    : `${packageVersion(old.version)} → ${packageVersion(now.version)}`
}

const packageVersion = (version: string | undefined): string => packageText(version ?? '')

function facts({ dependents, dependencies, change, old, new: now, changes }: PackageDiff): (Node | string)[] {
  const all: (Node | string)[] = []
  const names = (words: string, list: readonly string[]): void => {
    if (list.length > 0) all.push(`${all.length > 0 ? '; ' : ''}${words} `, crateText(list.join(', ')))
  }
  if (change === 'added' || change === 'removed') names(change === 'added' ? 'needed by' : 'was needed by', dependents)
  names('now also depends on', change === 'added' ? [] : dependencies.added)
  names('depends on', change === 'added' ? dependencies.added : [])
  names('no longer depends on', change === 'removed' ? [] : dependencies.removed)
  if (change === 'added' && now?.source && comesFromElsewhere(now))
    all.push(`${all.length > 0 ? '; ' : ''}from `, crateText(shortSourceText(now.source)))
  // A dependency that comes from elsewhere has a change that says so.
  if (old?.local && now?.local && old.origin !== now.origin)
    all.push(`${all.length > 0 ? '; ' : ''}from ${now.origin}, was from ${old.origin}`)
  if (changes.length === 0) all.push(`${all.length > 0 ? '; ' : ''}nothing gained or lost`)
  return all.length > 0 ? [...all, '.'] : []
}
