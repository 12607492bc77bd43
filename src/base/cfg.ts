/**
 * Configuration predicates (The Rust Reference, "Conditional compilation"), as written in `#[cfg(..)]`.
 *
 * Plain data with its algebra: project reads them in manifests, syntax in code, names evaluates them, conditions of findings are
 * made of them. It does not know which options a target sets; an evaluator is handed in.
 */
import { checked } from './checked.js'

export type CfgExpr =
  | { readonly k: 'true' }
  | { readonly k: 'false' }
  /** `unix`, `test`: an option without a value; or `feature = "x"`: one with. */
  | { readonly k: 'option'; readonly name: string; readonly value?: string }
  | { readonly k: 'not'; readonly of: CfgExpr }
  | { readonly k: 'all'; readonly of: readonly CfgExpr[] }
  | { readonly k: 'any'; readonly of: readonly CfgExpr[] }

export const CFG_TRUE: CfgExpr = { k: 'true' }
export const CFG_FALSE: CfgExpr = { k: 'false' }

/** What an option is known to be: `undefined` leaves it open. */
export type CfgOracle = (name: string, value: string | undefined) => boolean | undefined

/** The formula with known options replaced and constants folded. */
export function simplifyCfg(cfg: CfgExpr, known: CfgOracle = () => undefined): CfgExpr {
  switch (cfg.k) {
    case 'true':
    case 'false':
      return cfg
    case 'option': {
      const value = known(cfg.name, cfg.value)
      return value === undefined ? cfg : value ? CFG_TRUE : CFG_FALSE
    }
    case 'not': {
      const of = simplifyCfg(cfg.of, known)
      if (of.k === 'true') return CFG_FALSE
      if (of.k === 'false') return CFG_TRUE
      if (of.k === 'not') return of.of
      return { k: 'not', of }
    }
    case 'all':
    case 'any':
      return simplifyList(cfg.k, cfg.of, known)
  }
}

function simplifyList(k: 'all' | 'any', parts: readonly CfgExpr[], known: CfgOracle): CfgExpr {
  const absorbing = k === 'all' ? 'false' : 'true'
  const neutral = k === 'all' ? 'true' : 'false'
  const out = new Map<string, CfgExpr>()
  for (const part of parts) {
    const simple = simplifyCfg(part, known)
    if (simple.k === absorbing) return simple
    if (simple.k === neutral) continue
    for (const inner of simple.k === k ? simple.of : [simple]) out.set(printCfg(inner), inner)
  }
  for (const [text, inner] of out) {
    const opposite = inner.k === 'not' ? printCfg(inner.of) : `not(${text})`
    if (out.has(opposite)) return { k: absorbing }
  }
  const list = [...out.values()]
  if (list.length === 0) return { k: neutral }
  return list.length === 1 ? checked(list[0]) : { k, of: list }
}

const conjunctions = new WeakMap<CfgExpr, WeakMap<CfgExpr, CfgExpr>>()

/** Both formulas hold. The same two give the same one, so that what is known of it is found again. */
export function cfgAnd(a: CfgExpr | undefined, b: CfgExpr | undefined): CfgExpr {
  if (!a || a.k === 'true') return b ?? CFG_TRUE
  if (!b || b.k === 'true') return a
  let known = conjunctions.get(a)
  if (!known) conjunctions.set(a, (known = new WeakMap()))
  let both = known.get(b)
  if (!both) known.set(b, (both = simplifyList('all', [a, b], () => undefined)))
  return both
}

/** Either formula holds. */
export function cfgOr(a: CfgExpr, b: CfgExpr): CfgExpr {
  return simplifyList('any', [a, b], () => undefined)
}

/** Rust's own spelling: `all(unix, feature = "x")`. */
export function printCfg(cfg: CfgExpr): string {
  switch (cfg.k) {
    case 'true':
    case 'false':
      return cfg.k
    case 'option':
      return cfg.value === undefined ? cfg.name : `${cfg.name} = ${JSON.stringify(cfg.value)}`
    case 'not':
      return `not(${printCfg(cfg.of)})`
    default:
      return `${cfg.k}(${cfg.of.map(printCfg).join(', ')})`
  }
}

/** Whether the formula holds; an option that is not known counts as not set. */
export function cfgHolds(cfg: CfgExpr | undefined, known: CfgOracle): boolean {
  return cfgTruth(cfg, (name, value) => known(name, value) ?? false) === true
}

/** Whether it holds where options may be open: undefined when that leaves the formula open. */
export function cfgTruth(cfg: CfgExpr | undefined, known: CfgOracle): boolean | undefined {
  if (!cfg) return true
  switch (cfg.k) {
    case 'true':
      return true
    case 'false':
      return false
    case 'option':
      return known(cfg.name, cfg.value)
    case 'not': {
      const of = cfgTruth(cfg.of, known)
      return of === undefined ? undefined : !of
    }
    case 'all':
    case 'any': {
      const absorbing = cfg.k === 'any'
      let open = false
      for (const part of cfg.of) {
        const truth = cfgTruth(part, known)
        if (truth === absorbing) return absorbing
        open ||= truth === undefined
      }
      return open ? undefined : !absorbing
    }
  }
}
