/**
 * The parts that Markdown reports share: a table with a row a package and a column a family of capabilities, folded
 * details, and the limit of a comment. What the cells mean is each report's own.
 */
import { code, codeCell, codeTag } from './markdown-text.js'
import type { Step } from './result.js'
import { compareCapabilities } from './severity.js'
import { fileText, packageText, pathNames, plural } from './spelling.js'

/** GitHub takes 65,536 characters in a comment; the rest is left to whoever puts something around the report. */
export const MAX_COMMENT_LENGTH = 65_000
/** So much of it for tables: the details say more. */
const MAX_TABLE_LENGTH = 30_000

export interface TableRow {
  readonly title: string
  readonly bold: boolean
  /** By family. */
  readonly marks: ReadonlyMap<string, string>
  /** Cells behind the families, of Markdown. */
  readonly rest: readonly string[]
}

/**
 * A table of the families that occur, most serious first. Rows that do not fit are left out at the end, and said so.
 * @param none the mark of a family that a package does not have
 * @param rest heads of the columns behind; one that is empty in every row is left out
 */
export function familyTable(rows: readonly TableRow[], none: string, rest: readonly string[]): string {
  const families = [...new Set(rows.flatMap((row) => [...row.marks.keys()]))].sort(compareCapabilities)
  const kept = rest.map((_, index) => rows.some((row) => row.rest[index] !== ''))
  const heads = ['package', ...families.map(codeCell), ...rest.filter((_, index) => kept[index])]
  const lines = [line(heads), `|---|${':-:|'.repeat(families.length)}${'---|'.repeat(kept.filter(Boolean).length)}`]
  let length = lines.join('\n').length
  for (const [index, row] of rows.entries()) {
    const marks = families.map((family) => row.marks.get(family) ?? none)
    const name = row.bold ? `**${codeCell(row.title)}**` : codeCell(row.title)
    const text = line([name, ...marks, ...row.rest.filter((_, column) => kept[column])])
    length += text.length + 1
    if (length > MAX_TABLE_LENGTH) return `${lines.join('\n')}\n\n${rows.length - index} more packages are not shown.`
    lines.push(text)
  }
  return lines.join('\n')
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** A folded block; the blank lines make its content Markdown again. */
export function details(title: string, about: string, lines: readonly string[]): string {
  return `<details><summary>${codeTag(title)}${about === '' ? '' : `: ${about}`}</summary>\n\n${lines.join('\n').trimEnd()}\n\n</details>`
}

/** `` `app::main` → `run` → `std::process::Command::spawn` (`helper 0.1.12` `src/process.rs:94:21`) ``. */
export function pathText(path: readonly Step[]): string {
  const { steps, last } = pathNames(path)
  const end = path[path.length - 1]
  const place = end && end.file !== '' ? ` (${code(packageText(end.package))} ${code(fileText(end))})` : ''
  return `${[...steps.slice(0, -1), last].map(code).join(' → ')}${place}`
}

/** The marker and the title, and as many of the other parts as a comment holds; what did not fit is counted. */
export function fitComment(
  head: readonly [marker: string, title: string],
  parts: readonly string[],
  command: string,
): string {
  const cutNote = (count: number): string =>
    `${plural(count, 'more part')} did not fit into a comment of GitHub: ${code(command)} has all.`
  const shown: string[] = [...head]
  let length = [...head, cutNote(parts.length)].join('\n\n').length
  for (const [index, part] of parts.entries()) {
    length += part.length + 2
    if (length > MAX_COMMENT_LENGTH) return `${[...shown, cutNote(parts.length - index)].join('\n\n')}\n`
    shown.push(part)
  }
  return `${shown.join('\n\n')}\n`
}
