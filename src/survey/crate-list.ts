/**
 * The list of crates that a survey is about: a name or `name@version` a line, with `#` comments; a table (CSV) with a column
 * `name`; or a lockfile, each package of which is looked at on its own. Text to plain data; the order is the list's.
 */
import { messageOf, ProjectError } from '../base/index.js'
import { isFullVersion, parseLockfile } from '../project/index.js'

export interface ListedCrate {
  readonly name: string
  /** Absent where the newest are meant. */
  readonly version?: string
  /** Place in the list, from 1, or what its column `rank` says. */
  readonly rank: number
  /** Of a table with a column `downloads`. */
  readonly downloads?: number
}

/** Throws ProjectError, with the line, for what names no crate. `where` is the list's name for errors. */
export function parseCrateList(text: string, where: string): readonly ListedCrate[] {
  const listed = isLockfile(text) ? ofLockfile(text, where) : ofLines(text, where)
  if (listed.length > 0) return withoutRepeats(listed)
  throw new ProjectError(`${where} lists no crate`, 'it is empty, or all of it are comments', FIX)
}

const FIX = 'Write a crate a line, as name or name@1.2.3; or a table with a column name; or name a lockfile.'
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
/** More than any registry has; a list of another kind of file ends here. */
const MOST_CRATES = 10_000_000

const isLockfile = (text: string): boolean => /^\[\[package\]\]\s*$/m.test(text)

function ofLockfile(text: string, where: string): readonly ListedCrate[] {
  const { packages } = parseLockfile(text, where)
  // Packages of a path or of git are nobody's but the lockfile's owner's: a registry has other code under such a name, or none.
  return packages
    .filter(({ source }) => source !== undefined && !source.startsWith('git+'))
    .map(({ name, version }, index) => ({ name, version, rank: index + 1 }))
}

interface Line {
  readonly text: string
  readonly number: number
}

function ofLines(text: string, where: string): readonly ListedCrate[] {
  const lines = text
    .split(/\r?\n/)
    .map((line, index): Line => ({ text: line.replace(/#.*$/, '').trim(), number: index + 1 }))
    .filter((line) => line.text !== '')
  if (lines.length > MOST_CRATES) throw new ProjectError(`${where} is too long`, `it has ${lines.length} lines`, FIX)
  const [head, ...rows] = lines
  const columns = head === undefined ? [] : fieldsOf(head).map((name) => name.toLowerCase())
  if (columns.length > 1 && columns.includes('name')) return ofTable(columns, rows, where)
  return lines.map((line, index) => {
    if (fieldsOf(line).length > 1)
      throw wrong(where, line, 'it is a row of a table whose first line has no column name')
    return crateOf(line.text, undefined, index + 1, where, line)
  })
}

function ofTable(columns: readonly string[], rows: readonly Line[], where: string): readonly ListedCrate[] {
  return rows.map((line, index) => {
    const fields = fieldsOf(line)
    const field = (name: string): string | undefined => fields[columns.indexOf(name)] || undefined
    const number = (name: string): number | undefined => {
      const given = field(name)
      if (given === undefined) return undefined
      if (/^\d{1,15}$/.test(given)) return Number(given)
      throw wrong(where, line, `its ${name} is no number: "${given}"`)
    }
    const downloads = number('downloads')
    const crate = crateOf(field('name') ?? '', field('version'), number('rank') ?? index + 1, where, line)
    return { ...crate, ...(downloads !== undefined && { downloads }) }
  })
}

const fieldsOf = ({ text }: Line): readonly string[] =>
  text.split(',').map((field) => field.trim().replace(/^"|"$/g, ''))

function crateOf(text: string, column: string | undefined, rank: number, where: string, line: Line): ListedCrate {
  const [name = '', after] = splitOnce(text)
  const version = after ?? column
  if (!NAME.test(name)) throw wrong(where, line, `"${name.slice(0, 80)}" is no name of a crate`)
  if (version === undefined) return { name, rank }
  if (!isFullVersion(version)) throw wrong(where, line, `"${version}" is no version; write all of it, as in 1.2.3`)
  return { name, version, rank }
}

function splitOnce(text: string): readonly [string, string?] {
  const at = text.indexOf('@')
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

const wrong = (where: string, { number }: Line, why: string): ProjectError =>
  new ProjectError(`${where} is no list of crates`, `line ${number}: ${why}`, FIX)

function withoutRepeats(listed: readonly ListedCrate[]): readonly ListedCrate[] {
  const seen = new Set<string>()
  return listed.filter(({ name, version = '' }) => seen.size !== seen.add(`${name}@${version}`).size)
}

/** The text as UTF-8. Throws ProjectError for bytes that are no text: a program, an archive. */
export function listText(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (thrown) {
    throw new ProjectError(`${where} is no list of crates`, messageOf(thrown), FIX)
  }
}
