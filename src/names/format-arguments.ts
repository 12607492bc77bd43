/** The arguments of `format_args!` and its like (std::fmt, "Usage"), with the variables that the string captures. */
import { stringLiteral } from '../syntax/index.js'
import { type Argument, argumentEnd } from './builtin-macros.js'
import { operatorAt, type TokenBuffer } from './token-buffer.js'

/** What is evaluated; `before` expressions come before the format string. */
export function formatArguments(buffer: TokenBuffer, before = 0): readonly Argument[] {
  const { tokens } = buffer
  const out: Argument[] = []
  const named = new Set<string>()
  let format: { readonly value: string; readonly at: number; readonly end: number } | undefined
  for (let at = 0, index = 0; at < tokens.length; index++) {
    const isNamed =
      tokens[at]?.kind === 'ident' && at + 1 < tokens.length && operatorAt(buffer, at + 1, tokens.length) === '='
    if (isNamed) named.add(tokens[at]?.text ?? '')
    const start = isNamed ? at + 2 : at
    const end = argumentEnd(buffer, start)
    const first = tokens[start]
    const last = tokens[end - 1]
    if (first && last && end > start) {
      const literal = index === before && end === start + 1 ? stringLiteral(first.text) : undefined
      if (literal?.k === 'str') format = { value: literal.value, at: first.at, end: last.end }
      else out.push({ at: first.at, end: last.end })
    }
    at = end + 1
  }
  if (format) {
    for (const name of capturedNames(format.value)) {
      if (!named.has(name)) out.push({ at: format.at, end: format.end, capture: name })
    }
  }
  return out
}

/** Names in `{name}`, `{:width$}` and `{:.precision$}`, each once. */
function capturedNames(format: string): readonly string[] {
  const out = new Set<string>()
  for (const [, name, spec] of format.replace(/\{\{|\}\}/g, '').matchAll(/\{\s*([^\s{}:]*)\s*(?::([^{}]*))?\}/g)) {
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
