/**
 * Which of the options of an analysis make a check look at less than its policy is about, in the words of the command line. A gate
 * that is green because of one of them has to say so. Options that turn more on are none of them, and neither is a map: what it
 * says of a function is the user's word, as a policy is.
 */

/** The options that can. */
export interface NarrowingOptions {
  readonly packages?: readonly string[] | undefined
  readonly target?: readonly string[] | undefined
  readonly noDefaultFeatures?: boolean | undefined
  readonly allowMissing?: boolean | undefined
  readonly entry?: string | undefined
}

/** Those that were given: `--entry main`, `--target x86_64-pc-windows-msvc`. */
export function narrowingOf(options: NarrowingOptions): readonly string[] {
  const { packages = [], target = [], noDefaultFeatures, allowMissing, entry } = options
  return [
    ...(entry === undefined ? [] : [`--entry ${entry}`]),
    ...packages.map((name) => `-p ${name}`),
    ...target.map((triple) => `--target ${triple}`),
    ...(noDefaultFeatures ? ['--no-default-features'] : []),
    ...(allowMissing ? ['--allow-missing'] : []),
  ]
}
