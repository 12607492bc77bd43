/**
 * The keys of `[target.'…'.dependencies]`: a target triple, or `cfg(..)` with cargo's small grammar (`all`, `any`, `not`,
 * `name`, `name = "value"`, `true`, `false`). Parsed and evaluated against a target; attributes in Rust code are not
 * this room's business.
 */
import { CFG_FALSE, CFG_TRUE, type CfgExpr, cfgHolds } from '../base/index.js'
import { MAX_PLATFORM_DEPTH } from './limits.js'
import type { TargetPlatform } from './target-platform.js'

export type PlatformPredicate = { readonly k: 'triple'; readonly triple: string } | CfgExpr

/** Parses a key of a target table. Throws an Error with the place when it is neither a triple nor a `cfg(..)`. */
export function parsePlatform(text: string): PlatformPredicate {
  const trimmed = text.trim()
  const inner = /^cfg\s*\(([\s\S]*)\)$/.exec(trimmed)
  if (!inner) {
    if (!/^[\w.-]+$/.test(trimmed)) throw new Error(`not a target triple or cfg(..): ${trimmed}`)
    return { k: 'triple', triple: trimmed }
  }
  const tokens = tokenize(inner[1] ?? '')
  const parsed = parseOne(tokens, 0, 0)
  const rest = tokens[parsed.next]
  if (rest !== undefined) throw new Error(`unexpected ${rest} in ${trimmed}`)
  return parsed.predicate
}

/** Whether the predicate holds for the target. An option that the target does not set is false. */
export function platformHolds(predicate: PlatformPredicate, target: TargetPlatform): boolean {
  if (predicate.k === 'triple') return predicate.triple === target.triple
  return cfgHolds(predicate, (name, value) =>
    target.cfg.some((option) => option.name === name && option.value === value),
  )
}

function tokenize(text: string): string[] {
  const tokens: string[] = []
  const pattern = /\s*(?:(r#)?([A-Za-z_][A-Za-z0-9_]*)|("[^"]*")|([(),=]))/y
  let end = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    tokens.push(match[2] ?? match[3] ?? match[4] ?? '')
    end = pattern.lastIndex
  }
  const rest = text.slice(end).trim()
  if (rest !== '') throw new Error(`unexpected ${rest.slice(0, 20)} in cfg(${text})`)
  return tokens
}

interface Parsed {
  readonly predicate: CfgExpr
  readonly next: number
}

function parseOne(tokens: readonly string[], start: number, depth: number): Parsed {
  if (depth > MAX_PLATFORM_DEPTH) throw new Error('cfg(..) is nested too deeply')
  const word = tokens[start]
  if (word === undefined || !/^\w/.test(word)) throw new Error(`expected an option, found ${word ?? 'the end'}`)
  const follower = tokens[start + 1]
  if (follower === '=') {
    const value = tokens[start + 2]
    if (!value?.startsWith('"')) throw new Error(`expected a string after ${word} =`)
    return { predicate: { k: 'option', name: word, value: value.slice(1, -1) }, next: start + 3 }
  }
  if (follower !== '(') {
    if (word === 'true' || word === 'false') {
      return { predicate: word === 'true' ? CFG_TRUE : CFG_FALSE, next: start + 1 }
    }
    return { predicate: { k: 'option', name: word }, next: start + 1 }
  }
  const { of, next } = parseList(tokens, start + 2, depth + 1)
  if (word === 'all' || word === 'any') return { predicate: { k: word, of }, next }
  const [only] = of
  if (word === 'not' && only && of.length === 1) return { predicate: { k: 'not', of: only }, next }
  throw new Error(`${word}(..) with ${of.length} parts is not a predicate`)
}

function parseList(tokens: readonly string[], start: number, depth: number): { of: CfgExpr[]; next: number } {
  const of: CfgExpr[] = []
  let at = start
  while (tokens[at] !== ')') {
    const part = parseOne(tokens, at, depth)
    of.push(part.predicate)
    at = part.next
    if (tokens[at] === ',') at += 1
    else if (tokens[at] !== ')') throw new Error(`expected , or ) and found ${tokens[at] ?? 'the end'}`)
  }
  return { of, next: at + 1 }
}
