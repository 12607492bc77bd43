/**
 * `[patch]` of the workspace's root manifest and of cargo's configuration, as one list. It does not ask which of them are
 * used: that hangs on what is locked.
 */
import { ProjectError } from '../base/index.js'
import type { CargoConfiguration } from './cargo-configuration.js'
import { ambiguity, type ManifestDependency, plainDependency } from './dependency-tables.js'
import type { RawManifest } from './manifest-schema.js'
import { patchedUrl } from './source-identity.js'
import { meetsRequirement } from './version-req.js'

export interface PatchEntry {
  /** Canonical address of the source whose packages it stands in for. */
  readonly of: string
  /** That source as written: `crates-io`, a registry's name, an address. */
  readonly key: string
  /** A path counts from the workspace root; those of a configuration are absolute. */
  readonly dependency: ManifestDependency
  /** `Cargo.toml`, or the configuration file. */
  readonly file: string
}

/**
 * All patches. Where the manifest and a configuration patch one name of one source, the configuration wins, as in cargo.
 */
export function workspacePatches(raw: RawManifest, configuration: CargoConfiguration): readonly PatchEntry[] {
  const configured = [...configuration.patches].flatMap(([key, list]) =>
    list.map(({ dependency, at }) => ({ of: patchedUrl(key, configuration), key, dependency, file: at.file })),
  )
  const own = Object.entries(raw.patch ?? {}).flatMap(([key, table]) =>
    Object.entries(table).map(([name, entry]): PatchEntry => {
      const trouble = ambiguity(entry)
      if (trouble !== undefined) throw refused(`[patch.${key}] ${name} ${trouble}`)
      const dependency: ManifestDependency = { ...plainDependency(name, entry, false), kind: 'normal' }
      return { of: patchedUrl(key, configuration), key, dependency, file: 'Cargo.toml' }
    }),
  )
  const isConfigured = ({ of, dependency }: PatchEntry): boolean =>
    configured.some((other) => other.of === of && other.dependency.nameInToml === dependency.nameInToml)
  return [...own.filter((patch) => !isConfigured(patch)), ...configured]
}

/** What is known of what a patch brings. */
export interface Patching {
  /** Where it is not a path, the address that it is taken from. */
  readonly urlOf: (patch: PatchEntry) => string | undefined
  /** Where it is a path, what stands there. */
  readonly packageOf: (patch: PatchEntry) => { readonly name: string; readonly version: string } | undefined
  /** The version that it brings, where that is known. */
  readonly versionOf: (patch: PatchEntry) => string | undefined
}

/** Throws ProjectError for patches that cargo ends at, whether they are used or not. */
export function requirePatches(patches: readonly PatchEntry[], { urlOf, packageOf, versionOf }: Patching): void {
  const known = new Map<string, PatchEntry>()
  for (const patch of patches) {
    const { packageName, requirement } = patch.dependency
    const what = `[patch.${patch.key}] of ${patch.file} takes ${packageName}`
    const found = packageOf(patch)
    if (urlOf(patch) === patch.of) throw refused(`${what} from the very source that it patches`)
    if (found && found.name !== packageName) throw refused(`${what} from a path where ${found.name} is`)
    const version = found?.version ?? versionOf(patch)
    if (found && requirement !== undefined && !meetsRequirement(found.version, requirement))
      throw refused(`${what} ${requirement}, and ${found.version} is there`)
    if (version === undefined) continue
    const key = `${patch.of} ${packageName} ${version}`
    const other = known.get(key)
    if (other) throw samePatch(patch, other, version)
    known.set(key, patch)
  }
}

/** Two patches of one source may not bring the same version. */
export function samePatch({ key, file, dependency }: PatchEntry, other: PatchEntry, version: string): ProjectError {
  const { nameInToml } = other.dependency
  return refused(
    `[patch.${key}] of ${file} takes ${dependency.packageName} ${version}, as ${nameInToml} of ${other.file} does`,
  )
}

const refused = (why: string): ProjectError =>
  new ProjectError('The patches cannot be used', why, 'Correct it: cargo refuses it too.')
