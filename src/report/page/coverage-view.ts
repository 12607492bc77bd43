/** What was not analyzed (law 1): by kind, each place with its source when it is opened. */
import type { Place } from '../excerpts.js'
import type { AnalysisPage } from '../html-data.js'
import { plural } from '../spelling.js'
import { code, crateText, el } from './dom.js'
import { moreList } from './more-list.js'
import type { SourceView } from './source-view.js'
import { packageName, placeElement } from './words.js'

/** Places on paper. */
const MAX_PRINTED = 300
const PLACES_SHOWN = { first: 50, more: 500 }

interface Lost extends Place {
  readonly kind: string
  readonly what: string
}

/** Every place that was not read, or not led to what it means. */
function lostPlaces({ coverage }: AnalysisPage): Lost[] {
  return [
    ...coverage.losses,
    ...coverage.unresolved.map(({ reason, name, ...place }) => ({
      kind: `unresolved: ${reason}`,
      what: name,
      ...place,
    })),
  ]
}

/** The places as they stand on paper, without source; only the first of very many. */
export function coverageOnPaper(page: AnalysisPage): HTMLElement[] {
  const lost = lostPlaces(page)
  if (lost.length === 0) return []
  const left = lost.length - MAX_PRINTED
  return [
    el('h2', {}, 'Places not analyzed'),
    el(
      'ul',
      {},
      ...lost
        .slice(0, MAX_PRINTED)
        .map((each) => el('li', {}, crateText(each.kind), ': ', code(each.what), ' ', placeElement(each))),
    ),
    ...(left > 0 ? [el('p', {}, `${plural(left, 'place')} more: the page and the JSON have them.`)] : []),
  ]
}

/** The section's content. */
export function coverageView(page: AnalysisPage, source: SourceView): HTMLElement[] {
  const { coverage, resolved, unresolvedLeftOut } = page
  const { written, exact, trait, value, unresolved } = coverage.references
  const open = Object.values(unresolved).reduce((sum, count) => sum + count, 0)
  const lost: Lost[] = [
    ...coverage.losses,
    ...coverage.unresolved.map(({ reason, name, ...place }) => ({
      kind: `unresolved: ${reason}`,
      what: name,
      ...place,
    })),
  ]
  const kinds = new Map<string, Lost[]>()
  for (const each of lost) kinds.set(each.kind, [...(kinds.get(each.kind) ?? []), each])
  const parts: HTMLElement[] = [
    el(
      'p',
      {},
      `${resolved} % of ${plural(written, 'reference')} in source were led to what they mean: ${exact} to one function, ` +
        `${trait} to a trait’s method, ${value} are calls of a function value. ${open} were not.`,
    ),
  ]
  if (lost.length === 0 && coverage.diagnostics.length === 0) parts.push(el('p', {}, 'All code was read.'))
  else
    parts.push(el('p', {}, 'What stands here may have any capability: it was not read, or not led to what it means.'))
  for (const [kind, all] of [...kinds].sort(([, a], [, b]) => a.length - b.length))
    parts.push(kindElement(kind, all, source))
  if (unresolvedLeftOut > 0)
    parts.push(
      el(
        'p',
        { class: 'quiet' },
        `${unresolvedLeftOut} more unresolved references are not in this page; --format json has them.`,
      ),
    )
  if (coverage.diagnostics.length > 0) parts.push(remarks(page))
  return parts
}

function kindElement(kind: string, all: readonly Lost[], source: SourceView): HTMLElement {
  const list = el('ul', { class: 'sites' })
  const box = el(
    'details',
    { class: 'lost' },
    el('summary', {}, el('strong', {}, String(all.length)), ' ', crateText(kind)),
  )
  box.addEventListener('toggle', () => {
    if (box.open && !list.parentElement) box.append(moreList(list, all, (lost) => lostItem(lost, source), PLACES_SHOWN))
  })
  return box
}

function lostItem(lost: Lost, source: SourceView): HTMLElement {
  const box = el('details', {}, el('summary', {}, placeElement(lost), ' ', code(lost.what)))
  box.addEventListener('toggle', () => {
    if (box.open && box.children.length === 1) box.append(source(lost))
  })
  return el('li', {}, box)
}

function remarks({ coverage }: AnalysisPage): HTMLElement {
  const list = el('ul', { class: 'sites' })
  for (const { package: owner, file, message } of coverage.diagnostics) {
    list.append(
      el(
        'li',
        {},
        crateText(message),
        ' ',
        owner !== undefined && packageName(owner),
        ' ',
        file !== undefined && code(file),
      ),
    )
  }
  return el(
    'details',
    { class: 'lost', open: true },
    el('summary', {}, plural(coverage.diagnostics.length, 'remark')),
    list,
  )
}
