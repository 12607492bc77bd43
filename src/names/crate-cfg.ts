/**
 * Which `cfg`s hold in one crate for one target (The Rust Reference, "Conditional compilation").
 *
 * Cargo features are known for certain, so they become constants; options of the target are evaluated to decide what is
 * in the Program, and are kept by name in what a definition says of itself. Options that a build script may set are
 * decided by `constantOptions` alone.
 */
import { type CfgExpr, type CfgOracle, cfgAnd, cfgHolds, cfgTruth, printCfg, simplifyCfg } from '../base/index.js'
import type { TargetPlatform, Unit } from '../project/index.js'
import { knownTargets, parsePlatform, platformHolds } from '../project/index.js'
import { COMPUTED_OUTPUT, printed } from './build-script-words.js'
import { canBeMet } from './open-options.js'

export interface CrateCfg {
  /** Whether code under this condition is part of the Program. */
  readonly holds: (cfg: CfgExpr | undefined) => boolean
  /**
   * The same, or code of other builds for the same target: a release, one for a processor that can do more, one whose
   * build script sets an option that it could set. Whatever is looked at is chosen by this.
   */
  readonly mayHold: (cfg: CfgExpr | undefined) => boolean
  /** It holds in some builds for the target and not in others. */
  readonly isOpen: (cfg: CfgExpr | undefined) => boolean
  /** Both conditions, with everything folded that does not depend on the target. */
  readonly and: (outer: CfgExpr, inner: CfgExpr | undefined) => CfgExpr
  /** Options that only the build script could have set, as far as code asked for them, and what they were taken for. */
  readonly guesses: ReadonlyMap<string, boolean>
  /** Options that code asked for and that would bring dependencies which were not read: taken as not set. */
  readonly unread: ReadonlySet<string>
}

/** What decides the options of a crate besides its target. */
export interface CfgInputs {
  readonly features: readonly string[]
  readonly declaredFeatures: readonly string[]
  /** Every word that the package's build script may print as an option; undefined without a build script. */
  readonly buildScriptWords: ReadonlySet<string> | undefined
  /** Options that would bring dependencies which were not read. */
  readonly unreadOptions?: readonly string[] | undefined
  /** Dependencies, each with whether it is one for the target. */
  readonly dependencies: ReadonlyMap<string, boolean>
  /** Compiled for the building machine: it gets the flags of a configuration only where no target is named. */
  readonly forHost: boolean
  /** It is compiled for the building machine alone, which may be another than the target's. */
  readonly onlyForHost: boolean
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
    unreadOptions: unit.unreadOptions,
    dependencies,
    forHost: unit.stages.some((stage) => stage === 'build' || stage === 'macro'),
    onlyForHost: isForHost(unit),
  }
}

/** Build scripts, procedural macros and what only they use are compiled for the machine that builds. */
export function isForHost(unit: Unit): boolean {
  if (unit.kind === 'build' || unit.kind === 'proc-macro') return true
  return unit.stages.length > 0 && unit.stages.every((stage) => stage === 'build' || stage === 'macro')
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
  const targetNames = namesSetBy(target)
  const guesses = new Map<string, boolean>()
  const unread = new Set<string>()
  const fixed = constantOptions(inputs, target, features, options, guesses, unread)
  // `target_has_atomic` alone, which only nightly prints, is there where any width is.
  if (targetNames.has('target_has_atomic')) options.add('target_has_atomic')
  const known = (name: string, value: string | undefined): boolean =>
    fixed(name, value) ?? (guesses.get(keyOf(name, value)) || options.has(keyOf(name, value)))
  const configured = new Set(
    target.cfg.flatMap((option) => (inputs.forHost && option.configured ? [keyOf(option.name, option.value)] : [])),
  )
  /** What every build for the target has alike; open is what a profile, a processor, a build script or the host decides. */
  const settled: CfgOracle = (name, value) => {
    const constant = fixed(name, value)
    if (constant !== undefined) return constant
    if (name === PROFILE || !isTargetOption(name, targetNames)) return undefined
    const set = options.has(keyOf(name, value))
    // An option of rustc that only nightly prints: what it is set to is in no table of targets.
    if (!set && name.startsWith('target_') && !targetOptionNames().has(name)) return undefined
    if (name === PANIC || configured.has(keyOf(name, value))) return undefined
    if (name === PROCESSOR) return set && value !== undefined && OF_THE_ABI.has(value) ? true : undefined
    return inputs.onlyForHost ? undefined : set
  }
  const verdicts = new WeakMap<CfgExpr, boolean>()
  const verdictsByText = new Map<string, boolean>()
  const canHold = (cfg: CfgExpr): boolean => {
    const truth = cfgTruth(cfg, settled)
    if (truth !== undefined) return truth
    let verdict = verdicts.get(cfg)
    if (verdict !== undefined) return verdict
    const text = printCfg(cfg)
    verdict = verdictsByText.get(text) ?? canBeMet(cfg, settled)
    verdictsByText.set(text, verdict)
    verdicts.set(cfg, verdict)
    return verdict
  }
  const holds = (cfg: CfgExpr | undefined): boolean => cfgHolds(cfg, known)
  return {
    holds,
    mayHold: (cfg) => cfg === undefined || holds(cfg) || canHold(cfg),
    isOpen: (cfg) => cfgTruth(cfg, settled) === undefined,
    and: (outer, inner) => (inner ? cfgAnd(outer, simplifyCfg(inner, fixed)) : outer),
    guesses,
    unread,
  }
}

/**
 * What a build script, the features and cargo's flags decide of an option; undefined for what is the target's, and for what a build
 * script may print, with a guess of what a plain build has.
 */
function constantOptions(
  inputs: CfgInputs,
  target: TargetPlatform,
  features: ReadonlySet<string>,
  options: ReadonlySet<string>,
  guesses: Map<string, boolean>,
  unread: Set<string>,
): CfgOracle {
  const targetNames = namesSetBy(target)
  const asked = askedOptions(target)
  const words = inputs.buildScriptWords
  /** What nothing here sets is for whoever builds to set (`rustc --cfg`): not set in a plain build, and open. */
  const fromOutside = (name: string, value: string | undefined): false | undefined => {
    if (target.closed || MAKES_NO_PROGRAM.test(name)) return false
    if (inputs.unreadOptions?.includes(keyOf(name, value)) !== true) return undefined
    unread.add(keyOf(name, value))
    return false
  }
  return (name, value) => {
    const decided = asked.get(keyOf(name, value))
    if (decided !== undefined) return decided
    // `--cfg feature="x"` of a configuration turns it on in every crate.
    if (name === 'feature') {
      if (value === undefined || features.has(value) || options.has(keyOf(name, value))) return value !== undefined
      // A build script may print one as any other option, whether the manifest declares it or not.
      if (!words?.has(printed(name)) || !hasWords(words, value)) return false
      guesses.set(keyOf(name, value), false)
      return undefined
    }
    if (isTargetOption(name, targetNames) || !OPTION_NAME.test(name)) return undefined
    if (words?.has(COMPUTED_OUTPUT) && !words.has(name) && !NEVER.test(name)) {
      guesses.set(keyOf(name, value), guesses.get(keyOf(name, value)) ?? false)
      return undefined
    }
    if (!words || (value !== undefined && !(words.has(name) && hasWords(words, value)))) return fromOutside(name, value)
    if (value !== undefined || NEVER.test(name)) {
      if (value === undefined && !words.has(printed(name))) return fromOutside(name, value)
      guesses.set(keyOf(name, value), false)
      return undefined
    }
    const named = optionOfName(name, inputs, target)
    const isPrinted = words.has(name)
    if (!isPrinted && !isTriple(name)) return fromOutside(name, value)
    guesses.set(name, named ?? !UNLIKELY.test(name))
    return named
  }
}

/** Names of options that are the target's; of what the user asks for, other values stay as they are. */
const namesSetBy = ({ cfg }: TargetPlatform): ReadonlySet<string> =>
  new Set(cfg.flatMap(({ name, asked }) => (asked ? [] : [name])))

/** What the user decides. */
function askedOptions({ cfg, unset = [] }: TargetPlatform): ReadonlyMap<string, boolean> {
  return new Map([
    ...cfg.flatMap(({ name, value, asked }) => (asked ? [[keyOf(name, value), true] as const] : [])),
    ...unset.map(({ name, value }) => [keyOf(name, value), false] as const),
  ])
}

/** A predicate that is none that Rust knows (`version("1.80")`) is kept by its text: it stays open. */
const OPTION_NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u

/** A build script may print the value when it has each word of it. */
function hasWords(words: ReadonlySet<string>, value: string): boolean {
  return (value.match(/[A-Za-z_]\w*/g) ?? []).every((word) => words.has(word))
}

/**
 * What one target's builds differ in: cargo's profile (the targets' options are those of its dev profile) and what the
 * processor is allowed to be (`-C target-feature`), and what becomes of a panic;
 * but for what the target's calling convention needs.
 */
const PROFILE = 'debug_assertions'
const PANIC = 'panic'
const PROCESSOR = 'target_feature'
const OF_THE_ABI = new Set(['fxsr', 'sse', 'sse2', 'x87', 'neon', 'fp', 'fp-armv8'])

/** Options of rustc, of tools and of special builds that no build script sets for a plain build. */
const NEVER =
  /^(test|doctest|doc|docsrs|miri|clippy|rustfmt|rustdoc|rust_analyzer|loom|fuzzing|bench|coverage|coverage_nightly|kani|proc_macro)$/
/**
 * Builds that make no program: tests are looked at by themselves, lints run nothing, and documentation is made without bodies, so
 * that code for it need not even compile (modules of two platforms at once).
 */
const MAKES_NO_PROGRAM = /^(test|doctest|rustdoc|clippy|rustfmt|rust_analyzer|bench)$|(^|_)(doc|docs|docsrs)(_|$)/

/**
 * Words of a lack, of nightly, of what is asked for by hand or made by the script: such options are off where a program needs one
 * answer, all others on. Both ways are looked at.
 */
const UNLIKELY =
  /(^|_)(no|not|without|nightly|unstable|doc|docsrs|deny|use|force|bindgen|generated|pregenerated|fallback|emulate|custom|old|experimental|exhaustive)(_|$)/

/**
 * The guess for an option that is called like the target, a part of it, a dependency or a feature: it tells whether that is
 * there, whatever the script asks. Undefined for every other: scripts mostly ask how new the compiler is, which nobody here knows.
 */
function optionOfName(name: string, inputs: CfgInputs, target: TargetPlatform): boolean | undefined {
  if (isTriple(name)) return target.triple.replace(/\W/g, '_') === name
  const dependency = inputs.dependencies.get(name)
  if (dependency !== undefined) return dependency
  if (inputs.declaredFeatures.includes(name)) return inputs.features.includes(name)
  const platforms = targetWords().filter((word) => name.startsWith(word) || word.endsWith(name))
  if (platforms.length > 0) return target.cfg.some(({ value }) => value !== undefined && platforms.includes(value))
  return undefined
}

let triples: ReadonlySet<string> | undefined
/** A known target's triple, spelled as an identifier: scripts make such names of what cargo tells them. */
function isTriple(name: string): boolean {
  triples ??= new Set([...knownTargets().keys()].map((triple) => triple.replace(/\W/g, '_')))
  return triples.has(name)
}

let optionNames: ReadonlySet<string> | undefined
/** The names of all options that a stable rustc prints for any known target. */
function targetOptionNames(): ReadonlySet<string> {
  optionNames ??= new Set([...knownTargets().values()].flatMap((known) => known.cfg.map(({ name }) => name)))
  return optionNames
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
