/**
 * The `caps allow …` that would allow a finding: the widest request that does, found by trying it on the rules. What
 * only a change of another rule would allow has none, and a baseline is no file to change.
 */
import type { AllowCommand } from '../report/check-result.js'
import type { PackageResult } from '../report/result.js'
import { shellWord } from '../report/shell-word.js'
import { type AllowRequest, argumentsOf, placeOf } from './allow-request.js'
import type { Case } from './check-case.js'
import { decide, type Judgeable, rulesFor } from './check-decide.js'
import { type CapabilityRule, isNameable } from './policy.js'

/** Stands where the user writes a reason. */
export const REASON = 'TODO: why it may'

export interface Wanted {
  readonly targets: readonly string[]
  /** These are all the targets that the finding is on. */
  readonly whole: boolean
  /** A rule allows it in fewer places. */
  readonly limited: boolean
  /** A rule allows it for other values than these alone. */
  readonly values?: readonly string[]
}

/** Undefined when no request allows it. */
export function allowCommand(
  given: Case,
  owner: PackageResult,
  finding: Judgeable,
  wanted: Wanted,
): AllowCommand | undefined {
  const request = requestFor(given, owner, finding, wanted)
  return request && commandOf(argumentsOf(request, given.options.policyArguments))
}

/** The widest request that allows it; undefined when none does. */
export function requestFor(
  given: Case,
  owner: PackageResult,
  finding: Judgeable,
  wanted: Wanted,
): AllowRequest | undefined {
  if (given.policy.kind === 'baseline' || !isNameable(owner.name)) return undefined
  for (const request of candidates(owner, finding, wanted)) {
    if (wouldAllow(given, owner, finding, wanted.targets, request)) return request
  }
  return undefined
}

/** The program's name and its arguments as a line for a shell. */
export function commandOf(args: readonly string[]): AllowCommand {
  return { args, command: ['caps', ...args].map(shellWord).join(' ') }
}

/** From the widest to the narrowest, since a more specific rule decides. */
function* candidates(owner: PackageResult, finding: Judgeable, wanted: Wanted): Generator<AllowRequest> {
  const request = {
    capabilities: [finding.capability],
    transitive: finding.reach === 'transitive',
    ...(wanted.limited && { sites: finding.sites }),
    ...(wanted.values && { values: wanted.values }),
    reason: REASON,
  }
  const named = { stage: finding.stage }
  for (const subject of [owner.name, `${owner.name}@${owner.version}`]) {
    const targets = wanted.whole ? [] : wanted.targets
    yield { ...request, package: subject, targets, ...(finding.stage !== 'run' && named) }
    yield { ...request, package: subject, targets, ...named }
    yield { ...request, package: subject, targets: wanted.targets, ...named }
  }
}

function wouldAllow(
  { policy, select }: Case,
  owner: PackageResult,
  finding: Judgeable,
  targets: readonly string[],
  request: AllowRequest,
): boolean {
  const rules = rulesFor(withRequest(policy.rules, owner, request), owner, select)
  const triples = targets.length > 0 ? targets : [undefined]
  return triples.every((triple) => decide(rules, finding, triple).k === 'allowed')
}

/** The rules as they would be; a joined rule may as well be a new one, for what it says. */
function withRequest(
  rules: readonly CapabilityRule[],
  owner: PackageResult,
  request: AllowRequest,
): readonly CapabilityRule[] {
  const { taken, joined } = placeOf(rules, request)
  const without = rules.map((rule, index) =>
    taken.includes(index) || joined === index
      ? { ...rule, capabilities: rule.capabilities.filter((word) => !request.capabilities.includes(word)) }
      : rule,
  )
  const versioned = request.package !== owner.name
  const added: CapabilityRule = {
    action: 'allow',
    subjects: [
      {
        k: 'package',
        name: owner.name,
        ...(versioned && { requirement: `=${owner.version}` }),
        text: request.package,
      },
    ],
    line: 0,
    reason: request.reason,
    capabilities: request.capabilities,
    stages: [request.stage ?? 'run'],
    namesStages: request.stage !== undefined,
    targets: request.targets,
    ...(request.targets.length > 0 && { onTarget: (triple: string) => request.targets.includes(triple) }),
    sites: new Map(
      request.sites === undefined ? [] : request.capabilities.map((word) => [word, request.sites as number]),
    ),
    values: new Map(
      request.values === undefined ? [] : request.capabilities.map((word) => [word, request.values ?? []]),
    ),
    tags: [],
    transitive: request.transitive,
    possibleOnly: false,
  }
  return [...without, added]
}
