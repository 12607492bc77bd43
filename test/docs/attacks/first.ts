/** What each command prints first of a pair, and the same in a few words; and the values that can be read. */
import type { Answers, Library } from './answers.js'

export interface First {
  readonly analyze: readonly string[]
  readonly diff: readonly string[]
  readonly check: readonly string[]
}

/** The first finding, the first change, the first violation, as they are printed. */
export async function firstLines({ analysis, changes, checked }: Answers, { render }: Library): Promise<First> {
  const view = { columns: 100, colour: false }
  const text = {
    analyze: (await render(analysis, 'text', view)).split('\n'),
    diff: (await render(changes, 'text', view)).split('\n'),
    check: (await render(checked, 'text', view)).split('\n'),
  }
  const change = text.diff.findIndex((line) => CHANGE.test(line))
  return {
    analyze: firstBlock(text.analyze.slice(text.analyze.indexOf('') + 1)),
    diff: change < 0 ? [] : [text.diff[change - 1] ?? '', ...block(text.diff.slice(change), '      ')],
    // The command that allows it names a directory of a moment.
    check: firstBlock(text.check.slice(text.check.indexOf('') + 1)).filter((line) => !/^ +caps allow /.test(line)),
  }
}

const CHANGE = /^ {2}[^\s\w] /

const firstBlock = (lines: readonly string[]): string[] => block(lines, ' ')

/** The first line and those behind it that are indented so. */
function block(lines: readonly string[], indent: string): string[] {
  const end = lines.findIndex((line, index) => index > 0 && !line.startsWith(indent))
  return lines.slice(0, end < 0 ? undefined : end)
}

/** The first words of it: `exec certain decimal`, `+ exec new, 2 sites`. */
export function inWords({ analyze, diff }: First): { readonly analyze: string; readonly diff: string } {
  const words = (line = ''): string[] => line.trim().split(/ {2,}/)
  return {
    analyze: words(analyze[0])
      .slice(0, /^(when|on|only) /.test(analyze[0] ?? '') ? 4 : 3)
      .join(' '),
    diff: words(diff[1]).join(' '),
  }
}

/** `decimal: run exec`, in the order in which they are told. */
export function refusedBy({ checked }: Answers): string[] {
  return checked.problems.map((problem) =>
    problem.kind === 'capability'
      ? `${problem.name}: ${problem.stage} ${problem.capability}${problem.verdict === 'not-allowed' ? '' : ` ${problem.verdict}`}`
      : problem.kind,
  )
}

/** `exec curl (concealed)`: what stands in the result of the attacked crate. */
export function valuesOf({ analysis }: Answers): string[] {
  const texts = analysis.packages.flatMap(({ capabilities }) =>
    capabilities.flatMap(({ capability, resources = [] }) =>
      resources
        .filter(({ known }) => known !== 'unknown')
        .map(({ value, known }) => `${capability} ${value}${known === 'concealed' ? ' (concealed)' : ''}`),
    ),
  )
  return [...new Set(texts)]
}
