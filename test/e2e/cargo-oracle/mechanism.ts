/** What each file of mechanisms is made of. */
import type { Random } from './random.js'
import type { World } from './world.js'

export interface Mechanism {
  readonly name: string
  readonly probability: number
  /** Adds it to the world; false where the world has no place for it. */
  readonly apply: (world: World, random: Random) => false | undefined
}
