/** What each file of mutations is made of. */
import type { Random } from './random.js'
import type { World } from './world.js'

export interface Mutation {
  readonly name: string
  /** Changes the world and gives the names concerned; undefined where there is nothing to change. */
  readonly apply: (world: World, random: Random) => readonly string[] | undefined
}
