/**
 * Which `cfg`s hold in one crate for one target (The Rust Reference, "Conditional compilation").
 *
 * Cargo features are known for certain, so they become constants; options of the target are evaluated to decide what is
 * in the Program, and are kept by name in what a definition says of itself. Options that a build script may set are
 * decided by `buildScriptOption` alone.
 */
import type { TargetPlatform } from '../project/workspace.js'
import { type CfgExpr, cfgAnd, cfgHolds, simplifyCfg } from '../syntax/cfg.js'

export interface CrateCfg {
  /** Whether code under this condition is part of the Program. */
  readonly holds: (cfg: CfgExpr | undefined) => boolean
  /** Both conditions, with everything folded that does not depend on the target. */
  readonly and: (outer: CfgExpr, inner: CfgExpr | undefined) => CfgExpr
}

/** What decides the options of a crate besides its target. */
export interface CfgInputs {
  readonly features: readonly string[]
  /** Every name and value that could be meant by `--cfg` lines of the package's build script, as its text shows them. */
  readonly buildScriptWords: ReadonlySet<string>
}

/** The options of one crate as one target sees it. */
export function crateCfg(inputs: CfgInputs, target: TargetPlatform): CrateCfg {
  const features = new Set(inputs.features)
  const options = new Set(target.cfg.map((option) => keyOf(option.name, option.value)))
  const targetNames = new Set(target.cfg.map((option) => option.name))
  const fixed = (name: string, value: string | undefined): boolean | undefined => {
    if (name === 'feature') return value !== undefined && features.has(value)
    if (isTargetOption(name, targetNames)) return undefined
    return value === undefined && inputs.buildScriptWords.has(name) ? buildScriptOption(name) : false
  }
  const known = (name: string, value: string | undefined): boolean =>
    fixed(name, value) ?? options.has(keyOf(name, value))
  return {
    holds: (cfg) => cfgHolds(cfg, known),
    and: (outer, inner) => (inner ? cfgAnd(outer, simplifyCfg(inner, fixed)) : outer),
  }
}

/**
 * The guess for an option that a build script may set, as the script is never run. Scripts mostly ask how new the
 * compiler is, and ours is: `no_…` tells of a lack that only old ones have, nightly's options are not set by a stable
 * one, and all else is taken for granted.
 */
export function buildScriptOption(name: string): boolean {
  return !/(^|_)(no|not|without|nightly|unstable|docsrs|doc_cfg|fuzzing|deny_warnings)(_|$)/.test(name)
}

/** Options that rustc sets for a target or a profile; all others come from cargo, build scripts or by hand. */
function isTargetOption(name: string, targetNames: ReadonlySet<string>): boolean {
  return targetNames.has(name) || name === 'unix' || name === 'windows' || name.startsWith('target_') || name === 'debug_assertions'
}

function keyOf(name: string, value: string | undefined): string {
  return value === undefined ? name : `${name}=${value}`
}
