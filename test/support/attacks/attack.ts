/** What an attack is: a state that was reviewed, and a change after which cargo compiles or starts something else. */
import { CLEAN, EVIL, type Locked, lockfile, manifest, type Workshop } from './workshop.js'

/**
 * `check`: the worktree against its policy. `staged`: the hook's command. `rev`: the commit against its policy. `diff`: two
 * directories. `baseline`: the worktree against the commit before. `action`: the Action. `locked`: `check --locked`.
 */
export const GATES = ['check', 'staged', 'rev', 'diff', 'baseline', 'action', 'locked'] as const
export type Gate = (typeof GATES)[number]

export interface Attack {
  readonly name: string
  /** Where the crate is in the repository; its root unless given. */
  readonly directory?: string
  /** Makes the state that was reviewed, of nothing. */
  readonly before: (place: Workshop) => void
  readonly after: (place: Workshop) => void
  /** What each answer must name; of an attack without gates, the policy. */
  readonly tells: RegExp
  /** Through which gates it goes; all, `locked` only if `refused`, unless given. None: what it does is told before it, too. */
  readonly gates?: readonly Gate[]
  /** cargo refuses the change with `--locked`: so must caps, with an error. */
  readonly refused?: true
  /** No target is named: the change is about targets. */
  readonly anyTarget?: true
  /** It stages what it means to stage; otherwise everything is. */
  readonly staged?: true
  /** There is no policy before. */
  readonly unwatched?: true
  /** The gates that do not stop it yet, and why. */
  readonly green?: Partial<Record<Gate, string>>
}

/** A program that calls a library: `tool` of the registry. */
export const USES_TOOL = 'pub fn go() -> u32 { tool::run() }\n'

/** `app`, which depends on the registry's harmless `tool`; a version that starts programs is published too. */
export function registryBase(place: Workshop): void {
  const tool = place.published('tool@1.0.0', { 'src/lib.rs': CLEAN })
  place.published('tool@1.1.0', { 'src/lib.rs': EVIL })
  place.write({
    'Cargo.toml': manifest('app@1.0.0', '[dependencies]\ntool = "1"\n'),
    'src/lib.rs': USES_TOOL,
    'Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['tool'] }, tool),
  })
}

/** Writes the manifest of `app` anew: what follows its `[package]`. */
export function setManifest(place: Workshop, rest: string): void {
  place.write({ 'Cargo.toml': manifest('app@1.0.0', rest) })
}

/** Writes the lockfile anew: `app`, which needs `tool`, and these. */
export function setLock(place: Workshop, ...packages: readonly Locked[]): void {
  place.write({ 'Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['tool'] }, ...packages) })
}

/** A directory of the repository with a `tool` that starts programs. */
export function evilTool(place: Workshop, directory: string, id = 'tool@1.0.0'): void {
  place.write({ [`${directory}/Cargo.toml`]: manifest(id), [`${directory}/src/lib.rs`]: EVIL })
}
