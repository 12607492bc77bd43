/** The page of a diff: its landmarks and headings, and which view stands where. */
import type { DiffPage } from '../html-data.js'
import { changesView } from './changes-view.js'
import { diffControls, diffSwitches } from './diff-filter.js'
import { diffHead, unchangedSection } from './diff-head.js'
import { changeRows } from './diff-model.js'
import { el } from './dom.js'
import { printOpened } from './print-opened.js'
import { sourceView } from './source-view.js'
import { addressStore } from './store.js'

/** The elements of the page's body. */
export function diffPage({ diff, old, new: now }: DiffPage): HTMLElement[] {
  const store = addressStore()
  const rows = changeRows(diff)
  const list = el('div', { class: 'groups' })
  const body = [
    diffHead(diff),
    el(
      'section',
      { class: 'overview', role: 'search', 'aria-label': 'Filter' },
      diffSwitches(rows, store),
      diffControls(diff, rows, store),
    ),
    el(
      'main',
      { class: 'single' },
      el('section', { 'aria-labelledby': 'changes' }, el('h2', { id: 'changes' }, 'Changes'), list),
      unchangedSection(diff),
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
