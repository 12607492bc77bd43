/** What a fact names that its power acts on: of the compiler's reads the variable or the file. */
import type { FunctionNode, SyntacticFact } from '../graph/index.js'
import type { Resource } from './findings.js'

export type FactValue = Pick<Resource, 'kind' | 'value' | 'known'>

const KINDS: ReadonlyMap<string, Resource['kind']> = new Map([
  ['env', 'variable'],
  ['file', 'path'],
])

/** The node of what the compiler reads for a function: no code. */
export const isCompilerRead = ({ facts }: FunctionNode): boolean =>
  facts.length > 0 && facts.every(({ kind }) => kind === 'compiler read')

export function valueOfFact({ kind, what }: SyntacticFact): FactValue | undefined {
  if (kind !== 'compiler read') return undefined
  const space = what.indexOf(' ')
  const named = KINDS.get(what.slice(0, space))
  if (named === undefined) return undefined
  const value = what.slice(space + 1)
  return { kind: named, value, known: howKnown(value) }
}

function howKnown(value: string): Resource['known'] {
  if (value === '*') return 'unknown'
  if (value.includes('$')) return 'environment'
  return value.includes('*') ? 'pattern' : 'written'
}
