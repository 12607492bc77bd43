/**
 * Whether a fragment can begin at a token, as rustc asks it (`Parser::nonterminal_may_be_parsed`) before it parses one.
 * Where it can, rustc goes no other way: a fragment that then cannot be read is an error to it, and a gap to us. Where a
 * fragment ends is for fragments.ts.
 */
import { operatorAt, type TokenBuffer } from './token-buffer.js'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const RESERVED = words(
  'abstract as become box break const continue crate do else enum extern false final fn for if impl in let loop macro match mod move mut override priv pub ref return self Self static struct super trait true type typeof unsafe unsized use virtual where while yield _',
)
/** Reserved from an edition on. */
const RESERVED_SINCE: ReadonlyMap<string, number> = new Map([
  ['async', 2018],
  ['await', 2018],
  ['dyn', 2018],
  ['try', 2018],
  ['gen', 2024],
])
const BEGIN_EXPR = words(
  'async do box break const continue crate false for gen if let loop match move return self Self static super true try unsafe while yield',
)
const BEGIN_TYPE = words('_ crate dyn extern fn for impl self Self super typeof unsafe')
const EXPR_OPERATORS = words('! - * | || & && .. ... ..= < << :: # <-')
const TYPE_OPERATORS = words('! * & && ? < << :: <-')
const PATTERN_OPERATORS = words('& && - .. ... ..= :: < << <-')

function isReserved(buffer: TokenBuffer, index: number, text: string): boolean {
  const since = RESERVED_SINCE.get(text)
  return since === undefined ? RESERVED.has(text) : buffer.editionAt(buffer.tokens[index]?.at ?? 0) >= since
}

/** Whether rustc would begin the fragment at the token; `vis` is asked for elsewhere, as it may be empty. */
export function canBegin(kind: string, buffer: TokenBuffer, index: number, end: number): boolean {
  const token = index < end ? buffer.tokens[index] : undefined
  if (!token || token.kind === 'close' || token.kind === 'error') return false
  const { text } = token
  const isCrate = text === '$' && buffer.tokens[index + 1]?.text === 'crate'
  const isWord = token.kind === 'ident' || isCrate
  const operator = token.kind === 'punct' ? operatorAt(buffer, index, end) : ''
  switch (kind) {
    case 'ident':
      return token.kind === 'ident' && text !== '_'
    case 'lifetime':
      return token.kind === 'lifetime'
    case 'literal':
      return token.kind === 'literal' || text === 'true' || text === 'false' || operator === '-'
    case 'block':
      return text === '{'
    case 'path':
    case 'meta':
      return isWord || operator === '::' || (kind === 'path' && (operator === '<' || operator === '<<'))
    case 'ty':
      if (token.kind === 'ident') return BEGIN_TYPE.has(text) || !isReserved(buffer, index, text)
      return isCrate || token.kind === 'lifetime' || text === '(' || text === '[' || TYPE_OPERATORS.has(operator)
    case 'pat':
    case 'pat_param':
      if (operator === '|') return kind === 'pat'
      return isWord || token.kind === 'literal' || text === '(' || text === '[' || PATTERN_OPERATORS.has(operator)
    case 'expr':
    case 'expr_2021':
      // What older editions had no expressions for still is none to their macros.
      if (text === 'let' || (kind === 'expr_2021' && text === 'const')) return false
      if (text === '_') return kind === 'expr'
      if (token.kind === 'ident') return BEGIN_EXPR.has(text) || !isReserved(buffer, index, text)
      return isCrate || token.kind !== 'punct' || EXPR_OPERATORS.has(operator)
    default:
      return true
  }
}
