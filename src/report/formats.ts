/**
 * The one table of formats: which kind of result has which, how a file of it ends, its media type, what it is drawn from and by
 * what. The command line, the library, the action and docs/formats.md take theirs from here (tests hold it together). How a format
 * is drawn stands in the file of its name, which is loaded when somebody wants it: a command line that prints help draws nothing.
 */
import type { AuditResult } from './audit-result.js'
import type { CheckResult } from './check-result.js'
import type { DiffResult } from './diff-result.js'
import type { GraphRecord } from './graph-records.js'
import type { PageAssets } from './html.js'
import type { DiffPage } from './html-data.js'
import type { AnalysisInput } from './html-pack.js'
import type { AnalysisResult, WhyResult } from './result.js'
import type { TextOptions } from './text-options.js'
import type { WhyShown } from './why-shown.js'

/** What `text` looks at; every other format is the same for every reader. */
export type TextView = Pick<TextOptions, 'columns' | 'colour' | 'whole'>
/** A result is drawn in one piece; what may be longer than fits into memory, in many. */
type Draw<Taken, View, Out> = (taken: Taken, view: View) => Out

interface Medium {
  /** Of a file's name, without the dot. */
  readonly extension: string
  readonly mediaType: string
}

/** A format of one kind of result. */
export interface Format<Taken, View = TextView, Out = string> extends Medium {
  /** What it is drawn from: a result alone; what only an analysis at hand has, such as source; records, one after the other. */
  readonly takes: 'result' | 'source' | 'records'
  readonly renderer: () => Promise<Draw<Taken, View, Out>>
}

const MEDIA = {
  text: { extension: 'txt', mediaType: 'text/plain' },
  json: { extension: 'json', mediaType: 'application/json' },
  jsonl: { extension: 'jsonl', mediaType: 'application/jsonl' },
  html: { extension: 'html', mediaType: 'text/html' },
  markdown: { extension: 'md', mediaType: 'text/markdown' },
  sarif: { extension: 'sarif', mediaType: 'application/sarif+json' },
  github: { extension: 'txt', mediaType: 'text/plain' },
  capslock: { extension: 'json', mediaType: 'application/json' },
  dot: { extension: 'dot', mediaType: 'text/vnd.graphviz' },
  graphml: { extension: 'graphml', mediaType: 'application/graphml+xml' },
} as const satisfies Readonly<Record<string, Medium>>

export type FormatName = keyof typeof MEDIA

const drawn = <Taken, View = TextView, Out = string>(
  medium: FormatName,
  renderer: () => Promise<Draw<Taken, View, Out>>,
): Format<Taken, View, Out> => ({ ...MEDIA[medium], takes: 'result', renderer })

const recorded = (
  medium: FormatName,
  renderer: () => Promise<Draw<Iterable<GraphRecord>, unknown, Iterable<string>>>,
) => ({
  ...drawn(medium, renderer),
  takes: 'records' as const,
})

const json = <Taken>(): Format<Taken, unknown> =>
  drawn('json', async () => {
    const { escapedJson } = await import('./escape.js')
    return (result) => `${escapedJson(result, 2)}\n`
  })

/** What the page of an analysis and that of a diff are drawn from; the assets are files of ours. */
export type Paged<Page> = { readonly page: Page; readonly assets: PageAssets }
/** What `caps stats` tells of an analysis. */
export interface Stats {
  readonly result: AnalysisResult
  readonly audit?: AuditResult | undefined
}
/** What `caps why` was asked, and the answer. */
export interface Answer {
  readonly asked: string
  readonly answer: WhyResult
  /** How much of it; what fits a screen unless told otherwise, and in JSON everything. */
  readonly shown?: WhyShown
}

const analysis = {
  text: drawn<AnalysisResult, TextOptions>('text', async () => (await import('./text.js')).renderText),
  json: json<AnalysisResult>(),
  html: {
    ...drawn<Paged<AnalysisInput>, unknown>('html', async () => {
      const { renderHtml } = await import('./html.js')
      return ({ page, assets }) => renderHtml(page, assets)
    }),
    takes: 'source' as const,
  },
  markdown: drawn<AnalysisResult>('markdown', async () => (await import('./markdown-analysis.js')).analysisMarkdown),
  sarif: drawn<AnalysisResult>('sarif', async () => (await import('./code-scanning.js')).analysisSarif),
  github: drawn<AnalysisResult>('github', async () => (await import('./code-scanning.js')).analysisGithub),
  capslock: drawn<AnalysisResult>('capslock', async () => (await import('./capslock.js')).renderCapslock),
  dot: drawn<AnalysisResult>('dot', async () => (await import('./package-dot.js')).packageDot),
  graphml: drawn<AnalysisResult>('graphml', async () => (await import('./package-graphml.js')).packageGraphml),
}

const diff = {
  text: drawn<DiffResult>('text', async () => (await import('./diff-text.js')).renderDiff),
  json: json<DiffResult>(),
  html: {
    ...drawn<Paged<Omit<DiffPage, 'kind'>>, unknown>('html', async () => {
      const { renderDiffHtml } = await import('./html.js')
      return ({ page, assets }) => renderDiffHtml(page, assets)
    }),
    takes: 'source' as const,
  },
  markdown: drawn<DiffResult>('markdown', async () => (await import('./markdown-diff.js')).diffMarkdown),
  sarif: drawn<DiffResult>('sarif', async () => (await import('./code-scanning.js')).diffSarif),
  github: drawn<DiffResult>('github', async () => (await import('./code-scanning.js')).diffGithub),
}

const check = {
  text: drawn<CheckResult>('text', async () => (await import('./check-text.js')).renderCheck),
  json: json<CheckResult>(),
  markdown: drawn<CheckResult>('markdown', async () => (await import('./markdown-check.js')).checkMarkdown),
  sarif: drawn<CheckResult>('sarif', async () => (await import('./code-scanning.js')).checkSarif),
  github: drawn<CheckResult>('github', async () => (await import('./code-scanning.js')).checkGithub),
}

const why = {
  text: drawn<Answer, TextView, Iterable<string>>('text', async () => {
    const { renderWhy } = await import('./why-text.js')
    return ({ answer, asked, shown = {} }, view) => renderWhy(answer, asked, shown, view)
  }),
  json: drawn<Answer, unknown, Iterable<string>>('json', async () => {
    const [{ escapedJson }, { limitWhy }] = await Promise.all([import('./escape.js'), import('./why-shown.js')])
    return ({ answer, shown = {} }) => [`${escapedJson(limitWhy(answer, shown), 2)}\n`]
  }),
}

const stats = {
  text: drawn<Stats, unknown>('text', async () => {
    const [{ renderStats }, { renderAudit }] = await Promise.all([import('./stats-text.js'), import('./audit-text.js')])
    return ({ result, audit }) => `${renderStats(result)}${audit ? renderAudit(audit) : ''}`
  }),
  json: drawn<Stats, unknown>('json', async () => {
    const { escapedJson } = await import('./escape.js')
    return ({ result: { root, coverage }, audit }) =>
      `${escapedJson({ root, references: coverage.references, ...(audit ? { audit } : {}) }, 2)}\n`
  }),
}

const graph = {
  jsonl: recorded('jsonl', async () => (await import('./graph-jsonl.js')).graphJsonl),
  dot: recorded('dot', async () => (await import('./graph-dot.js')).graphDot),
  graphml: recorded('graphml', async () => (await import('./graph-graphml.js')).graphGraphml),
}

/** By the kind of result, then by the word of `--format`; in the order in which help lists them. */
export const FORMATS = { analysis, diff, check, why, stats, graph } as const

export type FormatOf<Kind extends keyof typeof FORMATS> = keyof (typeof FORMATS)[Kind] & string
export type AnalysisFormat = FormatOf<'analysis'>
export type DiffFormat = FormatOf<'diff'>
export type CheckFormat = FormatOf<'check'>

/** The words of `--format` for a kind of result. */
export function formatNames<Kind extends keyof typeof FORMATS>(kind: Kind): readonly FormatOf<Kind>[] {
  return Object.keys(FORMATS[kind]) as FormatOf<Kind>[]
}
