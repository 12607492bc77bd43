/**
 * The one thing that is changed after the lockfile was made and everything was fetched: what a developer does, or someone
 * who wants other code to be built than what is looked at. The lockfile stays unless it is what changes.
 */
import { DEPENDENCY_MUTATIONS } from './dependency-mutations.js'
import type { Mutation } from './mutation.js'
import { PACKAGE_MUTATIONS } from './package-mutations.js'
import type { Random } from './random.js'
import { SOURCE_MUTATIONS } from './source-mutations.js'
import type { World } from './world.js'

const MUTATIONS: readonly Mutation[] = [...DEPENDENCY_MUTATIONS, ...SOURCE_MUTATIONS, ...PACKAGE_MUTATIONS]

export interface Mutated {
  readonly name: string
  /** Names of which one must be in the message of a refusal; empty when any message will do. */
  readonly concerns: readonly string[]
}

/** Changes one thing of the world; in one of eight nothing. */
export function mutate(world: World, random: Random, off: ReadonlySet<string>): Mutated {
  if (random.chance(0.12)) return { name: 'nothing', concerns: [] }
  for (const mutation of random.shuffled(MUTATIONS)) {
    if (off.has(mutation.name)) continue
    const concerns = mutation.apply(world, random)
    if (concerns) return { name: mutation.name, concerns }
  }
  return { name: 'nothing', concerns: [] }
}
