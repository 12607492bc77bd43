/**
 * In what a published manifest differs from its author's. Cargo takes the one for the other as follows: what is inherited
 * from a workspace is put in (it cannot be held against anything, since no workspace is published), paths beside a version
 * go, dev-dependencies by a path alone go, targets and a build script that it found are written out.
 */
import type { RawDependency, RawDependencySet, RawDetailedDependency, RawManifest } from './manifest-schema.js'

const KINDS = ['dependencies', 'build-dependencies', 'dev-dependencies'] as const
type Kind = (typeof KINDS)[number]

/** Names of keys, sorted: `build`, `dependencies.z`, `features.x`, `target.cfg(windows).dependencies.z`. */
export function manifestDifferences(published: RawManifest, original: RawManifest): readonly string[] {
  const [now, was] = [new Map(Object.entries(published.target ?? {})), new Map(Object.entries(original.target ?? {}))]
  const found = [
    ...packageDifferences(published, original),
    ...setDifferences('', published, original),
    ...[...new Set([...now.keys(), ...was.keys()])].flatMap((name) =>
      setDifferences(`target.${name}.`, now.get(name) ?? {}, was.get(name) ?? {}),
    ),
    ...featureDifferences(published, original).map((name) => `features.${name}`),
  ]
  return [...new Set(found)].sort()
}

function packageDifferences(published: RawManifest, original: RawManifest): readonly string[] {
  const [now, was] = [published.package ?? published.project, original.package ?? original.project]
  if (!now || !was) return ['package']
  const differs: Readonly<Record<string, boolean>> = {
    name: now.name !== was.name,
    version: typeof was.version === 'string' && now.version !== was.version,
    links: now.links !== was.links,
    // Found where nothing is said, it is written out.
    build: buildOf(now.build) !== buildOf(was.build) && !(was.build === undefined && now.build === false),
    'lib.proc-macro': isProcMacro(published) !== isProcMacro(original),
    'lib.path': pathOf(published) !== pathOf(original),
  }
  return Object.keys(differs).filter((key) => differs[key])
}

const buildOf = (build: string | boolean | readonly string[] | undefined): string =>
  build === undefined || build === true ? 'build.rs' : [build].flat().map(String).map(plainPath).join(', ')
const isProcMacro = ({ lib }: RawManifest): boolean => (lib?.['proc-macro'] ?? lib?.proc_macro) === true
const pathOf = ({ lib }: RawManifest): string => plainPath(lib?.path ?? 'src/lib.rs')
const plainPath = (path: string): string => path.replace(/^\.\//, '').replaceAll('\\', '/')

const tableOf = (set: RawDependencySet, kind: Kind): Readonly<Record<string, RawDependency>> => ({
  ...(kind === 'build-dependencies' && set.build_dependencies),
  ...(kind === 'dev-dependencies' && set.dev_dependencies),
  ...set[kind],
})

function setDifferences(prefix: string, published: RawDependencySet, original: RawDependencySet): readonly string[] {
  return KINDS.flatMap((kind) => {
    const [now, was] = [
      new Map(Object.entries(tableOf(published, kind))),
      new Map(Object.entries(tableOf(original, kind))),
    ]
    return [...new Set([...now.keys(), ...was.keys()])].flatMap((name) =>
      isSame(now.get(name), was.get(name), kind) ? [] : [`${prefix}${kind}.${name}`],
    )
  })
}

function isSame(published: RawDependency | undefined, original: RawDependency | undefined, kind: Kind): boolean {
  if (original === undefined) return published === undefined
  const was = detailed(original)
  // One by a path or from git alone cannot be published, and of a workspace it is not known whether it is one.
  if (published === undefined)
    return kind === 'dev-dependencies' && (was.version === undefined || was.workspace === true)
  const now = detailed(published)
  const features = now.features ?? []
  const own = was.features ?? []
  if ((now.optional ?? false) !== (was.optional ?? false) || !own.every((name) => features.includes(name))) return false
  if (was.workspace === true) return true
  return (
    (now.version ?? '*').trim() === (was.version ?? '*').trim() &&
    now.package === was.package &&
    features.every((name) => own.includes(name)) &&
    usesDefaults(now) === usesDefaults(was) &&
    (now.git ?? now.path) === undefined
  )
}

const detailed = (dependency: RawDependency): RawDetailedDependency =>
  typeof dependency === 'string' ? { version: dependency } : dependency
const usesDefaults = (one: RawDetailedDependency): boolean => one['default-features'] ?? one.default_features ?? true

/** What a feature asks of a dev-dependency that went, went with it. */
function featureDifferences(published: RawManifest, original: RawManifest): readonly string[] {
  const there = new Set(
    [published, ...Object.values(published.target ?? {})].flatMap((set) =>
      KINDS.flatMap((kind) => Object.keys(tableOf(set, kind))),
    ),
  )
  const isKept = (value: string): boolean => !value.includes('/') || there.has(value.replace(/\??\/.*$/, ''))
  const [now, was] = [
    new Map(Object.entries(published.features ?? {})),
    new Map(Object.entries(original.features ?? {}).map(([name, list]) => [name, list.filter(isKept)])),
  ]
  const textOf = (list: readonly string[] | undefined): string => (list ? JSON.stringify([...list].sort()) : '')
  return [...new Set([...now.keys(), ...was.keys()])].filter((name) => textOf(now.get(name)) !== textOf(was.get(name)))
}
