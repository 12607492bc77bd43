/** Small diffs and checks for the tests of formats: only what a test is about is spelled out. */
import type { CapabilityProblem, CheckResult, Problem } from '../../src/report/check-result.js'
import type { CapabilityChange, Change, DiffResult, PackageDiff, ValueChange } from '../../src/report/diff-result.js'
import { step } from './results.js'

const path = [
  step('helper::run', 'helper@0.1.1 src/lib.rs:3:1'),
  step('std::process::Command::spawn', 'helper@0.1.1 src/lib.rs:9:5'),
]

export function capabilityChange(given: Partial<CapabilityChange> = {}): CapabilityChange {
  return {
    kind: 'capability',
    package: 'helper',
    ids: { old: 'helper@0.1.0', new: 'helper@0.1.1' },
    direction: 'more',
    tone: 'alarm',
    change: 'gained',
    stage: 'run',
    capability: 'exec',
    certainty: 'certain',
    reach: 'direct',
    condition: { old: null, new: 'true' },
    sites: { old: 0, new: 1 },
    uses: [],
    path,
    ...given,
  }
}

export function valueChange(given: Partial<ValueChange> = {}): ValueChange {
  return {
    kind: 'value',
    package: 'helper',
    ids: { old: 'helper@0.1.0', new: 'helper@0.1.1' },
    direction: 'more',
    tone: 'notice',
    change: 'gained',
    stage: 'run',
    capability: 'exec',
    certainty: 'certain',
    reach: 'direct',
    resource: { kind: 'program', value: 'curl', known: 'written' },
    before: ['git'],
    sites: 1,
    path,
    ...given,
  }
}

export function packageDiff(changes: readonly Change[], given: Partial<PackageDiff> = {}): PackageDiff {
  const side = { origin: 'registry', local: false, digest: null } as const
  return {
    name: 'helper',
    change: 'version',
    old: { id: 'helper@0.1.0', version: '0.1.0', ...side },
    new: { id: 'helper@0.1.1', version: '0.1.1', ...side },
    dependents: ['app'],
    dependencies: { added: [], removed: [] },
    changes,
    ...given,
  }
}

export function diff(packages: readonly PackageDiff[], given: Partial<DiffResult> = {}): DiffResult {
  const side = {
    packages: 2,
    from: 'source',
    granularity: 'site',
    targets: ['x86_64-unknown-linux-gnu'],
    lockedBy: 'own',
    toolVersion: '0.0.0',
  } as const
  return {
    schemaVersion: 1,
    tool: { name: 'caps', version: '0.0.0' },
    old: { root: 'app@1.0.0', members: ['app@1.0.0'], ...side },
    new: { root: 'app@1.0.1', members: ['app@1.0.1'], ...side },
    notes: [],
    packages,
    summary: {
      packages: { added: 0, removed: 0, changed: packages.length, unchanged: 1 },
      changes: { more: 1, less: 0, other: 0 },
      capabilities: { gained: ['exec'], lost: [] },
      unchanged: { capabilities: 3, sites: 9, units: 2, files: 0 },
    },
    ...given,
  }
}

export function problem(given: Partial<CapabilityProblem> = {}): CapabilityProblem {
  return {
    kind: 'capability',
    level: 'error',
    key: 'helper exec run',
    message: 'helper 0.1.1 has exec, which no rule allows',
    allow: { args: ['allow', 'helper', 'exec'], command: "caps allow helper exec --reason '…'" },
    package: 'helper@0.1.1',
    name: 'helper',
    version: '0.1.1',
    local: false,
    via: ['app@1.0.0', 'helper@0.1.1'],
    verdict: 'not-allowed',
    capability: 'exec',
    stage: 'run',
    certainty: 'certain',
    reach: 'direct',
    condition: 'true',
    targets: ['x86_64-unknown-linux-gnu'],
    everyTarget: true,
    sites: 1,
    path,
    ...given,
  }
}

export const unusedProblem: Problem = {
  kind: 'unused',
  level: 'warning',
  key: 'unused 1',
  message: 'caps.toml:7 allows network to helper, which nothing uses',
  rule: { action: 'allow', subject: 'helper', file: 'caps.toml', line: 7 },
}

export const coverageProblem: Problem = {
  kind: 'coverage',
  level: 'error',
  key: 'coverage app',
  message: 'app 1.0.0 has 2 pieces of code that were not read',
  package: 'app@1.0.0',
  name: 'app',
  version: '1.0.0',
  local: true,
  via: ['app@1.0.0'],
  losses: 2,
  unresolved: 0,
  acceptedLosses: 0,
  acceptedUnresolved: 0,
  places: [{ kind: 'syntax error', what: '@', package: 'app@1.0.0', file: 'src/odd.rs', line: 4, column: 2 }],
}

export function check(problems: readonly Problem[], given: Partial<CheckResult> = {}): CheckResult {
  const count = (level: Problem['level']): number => problems.filter((one) => one.level === level).length
  return {
    schemaVersion: 1,
    tool: { name: 'caps', version: '0.0.0' },
    root: 'app@1.0.0',
    members: ['app@1.0.0'],
    targets: ['x86_64-unknown-linux-gnu'],
    against: { kind: 'policy', file: 'caps.toml' },
    failOn: 'new',
    strict: false,
    possible: false,
    clean: count('error') === 0,
    problems,
    summary: {
      packages: 2,
      findings: 9,
      allowed: 8,
      errors: count('error'),
      warnings: count('warning'),
      notes: count('note'),
    },
    ...given,
  }
}
