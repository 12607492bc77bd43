/**
 * What a policy says, as plain data: the rules of a caps.toml, or those that a baseline report stands for. It is read by
 * policy-read.ts, made from a report by baseline.ts, and applied by check.ts.
 *
 * It deliberately knows neither TOML nor targets: what a `target` of a rule means was decided when it was read.
 */
import { familyOf } from '../base/index.js'
import type { RuleReference } from '../report/check-result.js'
import { escapeText } from '../report/escape.js'
import type { Finding, ReportStage, Resource } from '../report/result.js'
import type { SourcePattern } from './source-pattern.js'

/** The version of the file format that this caps reads and writes. */
export const POLICY_VERSION = 1
/** How the file is called where nobody names another. */
export const POLICY_FILE = 'caps.toml'
/** Stands for every capability. */
export const ANY_CAPABILITY = '*'

/** `fs/read` is within `fs/read`, `fs` and `*`. */
export const isWithin = (word: string, wide: string): boolean =>
  wide === ANY_CAPABILITY || word === wide || familyOf(word) === wide

export const GROUPS = ['own', 'direct', 'dependencies'] as const
/** own: what was asked for; direct: what that depends on itself; dependencies: all that is not own. */
export type PackageGroup = (typeof GROUPS)[number]

export type Subject =
  | { readonly k: 'group'; readonly group: PackageGroup }
  /** A name or, with `*`, a pattern for names; with a requirement in cargo's spelling. */
  | { readonly k: 'package'; readonly name: string; readonly requirement?: string; readonly text: string }

interface RuleBase {
  readonly subjects: readonly Subject[]
  readonly line: number
  readonly reason: string | undefined
}

export interface CapabilityRule extends RuleBase {
  readonly action: 'allow' | 'deny' | 'warn'
  /** `fs/read`, `fs`, or `*`. */
  readonly capabilities: readonly string[]
  readonly stages: readonly ReportStage[]
  /** The rule names stages itself. */
  readonly namesStages: boolean
  /** As written; empty for all. */
  readonly targets: readonly string[]
  /** Whether it holds on a target triple; absent when it holds on all, and for code that exists on none looked at. */
  readonly onTarget?: (triple: string) => boolean
  /** By capability, as the rule spells it: in how many places a package may refer to it. */
  readonly sites: ReadonlyMap<string, number>
  /** By capability: what it may act on; absent for anything. */
  readonly values: ReadonlyMap<string, readonly string[]>
  /** Of a baseline, in the place of a list: whether it has a value; `now` is all that the capability acts on. */
  readonly isKnown?: (
    value: Omit<Resource, 'sites'>,
    certainty: Finding['certainty'],
    now: readonly Resource[],
  ) => boolean
  /** Of a rule that denies or warns: about what acts on something with one of these tags alone; empty for all. */
  readonly tags: readonly string[]
  /** Also about what a package can do only through other packages. */
  readonly transitive: boolean
  /** Holds for merely possible findings only: a baseline that has seen no more. */
  readonly possibleOnly: boolean
}

/** How much of a package may stay unanalyzed when lost coverage counts. */
export interface CoverageRule extends RuleBase {
  readonly losses: number
  readonly unresolved: number
}

/** Where packages may come from. Once there is one such rule, every package needs one that allows its source. */
export interface SourceRule extends RuleBase {
  readonly from: readonly SourcePattern[]
}

/** Which code a policy is about: what `caps check` looks at when no option says otherwise. Empty: what it looks at by itself. */
export interface PolicyScope {
  readonly packages: readonly string[]
  readonly targets: readonly string[]
  readonly features: readonly string[]
  /** Options that are set, or never (`not(nightly)`); every other is looked at both ways. */
  readonly cfg: readonly string[]
  readonly allFeatures: boolean
  readonly noDefaultFeatures: boolean
  /** Of what runs, only what begins there: `public`, `main` or a path. */
  readonly entry?: string
  /** Capability maps laid over ours, relative to the directory of the policy. */
  readonly maps: readonly string[]
}

/** Of a policy that names none. */
export const WHOLE_SCOPE: PolicyScope = {
  packages: [],
  targets: [],
  features: [],
  cfg: [],
  allFeatures: false,
  noDefaultFeatures: false,
  maps: [],
}

export interface Policy {
  readonly kind: 'policy' | 'baseline'
  /** As results name it: relative to the directory of the crate. */
  readonly file: string
  readonly rules: readonly CapabilityRule[]
  readonly coverage: readonly CoverageRule[]
  readonly sources: readonly SourceRule[]
  readonly scope: PolicyScope
}

/** Whether a rule, and a command line, can name a package of that name alone: a hostile one may look like something else. */
export function isNameable(name: string): boolean {
  return /^[^@*\s-][^@*\s]*$/.test(name) && escapeText(name) === name
}

/** How a result names a rule. */
export function ruleReference(policy: Policy, rule: CapabilityRule | CoverageRule | SourceRule): RuleReference {
  return {
    action: 'action' in rule ? rule.action : 'from' in rule ? 'source' : 'coverage',
    subject: rule.subjects.map(subjectText).join(', '),
    file: policy.file,
    line: rule.line,
    ...(rule.reason !== undefined && { reason: rule.reason }),
  }
}

/** As the file spells it, `group dependencies` for a group. */
export function subjectText(subject: Subject): string {
  return subject.k === 'group' ? `group ${subject.group}` : subject.text
}
