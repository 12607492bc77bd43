/**
 * Which `cfg`s hold in one crate for one target (The Rust Reference, "Conditional compilation").
 *
 * Cargo features are known for certain, so they become constants; options of the target are evaluated to decide what is
 * in the Program, and are kept by name in what a definition says of itself. Options that a build script may set are
 * decided by `buildScriptOption` alone.
 */
import { parsePlatform, platformHolds } from '../project/platform-cfg.js'
import { knownTargets } from '../project/targets.js'
import type { TargetPlatform, Unit } from '../project/workspace.js'
import { type CfgExpr, cfgAnd, cfgHolds, simplifyCfg } from '../syntax/cfg.js'

export interface CrateCfg {
  /** Whether code under this condition is part of the Program. */
  readonly holds: (cfg: CfgExpr | undefined) => boolean
  /** The same, or code of other builds for the same target: a release, or one for a processor that can do more. */
  readonly mayHold: (cfg: CfgExpr | undefined) => boolean
  /** Both conditions, with everything folded that does not depend on the target. */
  readonly and: (outer: CfgExpr, inner: CfgExpr | undefined) => CfgExpr
  /** Options that only the build script could have set, as far as code asked for them, and what they were taken for. */
  readonly guesses: ReadonlyMap<string, boolean>
}

/** What decides the options of a crate besides its target. */
export interface CfgInputs {
  readonly features: readonly string[]
  readonly declaredFeatures: readonly string[]
  /** Every word that the package's build script may print as an option; undefined without a build script. */
  readonly buildScriptWords: ReadonlySet<string> | undefined
  /** Dependencies, each with whether it is one for the target. */
  readonly dependencies: ReadonlyMap<string, boolean>
  /** Compiled for the building machine: it gets the flags of a configuration only where no target is named. */
  readonly forHost: boolean
}

/** The inputs for a unit. A platform that cannot be read counts as the target's. */
export function cfgInputs(unit: Unit, words: ReadonlySet<string> | undefined, target: TargetPlatform): CfgInputs {
  const dependencies = new Map<string, boolean>()
  for (const extern of unit.externs) {
    dependencies.set(extern.name, (dependencies.get(extern.name) ?? false) || isForTarget(extern.platform, target))
  }
  return {
    features: unit.features,
    declaredFeatures: unit.declaredFeatures,
    buildScriptWords: words,
    dependencies,
    forHost: unit.stages.some((stage) => stage === 'build' || stage === 'macro'),
  }
}

/** Whether a dependency is one for the target. */
export function isForTarget(platform: string | undefined, target: TargetPlatform): boolean {
  if (platform === undefined) return true
  try {
    return platformHolds(parsePlatform(platform), target)
  } catch {
    // The project room has reported a key that it cannot read; code that it guards is better seen than not.
    return true
  }
}

/** The options of one crate as one target sees it. */
export function crateCfg(inputs: CfgInputs, target: TargetPlatform): CrateCfg {
  const features = new Set(inputs.features)
  const options = new Set(target.cfg.map((option) => keyOf(option.name, option.value)))
  const targetNames = new Set(target.cfg.map((option) => option.name))
  const guesses = new Map<string, boolean>()
  const fixed = (name: string, value: string | undefined): boolean | undefined => {
    // `--cfg feature="x"` of a configuration turns it on in every crate.
    if (name === 'feature') return value !== undefined && (features.has(value) || options.has(keyOf(name, value)))
    if (isTargetOption(name, targetNames)) return undefined
    if (value !== undefined || !inputs.buildScriptWords || NEVER.test(name)) return false
    const guess = guesses.get(name) ?? buildScriptOption(name, inputs, target)
    guesses.set(name, guess)
    return guess
  }
  // `target_has_atomic` alone, which only nightly prints, is there where any width is.
  if (targetNames.has('target_has_atomic')) options.add('target_has_atomic')
  const known = (name: string, value: string | undefined): boolean =>
    fixed(name, value) ?? options.has(keyOf(name, value))
  const configured = new Set(
    target.cfg.flatMap((option) => (inputs.forHost && option.configured ? [keyOf(option.name, option.value)] : [])),
  )
  const without: Known = (name, value) => !configured.has(keyOf(name, value)) && known(name, value)
  const otherBuilds = configured.size === 0 ? buildsOf(known) : [without, ...buildsOf(known), ...buildsOf(without)]
  const asksForBuild = (name: string, value: string | undefined): boolean =>
    VARIES.has(name) || configured.has(keyOf(name, value))
  const holds = (cfg: CfgExpr | undefined): boolean => cfgHolds(cfg, known)
  return {
    holds,
    mayHold: (cfg) =>
      holds(cfg) || (cfg !== undefined && asks(cfg, asksForBuild) && otherBuilds.some((build) => cfgHolds(cfg, build))),
    and: (outer, inner) => (inner ? cfgAnd(outer, simplifyCfg(inner, fixed)) : outer),
    guesses,
  }
}

/**
 * What one target’s builds differ in: cargo’s profile (the targets’ options are those of its dev profile) and what the
 * processor is allowed to be (`-C target-feature`).
 */
const PROFILE = 'debug_assertions'
const PANIC = 'panic'
const PROCESSOR = 'target_feature'
const VARIES: ReadonlySet<string> = new Set([PROFILE, PANIC, PROCESSOR])

type Known = (name: string, value: string | undefined) => boolean

/** Every other build than the plain one: each of the three may be the other way, alone or with others. */
function buildsOf(known: Known): readonly Known[] {
  const unwinds = known(PANIC, 'unwind')
  const build =
    (release: boolean, processor: boolean, panic: boolean): Known =>
    (name, value) => {
      if (release && name === PROFILE) return false
      if (processor && name === PROCESSOR) return true
      if (panic && name === PANIC) return value === (unwinds ? 'abort' : 'unwind')
      return known(name, value)
    }
  return [1, 2, 3, 4, 5, 6, 7].map((bits) => build((bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0))
}

function asks(cfg: CfgExpr, which: Known): boolean {
  if (cfg.k === 'option') return which(cfg.name, cfg.value)
  if (cfg.k === 'not') return asks(cfg.of, which)
  return (cfg.k === 'all' || cfg.k === 'any') && cfg.of.some((part) => asks(part, which))
}

/** Options of rustc, of tools and of special builds that no build script sets for a plain build. */
const NEVER =
  /^(test|doctest|doc|docsrs|miri|clippy|rustfmt|rustdoc|rust_analyzer|loom|fuzzing|bench|coverage|coverage_nightly|kani|proc_macro)$/
/** Words of a lack, of nightly, of what is asked for by hand or made by the script. */
const UNLIKELY =
  /(^|_)(no|not|without|nightly|unstable|doc|docsrs|deny|use|force|bindgen|generated|pregenerated|fallback|emulate|custom|old|experimental|exhaustive)(_|$)/

/**
 * The guess for an option that a build script may set, as the script is never run. One that is called like the target,
 * a part of it, a dependency or a feature tells whether that is there. Else scripts mostly ask how new the compiler is, and ours
 * is: `no_…` tells of a lack that only old ones have, nightly's options are not set by a stable one, and the rest is
 * taken for granted.
 */
function buildScriptOption(name: string, inputs: CfgInputs, target: TargetPlatform): boolean {
  if (tripleWords().has(name)) return target.triple.replace(/\W/g, '_') === name
  if (!inputs.buildScriptWords?.has(name)) return false
  const dependency = inputs.dependencies.get(name)
  if (dependency !== undefined) return dependency
  if (inputs.declaredFeatures.includes(name)) return inputs.features.includes(name)
  const platforms = targetWords().filter((word) => name.startsWith(word) || word.endsWith(name))
  if (platforms.length > 0) return target.cfg.some(({ value }) => value !== undefined && platforms.includes(value))
  return !UNLIKELY.test(name)
}

let triples: ReadonlySet<string> | undefined
/** Every known target's triple, spelled as an identifier. */
function tripleWords(): ReadonlySet<string> {
  triples ??= new Set([...knownTargets().keys()].map((triple) => triple.replace(/\W/g, '_')))
  return triples
}

let words: readonly string[] | undefined
/** What the options of known targets are set to that tell platforms apart: `linux`, `apple`, `x86_64`. */
function targetWords(): readonly string[] {
  const names = new Set(['target_os', 'target_vendor', 'target_arch', 'target_family'])
  if (words) return words
  const all = [...knownTargets().values()].flatMap((known) =>
    known.cfg.flatMap(({ name, value }) => (value && value.length > 2 && names.has(name) ? [value] : [])),
  )
  words = [...new Set(all)]
  return words
}

/** Options that rustc sets for a target or a profile; all others come from cargo, build scripts or by hand. */
function isTargetOption(name: string, targetNames: ReadonlySet<string>): boolean {
  return (
    targetNames.has(name) || name === 'unix' || name === 'windows' || name.startsWith('target_') || name === PROFILE
  )
}

function keyOf(name: string, value: string | undefined): string {
  return value === undefined ? name : `${name}=${value}`
}
