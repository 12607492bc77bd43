/** A crate before and after an attack. Everything is written by us and harmless. */

/** By path; the crate is in `app`, which stands for the pair's name, other packages stand beside it. */
export type Files = Readonly<Record<string, string>>

export interface Pair {
  /** Of the crate. */
  readonly name: string
  /** What it does, as the document heads it. */
  readonly behaviour: string
  /** Where it was seen, with the year. */
  readonly seen: string
  readonly before: Files
  /** What the attack writes over it, or adds. */
  readonly attack: Files
  /** What `caps analyze` says first. */
  readonly analyze: string
  /** What `caps diff` says first. */
  readonly diff: string
  /** What the policy does not allow, in the order that it is said. */
  readonly refused: readonly string[]
  /** Hosts, programs, files, variables that are there to be read. */
  readonly values: readonly string[]
  /** Where caps comes too late or says less than one would like. */
  readonly but?: string
}

export function manifest(name: string, rest = '', version = '1.0.0'): string {
  return `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n${rest}`
}

/** A library crate: its manifest and its code. */
export function crate(name: string, code: string, rest = ''): Files {
  return { [`${name}/Cargo.toml`]: manifest(name, rest), [`${name}/src/lib.rs`]: code }
}

/** The files under the pair's name, and which packages they are. */
export function filesOf({ name }: Pick<Pair, 'name'>, files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path.replace(/^app\//, `${name}/`),
      path.endsWith('Cargo.toml') ? text.replace('name = "app"', `name = "${name}"`) : text,
    ]),
  )
}

export function packagesOf(files: Files): string[] {
  return Object.keys(files).flatMap((path) => /^([^/]+)\/Cargo\.toml$/.exec(path)?.[1] ?? [])
}
