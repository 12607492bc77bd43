/** A check's result in each of its formats. Only text looks at how it is to be drawn. */
import type { CheckResult } from '../report/check-result.js'
import { renderCheck } from '../report/check-text.js'
import { escapedJson } from '../report/escape.js'
import type { CheckFormat } from '../report/formats.js'
import { renderGithub } from '../report/github.js'
import { checkMarkdown } from '../report/markdown-check.js'
import { checkNotices } from '../report/notice-check.js'
import { repositoryFiles } from '../report/repository-files.js'
import { renderSarif } from '../report/sarif.js'
import type { TextOptions } from '../report/text-options.js'

type Renderer = (result: CheckResult, view: Pick<TextOptions, 'columns' | 'colour'>) => string

export const CHECK_RENDERERS: Readonly<Record<CheckFormat, Renderer>> = {
  text: renderCheck,
  json: (result) => `${escapedJson(result, 2)}\n`,
  markdown: (result) => checkMarkdown(result),
  sarif: (result) =>
    renderSarif({
      command: 'check',
      toolVersion: result.tool.version,
      notices: checkNotices(result),
      files: repositoryFiles(result.repository),
    }),
  github: (result) => renderGithub(checkNotices(result), repositoryFiles(result.repository), result.root),
}
