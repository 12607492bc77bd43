/** Policies from text and results from a few words, for the tests of checks. */

import { meetsRequirement } from '../../src/project/version-req.js'
import type { CapabilityProblem, CheckResult } from '../../src/report/check-result.js'
import { checkResultSchema } from '../../src/report/check-result.js'
import type { AnalysisResult, Finding, PackageResult } from '../../src/report/result.js'
import { checkResult } from '../../src/review/check.js'
import type { CheckOptions } from '../../src/review/check-case.js'
import type { Policy } from '../../src/review/policy.js'
import { readPolicy } from '../../src/review/policy-read.js'
import { vocabulary } from '../../src/wiring/policy-file.js'
import { finding, packageOf, result, step } from '../report/results.js'

export const words = vocabulary()
export const LINUX = 'x86_64-unknown-linux-gnu'
export const WINDOWS = 'x86_64-pc-windows-msvc'
const TARGETS = [LINUX, WINDOWS]

/** The policy of a caps.toml, without its first line. */
export const policy = (text: string): Policy => readPolicy({ file: 'caps.toml', text: `version = 1\n${text}` }, words)

/** `fs/read`, with its place and what else is given. */
export function has(capability: string, given: Partial<Finding> = {}): Finding {
  return finding(capability, {
    targets: TARGETS,
    path: [step('a::run'), step('std::a', 'a@1.0.0 src/a.rs:2:3')],
    ...given,
  })
}

/** An application that depends on `direct`, which depends on `deep`, each with what is given. */
export function application(given: Readonly<Record<string, readonly Finding[]>>): AnalysisResult {
  const to = (id: string): Pick<PackageResult, 'dependencies'> => ({
    dependencies: [{ package: id, kinds: ['normal'] }],
  })
  return result(
    [
      { ...packageOf('app@1.0.0', given['app'] ?? [], true), ...to('direct@2.1.0') },
      packageOf('deep@0.3.0', given['deep'] ?? []),
      { ...packageOf('direct@2.1.0', given['direct'] ?? []), ...to('deep@0.3.0') },
    ],
    { targets: TARGETS },
  )
}

export const defaults: CheckOptions = {
  failOn: 'new',
  strict: false,
  possible: false,
  whole: true,
  policyArguments: [],
  meetsRequirement,
}

/** The check of a result; what comes out fits its own schema. */
export function checked(of: AnalysisResult, against: Policy | string, given: Partial<CheckOptions> = {}): CheckResult {
  const rules = typeof against === 'string' ? policy(against) : against
  const found = checkResult(of, rules, { ...defaults, ...given })
  checkResultSchema.parse(found)
  return found
}

/** `direct exec not-allowed`, of each capability that is a problem. */
export function told(found: CheckResult): string[] {
  return found.problems
    .filter((problem): problem is CapabilityProblem => problem.kind === 'capability')
    .map((problem) => `${problem.name} ${problem.capability} ${problem.verdict}`)
}
