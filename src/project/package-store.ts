/**
 * The packages of one lockfile, loaded when first asked for: source found, manifest read, targets discovered, dependencies
 * joined with the lockfile. What is not on this machine is remembered, to be fetched all at once.
 */
import { compareText, ProjectError } from '../base/index.js'
import { findCompileTargets } from './compile-targets.js'
import type { ManifestDependency } from './dependency-tables.js'
import type { FoundSource } from './found-source.js'
import type { LockedPackage, Lockfile } from './lockfile.js'
import { readManifest } from './manifest.js'
import { type LoadedPackage, type PackageEdge, packageIds } from './package-graph.js'
import { oddities, readPublished } from './published.js'
import type { PackageId, ProjectDiagnostic } from './workspace.js'

export interface PackageStore {
  readonly ids: ReadonlyMap<string, PackageId>
  lookup(id: PackageId): LoadedPackage | undefined
  /** Packages that were asked for and not found, sorted by id; empties the list, so that they are looked for again. */
  takeMissing(): readonly LockedPackage[]
  /** What was odd about the packages loaded so far. */
  diagnostics(): readonly ProjectDiagnostic[]
}

/** The locked package that a dependency of another one means; 'missing' for one by a path where nothing is. */
export type EdgeMatch = (
  dependency: ManifestDependency,
  dependent: LockedPackage,
) => LockedPackage | 'missing' | undefined

export interface StoreInput {
  readonly lockfile: Lockfile
  /** The source of a locked package, or undefined when this machine does not have it. */
  readonly find: (locked: LockedPackage) => FoundSource | undefined
  readonly match: EdgeMatch
  /** Whether the package is part of what was asked for. */
  readonly isLocal: (locked: LockedPackage) => boolean
  /** Tests, examples and benches of local packages are asked for too. */
  readonly withDev: boolean
  readonly onRead: (id: PackageId) => void
}

/** Nothing is loaded yet. */
export function makePackageStore(input: StoreInput): PackageStore {
  const { lockfile } = input
  const ids = packageIds(lockfile)
  const byKey = new Map(lockfile.packages.map((locked) => [locked.key, locked]))
  const keyOfId = new Map([...ids].map(([key, id]) => [id, key]))
  const loaded = new Map<PackageId, LoadedPackage>()
  const missing = new Map<PackageId, LockedPackage>()
  const diagnostics: ProjectDiagnostic[] = []

  return {
    ids,
    lookup(id) {
      const known = loaded.get(id)
      if (known) return known
      const locked = byKey.get(keyOfId.get(id) ?? '')
      if (!locked || missing.has(id)) return undefined
      const found = load(input, ids, id, locked)
      if (!found) {
        missing.set(id, locked)
        return undefined
      }
      loaded.set(id, found.package)
      diagnostics.push(...found.problems.map((message) => ({ package: id, message })))
      return found.package
    },
    takeMissing() {
      const list = [...missing].sort(([a], [b]) => compareText(a, b)).map(([, locked]) => locked)
      missing.clear()
      return list
    },
    diagnostics: () => diagnostics,
  }
}

/** The package at the source that is found for it, and what was odd about it. */
function load(
  { find, match, isLocal, withDev, onRead }: StoreInput,
  ids: PackageStore['ids'],
  id: PackageId,
  locked: LockedPackage,
): { readonly package: LoadedPackage; readonly problems: readonly string[] } | undefined {
  const source = find(locked)
  if (!source) return undefined
  onRead(id)
  const problems = [...source.problems]
  const manifest = readManifest(source.raw, `Cargo.toml of ${id}`, source.workspace)
  if (
    manifest.name !== locked.name ||
    (manifest.version !== locked.version && locked.source?.startsWith('git+') !== true)
  ) {
    throw new ProjectError(
      `${id} is not what the lockfile says`,
      `its manifest is that of ${manifest.name} ${manifest.version}`,
      'Delete it from the cargo cache, or make the lockfile again.',
    )
  }
  problems.push(...manifest.problems)
  const local = isLocal(locked)
  const kinds = { local, withTests: withDev && local }
  const { targets, lost } = findCompileTargets(manifest, source.tree, problems, kinds)
  const unlocked: ManifestDependency[] = []
  const edges = manifest.dependencies.flatMap((dependency): PackageEdge[] => {
    const to = match(dependency, locked)
    if (to === 'missing') return []
    const toId = to ? ids.get(to.key) : undefined
    if (toId !== undefined) return [{ dependency, to: toId }]
    if (dependency.optional) unlocked.push(dependency)
    else if (dependency.kind !== 'dev') {
      problems.push(`the lockfile has no package for its dependency ${dependency.packageName}`)
    }
    return []
  })
  const { tree, inRepository, verified } = source
  const { kind } = source.source
  const published = kind === 'registry' || kind === 'archive' ? readPublished(tree, source.raw) : undefined
  problems.push(...oddities(published))
  const place = inRepository === undefined ? {} : { directory: inRepository }
  return {
    package: {
      ...{
        id,
        locked,
        source: source.source,
        verified,
        ...(published && { published }),
        local,
        manifest,
        targets,
        lost,
        tree,
      },
      ...{ edges, unlocked, ...place },
    },
    problems,
  }
}
