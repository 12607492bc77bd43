/** The page of an analysis: its landmarks and headings, and which view stands where. */
import type { AnalysisPage } from '../html-data.js'
import { packageText, plural, sizeText } from '../spelling.js'
import { coverageView } from './coverage-view.js'
import { el } from './dom.js'
import { capabilitySwitches, filterControls } from './filter-view.js'
import { findingsView } from './findings-view.js'
import { modelOf } from './model.js'
import { packageFacts } from './package-facts.js'
import { filterInWords, printView } from './print-view.js'
import { sourceView } from './source-view.js'
import { addressStore } from './store.js'
import { treeView } from './tree-view.js'

const LEGEND =
  '▲ serious · ◆ worth a look · the rest is ordinary. The number: packages that have it in their own code. Press one to see it alone.'

/** The elements of the page's body. */
export function analysisPage(page: AnalysisPage): HTMLElement[] {
  const model = modelOf(page)
  const store = addressStore()
  const source = sourceView(page.excerpts)
  const findings = el('div', { class: 'groups' })
  const facts = el('div', { class: 'package-facts' })
  packageFacts(model, store, facts)
  const paper = el('div', { class: 'paper' })
  const words = el('p', { class: 'filter-words' })
  filterInWords(store, words)
  const body = [
    header(page),
    el(
      'section',
      { class: 'overview', role: 'search', 'aria-labelledby': 'overview' },
      el('h2', { id: 'overview' }, 'What it can do'),
      el('p', { class: 'legend' }, LEGEND),
      capabilitySwitches(model, store),
      filterControls(model, store),
      words,
    ),
    el(
      'main',
      {},
      el(
        'section',
        { class: 'packages', 'aria-labelledby': 'packages' },
        el('h2', { id: 'packages' }, 'Packages'),
        ...treeView(model, store),
      ),
      el(
        'section',
        { class: 'findings', 'aria-labelledby': 'findings' },
        el('h2', { id: 'findings' }, 'Findings'),
        facts,
        findings,
      ),
      paper,
      el(
        'section',
        { class: 'coverage', 'aria-labelledby': 'coverage' },
        el('h2', { id: 'coverage' }, 'Not analyzed'),
        ...coverageView(page, source),
      ),
    ),
    footer(page),
  ]
  printView(model, source, store, paper)
  findingsView(model, source, store, findings)
  return body
}

function header({ members, packages, coverage, resolved, targets }: AnalysisPage): HTMLElement {
  const lost = coverage.losses.length + coverage.diagnostics.length
  const facts = [
    plural(packages.length, 'package'),
    `${sizeText(coverage.files.bytes)} of Rust`,
    plural(targets.length, 'target'),
    `${resolved} % of calls resolved`,
  ]
  const jump = el('a', { href: '#coverage' }, `${plural(lost, 'place')} not analyzed`)
  // The address belongs to the filter: a jump must not replace it.
  jump.addEventListener('click', (event) => {
    event.preventDefault()
    document.querySelector('#coverage')?.scrollIntoView()
  })
  return el(
    'header',
    {},
    el('h1', {}, members.map(packageText).join(', ')),
    el('p', { class: 'head-facts' }, facts.join(' · '), lost > 0 && ' · ', lost > 0 && jump),
  )
}

function footer({ tool, targets, configuration = [] }: AnalysisPage): HTMLElement {
  const files = configuration.map(({ file, scope, decides }) => {
    const whose = scope === 'machine' ? ' of this machine' : ''
    return `${file}${whose}${decides.length > 0 ? ` (${decides.join(', ')})` : ''}`
  })
  return el(
    'footer',
    {},
    el('p', {}, `Made by ${tool.name} ${tool.version} from source alone; nothing was compiled or run.`),
    el('p', {}, `Targets: ${targets.join(', ')}`),
    files.length > 0 && el('p', {}, `Configuration of cargo: ${files.join(', ')}`),
    el(
      'p',
      { class: 'keys' },
      'Keys: / search · Tab to the tree or the findings · ↑ ↓ next · → ← unfold and fold · Enter open · Esc close',
    ),
  )
}
