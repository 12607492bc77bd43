/** In words: why a lockfile does not fit, with the dependency, what the manifest says and what the lockfile has. */
import type { ManifestDependency } from './dependency-tables.js'
import type { Dependent, LockMatcher } from './lock-matcher.js'
import type { LockedPackage } from './lockfile.js'
import type { PatchEntry } from './patches.js'
import type { PathPackage } from './path-collection.js'
import { identityText, lockedIdentity } from './source-identity.js'

/** Why a dependency means nothing that the lockfile lists for its dependent. */
export function misfitText(
  matcher: LockMatcher,
  dependency: ManifestDependency,
  dependent: Dependent,
  target: PathPackage | undefined,
  patch: PatchEntry | undefined,
): string {
  const { packageName, requirement } = dependency
  const wanted = target
    ? `the path ${dependency.path} (${target.manifest.version})`
    : `${matcher.wanted(dependency, dependent).map(identityText)[0]}`
  const version = requirement === undefined || target ? '' : ` ${requirement}`
  const listed = dependent.locked.dependencies.flatMap((key) => matcher.byKey.get(key) ?? [])
  const sameName = listed.filter(({ name }) => name === packageName)
  const has = sameName.map(lockedText).join(', ') || 'no such package for it'
  const by = patch && `, which [patch.${patch.key}] of ${patch.file} replaces by ${patchText(matcher, patch)}`
  return `${dependent.locked.name} depends on ${packageName}${version} of ${wanted}${by ?? ''}; Cargo.lock has ${has}`
}

/** What a lock entry lists and the manifest does not need. */
export function extraText(dependent: Dependent, locked: LockedPackage): string {
  const { name, version } = dependent.locked
  return `Cargo.lock has ${lockedText(locked)} for ${name} ${version}, whose Cargo.toml does not need it`
}

function lockedText({ name, version, source }: LockedPackage): string {
  const identity = lockedIdentity(source)
  const revision = source?.startsWith('git+') ? ` at ${(source.split('#')[1] ?? 'no revision').slice(0, 12)}` : ''
  return `${name} ${version} of ${identity ? `${identityText(identity)}${revision}` : 'a path'}`
}

/** Paths of a configuration are absolute, and differ between machines. */
export const pathOfPatchText = ({ dependency, file }: PatchEntry): string =>
  file === 'Cargo.toml' ? `the path ${dependency.path}` : 'a path'

function patchText(matcher: LockMatcher, patch: PatchEntry): string {
  const { path, git } = patch.dependency
  const version = matcher.versionOfPatch(patch)
  const from = path === undefined ? (git?.url ?? 'another registry') : pathOfPatchText(patch)
  return `${from}${version === undefined ? '' : ` (${version})`}`
}
