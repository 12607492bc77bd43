/**
 * Cargo.toml as plain data: workspace inheritance applied, every table of dependencies in one list, features with the
 * implicit ones of optional dependencies. It looks at no other file: which files the crate's targets are is
 * `compile-targets.ts`, which packages the dependencies are is the lockfile's matter.
 */
import { parse } from 'smol-toml'
import { messageOf, ProjectError } from '../base/index.js'
import { type ManifestDependency, readDependencies, sourceTrouble } from './dependency-tables.js'
import { featureTrouble, withImplicitFeatures } from './feature-table.js'
import { MAX_MANIFEST_BYTES } from './limits.js'
import { manifestSchema, type RawCompileTarget, type RawManifest, type RawWorkspace } from './manifest-schema.js'
import { schemaTrouble } from './toml-trouble.js'
import type { Edition } from './workspace.js'

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly edition: Edition
  readonly rustVersion?: string
  readonly links?: string
  readonly dependencies: readonly ManifestDependency[]
  /** Every feature, also the implicit ones, with what it turns on, as written (`dep:x`, `x/y`, `x?/y`, `z`). */
  readonly features: ReadonlyMap<string, readonly string[]>
  readonly procMacro: boolean
  readonly targets: DeclaredTargets
  /** `package.workspace`: the directory of the workspace root. */
  readonly workspaceDirectory?: string
  /** `cargo-features` that only a nightly cargo takes: what they change is not known. */
  readonly nightly: readonly string[]
  /** What the manifest says that is odd but not fatal. */
  readonly problems: readonly string[]
}

/** What the manifest says about crates; the rest is found by looking at the files. */
export interface DeclaredTargets {
  readonly lib?: RawCompileTarget
  readonly bins?: readonly RawCompileTarget[]
  readonly examples?: readonly RawCompileTarget[]
  readonly tests?: readonly RawCompileTarget[]
  readonly benches?: readonly RawCompileTarget[]
  /** Files of build scripts; empty: none; absent: `build.rs` if there is one. */
  readonly build?: readonly string[]
  readonly autolib?: boolean
  readonly autobins?: boolean
  readonly autoexamples?: boolean
  readonly autotests?: boolean
  readonly autobenches?: boolean
}

/** Parses the text of a Cargo.toml. `where` names it in errors. Throws ProjectError. */
export function parseManifestText(text: string, where: string): RawManifest {
  if (text.length > MAX_MANIFEST_BYTES) throw unreadable(where, `it is larger than ${MAX_MANIFEST_BYTES} bytes`)
  let table: unknown
  try {
    table = parse(text, { integersAsBigInt: 'asNeeded' })
  } catch (thrown) {
    throw unreadable(where, messageOf(thrown))
  }
  if (hasPrototypeKey(table)) throw unreadable(where, 'it has a key __proto__')
  const checked = manifestSchema.safeParse(table)
  if (checked.success) return checked.data
  throw unreadable(where, schemaTrouble(checked.error.issues, table, text))
}

/** zod leaves such a key out without a word, and with it whatever the crate hides there: a feature, a dependency. */
function hasPrototypeKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasPrototypeKey)
}

/**
 * The manifest of the package in a parsed Cargo.toml; `workspace` is the table of its workspace root, for inheritance.
 * Throws ProjectError when there is no `[package]` or it inherits what the workspace does not give.
 */
export function readManifest(raw: RawManifest, where: string, workspace?: RawWorkspace): Manifest {
  const table = raw.package ?? raw.project
  if (!table) throw unreadable(where, 'it has no [package]')
  const problems: string[] = []
  const inherit = (key: 'version' | 'edition'): string => {
    const value = workspace?.package?.[key]
    if (value === undefined) throw unreadable(where, `package.${key} is inherited, and [workspace.package] has none`)
    return value
  }
  const version = typeof table.version === 'object' ? inherit('version') : (table.version ?? '0.0.0')
  const editionText = typeof table.edition === 'object' ? inherit('edition') : (table.edition ?? '2015')
  const given = table['rust-version']
  const rustVersion = typeof given === 'object' ? workspace?.package?.['rust-version'] : given
  const refuse = (why: string): never => {
    throw unreadable(where, why)
  }
  // Also so that no package has the name of what is none, such as configuration.
  if (!/^[\p{XID_Continue}-]+$/u.test(table.name)) {
    refuse(`the package name ${JSON.stringify(table.name)} has a character that cargo does not take`)
  }
  const dependencies = readDependencies(raw, workspace, problems, refuse)
  const features = withImplicitFeatures(raw.features ?? {}, dependencies)
  const trouble = featureTrouble(features, dependencies) ?? sourceTrouble(dependencies)
  if (trouble !== undefined) throw unreadable(where, trouble)
  return {
    name: table.name,
    version,
    edition: editionOf(editionText, problems),
    ...(rustVersion === undefined ? {} : { rustVersion }),
    ...(table.links === undefined ? {} : { links: table.links }),
    dependencies,
    features,
    procMacro: isProcMacro(raw.lib),
    targets: declaredTargets(raw),
    ...(table.workspace === undefined ? {} : { workspaceDirectory: table.workspace }),
    nightly: (raw['cargo-features'] ?? []).filter((name) => !STABLE.has(name)),
    problems,
  }
}

/** Names of `cargo-features` that mean nothing any more, since every cargo has what they asked for. */
const STABLE: ReadonlySet<string> = new Set(
  'alternative-registries default-run edition edition2021 edition2024 named-profiles namespaced-features profile-overrides publish-lockfile rename-dependency resolver rust-version strip test-dummy-stable weak-dep-features workspace-inheritance'.split(
    ' ',
  ),
)

/** `proc-macro = true`, or `proc-macro` among the crate types, which says the same. */
function isProcMacro(lib: RawCompileTarget | undefined): boolean {
  const types = lib?.['crate-type'] ?? lib?.crate_type ?? []
  return (lib?.['proc-macro'] ?? lib?.proc_macro) === true || types.includes('proc-macro')
}

/** The edition of its text; one that is not known counts as the newest, with a problem noted. */
export function editionOf(text: string, problems: string[]): Edition {
  switch (text) {
    case '2015':
      return 2015
    case '2018':
      return 2018
    case '2021':
      return 2021
    case '2024':
      return 2024
    default:
      problems.push(`edition ${text} is not known; read as 2024`)
      return 2024
  }
}

function declaredTargets(raw: RawManifest): DeclaredTargets {
  const table = raw.package ?? raw.project
  const build = table?.build
  const scripts =
    build === undefined || build === true
      ? undefined
      : build === false
        ? []
        : typeof build === 'string'
          ? [build]
          : build
  const all = {
    lib: raw.lib,
    bins: raw.bin,
    examples: raw.example,
    tests: raw.test,
    benches: raw.bench,
    build: scripts,
    autolib: table?.autolib,
    autobins: table?.autobins,
    autoexamples: table?.autoexamples,
    autotests: table?.autotests,
    autobenches: table?.autobenches,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function unreadable(where: string, why: string): ProjectError {
  return new ProjectError(
    `${where} cannot be read`,
    why,
    'Check the manifest; `cargo metadata` shows what cargo makes of it.',
  )
}
