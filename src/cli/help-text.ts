/**
 * The help of yargs as data. It is the one description of commands and options that there is: completion and the manual
 * are made of it, so that neither can say anything else than `--help`. The text must not be wrapped.
 */

/** A line of a section: a command, a positional or an option. */
export interface HelpRow {
  /** `-p`, `--package`; of a command or positional its words as shown. */
  readonly names: readonly string[]
  readonly description: string
  /** Without their brackets: `boolean`, `required`, `default: "text"`. */
  readonly tags: readonly string[]
  /** Values that it can have; empty when it can have others. */
  readonly choices: readonly string[]
}

export interface HelpSection {
  /** As shown, without the colon: `Options`. */
  readonly title: string
  readonly rows: readonly HelpRow[]
}

export interface Help {
  /** `caps check [crate]`. */
  readonly usage: string
  readonly description: string
  readonly sections: readonly HelpSection[]
}

const TITLE = /^(\S.*):$/
const ROW = /^ {2,}(?<names>\S(?:.*?\S)?) {2,}(?<about>.*)$/
/** A default may be an empty list. */
const TAG = /\[((?:[^[\]]|\[\])*)\]/g
const TAGS = new RegExp(`(?:^| {2})((?:${TAG.source} ?)+)$`)

/** Reads `caps --help` or the help of one command. */
export function readHelp(text: string): Help {
  const [usage = '', ...lines] = text.trim().split('\n')
  const first = lines.findIndex((line) => TITLE.test(line))
  const sections: { title: string; rows: HelpRow[] }[] = []
  for (const line of lines.slice(Math.max(first, 0))) {
    const title = TITLE.exec(line)?.[1]
    if (title !== undefined) sections.push({ title, rows: [] })
    const row = rowOf(line)
    if (row) sections.at(-1)?.rows.push(row)
  }
  const before = first < 0 ? lines : lines.slice(0, first)
  return { usage, description: before.join('\n').trim(), sections }
}

function rowOf(line: string): HelpRow | undefined {
  const { names, about } = ROW.exec(line)?.groups ?? {}
  if (names === undefined || about === undefined) return undefined
  const tagText = TAGS.exec(about)?.[1] ?? ''
  const tags = [...tagText.matchAll(TAG)].map(([, tag = '']) => tag)
  const choices = tags.find((tag) => tag.startsWith('choices: '))?.slice('choices: '.length) ?? ''
  return {
    names: names.split(', '),
    description: about.replace(TAGS, '').trim(),
    tags,
    choices: [...choices.matchAll(/"([^"]*)"/g)].map(([, choice = '']) => choice),
  }
}
