/**
 * The page on paper: what the filter leaves, each finding with its whole path and the line of its last step. Built when
 * it is printed and taken away after, since it is long and nobody sees it on a screen.
 */
import { plural } from '../spelling.js'
import { coverageOnPaper } from './coverage-view.js'
import { code, crateText, el } from './dom.js'
import { matcher } from './filter.js'
import { groupsOf, type Model, type Row } from './model.js'
import { chainLine, literalList } from './path-view.js'
import type { SourceView } from './source-view.js'
import type { Store } from './store.js'
import { capabilityBadge, notes, packageName, placeElement, reachText, whyOf } from './words.js'

/** Findings on paper; a longer list is a matter for a narrower filter. */
const MAX_PRINTED = 1_000

/** Fills `paper` before printing and empties it after. */
export function printView(model: Model, source: SourceView, store: Store, paper: HTMLElement): void {
  addEventListener('beforeprint', () => {
    const rows = model.rows.filter(matcher(store.view().filter))
    const printed = rows.slice(0, MAX_PRINTED)
    paper.replaceChildren(
      el('h2', {}, 'Findings'),
      ...groupsOf(printed).map(({ capability, rows: each }) =>
        el(
          'section',
          {},
          el('h3', {}, capabilityBadge(capability), ' ', el('span', { class: 'why' }, whyOf(capability))),
          ...each.map((row) => printedRow(row, model, source)),
        ),
      ),
      rows.length > printed.length
        ? el('p', {}, `${plural(rows.length - printed.length, 'finding')} more: filter the page to print them.`)
        : '',
      ...coverageOnPaper(model.page),
    )
  })
  addEventListener('afterprint', () => paper.replaceChildren())
}

function printedRow({ owner, finding }: Row, { tree }: Model, source: SourceView): HTMLElement {
  const chain = tree.chainOf(owner.id)
  const last = finding.path.at(-1)
  return el(
    'article',
    {},
    el('h4', {}, packageName(owner.id), ' ', ...notes(finding).flatMap((note) => [note, ' ']), reachText(finding)),
    chain.length > 1 && el('p', {}, 'comes in by ', chainLine(chain, packageName)),
    finding.literals && el('p', {}, literalList(finding.literals)),
    el(
      'ol',
      { class: 'path' },
      ...finding.path.map((step) => el('li', {}, code(step.function), ' ', placeElement(step))),
    ),
    last && last.line > 0 && source(last, 1),
  )
}

/** The filter in words, for the head of the paper. */
export function filterInWords(store: Store, line: HTMLElement): void {
  store.onFilter(({ filter }) => {
    const words = [
      ...filter.capabilities,
      ...filter.stages,
      ...filter.certainties,
      filter.condition,
      filter.package,
      filter.text && `"${filter.text}"`,
    ].filter((word) => word !== '')
    line.replaceChildren(words.length === 0 ? '' : 'Only: ', crateText(words.join(', ')))
  })
}
