/**
 * The tables of dependencies in a Cargo.toml (`[dependencies]`, `[build-dependencies]`, `[dev-dependencies]`, and those
 * below `[target.…]`) as one list, with what `workspace = true` takes from the workspace root.
 */

import { posix } from 'node:path'
import { messageOf } from '../base/index.js'
import type {
  RawDependency,
  RawDependencySet,
  RawDetailedDependency,
  RawManifest,
  RawWorkspace,
} from './manifest-schema.js'
import { type PlatformPredicate, parsePlatform } from './platform-cfg.js'

/** Which of a manifest's tables it stands in. */
export type DependencyKind = 'normal' | 'build' | 'dev'

export interface ManifestDependency {
  /** The key in the table; features name the dependency by it. */
  readonly nameInToml: string
  /** The name of the package: differs from the key when `package = …` renames it. */
  readonly packageName: string
  readonly renamed: boolean
  readonly kind: DependencyKind
  readonly optional: boolean
  readonly defaultFeatures: boolean
  readonly features: readonly string[]
  /** Version requirement; absent means any. */
  readonly requirement?: string
  /** Directory, relative to the one that `pathBase` names. */
  readonly path?: string
  /** A path inherited from the workspace counts from the workspace root. */
  readonly pathBase?: 'workspace'
  readonly git?: GitReference
  readonly registryIndex?: string
  /** `registry = "x"`: where it is, cargo's configuration says. */
  readonly registry?: string
  readonly platform?: { readonly text: string; readonly predicate: PlatformPredicate }
}
export interface GitReference {
  readonly url: string
  readonly branch?: string
  readonly tag?: string
  readonly rev?: string
}

/**
 * Every dependency of the manifest, in the order of the tables. What cannot be read is noted in `problems`; `refuse` is
 * called where cargo takes none of it.
 */
export function readDependencies(
  raw: RawManifest,
  workspace: RawWorkspace | undefined,
  problems: string[],
  refuse: (why: string) => never,
): readonly ManifestDependency[] {
  const out = readSet(raw, undefined, workspace, refuse)
  for (const [key, set] of Object.entries(raw.target ?? {})) {
    const predicate = platformOf(key, problems)
    if (predicate) out.push(...readSet(set, { text: key, predicate }, workspace, refuse))
  }
  return out
}

function platformOf(key: string, problems: string[]): PlatformPredicate | undefined {
  try {
    return parsePlatform(key)
  } catch (thrown) {
    problems.push(`[target.'${key}'] is not understood: ${messageOf(thrown)}`)
    return undefined
  }
}

/** Why cargo would not take them: one name must have one source, whatever the table. Undefined when it has. */
export function sourceTrouble(dependencies: readonly ManifestDependency[]): string | undefined {
  const sources = new Map<string, ManifestDependency>()
  for (const dependency of dependencies) {
    const other = sources.get(dependency.nameInToml)
    if (other && !mayBeSameSource(other, dependency))
      return `dependency ${dependency.nameInToml} has one source in one table and another one in another`
    sources.set(dependency.nameInToml, dependency)
  }
  return undefined
}

function mayBeSameSource(a: ManifestDependency, b: ManifestDependency): boolean {
  const keyOf = ({ path, git, registryIndex, registry }: ManifestDependency): string =>
    path === undefined ? JSON.stringify([git, registryIndex, registry]) : `path ${posix.normalize(`${path}/`)}`
  // Paths that count from two directories may meet; which they do is not looked at here.
  const bothPaths = a.path !== undefined && b.path !== undefined
  return (bothPaths && a.pathBase !== b.pathBase) || keyOf(a) === keyOf(b)
}

function readSet(
  set: RawDependencySet,
  platform: ManifestDependency['platform'],
  workspace: RawWorkspace | undefined,
  refuse: (why: string) => never,
): ManifestDependency[] {
  const tables: readonly [DependencyKind, Readonly<Record<string, RawDependency>> | undefined][] = [
    ['normal', set.dependencies],
    ['build', set['build-dependencies'] ?? set.build_dependencies],
    ['dev', set['dev-dependencies'] ?? set.dev_dependencies],
  ]
  return tables.flatMap(([kind, table]) =>
    Object.entries(table ?? {}).map(([name, value]): ManifestDependency => {
      const own = detailed(value)
      const { merged, fromWorkspace } = own.workspace
        ? inheritDependency(name, own, workspace, refuse)
        : { merged: own, fromWorkspace: false }
      const trouble = ambiguity(merged)
      if (trouble !== undefined) return refuse(`dependency ${name} ${trouble}`)
      return { ...plainDependency(name, merged, fromWorkspace), kind, ...(platform ? { platform } : {}) }
    }),
  )
}

/** Why cargo would not know where to take a dependency from; undefined when it does. */
export function ambiguity(raw: RawDependency): string | undefined {
  const { version, path, git, branch, tag, rev, registry, 'registry-index': index } = detailed(raw)
  const several = (...keys: readonly unknown[]): boolean => keys.filter((key) => key !== undefined).length > 1
  if (git !== undefined && (registry ?? index) !== undefined) return 'has both git and a registry'
  if (several(registry, index)) return 'has both registry and registry-index'
  if (several(git, path)) return 'has both git and path'
  if (git !== undefined && several(branch, tag, rev)) return 'has more than one of branch, tag and rev'
  if ((version ?? path ?? git) === undefined) return 'has no version, path or git'
  return undefined
}

/** One entry of a table without its place: kind and platform are added by the caller. */
export function plainDependency(
  name: string,
  raw: RawDependency,
  fromWorkspace: boolean,
): Omit<ManifestDependency, 'kind' | 'platform'> {
  const detail = detailed(raw)
  const { version, path, git, branch, tag, rev, registry } = detail
  const registryIndex = detail['registry-index']
  return {
    nameInToml: name,
    packageName: detail.package ?? name,
    renamed: detail.package !== undefined,
    optional: detail.optional ?? false,
    defaultFeatures: detail['default-features'] ?? detail.default_features ?? true,
    features: detail.features ?? [],
    ...(version === undefined ? {} : { requirement: version }),
    ...(path === undefined ? {} : { path }),
    ...(path !== undefined && fromWorkspace ? { pathBase: 'workspace' as const } : {}),
    ...(git === undefined
      ? {}
      : {
          git: {
            url: git,
            ...(branch === undefined ? {} : { branch }),
            ...(tag === undefined ? {} : { tag }),
            ...(rev === undefined ? {} : { rev }),
          },
        }),
    ...(registryIndex === undefined ? {} : { registryIndex }),
    ...(registry === undefined ? {} : { registry }),
  }
}

/**
 * `workspace = true`: the entry of `[workspace.dependencies]`, with the member's own features added. Default features
 * are off only where the workspace turns them off and the member does not turn them on again (Cargo book, Workspaces).
 */
function inheritDependency(
  name: string,
  own: RawDetailedDependency,
  workspace: RawWorkspace | undefined,
  refuse: (why: string) => never,
): { merged: RawDetailedDependency; fromWorkspace: boolean } {
  const entry = workspace?.dependencies?.[name]
  if (entry === undefined)
    return refuse(`dependency ${name} is inherited, and [workspace.dependencies] has none of that name`)
  const base = detailed(entry)
  const baseDefault = base['default-features'] ?? base.default_features ?? true
  const ownDefault = own['default-features'] ?? own.default_features
  const merged: RawDetailedDependency = {
    ...base,
    features: [...(base.features ?? []), ...(own.features ?? [])],
    'default-features': baseDefault || ownDefault === true,
    ...(own.optional === undefined ? {} : { optional: own.optional }),
  }
  return { merged, fromWorkspace: true }
}

function detailed(raw: RawDependency): RawDetailedDependency {
  return typeof raw === 'string' ? { version: raw } : raw
}
