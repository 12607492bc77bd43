/** The report of a survey as one page that needs nothing else: plots, each with its table and its query, and every crate. */
import { createHash } from 'node:crypto'
import { escapeMarkup } from '../../report/escape.js'
import type { QueryAnswer } from '../tables/query.js'
import type { Question } from './questions.js'

export interface Answered {
  readonly question: Question
  readonly answer: QueryAnswer
  /** SVG, where it is drawn. */
  readonly picture?: string
}
export interface LandscapePage {
  readonly summary: QueryAnswer
  readonly answered: readonly Answered[]
  readonly crates: QueryAnswer
}

/** A row more than these is counted, not shown: the tables have them. */
const MOST_ROWS = 200
/** Crates that the page lists. */
const MOST_CRATES_SHOWN = 3000

export function landscapePage({ summary, answered, crates }: LandscapePage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src ${hashSource(SCRIPT)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What crates can do</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>What crates can do</h1>
${table(summary)}
${answered.map(section).join('\n')}
<section>
<h2>Each crate</h2>
<label>Search <input type="search" id="search" autocomplete="off"></label>
<p id="count" role="status"></p>
${crateList(crates)}
</section>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`
}

/** Crate text in a page: what would change the page or its reader's eyes is shown as what it is. */
const html = (value: unknown): string =>
  value === null || value === undefined ? '' : escapeMarkup(typeof value === 'number' ? shown(value) : String(value))

const shown = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(1))

function section({ question: { title, about, sql }, answer, picture }: Answered): string {
  const empty = answer.rows.length === 0
  const drawn =
    picture !== undefined && !empty ? `<figure role="img" aria-label="${html(title)}">${picture}</figure>` : ''
  const body =
    picture === undefined ? table(answer) : `<details><summary>As a table</summary>${table(answer)}</details>`
  return `<section>
<h2>${html(title)}</h2>
<p>${html(about)}</p>
${empty ? '<p>Nothing.</p>' : `${drawn}${body}`}
<details><summary>The query</summary><pre>${sql.split('\n').map(html).join('\n')}</pre></details>
</section>`
}

function table({ columns, rows }: QueryAnswer): string {
  const head = columns.map((name) => `<th scope="col">${html(name.replaceAll('_', ' '))}</th>`).join('')
  const body = rows
    .slice(0, MOST_ROWS)
    .map(
      (row) =>
        `<tr>${row.map((value) => `<td${typeof value === 'number' ? ' class="n"' : ''}>${html(value)}</td>`).join('')}</tr>`,
    )
    .join('\n')
  const more = rows.length > MOST_ROWS ? `<p>and ${rows.length - MOST_ROWS} more</p>` : ''
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>${more}`
}

function crateList({ columns, rows }: QueryAnswer): string {
  const at = (name: string): number => columns.indexOf(name)
  const byCrate = new Map<string, (readonly unknown[])[]>()
  for (const row of rows) {
    const crate = String(row[at('crate')])
    const known = byCrate.get(crate)
    if (known) known.push(row)
    else byCrate.set(crate, [row])
  }
  const shownColumns = [
    'capability',
    'stage',
    'certainty',
    'reach',
    'via',
    'power',
    'power_package',
    'file',
    'line',
    'condition',
    'sites',
  ]
  const items = [...byCrate].slice(0, MOST_CRATES_SHOWN).map(([crate, found]) => {
    const own = found.filter((row) => row[at('reach')] === 'direct' && row[at('certainty')] === 'certain')
    const families = [...new Set(own.map((row) => String(row[at('capability')])))].join(', ')
    const answer = { columns: shownColumns, rows: found.map((row) => shownColumns.map((name) => row[at(name)])) }
    return `<details class="crate" data-name="${html(crate)}"><summary><b>${html(crate)}</b> ${html(families)}</summary>${table(answer)}</details>`
  })
  const more = byCrate.size - items.length
  return `${items.join('\n')}${more > 0 ? `<p>and ${more} more: ask the tables</p>` : ''}`
}

const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const SCRIPT = `
const crates = [...document.querySelectorAll('.crate')]
const count = document.getElementById('count')
const search = document.getElementById('search')
const show = () => {
  const wanted = search.value.trim().toLowerCase()
  let found = 0
  for (const crate of crates) {
    const fits = crate.textContent.toLowerCase().includes(wanted)
    crate.hidden = !fits
    if (fits) found++
  }
  count.textContent = found + ' of ' + crates.length
}
search.addEventListener('input', show)
show()
`

const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h2 { margin-top: 2.5rem; }
figure { margin: 1rem 0; background: #fff; padding: .5rem; border-radius: 4px; }
figure svg { max-width: 100%; height: auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; }
th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid #8886; vertical-align: top; overflow-wrap: anywhere; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
pre { overflow-x: auto; font-size: .8rem; }
summary { cursor: pointer; }
input { font: inherit; width: min(100%, 20rem); }
`
