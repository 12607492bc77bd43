/**
 * Where each package comes from, held against the rules that say where it may. The rules that name the package most
 * exactly decide, all of them together: a package that is pinned by its name is not freed by a rule for a group.
 *
 * A policy without such a rule says nothing of sources. Then only packages that come from elsewhere than the registry or
 * the repository are told, as notes: a gate that begins to fail with a new version of caps would be turned off.
 */
import type { AllowCommand, SourceProblem } from '../report/check-result.js'
import type { PackageResult, SourceResult } from '../report/result.js'
import { isUnusual, sourceText } from '../report/source-text.js'
import { sourceArgumentsOf } from './allow-request.js'
import { commandOf, REASON } from './check-allow.js'
import type { Case } from './check-case.js'
import { sourceMessage } from './check-message.js'
import { isNameable, ruleReference, type SourceRule, type Subject } from './policy.js'
import type { Selector } from './policy-select.js'
import { configurationText, isConfiguration } from './source-parts.js'
import { type SourcePattern, sourcePattern } from './source-pattern.js'

/** What allowed a package to come from where it does. */
export interface SourceDecision {
  readonly rule: SourceRule
  readonly subject: Subject
  readonly from: readonly SourcePattern[]
}

interface SourceVerdicts {
  readonly problems: readonly SourceProblem[]
  readonly used: readonly SourceDecision[]
}

/** Judges every package; cargo's configuration only where its files are pinned, for it comes from nowhere. */
export function judgeSources(given: Case): SourceVerdicts {
  const verdicts = given.result.packages.map((owner) => judge(given, owner))
  return { problems: verdicts.flatMap(({ problems }) => problems), used: verdicts.flatMap(({ used }) => used) }
}

function judge(given: Case, owner: PackageResult): SourceVerdicts {
  const { policy, result, select } = given
  const ofConfiguration = isConfiguration(owner)
  const sources = policy.sources.filter((rule) => isOfConfiguration(rule) === ofConfiguration)
  const rules = rulesFor(sources, owner, select)
  const used = rules.flatMap(({ rule, subject }) => {
    const from = rule.from.filter(({ allows }) => allows(owner, result.directory))
    return from.length > 0 ? [{ rule, subject, from }] : []
  })
  if (used.length > 0) return { used, problems: [] }
  // A baseline has no rule for what is new: that is no other source than before.
  const silent = rules.length === 0 && (ofConfiguration || policy.kind === 'baseline' || sources.length === 0)
  if (silent && (ofConfiguration || !isWorthTelling(owner))) return { used, problems: [] }
  return {
    used,
    problems: [
      problemOf(
        given,
        owner,
        rules.map(({ rule }) => rule),
        silent,
      ),
    ],
  }
}

const isOfConfiguration = ({ from }: SourceRule): boolean => from.some((pattern) => pattern.ofConfiguration === true)

/** What the repository holds itself, vendored or by path, is under its review. */
function isWorthTelling({ local, source }: PackageResult): boolean {
  if (local || source === undefined) return false
  const { from, ...asked } = source
  const isVendored = from?.kind === 'directory' && from.url !== 'outside'
  return isUnusual(isVendored ? asked : source)
}

/** The rules that name a package most exactly. */
function rulesFor(
  rules: readonly SourceRule[],
  owner: PackageResult,
  select: Selector,
): readonly { readonly rule: SourceRule; readonly subject: Subject }[] {
  const found = rules.flatMap((rule) =>
    rule.subjects.flatMap((subject) => {
      const exactness = select(subject, owner)
      return exactness === undefined ? [] : [{ rule, subject, exactness }]
    }),
  )
  const best = Math.max(...found.map(({ exactness }) => exactness))
  return found.filter(({ exactness }) => exactness === best)
}

function problemOf(given: Case, owner: PackageResult, rules: readonly SourceRule[], silent: boolean): SourceProblem {
  const { policy } = given
  const source: SourceResult = owner.source ?? { kind: owner.origin }
  const text = isConfiguration(owner) ? configurationText(owner) : sourceText(source)
  const [rule] = rules
  const allow = silent ? undefined : allowCommand(given, owner, text)
  const { revision: _, ...place } = source
  const facts = {
    kind: 'source' as const,
    level: silent ? ('note' as const) : ('error' as const),
    key: `source ${owner.name} ${isConfiguration(owner) ? 'configuration' : sourceText(place)}`,
    package: owner.id,
    name: owner.name,
    version: owner.version,
    local: owner.local,
    via: given.chainOf(owner.id),
    verdict: silent ? ('no-rules' as const) : rule ? ('other-source' as const) : ('not-allowed' as const),
    source,
    text,
    allowed: [...new Set(rules.flatMap(({ from }) => from.map((pattern) => pattern.text)))],
    ...(rule && { rule: ruleReference(policy, rule) }),
    ...(allow && { allow }),
  }
  return { ...facts, message: sourceMessage(facts) }
}

/** Undefined when a rule cannot spell the package or its source, or the policy is no file. */
function allowCommand(
  { policy, options, select, result }: Case,
  owner: PackageResult,
  text: string,
): AllowCommand | undefined {
  if (policy.kind === 'baseline' || !isNameable(owner.name)) return undefined
  if (!sourcePattern(text)?.allows(owner, result.directory)) return undefined
  const isVersioned = rulesFor(policy.sources, owner, select).some(
    ({ subject }) => subject.k === 'package' && subject.requirement !== undefined && subject.name === owner.name,
  )
  const subject = isVersioned ? `${owner.name}@${owner.version}` : owner.name
  return commandOf(sourceArgumentsOf({ package: subject, sources: [text], reason: REASON }, options.policyArguments))
}
