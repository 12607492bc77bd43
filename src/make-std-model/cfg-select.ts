/**
 * The arms of `cfg_select! { predicate => { .. } _ => { .. } }`, each with the condition under which it is chosen: its
 * own predicate, and none of those before it. Its user picks none of them: the std model keeps all.
 */
import { type CfgExpr, cfgAnd, checked } from '../base/index.js'
import type { Span } from '../syntax/index.js'
import { lex, matchDelimiters, parseFragment, type Token } from '../syntax/index.js'

export interface CfgArm {
  readonly cfg: CfgExpr
  /** What stands between the braces, or the tokens up to the comma. */
  readonly body: Span
}

/** The arms in order. Tokens that are no arm end the list. */
export function cfgSelectArms(text: string, span: Span): CfgArm[] {
  const tokens = lex(text, span.at, span.end)
  const partners = matchDelimiters(tokens)
  const arms: CfgArm[] = []
  let others: CfgExpr = { k: 'true' }
  for (let at = 0; partners && at < tokens.length; ) {
    const arrow = arrowAt(tokens, partners, at)
    const first = tokens[arrow + 2]
    if (arrow < 0 || !first) break
    const predicate = predicateOf(text.slice(checked(tokens[at]).at, checked(tokens[arrow]).at))
    const close = first.text === '{' ? checked(partners[arrow + 2]) : -1
    const end = close >= 0 ? close : commaAt(tokens, partners, arrow + 2)
    const body =
      close >= 0
        ? { at: first.end, end: checked(tokens[close]).at }
        : { at: first.at, end: tokens[end]?.at ?? span.end }
    arms.push({ cfg: cfgAnd(others, predicate), body })
    others = cfgAnd(others, { k: 'not', of: predicate })
    at = end + 1
    if (tokens[at]?.text === ',') at++
  }
  return arms
}

/** The index of the `=` of the next `=>` outside of delimiters, -1 when there is none. */
function arrowAt(tokens: readonly Token[], partners: Int32Array, from: number): number {
  for (let i = from; i < tokens.length; i++) {
    if (tokens[i]?.text === '=' && tokens[i]?.joint && tokens[i + 1]?.text === '>') return i
    if (tokens[i]?.kind === 'open') i = checked(partners[i])
  }
  return -1
}

function commaAt(tokens: readonly Token[], partners: Int32Array, from: number): number {
  for (let i = from; i < tokens.length; i++) {
    if (tokens[i]?.text === ',') return i
    if (tokens[i]?.kind === 'open') i = checked(partners[i])
  }
  return tokens.length
}

function predicateOf(text: string): CfgExpr {
  if (text.trim() === '_') return { k: 'true' }
  const [item] = parseFragment(`#[cfg(${text})] struct S;`, 'items').facts.items
  return item?.cfg ?? { k: 'true' }
}
