/**
 * What a schema objects to in a TOML file that was parsed, in words with the line: `line 4: package.edition is a number; it
 * takes a text or a table`. What the parser objects to has its own words, with the line shown.
 *
 * A value that may be several things (a version or a table of a dependency) is objected to in several ways: told is the
 * way that got furthest, since it is the one that was meant.
 */
import { parseDocument } from '@decimalturn/toml-patch'
import { lineOfValue, type ValuePath } from '../base/index.js'

/** An issue as zod has it; `errors` are those of each alternative. */
export interface SchemaIssue {
  readonly code?: string | undefined
  readonly path: ValuePath
  readonly message: string
  readonly expected?: unknown
  readonly errors?: readonly (readonly SchemaIssue[])[] | undefined
}

/** The first issue in words; `value` is the document that was checked. */
export function schemaTrouble(issues: readonly SchemaIssue[], value: unknown, text: string): string {
  const [issue] = issues
  if (!issue) return 'it is not what cargo takes'
  const { path, takes, message } = furthest(issue)
  const found = path.reduce<unknown>((at, key) => (isTable(at) ? Reflect.get(at, key) : undefined), value)
  const name = path.map(String).join('.')
  const line = `line ${lineOfValue(text, path, parseDocument)}`
  if (takes.length === 0) return `${line}: ${name}: ${message.replace(/^Invalid input: /, '')}`
  const needed = [...new Set(takes)].join(' or ')
  return found === undefined
    ? `${line}: ${name} is missing; it takes ${needed}`
    : `${line}: ${name} is ${kindOf(found)}; it takes ${needed}`
}

interface Trouble {
  readonly path: ValuePath
  /** Kinds of values; empty where the objection is another. */
  readonly takes: readonly string[]
  readonly message: string
}

function furthest({ path, message, expected, errors }: SchemaIssue): Trouble {
  if (!errors) return { path, message, takes: typeof expected === 'string' ? [wordFor(expected)] : [] }
  let best: Trouble | undefined
  for (const [issue] of errors) {
    if (!issue) continue
    const inner = furthest(issue)
    const found = { ...inner, path: [...path, ...inner.path] }
    if (!best || found.path.length > best.path.length) best = found
    else if (found.path.length === best.path.length) best = { ...best, takes: [...best.takes, ...found.takes] }
  }
  return best ?? { path, message, takes: [] }
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a table',
  record: 'a table',
}

const wordFor = (expected: string): string => WORDS[expected] ?? expected

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Date) return 'a date'
  if (isTable(value)) return 'a table'
  return typeof value === 'bigint'
    ? 'a number'
    : value === true || value === false
      ? String(value)
      : wordFor(typeof value)
}

const isTable = (value: unknown): value is object => typeof value === 'object' && value !== null
