/**
 * The report as one HTML file that needs nothing else: data, style and script stand in it, and its content security
 * policy lets nothing be loaded, sent or run but that very script.
 *
 * Crate text is only in a JSON block, which no browser runs, and in the title, escaped; the script puts it on the page as
 * text nodes alone (law 4). No place of the page is built here: that is the script's work (page/).
 */
import { createHash } from 'node:crypto'
import { escapedJson, escapeMarkup } from './escape.js'
import type { DiffPage, PageData } from './html-data.js'
import { type AnalysisInput, packAnalysis } from './html-pack.js'
import { packageText } from './spelling.js'

/** The page's own script and style, as the build made them. */
export interface PageAssets {
  readonly script: string
  readonly style: string
}

/** The page of an analysis. */
export function renderHtml(input: AnalysisInput, assets: PageAssets): string {
  return htmlPage(packAnalysis(input), `${input.result.members.map(packageText).join(', ')}: what it can do`, assets)
}

/** The page of a diff. */
export function renderDiffHtml({ diff, old, new: fresh }: Omit<DiffPage, 'kind'>, assets: PageAssets): string {
  const title = `${packageText(diff.old.root)} → ${packageText(diff.new.root)}: what changed`
  return htmlPage({ kind: 'diff', diff, old, new: fresh }, title, assets)
}

function htmlPage(data: PageData, title: string, { script, style }: PageAssets): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    `style-src ${hashSource(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    // Text can then not become markup even by a mistake of the script.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeMarkup(title)}</title>
<style>${style}</style>
</head>
<body>
<noscript><p>This report is drawn by the script that it carries. Nothing is loaded and nothing is sent; allow scripts to read it, or run caps with --format text.</p></noscript>
<script type="application/json" id="data">${jsonForHtml(data)}</script>
<script>${script}</script>
</body>
</html>
`
}

/** JSON that cannot end the element it stands in: every `<` is an escape. Invisible characters are escapes too. */
function jsonForHtml(data: unknown): string {
  return escapedJson(data).replaceAll('<', '\\u003c')
}

const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
