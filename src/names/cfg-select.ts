/** `cfg_select! { predicate => {..} _ => {..} }`: the first arm whose predicate holds. */
import { readAttributes } from '../syntax/attributes.js'
import type { BuiltinCall } from './builtin-macros.js'
import { type Expansion, lostCall, parsed } from './expand.js'
import { copyText, KEEP_MARKS, newExpansionText } from './expansion-text.js'
import { operatorAt, type TokenBuffer } from './token-buffer.js'

export function cfgSelect(cx: BuiltinCall, buffer: TokenBuffer): Expansion {
  const { state, source, call, as } = cx
  const { tokens } = buffer
  for (let at = 0; at < tokens.length; ) {
    let arrow = at
    while (arrow < tokens.length && operatorAt(buffer, arrow, tokens.length) !== '=>') {
      arrow = tokens[arrow]?.kind === 'open' ? (buffer.match[arrow] as number) + 1 : arrow + 1
    }
    const open = arrow + 2
    const braced = tokens[open]?.text === '{'
    let end = braced ? (buffer.match[open] as number) + 1 : open
    if (!braced)
      while (end < tokens.length && tokens[end]?.text !== ',')
        end = tokens[end]?.kind === 'open' ? (buffer.match[end] as number) + 1 : end + 1
    const first = tokens[braced ? open + 1 : open]
    const last = tokens[braced ? end - 2 : end - 1]
    if (holds(cx, buffer, at, arrow)) {
      const text = newExpansionText()
      if (first && last && last.end > first.at) copyText(text, source, first.at, last.end, KEEP_MARKS)
      return parsed(state, 'cfg_select', text, source, call, as)
    }
    at = tokens[end]?.text === ',' ? end + 1 : end
  }
  return lostCall(state, 'unresolved macro', 'cfg_select!: no arm holds', source, call, as)
}

function holds(cx: BuiltinCall, buffer: TokenBuffer, from: number, to: number): boolean {
  if (to === from + 1 && buffer.tokens[from]?.text === '_') return true
  const first = buffer.tokens[from]
  const last = buffer.tokens[to - 1]
  if (!first || !last || to <= from) return false
  const attribute = `#[cfg(${buffer.text.slice(first.at, last.end)})]`
  return cx.state.cfg.holds(readAttributes(attribute, [{ at: 0, end: attribute.length }], []).cfg)
}
