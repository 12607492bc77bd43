/** Why nothing could be chosen offline. */
import { ProjectError } from '../base/index.js'
import type { PatchEntry } from './patches.js'
import type { Candidate } from './version-question.js'

export function notOnePackage({ key, file, dependency }: PatchEntry, brings: readonly Candidate[]): ProjectError {
  const { packageName, requirement = '*' } = dependency
  return new ProjectError(
    `[patch.${key}] of ${file} brings not one package ${packageName} ${requirement}`,
    brings.length === 0 ? 'there is none' : `there are ${brings.map(({ version }) => version).join(', ')}`,
    'Correct it: cargo refuses it too.',
  )
}

export const unknownRegistry = (name: string, registry: string): ProjectError =>
  new ProjectError(
    `${name} is of the registry ${registry}, which is not known`,
    `no configuration of cargo has [registries.${registry}] with an index`,
    'Add it to .cargo/config.toml or to the one in CARGO_HOME.',
  )
