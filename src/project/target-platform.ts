/** What a target is, as far as conditions are concerned. */

export interface TargetOption {
  readonly name: string
  readonly value?: string
  /** Set by `--cfg` of cargo's configuration: build scripts and proc macros may be compiled without it. */
  readonly configured?: boolean
  /** Set by the user's own `--cfg`: everything is compiled with it. */
  readonly asked?: boolean
}

/** A rustc target and the options that `rustc --print cfg` says it sets. */
export interface TargetPlatform {
  readonly triple: string
  readonly cfg: readonly TargetOption[]
  /** Options that are never set, as the user says. */
  readonly unset?: readonly TargetOption[]
  /** Nobody sets options from outside: whoever looks is the one who builds, as with std's own source. */
  readonly closed?: boolean
}
