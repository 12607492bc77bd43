/**
 * Annotations of GitHub Actions: a workflow command a notice, and all notices once more as a folded group of the log.
 *
 * GitHub shows ten annotations of a level a step and drops the rest unseen, so what is over that becomes one summary.
 * Crate text can be no command: `::` counts at the start of a line only, where none stands, but the runner also takes its
 * older `##[command]` from anywhere in a line (actions/runner, ActionCommand.cs).
 */
import { escapeText } from './escape.js'
import type { Notice, NoticeLevel } from './notice.js'
import type { RepositoryFiles, RepositoryPlace } from './repository-files.js'
import { fileText, plural } from './spelling.js'

/** Annotations of one level that GitHub shows of one step. */
export const MAX_ANNOTATIONS = 10

const COMMANDS: Readonly<Record<NoticeLevel, string>> = { error: 'error', warning: 'warning', note: 'notice' }
const LEVELS = ['error', 'warning', 'note'] as const

/**
 * Lines for a step's output. `subject`: what was looked at, for the line that says that there is nothing to tell; `facts`: how it
 * was, for the log.
 */
export function renderGithub(
  notices: readonly Notice[],
  files: RepositoryFiles,
  subject: string,
  facts: readonly string[] = [],
): string {
  const head = facts.map((fact) => escapeText(`caps: ${fact}`))
  if (notices.length === 0) return `${[...head, escapeText(`caps: nothing to tell of ${subject}`)].join('\n')}\n`
  const lines = LEVELS.flatMap((level) => {
    return levelLines(
      level,
      notices.filter((notice) => notice.level === level),
      files,
    )
  })
  const all = notices.map((notice) => {
    return escapeText(`${notice.level}: ${placeText(files.shownAt(notice))}: ${notice.message}`)
  })
  return `${[...head, ...lines, `::group::caps: ${plural(notices.length, 'notice')}`, ...all, '::endgroup::'].join('\n')}\n`
}

function levelLines(level: NoticeLevel, notices: readonly Notice[], files: RepositoryFiles): readonly string[] {
  const shown = notices.length > MAX_ANNOTATIONS ? MAX_ANNOTATIONS - 1 : notices.length
  const lines = notices.slice(0, shown).map((notice) => annotation(notice, files.shownAt(notice)))
  if (shown < notices.length) lines.push(summary(level, notices.slice(shown)))
  return lines
}

function annotation({ level, title, message }: Notice, place: RepositoryPlace): string {
  const properties = [
    `file=${property(place.file)}`,
    ...(place.line > 0 ? [`line=${place.line}`] : []),
    ...(place.line > 0 && place.column > 0 ? [`col=${place.column}`] : []),
    `title=${property(title)}`,
  ]
  return `::${COMMANDS[level]} ${properties.join(',')}::${data(message)}`
}

/** How many are not shown, by what they are about; the log has them all. */
function summary(level: NoticeLevel, rest: readonly Notice[]): string {
  const counts = new Map<string, number>()
  for (const { rule } of rest) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  const kinds = [...counts].map(([rule, count]) => `${rule} ${count}`).join(', ')
  const text = `${rest.length} more in the log of this step: ${kinds}`
  return messageAnnotation(level, `caps: ${rest.length} more`, text)
}

/** An annotation of the whole step, about no file; one line, without the line break. */
export function messageAnnotation(level: NoticeLevel, title: string, message: string): string {
  return `::${COMMANDS[level]} title=${property(title)}::${data(message)}`
}

const placeText = ({ file, line, column }: RepositoryPlace): string => fileText({ file, line, column })

/** What stands behind the last `::`. */
const data = (text: string): string => escapeText(text).replaceAll('%', '%25')

/** A value in front of it. */
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
