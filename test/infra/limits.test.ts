/**
 * No limit means "no": each number that source is compared with or cut at has a name, and stands in the table with what
 * happens when it is reached. A new one is not in the table: say there what is told, and where.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parseSync } from '@swc/core'
import { LIMITS, NO_LIMITS, NUMBERS } from '../support/limits.js'

/** What tells of a limit, by what is said of it in the table. */
const TELLERS: Readonly<Record<string, RegExp>> = {
  loss: /\breachLimit\(|\blose\(|\b(?:dispatch|limit)Loss\(|\bgaveUp\(|\bmoreMeanings\(|why: 'limit'|\bcut\b|\btooLarge\b|\bunreadable|\berror\(|\bproblems?\b|\btruncated\b|'undecided'|\btooMany\(/,
  error: /\bthrow\b/,
}

interface Use {
  readonly file: string
  readonly name: string
}

const ROOT = new URL('../../src/', import.meta.url)
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  // How much is shown of a result is the business of its formats.
  .filter((path) => path.endsWith('.ts') && !/^(?:report|cli|survey\/report)\//.test(path))
  .sort()
const texts = new Map(files.map((file) => [file, readFileSync(new URL(file, ROOT), 'utf8')]))
const uses = files.flatMap((file) => usesIn(file, texts.get(file) ?? ''))

type Node = { readonly type?: string; readonly [field: string]: unknown }

/** A constant by its name, or a number that counts more than a pair. */
function limitOf(node: unknown): string | undefined {
  const { type, value } = (node ?? {}) as Node
  if (type === 'Identifier') return /^[A-Z][A-Z0-9_]{2,}$/.test(String(value)) ? String(value) : undefined
  return type === 'NumericLiteral' && Number(value) > 2 ? String(value) : undefined
}

function usesIn(file: string, text: string): Use[] {
  const found: Use[] = []
  const note = (node: unknown): void => {
    const name = limitOf(node)
    if (name !== undefined) found.push({ file, name })
  }
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (node === null || typeof node !== 'object') return
    const { type, operator, left, right, callee, arguments: args } = node as Node
    if (type === 'BinaryExpression' && ['<', '<=', '>', '>='].includes(String(operator))) {
      note(left)
      note(right)
    }
    if (type === 'CallExpression') {
      const name = ((callee as Node).property as Node | undefined)?.value
      const given = (args as readonly { readonly expression: unknown }[]).map(({ expression }) => expression)
      if (name === 'slice' || name === 'subarray' || name === 'splice') note(given[1])
      if (name === 'min') given.forEach(note)
    }
    Object.values(node).forEach(visit)
  }
  visit(parseSync(text, { syntax: 'typescript' }).body)
  return found
}

const isNumber = (name: string): boolean => /^[0-9]/.test(name)

test('every limit is in the table', () => {
  const unknown = uses.filter(({ file, name }) =>
    isNumber(name)
      ? !file.startsWith('project/') && !NUMBERS[file]?.includes(Number(name))
      : LIMITS[name] === undefined && !NO_LIMITS.has(name),
  )
  expect([...new Set(unknown.map(({ file, name }) => `${file}: ${name}`))]).toEqual([])
})

test('the table has nothing that is gone', () => {
  const names = new Set(uses.map(({ name }) => name))
  expect([...Object.keys(LIMITS), ...NO_LIMITS].filter((name) => !names.has(name))).toEqual([])
  const numbers = Object.entries(NUMBERS).flatMap(([file, list]) =>
    list.map((value) => ({ file, name: String(value) })),
  )
  expect(numbers.filter((one) => !uses.some(({ file, name }) => file === one.file && name === one.name))).toEqual([])
})

test('what is told of a limit is told where it is reached', () => {
  const silent = uses
    // The std model's makers tell when it is made.
    .filter(({ file }) => !/^(make-std-model|names\/std-model)/.test(file))
    .flatMap(({ file, name }) => {
      const teller = TELLERS[LIMITS[name] ?? '']
      return teller && !teller.test(texts.get(file) ?? '') ? [`${file}: ${name} tells no ${LIMITS[name]}`] : []
    })
  expect(silent).toEqual([])
})
