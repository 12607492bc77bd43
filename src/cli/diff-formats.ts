/** A diff's result in each format that needs nothing else; the page (`html`) shows source too and is drawn elsewhere. */
import type { DiffResult } from '../report/diff-result.js'
import { renderDiff } from '../report/diff-text.js'
import { escapedJson } from '../report/escape.js'
import type { DiffFormat } from '../report/formats.js'
import { renderGithub } from '../report/github.js'
import { diffMarkdown } from '../report/markdown-diff.js'
import { diffNotices } from '../report/notice-diff.js'
import { repositoryFiles } from '../report/repository-files.js'
import { renderSarif } from '../report/sarif.js'
import type { TextOptions } from '../report/text-options.js'

type Renderer = (result: DiffResult, view: Pick<TextOptions, 'columns' | 'colour'>) => string

export const DIFF_RENDERERS: Readonly<Record<Exclude<DiffFormat, 'html'>, Renderer>> = {
  text: renderDiff,
  json: (result) => `${escapedJson(result, 2)}\n`,
  markdown: (result) => diffMarkdown(result),
  sarif: (result) =>
    renderSarif({
      command: 'diff',
      toolVersion: result.tool.version,
      notices: diffNotices(result),
      files: repositoryFiles(result.repository),
    }),
  github: (result) => renderGithub(diffNotices(result), repositoryFiles(result.repository), result.new.root),
}
