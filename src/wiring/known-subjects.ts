/**
 * Whether there is a package that a rule is to be about, before it is written into a policy: a misspelt one would allow
 * nothing, and be believed to.
 */
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { globTest, nearestWord, ProjectError } from '../base/index.js'
import { knownPackages, meetsRequirement } from '../project/index.js'
import { POLICY_FILE } from '../review/policy.js'
import type { PolicyPlace } from './policy-file.js'
import { vocabulary } from './policy-file.js'

/**
 * Throws ProjectError for a subject (`name`, `name@^1`, `windows-*`) that means no package. A policy beside no manifest, or under
 * another name, may be about anything, and nothing is asked of it; nor where no lockfile says which packages there are.
 */
export function requirePackages({ path }: PolicyPlace, subjects: readonly string[]): void {
  const directory = dirname(path)
  if (basename(path) !== POLICY_FILE || !existsSync(join(directory, 'Cargo.toml'))) return
  const known = knownPackages(directory)
  if (!known) return
  const { requirementOf } = vocabulary()
  for (const subject of subjects) {
    const [, name = subject, version] = /^([^@]+)(?:@(.*))?$/.exec(subject) ?? []
    const named = known.filter((one) => globTest(name)(one.name))
    // What is no requirement is told of where the policy is written.
    const requirement = version === undefined ? undefined : requirementOf(version)
    if (named.some((one) => requirement === undefined || meetsRequirement(one.version, requirement))) continue
    const near = nearestWord(
      name,
      known.map((one) => one.name),
    )
    const versions = [...new Set(named.map((one) => one.version))].join(', ')
    throw new ProjectError(
      `There is no package ${subject} here`,
      named.length > 0
        ? `${name} is locked at ${versions}`
        : 'neither the workspace nor its Cargo.lock has one of that name',
      `${near === undefined || named.length > 0 ? 'Correct the name' : `Did you mean "${near}"? If not, correct the name`}, or allow it all the same with --force.`,
    )
  }
}
