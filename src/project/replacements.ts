/**
 * `[replace]` of the workspace's root manifest: the old form of `[patch]`, which puts a package of a path or of git in the place
 * of one version of another. Unlike a patch it leaves the replaced package in the lockfile, which names its stand-in there.
 */
import { ProjectError } from '../base/index.js'
import { ambiguity, type ManifestDependency, plainDependency } from './dependency-tables.js'
import { DEFAULT_REGISTRY_SOURCE } from './locked-source.js'
import type { LockedPackage } from './lockfile.js'
import type { RawManifest } from './manifest-schema.js'
import { isFullVersion } from './version-req.js'

export interface Replacement {
  /** What is replaced, as written: `name:version`, `address#name:version`. */
  readonly spec: string
  readonly version: string
  /** The source whose package is replaced, as an address. */
  readonly url: string
  /** What a source must be for it; any will do where the address does not say. */
  readonly kind?: string
  /** The stand-in, of the very version. A path counts from the workspace root. */
  readonly dependency: ManifestDependency
  readonly file: string
}

/** All replacements. Throws ProjectError for those that cargo refuses. */
export function workspaceReplacements(raw: RawManifest): readonly Replacement[] {
  const { replace, patch } = raw
  if (replace && patch) throw refused('[replace] and [patch] stand beside each other', 'Write both as [patch].')
  return Object.entries(replace ?? {}).map(([spec, entry]): Replacement => {
    const asked = readSpec(spec)
    const detail = typeof entry === 'string' ? { version: entry } : entry
    const { version, package: renamed } = detail
    if (!asked) throw refused(`[replace] of "${spec}" names no version of a package`, 'Write it as NAME:VERSION.')
    // Which packages of paths there are is not asked here.
    if (/^(?:path\+)?file:/.test(spec))
      throw refused(`[replace] of "${spec}" may mean a package of a path`, 'Write it as [patch], or as git+file://.')
    if (version !== undefined) throw refused(`[replace] of "${spec}" has a version`, 'Leave it away.')
    const trouble = ambiguity(detail)
    if (trouble !== undefined) throw refused(`[replace] of "${spec}" ${trouble}`, 'Correct it.')
    if (renamed !== undefined && renamed !== asked.name)
      throw refused(`[replace] of "${spec}" has a package of another name`, 'Name one of the same name.')
    const plain = plainDependency(asked.name, { ...detail, version: `=${asked.version}` }, false)
    return {
      spec,
      version: asked.version,
      url: asked.url,
      ...(asked.kind === undefined ? {} : { kind: asked.kind }),
      dependency: { ...plain, kind: 'normal' },
      file: 'Cargo.toml',
    }
  })
}

/** The replacement of a package of a registry or of git. Throws ProjectError when two would do. */
export function replacementFor(
  replacements: readonly Replacement[],
  locked: Pick<LockedPackage, 'name' | 'version' | 'source'>,
): Replacement | undefined {
  const [found, other] = replacements.filter((one) => isReplaced(one, locked))
  if (other) throw refused(`[replace] has both ${found?.spec} and ${other.spec} for one package`, 'Leave one away.')
  return found
}

function isReplaced(
  { dependency, version, url, kind }: Replacement,
  locked: Pick<LockedPackage, 'name' | 'version' | 'source'>,
): boolean {
  if (locked.source === undefined || locked.name !== dependency.packageName) return false
  // A version without build metadata stands for all that differ in it alone.
  const compared = version.includes('+') ? locked.version : locked.version.replace(/\+.*$/, '')
  const [own = '', address = ''] = partsOf(locked.source)
  return compared === version && normalized(address) === url && (kind === undefined || kind === own)
}

/** Kind and address of a source: `registry+ADDRESS`, `sparse+ADDRESS` (whose kind is part of the address), `git+ADDRESS?…#…`. */
function partsOf(source: string): readonly [string, string] {
  const [, kind = '', address = ''] = /^(\w+)\+([^?#]*)/.exec(source) ?? []
  return kind === 'sparse' ? [kind, `${kind}+${address}`] : [kind, address]
}

interface Spec {
  readonly name: string
  readonly version: string
  readonly url: string
  readonly kind?: string
}

/** A package id specification with a full version; undefined for anything else. */
function readSpec(text: string): Spec | undefined {
  const hash = text.indexOf('#')
  const address = text.includes('://') ? text.slice(0, hash < 0 ? text.length : hash) : undefined
  const rest = address === undefined ? text : hash < 0 ? '' : text.slice(hash + 1)
  const [, named = '', version = rest] = /^(.*)[@:](.+)$/.exec(rest) ?? []
  if (!isFullVersion(version)) return undefined
  const name = named === '' && address !== undefined ? address.slice(address.lastIndexOf('/') + 1) : named
  if (name === '') return undefined
  if (address === undefined) return { name, version, url: normalized(partsOf(DEFAULT_REGISTRY_SOURCE)[1]) }
  const [kind, url] = partsOf(address)
  return kind === '' ? { name, version, url: normalized(address) } : { name, version, url: normalized(url), kind }
}

function normalized(address: string): string {
  try {
    return new URL(address).href
  } catch {
    return address
  }
}

const refused = (why: string, fix: string): ProjectError =>
  new ProjectError('The replacements of Cargo.toml cannot be used', why, fix)
