/**
 * `[patch]` of the workspace's root manifest and of cargo's configuration, as one list. It does not ask which of them are
 * used: that hangs on what is locked.
 */
import type { CargoConfiguration } from './cargo-configuration.js'
import { type ManifestDependency, plainDependency } from './dependency-tables.js'
import type { RawManifest } from './manifest-schema.js'
import { patchedUrl } from './source-identity.js'

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
      const dependency: ManifestDependency = { ...plainDependency(name, entry, false), kind: 'normal' }
      return { of: patchedUrl(key, configuration), key, dependency, file: 'Cargo.toml' }
    }),
  )
  const isConfigured = ({ of, dependency }: PatchEntry): boolean =>
    configured.some((other) => other.of === of && other.dependency.nameInToml === dependency.nameInToml)
  return [...own.filter((patch) => !isConfigured(patch)), ...configured]
}
