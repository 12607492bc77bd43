/** One finding: a line that says who has what and by which path, and below it, when opened, the path with its source. */
import { besidesText } from '../besides.js'
import { resourceTexts, someResources } from '../resource-text.js'
import type { Finding, Step } from '../result.js'
import { fileText } from '../spelling.js'
import { code, crateText, el } from './dom.js'
import type { Model, Row } from './model.js'
import { moreList } from './more-list.js'
import { openItem } from './open-item.js'
import { chainLine, literalList, pathLine, pathSteps } from './path-view.js'
import type { SourceView } from './source-view.js'
import { notes, packageName, placeElement, reachText, STAGES, spaced, wholeCondition } from './words.js'

const SITES_SHOWN = { first: 25, more: 200 }

export interface FindingContext {
  readonly model: Model
  readonly source: SourceView
  /** Told of what is opened and closed. */
  onToggle(key: string, open: boolean): void
}

/** The row as a list item; opened at once when asked. */
export function findingItem(row: Row, context: FindingContext, open: boolean): HTMLElement {
  const { finding, key } = row
  const last = finding.path.at(-1)
  const besides = besidesText(row.besides.map((beside) => beside.finding))
  const line = [
    el(
      'span',
      { class: 'who' },
      packageName(row.owner.id),
      ' ',
      ...spaced(notes(finding)),
      ' ',
      reachText(finding),
      ...(besides === '' ? [] : [el('span', { class: 'reach' }, `, ${besides}`)]),
    ),
    pathLine(finding.path),
    el('span', { class: 'where' }, besideOf(finding), ' ', last && placeOf(last, row)),
  ]
  return openItem({ key, line, detail: () => findingDetail(row, context), onToggle: context.onToggle }, open)
}

/** What it acts on, or else the literals of the call that the example ends in. */
function besideOf(finding: Finding): HTMLElement | undefined {
  const on = resourceTexts([finding])
  if (on.length > 0) return literalList(someResources(on, MAX_RESOURCES))
  return finding.literals && literalList(finding.literals)
}

/** As many as a line can hold; the opened finding lists all of them. */
const MAX_RESOURCES = 4

/** The package is told again only when it is another one. */
const placeOf = (place: Step, { owner }: Row): HTMLElement =>
  place.package === owner.id ? code(fileText(place)) : placeElement(place)

function findingDetail(row: Row, { model, source }: FindingContext): HTMLElement {
  const { finding, owner } = row
  const sites = finding.reach === 'direct' ? model.sitesOf(row) : []
  const detail = el('div', { class: 'detail' }, facts(row, model), pathSteps(finding.path, source))
  if (sites.length > 1) detail.append(sitesElement(row, sites, source))
  if (sites.length > 1 && owner.sitesLeftOut > 0) {
    detail.append(
      el(
        'p',
        { class: 'quiet' },
        `${owner.sitesLeftOut} places of this package are not in this page; --granularity site --format json has them.`,
      ),
    )
  }
  for (const beside of row.besides) detail.append(besideElement(beside, source))
  return detail
}

/** What is merely possible of the same: its path, with its source when opened. */
function besideElement({ finding }: Row, source: SourceView): HTMLElement {
  const box = el(
    'details',
    { class: 'all-sites' },
    el('summary', {}, sentence(besidesText([finding])), ': ', pathLine(finding.path)),
  )
  box.addEventListener('toggle', () => {
    if (box.open && box.children.length === 1) box.append(pathSteps(finding.path, source))
  })
  return box
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function facts({ finding, owner }: Row, { tree, page }: Model): HTMLElement {
  const list = el('dl', { class: 'facts' })
  const fact = (name: string, ...value: readonly (Node | string)[]): void => {
    list.append(el('div', {}, el('dt', {}, name), el('dd', {}, ...value)))
  }
  fact('When', STAGES.find(({ stage }) => stage === finding.stage)?.meaning ?? finding.stage)
  if (finding.certainty === 'possible') {
    fact('Certainty', 'Possible: only by dynamic dispatch, or a function value whose target is guessed.')
  }
  if (finding.condition !== 'true') {
    fact('Condition', code(wholeCondition(finding.condition)))
    if (finding.targets) {
      const targets = finding.targets.length > 0 ? finding.targets.join(', ') : 'none'
      fact('Targets', `${finding.targets.length} of the ${page.targets.length} looked at: `, crateText(targets))
    }
  }
  const chain = tree.chainOf(owner.id)
  if (chain.length > 1) fact('Comes in by', chainLine(chain, packageName))
  if (finding.literals) fact('Literals', literalList(finding.literals))
  const on = resourceTexts([finding])
  if (on.length > 0) fact('Acts on', literalList(on))
  return list
}

function sitesElement(row: Row, sites: readonly Finding[], source: SourceView): HTMLElement {
  const title = `All ${sites.length} places in ${row.owner.name}`
  const list = el('ul', { class: 'sites' })
  const box = el('details', { class: 'all-sites' }, el('summary', {}, crateText(title)))
  box.addEventListener('toggle', () => {
    if (!box.open || list.parentElement) return
    box.append(moreList(list, sites, (site) => siteItem(site, source), SITES_SHOWN))
  })
  return box
}

/** The line itself is shown at once; what is around it when asked for. */
function siteItem(site: Finding, source: SourceView): HTMLElement {
  const last = site.path.at(-1)
  const box = el('details', {})
  if (!last) return el('li', {}, box)
  const summary = el(
    'summary',
    {},
    code(fileText(last), { class: 'place' }),
    ' ',
    code(last.function, { class: 'power' }),
    site.function !== undefined && el('span', { class: 'in' }, ' in ', code(site.function)),
    ' ',
    ...spaced(notes({ ...site, stage: 'run', certainty: 'certain' })),
    source(last, 0),
  )
  box.append(summary)
  box.addEventListener('toggle', () => {
    if (box.open && box.children.length === 1) box.append(source(last))
  })
  return el('li', {}, box)
}
