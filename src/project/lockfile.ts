/**
 * Cargo.lock, versions 1 to 4, as plain data. Versions differ in where checksums stand (a `[metadata]` table in 1), in
 * how dependencies are abbreviated (`name`, `name version`, `name version (source)`) and in how git sources are encoded;
 * behind this file they look the same. It does not ask whether the lockfile fits a manifest.
 */
import { parse } from 'smol-toml'
import { z } from 'zod'
import { messageOf, ProjectError } from '../base/index.js'
import { MAX_MANIFEST_BYTES } from './limits.js'
import { schemaTrouble } from './toml-trouble.js'

export interface Lockfile {
  readonly version: number
  readonly packages: readonly LockedPackage[]
  /** `[[patch.unused]]`: patches that nothing was built with when it was made. */
  readonly unusedPatches?: readonly UnusedPatch[]
  /** References to packages that it does not hold, in words: cargo passes over them, and finds what was meant anew. */
  readonly dangling?: readonly string[]
}
export interface UnusedPatch {
  readonly name: string
  readonly version: string
  readonly source?: string
}
export interface LockedPackage {
  /** Unique in its lockfile: `name version (source)`, without the source for a package of a path. */
  readonly key: string
  readonly name: string
  readonly version: string
  /** `registry+…`, `sparse+…` or `git+…#revision`; absent for packages of a path. */
  readonly source?: string
  /** sha256 of the archive, in hex. */
  readonly checksum?: string
  /** Keys of the packages it depends on, for whatever kind of dependency. */
  readonly dependencies: readonly string[]
  /** The key of what `[replace]` put in its place. */
  readonly replace?: string
}

/** `name@version`, for messages. */
export const packageText = ({ name, version }: LockedPackage): string => `${name}@${version}`

const lockedPackageSchema = z.object({
  name: z.string(),
  version: z.string(),
  source: z.string().optional(),
  checksum: z.string().optional(),
  dependencies: z.array(z.string()).optional(),
  replace: z.string().optional(),
})
const unusedPatchSchema = z.object({ name: z.string(), version: z.string(), source: z.string().optional() })
const lockfileSchema = z.object({
  version: z.number().int().optional(),
  root: lockedPackageSchema.optional(),
  package: z.array(lockedPackageSchema).optional(),
  patch: z.object({ unused: z.array(unusedPatchSchema).optional() }).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
})
type RawPackage = z.infer<typeof lockedPackageSchema>

const NEWEST_KNOWN_VERSION = 4

/**
 * Reads a lockfile's text. `where` names it in errors.
 * Throws ProjectError when it is not a lockfile or is of a newer version.
 */
export function parseLockfile(text: string, where: string): Lockfile {
  const wrong = (why: string): ProjectError =>
    new ProjectError(
      `${where} cannot be read`,
      why,
      'Make it again with `cargo generate-lockfile`, or name another with --lockfile.',
    )
  if (text.length > MAX_MANIFEST_BYTES) throw wrong(`it is larger than ${MAX_MANIFEST_BYTES} bytes`)
  let table: unknown
  try {
    table = parse(text)
  } catch (thrown) {
    throw wrong(messageOf(thrown))
  }
  const checked = lockfileSchema.safeParse(table)
  if (!checked.success) throw wrong(schemaTrouble(checked.error.issues, table, text))
  const raw = checked.data
  const version = raw.version ?? 1
  if (version > NEWEST_KNOWN_VERSION)
    throw wrong(`its version is ${version}; this program knows up to ${NEWEST_KNOWN_VERSION}`)
  const rawPackages = raw.root ? [raw.root, ...(raw.package ?? [])] : (raw.package ?? [])
  const byName = groupByName(rawPackages)
  const dangling: string[] = []
  const keyFor = (entry: RawPackage, reference: string): readonly string[] => {
    const found = dereference(reference, byName)
    if (found) return [keyOf(found)]
    dangling.push(`${entry.name} ${entry.version} depends on "${reference}", which is not in it or ambiguous`)
    return []
  }
  const packages = rawPackages.map((entry): LockedPackage => {
    const [replace] = entry.replace === undefined ? [] : keyFor(entry, entry.replace)
    if (entry.replace !== undefined && entry.dependencies)
      throw wrong(`${entry.name} ${entry.version} is replaced, and has dependencies`)
    const checksum = entry.checksum ?? checksumOfMetadata(raw.metadata, entry)
    return {
      key: keyOf(entry),
      name: entry.name,
      version: entry.version,
      ...(entry.source === undefined ? {} : { source: entry.source }),
      ...(checksum === undefined ? {} : { checksum: checksum.toLowerCase() }),
      ...(replace === undefined ? {} : { replace }),
      dependencies: (entry.dependencies ?? []).flatMap((reference) => keyFor(entry, reference)),
    }
  })
  const twice = repeated(packages)
  if (twice) throw wrong(`it has ${twice.key} twice`)
  const unusedPatches = (raw.patch?.unused ?? []).map(({ name, version, source }) => ({
    name,
    version,
    ...(source === undefined ? {} : { source }),
  }))
  return {
    version,
    packages,
    ...(unusedPatches.length > 0 ? { unusedPatches } : {}),
    ...(dangling.length > 0 ? { dangling } : {}),
  }
}

/** A package whose key an earlier one has. */
function repeated(packages: readonly LockedPackage[]): LockedPackage | undefined {
  const seen = new Set<string>()
  return packages.find(({ key }) => seen.size === seen.add(key).size)
}

function keyOf(entry: RawPackage): string {
  return entry.source === undefined
    ? `${entry.name} ${entry.version}`
    : `${entry.name} ${entry.version} (${entry.source})`
}

function groupByName(packages: readonly RawPackage[]): ReadonlyMap<string, readonly RawPackage[]> {
  const byName = new Map<string, RawPackage[]>()
  for (const entry of packages) {
    const same = byName.get(entry.name)
    if (same) same.push(entry)
    else byName.set(entry.name, [entry])
  }
  return byName
}

/** The package that `name`, `name version` or `name version (source)` stands for; undefined when none or several do. */
function dereference(reference: string, byName: ReadonlyMap<string, readonly RawPackage[]>): RawPackage | undefined {
  const [, name, version, source] = /^(\S+)(?: (\S+))?(?: \((.*)\))?$/.exec(reference) ?? []
  if (name === undefined) return undefined
  const sameName = byName.get(name) ?? []
  const candidates = sameName.filter(
    (entry) =>
      (version === undefined || entry.version === version) &&
      (source === undefined || withoutRevision(entry.source) === withoutRevision(source)),
  )
  if (candidates.length === 1) return candidates[0]
  if (version === undefined && new Set(candidates.map((entry) => entry.version)).size > 1) return undefined
  // Cargo leaves the source away where a package of a path has the same name and version as one of a registry.
  const local = candidates.filter((entry) => entry.source === undefined)
  return local.length === 1 ? local[0] : undefined
}

/** Dependencies of version 1 name a git source without the revision that the package itself carries. */
function withoutRevision(source: string | undefined): string | undefined {
  return source?.startsWith('git+') ? source.replace(/#.*$/, '') : source
}

function checksumOfMetadata(metadata: Record<string, unknown> | undefined, entry: RawPackage): string | undefined {
  if (!metadata || entry.source === undefined) return undefined
  const checksum = metadata[`checksum ${entry.name} ${entry.version} (${entry.source})`]
  return typeof checksum === 'string' && /^[0-9a-fA-F]{64}$/.test(checksum) ? checksum : undefined
}
