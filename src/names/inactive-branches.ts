/**
 * Which parts of a macro call's tokens no target will see: the branches of `if #[cfg(a)] { … } else if #[cfg(b)] { … }
 * else { … }`, a shape that many macros share.
 *
 * Only a guess from the shape, made before any macro is known: it decides what is parsed ahead of time, in threads. What
 * the expansion then names after all is parsed when it is asked for, so nothing is lost by a wrong guess.
 */
import { checked } from '../base/index.js'
import { lex, matchDelimiters, readAttributes, type Span, type Token } from '../syntax/index.js'
import type { CrateCfg } from './crate-cfg.js'

/** Tokens of a call that are looked at; a longer one is taken as a whole. */
const TOKEN_LIMIT = 100_000

/** The braces between two offsets of `text` that hold under none of `cfgs`, in the order of the text. */
export function inactiveBranches(text: string, from: number, to: number, cfgs: readonly CrateCfg[]): readonly Span[] {
  if (!text.slice(from, to).includes('#[cfg')) return []
  const tokens = lex(text, from, to)
  const match = tokens.length > TOKEN_LIMIT ? undefined : matchDelimiters(tokens)
  if (!match) return []
  const out: Span[] = []
  const is = (index: number, word: string): boolean => tokens[index]?.text === word
  /** Those of `cfgs` for which no earlier branch of the chain was taken. */
  let open = cfgs
  for (let at = 0; at < tokens.length; at++) {
    const attribute = is(at, '#') && is(at + 1, '[') && is(at + 2, 'cfg')
    if (!attribute && !(is(at, 'else') && is(at + 1, '{'))) continue
    const start = attribute ? checked(match[at + 1]) + 1 : at + 1
    if (!is(start, '{') || !(is(at - 1, 'if') || is(at, 'else'))) continue
    if (attribute && !is(at - 2, 'else')) open = cfgs
    const taken = attribute ? open.filter((cfg) => holds(text, tokens, at, start - 1, cfg)) : open
    open = open.filter((cfg) => !taken.includes(cfg))
    if (taken.length > 0) continue
    const end = checked(match[start])
    out.push({ at: checked(tokens[start]).at, end: checked(tokens[end]).end })
    // what is inside need not be looked at, and `else` may follow
    at = end
  }
  return out
}

function holds(text: string, tokens: readonly Token[], first: number, last: number, cfg: CrateCfg): boolean {
  const at = checked(tokens[first]).at
  const end = checked(tokens[last]).end
  return cfg.holds(readAttributes(text, [{ at, end }], []).cfg)
}
