/**
 * `[<get_ $field:snake>]`: the spelling that procedural macros have in common for a name joined from parts. Such a macro
 * is not run, but where its input holds these the names are joined, so that what it declares and calls is found.
 */

import { checked } from '../../base/index.js'
import type { Source } from '../source.js'
import { copyText, type ExpansionText, KEEP_MARKS, newExpansionText, writeText } from './expansion-text.js'
import type { TokenBuffer } from './token-buffer.js'

/** The text between two offsets of `source`, with names joined; undefined when there are none to join. */
export function joinNames(source: Source, buffer: TokenBuffer, at: number, end: number): ExpansionText | undefined {
  const out = newExpansionText()
  let from = at
  for (const [index, token] of buffer.tokens.entries()) {
    if (token.text !== '[' || token.at < from) continue
    const close = checked(buffer.match[index])
    const name = joinedName(buffer, index + 1, close)
    if (name === undefined) continue
    copyText(out, source, from, token.at, KEEP_MARKS)
    writeText(out, name, source, buffer.tokens[index + 2]?.at ?? token.at, KEEP_MARKS)
    from = checked(buffer.tokens[close]).end
  }
  if (from === at) return undefined
  copyText(out, source, from, end, KEEP_MARKS)
  return out
}

/** What `< parts >` between the brackets joins to; undefined when it is something else. */
function joinedName(buffer: TokenBuffer, from: number, to: number): string | undefined {
  const { tokens } = buffer
  if (tokens[from]?.text !== '<' || tokens[to - 1]?.text !== '>' || to - from < 3) return undefined
  let out = ''
  for (let at = from + 1; at < to - 1; at++) {
    const token = checked(tokens[at])
    const styled = out !== '' && token.text === ':' ? STYLES.get(tokens[at + 1]?.text ?? '') : undefined
    if (styled) {
      // A modifier is for the part right before it.
      const part = partBefore(buffer, at)
      out = out.slice(0, out.length - part.length) + styled(part)
      at++
    } else if (token.kind === 'ident' || token.kind === 'literal' || token.kind === 'lifetime') out += plain(token.text)
    else return undefined
  }
  return /^'?[\p{XID_Start}_]\p{XID_Continue}*$/u.test(out) ? out : undefined
}

function partBefore(buffer: TokenBuffer, at: number): string {
  return plain(buffer.tokens[at - 1]?.text ?? '')
}

function plain(text: string): string {
  return text.replace(/^r#/, '').replace(/^"(.*)"$/, '$1')
}

const STYLES: ReadonlyMap<string, (part: string) => string> = new Map([
  ['lower', (part: string) => part.toLowerCase()],
  ['upper', (part: string) => part.toUpperCase()],
  ['snake', (part: string) => part.replace(/(?<=[\p{Ll}\d])\p{Lu}/gu, (letter) => `_${letter}`).toLowerCase()],
  [
    'camel',
    (part: string) =>
      part.replace(
        /(^|_)(.)([^_]*)/gu,
        (_all, _bar, first: string, rest: string) => first.toUpperCase() + rest.toLowerCase(),
      ),
  ],
])
