/** When code runs, in the order in which all that is shown is sorted: nearest to who runs the program first. */

/** In the program, in a build script, in a proc macro (each with its dependencies), in tests. */
export const STAGES = ['run', 'build', 'macro', 'test'] as const

export type Stage = (typeof STAGES)[number]
