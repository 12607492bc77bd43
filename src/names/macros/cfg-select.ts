/** `cfg_select! { predicate => {..} _ => {..} }`: the first arm whose predicate holds in the build that is looked at. */
import { CFG_TRUE, type CfgExpr, cfgAnd, checked } from '../../base/index.js'
import { readAttributes } from '../../syntax/index.js'
import { choose } from '../views.js'
import type { BuiltinCall } from './builtin-call.js'
import type { Expansion } from './expansion.js'
import { copyText, KEEP_MARKS, newExpansionText } from './expansion-text.js'
import { lostCall, parsed } from './made-expansion.js'
import { operatorAt, type TokenBuffer } from './token-buffer.js'

/** An arm's tokens and the condition under which it is the first to hold; without tokens: that none holds. */
interface Arm {
  readonly cfg: CfgExpr
  readonly at?: number
  readonly end?: number
}

export function cfgSelect(cx: BuiltinCall, buffer: TokenBuffer): Expansion {
  const { state, source, call, as } = cx
  const arms = armsOf(buffer).filter((arm) => state.cfg.mayHold(arm.cfg))
  const plainFirst = arms.sort((a, b) => Number(state.cfg.holds(b.cfg)) - Number(state.cfg.holds(a.cfg)))
  const arm = choose(state.program.view, state.cfg, plainFirst)
  if (arm?.at === undefined || arm.end === undefined)
    return lostCall(state, 'unresolved macro', 'cfg_select!: no arm holds', source, call, as)
  const text = newExpansionText()
  if (arm.end > arm.at) copyText(text, source, arm.at, arm.end, KEEP_MARKS)
  return parsed(state, 'cfg_select', text, source, call, as)
}

function armsOf(buffer: TokenBuffer): Arm[] {
  const { tokens } = buffer
  const arms: Arm[] = []
  let rest: CfgExpr = CFG_TRUE
  for (let at = 0; at < tokens.length; ) {
    let arrow = at
    while (arrow < tokens.length && operatorAt(buffer, arrow, tokens.length) !== '=>') {
      arrow = tokens[arrow]?.kind === 'open' ? checked(buffer.match[arrow]) + 1 : arrow + 1
    }
    const open = arrow + 2
    const braced = tokens[open]?.text === '{'
    let end = braced ? checked(buffer.match[open]) + 1 : open
    if (!braced)
      while (end < tokens.length && tokens[end]?.text !== ',')
        end = tokens[end]?.kind === 'open' ? checked(buffer.match[end]) + 1 : end + 1
    const first = tokens[braced ? open + 1 : open]
    const last = tokens[braced ? end - 2 : end - 1]
    const holds = predicate(buffer, at, arrow)
    arms.push({
      cfg: cfgAnd(rest, holds),
      at: first?.at ?? 0,
      end: first && last && last.end > first.at ? last.end : 0,
    })
    rest = cfgAnd(rest, { k: 'not', of: holds })
    at = tokens[end]?.text === ',' ? end + 1 : end
  }
  arms.push({ cfg: rest })
  return arms
}

function predicate(buffer: TokenBuffer, from: number, to: number): CfgExpr {
  if (to === from + 1 && buffer.tokens[from]?.text === '_') return CFG_TRUE
  const first = buffer.tokens[from]
  const last = buffer.tokens[to - 1]
  if (!first || !last || to <= from) return { k: 'false' }
  const attribute = `#[cfg(${buffer.text.slice(first.at, last.end)})]`
  return readAttributes(attribute, [{ at: 0, end: attribute.length }], []).cfg ?? CFG_TRUE
}
