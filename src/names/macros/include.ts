/** `include!`: the file's text in place of the call, when the path is plain text and stays inside of the package. */

import { checked } from '../../base/index.js'
import { joinPath } from '../../project/index.js'
import { stringLiteral } from '../../syntax/index.js'
import { noteFileProblems } from '../collect-modules.js'
import { directoryOf } from '../module-files.js'
import { callingFile, lineStartsOf, type Source } from '../source.js'
import type { BuiltinCall } from './builtin-call.js'
import type { Expansion } from './expansion.js'
import { lostCall } from './made-expansion.js'
import type { TokenBuffer } from './token-buffer.js'

export function expandInclude(cx: BuiltinCall, buffer: TokenBuffer): Expansion {
  const { state, source, call, as } = cx
  const named = includedPath(buffer, 0, buffer.tokens.length)
  if (named === undefined) {
    return { k: 'lost', why: lossOf(cx, 'generated code', source.text.slice(call.tokens.at, call.tokens.end)) }
  }
  // Relative to where the outermost macro is called, wherever the macros themselves were written.
  const from = named.fromRoot ? '' : directoryOf(callingFile(source).path)
  const isLink = state.program.files.isLink(state.packageId)
  const path = joinPath(from, named.path.replace(/^\/+/, named.fromRoot ? '' : '/'), isLink)
  if (path === undefined)
    return { k: 'lost', why: lossOf(cx, 'missing file', `include!("${named.path}") leads outside the package`) }
  if (as === 'items') {
    const file = state.program.files.get(state.packageId, path)
    if (!file) return { k: 'lost', why: lossOf(cx, 'missing file', `include!("${path}")`) }
    noteFileProblems(state, file.source, file.problem)
    return { k: 'ok', source: file.source, fragment: { facts: file.source.facts } }
  }
  const file = state.program.files.text(state.packageId, path)
  if (file === undefined) return { k: 'lost', why: lossOf(cx, 'missing file', `include!("${path}")`) }
  const { text } = file
  const fragment = state.program.fragments.parse(text, as)
  const included: Source = {
    id: state.program.files.nextSourceId(),
    text,
    facts: fragment.facts,
    origin: { k: 'file', package: state.packageId, path, lineStarts: lineStartsOf(text) },
    visits: source.visits,
  }
  noteFileProblems(state, included, file.problem)
  return { k: 'ok', source: included, fragment }
}

function lossOf(cx: BuiltinCall, kind: 'generated code' | 'missing file', what: string) {
  const empty = { ...cx.call, tokens: { at: cx.call.tokens.at, end: cx.call.tokens.at } }
  const expansion = lostCall(cx.state, kind, what, cx.source, empty, cx.as)
  if (expansion.k !== 'lost') throw new Error('lostCall gave no loss')
  return expansion.why
}

interface IncludedPath {
  readonly path: string
  /** Relative to the package's root instead of the including file. */
  readonly fromRoot: boolean
}

/** A string literal, `env!("CARGO_MANIFEST_DIR")` or a `concat!` of such; undefined for all else (`OUT_DIR`). */
function includedPath(buffer: TokenBuffer, from: number, to: number): IncludedPath | undefined {
  const first = buffer.tokens[from]
  if (!first || from >= to) return undefined
  if (first.kind === 'literal') {
    const literal = stringLiteral(first.text)
    return literal?.k === 'str' ? { path: literal.value, fromRoot: false } : undefined
  }
  const open = from + 2
  if (buffer.tokens[from + 1]?.text !== '!' || buffer.tokens[open]?.kind !== 'open') return undefined
  const close = checked(buffer.match[open])
  if (first.text === 'env') {
    const variable = stringLiteral(buffer.tokens[open + 1]?.text ?? '')
    return variable?.k === 'str' && variable.value === 'CARGO_MANIFEST_DIR' ? { path: '', fromRoot: true } : undefined
  }
  if (first.text !== 'concat') return undefined
  let path = ''
  let fromRoot = false
  for (let at = open + 1; at < close; ) {
    let end = at
    while (end < close && buffer.tokens[end]?.text !== ',')
      end = buffer.tokens[end]?.kind === 'open' ? checked(buffer.match[end]) + 1 : end + 1
    const part = includedPath(buffer, at, end)
    if (!part) return undefined
    fromRoot ||= part.fromRoot
    path += part.path
    at = end + 1
  }
  return { path, fromRoot }
}
