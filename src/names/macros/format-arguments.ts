/**
 * The arguments of `format_args!` and its like (std::fmt, "Usage"), with the variables that the string captures and the
 * trait that each is formatted by.
 */
import { stringLiteral } from '../../syntax/index.js'
import { type Argument, argumentEnd } from './builtin-call.js'
import { operatorAt, type TokenBuffer } from './token-buffer.js'

/**
 * What is evaluated; `before` expressions come before the format string. Each argument tells how the string formats it;
 * an argument that only gives a width is formatted as nothing.
 */
export function formatArguments(buffer: TokenBuffer, before = 0): readonly Argument[] {
  const { tokens } = buffer
  const out: Argument[] = []
  const named = new Map<string, number>()
  let format: { readonly value: string; readonly at: number; readonly end: number } | undefined
  for (let at = 0, index = 0; at < tokens.length; index++) {
    const isNamed =
      tokens[at]?.kind === 'ident' && at + 1 < tokens.length && operatorAt(buffer, at + 1, tokens.length) === '='
    if (isNamed) named.set(tokens[at]?.text ?? '', out.length)
    const start = isNamed ? at + 2 : at
    const end = argumentEnd(buffer, start)
    const first = tokens[start]
    const last = tokens[end - 1]
    if (first && last && end > start) {
      const literal = index === before && end === start + 1 ? stringLiteral(first.text) : undefined
      if (literal?.k === 'str') format = { value: literal.value, at: first.at, end: last.end }
      else out.push({ at: first.at, end: last.end, ...(isNamed && { name: tokens[at]?.text ?? '' }) })
    }
    at = end + 1
  }
  if (!format) return out
  for (const name of capturedNames(format.value)) {
    if (named.has(name)) continue
    named.set(name, out.length)
    out.push({ at: format.at, end: format.end, capture: name })
  }
  const uses = usesOf(format.value, before, named)
  return out.map((argument, index) => {
    const formattedBy = uses.get(index)
    return formattedBy ? { ...argument, formattedBy: [...formattedBy] } : argument
  })
}

/** By the type behind the colon (std::fmt, "Formatting traits"): which constructor of an argument rustc calls. */
const CONSTRUCTOR: ReadonlyMap<string, string> = new Map([
  ['', 'new_display'],
  ['?', 'new_debug'],
  ['x?', 'new_debug'],
  ['X?', 'new_debug'],
  ['x', 'new_lower_hex'],
  ['X', 'new_upper_hex'],
  ['o', 'new_octal'],
  ['b', 'new_binary'],
  ['p', 'new_pointer'],
  ['e', 'new_lower_exp'],
  ['E', 'new_upper_exp'],
])

/** By the index of an argument: the constructors that the pieces of the format string ask for. */
function usesOf(
  format: string,
  first: number,
  named: ReadonlyMap<string, number>,
): ReadonlyMap<number, ReadonlySet<string>> {
  const uses = new Map<number, Set<string>>()
  let next = first
  for (const [, name = '', spec = ''] of piecesOf(format)) {
    // `.*` takes its precision from an argument of its own, before the value's.
    if (/\.\*/.test(spec)) next++
    const index = name === '' ? next++ : /^\d+$/.test(name) ? first + Number(name) : named.get(name)
    const made = CONSTRUCTOR.get(/(?:[xX]?\?|[xXobpeE])?$/.exec(spec.trimEnd())?.[0] ?? '')
    if (index === undefined || made === undefined) continue
    const of = uses.get(index)
    if (of) of.add(made)
    else uses.set(index, new Set([made]))
  }
  return uses
}

/** `{name:spec}`, name and spec apart. */
function piecesOf(format: string): Iterable<RegExpMatchArray> {
  return format.replace(/\{\{|\}\}/g, '').matchAll(/\{\s*([^\s{}:]*)\s*(?::([^{}]*))?\}/g)
}

/** Names in `{name}`, `{:width$}` and `{:.precision$}`, each once. */
function capturedNames(format: string): readonly string[] {
  const out = new Set<string>()
  for (const [, name, spec] of piecesOf(format)) {
    if (name !== undefined && isName(name)) out.add(name)
    for (const [, width] of (spec ?? '').matchAll(/([\p{XID_Start}_]\p{XID_Continue}*)\$/gu)) {
      if (width !== undefined) out.add(width)
    }
  }
  return [...out]
}

function isName(text: string): boolean {
  return /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text)
}
