/**
 * The configuration options that std's own source asks for, folded to what they are in the std that rustup ships.
 *
 * Options of the target stay open, as the model holds the items of every platform; those that a stable `rustc --print
 * cfg` never prints are expressed by ones that it prints, since no analysis could tell what they are. Which options
 * these are is told by data/std/build.json.
 */
import { type CfgExpr, simplifyCfg } from '../base/index.js'

/** What of data/std/build.json speaks of options. */
export interface StdOptions {
  /** Cargo features that the shipped std is built with; all others are off. */
  readonly features: readonly string[]
  /** Options without a value that hold in no shipped std: how it is built, not where. */
  readonly never: readonly string[]
  /** Options that hold wherever the item behind them is of use, and that only a nightly compiler tells. */
  readonly always: readonly string[]
  /** Options to be read as another one of the same value. */
  readonly as: Readonly<Record<string, string>>
  /** Values that an option never has. */
  readonly not: Readonly<Record<string, readonly string[]>>
}

/** Folds a formula of std's source; `undefined` (no condition) is true. */
export type FoldCfg = (cfg: CfgExpr | undefined) => CfgExpr

/** The folding for these options. */
export function stdCfgFolder(options: StdOptions): FoldCfg {
  const aliases = new Map(Object.entries(options.as))
  const excluded = new Map(Object.entries(options.not))
  const known = (name: string, value: string | undefined): boolean | undefined => {
    if (name === 'feature') return value !== undefined && options.features.includes(value)
    if (options.never.includes(name)) return false
    if (options.always.includes(name)) return true
    return value !== undefined && excluded.get(name)?.includes(value) ? false : undefined
  }
  return (cfg) => (cfg ? simplifyCfg(rename(cfg, aliases), known) : { k: 'true' })
}

function rename(cfg: CfgExpr, aliases: ReadonlyMap<string, string>): CfgExpr {
  switch (cfg.k) {
    case 'option':
      return { ...cfg, name: aliases.get(cfg.name) ?? cfg.name }
    case 'not':
      return { k: 'not', of: rename(cfg.of, aliases) }
    case 'all':
    case 'any':
      return { k: cfg.k, of: cfg.of.map((part) => rename(part, aliases)) }
    default:
      return cfg
  }
}
