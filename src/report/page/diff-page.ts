/** The page of a diff: what was gained and lost, package by package, the most serious first. */
import type { DiffResult, PackageDiff } from '../diff-result.js'
import type { DiffPage } from '../html-data.js'
import { compareCapabilities } from '../severity.js'
import { packageText, plural } from '../spelling.js'
import { changeItem, type Sides } from './change-view.js'
import { filterStatus, listSwitch, searchInput, select, switches } from './controls.js'
import { type ChangeRow, changeMatcher, changeRows, packageKey } from './diff-model.js'
import { crateText, el } from './dom.js'
import { isFiltering } from './filter.js'
import { moreList } from './more-list.js'
import { openKeys, showOpened } from './open-keys.js'
import { printOpened } from './print-opened.js'
import { sourceView } from './source-view.js'
import { addressStore, type Store } from './store.js'
import { capabilityBadge, STAGES, spaced } from './words.js'

const PACKAGES_SHOWN = { first: 60, more: 200 }
const CHANGES_SHOWN = { first: 30, more: 200 }
/** The signs stand for themselves in the head when they are so many; the rest is counted. */
const MAX_BADGES = 12

/** The elements of the page's body. */
export function diffPage({ diff, old, new: now }: DiffPage): HTMLElement[] {
  const store = addressStore()
  const rows = changeRows(diff)
  const list = el('div', { class: 'groups' })
  const body = [
    header(diff),
    el(
      'section',
      { class: 'overview', role: 'search', 'aria-label': 'Filter' },
      capabilitySwitches(rows, store),
      controls(diff, rows, store),
    ),
    el(
      'main',
      { class: 'single' },
      el('section', { 'aria-labelledby': 'changes' }, el('h2', { id: 'changes' }, 'Changes'), list),
      unchanged(diff),
    ),
    el(
      'footer',
      {},
      el('p', {}, `Made by ${diff.tool.name} ${diff.tool.version} from source alone; nothing was compiled or run.`),
    ),
  ]
  changesView(diff, rows, { old: sourceView(old), new: sourceView(now) }, store, list)
  printOpened(list)
  return body
}

function header(diff: DiffResult): HTMLElement {
  const { summary, notes } = diff
  const { added, removed, changed } = summary.packages
  const facts = [
    `${plural(added, 'package')} added`,
    `${removed} removed`,
    `${changed} changed`,
    `${summary.changes.more} changes to more, ${summary.changes.less} to less, ${summary.changes.other} other`,
  ]
  return el(
    'header',
    {},
    el('h1', {}, packageText(diff.old.root), ' → ', packageText(diff.new.root)),
    verdict('Gains', summary.capabilities.gained) ??
      el('p', { class: 'verdict' }, 'No capability that it did not have before.'),
    verdict('Loses', summary.capabilities.lost),
    el('p', { class: 'head-facts' }, facts.join(' · ')),
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

function capabilitySwitches(rows: readonly ChangeRow[], store: Store): HTMLElement {
  const counts = new Map<string, number>()
  for (const { change } of rows) {
    if (change.kind === 'capability') counts.set(change.capability, (counts.get(change.capability) ?? 0) + 1)
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

function controls({ packages }: DiffResult, rows: readonly ChangeRow[], store: Store): HTMLElement {
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

/** Draws into `list`, at each change of the filter. Packages without a change are shown while nothing is filtered. */
function changesView(
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
  if (old && now && old.origin !== now.origin)
    all.push(`${all.length > 0 ? '; ' : ''}from ${now.origin}, was from ${old.origin}`)
  if (changes.length === 0) all.push(`${all.length > 0 ? '; ' : ''}nothing gained or lost`)
  return all.length > 0 ? [...all, '.'] : []
}

function unchanged({ summary }: DiffResult): HTMLElement {
  const { capabilities, sites, units, files } = summary.unchanged
  return el(
    'section',
    { 'aria-labelledby': 'unchanged' },
    el('h2', { id: 'unchanged' }, 'As before'),
    el(
      'p',
      {},
      `${plural(summary.packages.unchanged, 'package')}; in the others ${plural(capabilities, 'capability')} at ` +
        `${plural(sites, 'place')}, ${plural(units, 'build script')} or proc macros, ${plural(files, 'binary file')}.`,
    ),
  )
}
