/**
 * Optional dependencies that are turned on and stand in no lockfile. A lockfile has what the features of members need;
 * `--features dependency/x` may need more, which cargo then chooses and does not write down. Which code that is nobody can
 * tell from the lockfile, so there is no answer; nothing is chosen here.
 */
import { ProjectError } from '../base/index.js'
import type { FeatureRules, ResolvedFeatures } from './features.js'

/** Throws ProjectError for the first of them, by the id of the package that has it. */
export function requireLocked(features: ResolvedFeatures, { lookup, isActivePlatform }: FeatureRules): void {
  for (const id of [...features.packages].sort()) {
    const unlocked = lookup(id)?.unlocked ?? []
    const found = unlocked.find((dependency) =>
      (['target', 'host'] as const).some((side) => {
        const isOn = features.get(id, side)?.optional.has(dependency.nameInToml) === true
        return isOn && isActivePlatform({ dependency, to: dependency.packageName }, side)
      }),
    )
    if (!found) continue
    throw new ProjectError(
      `${id} is to be compiled with its optional dependency ${found.packageName}, of which Cargo.lock knows nothing`,
      'a feature that was asked for turns it on, none of a member does: cargo chooses a version and writes it nowhere',
      'Let a feature of a member turn it on, and ask for that one.',
    )
  }
}
