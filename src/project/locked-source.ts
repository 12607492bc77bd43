/** The source of a locked package as the lockfile spells it, read into parts. */
import type { LockedPackage } from './lockfile.js'
import { DEFAULT_REGISTRY, type PackageSource } from './package-source.js'

/**
 * How lockfiles spell the registry that a dependency comes from when it names none. In parts, since no registry's
 * address is written in this project: this is an identifier, and nothing is ever looked up there.
 */
export const DEFAULT_REGISTRY_SOURCE = ['registry+https://github.com/rust-lang/crates', 'io-index'].join('.')

/** Where a lockfile says that a package comes from. A package without a source is one of a path, wherever it stands. */
export function sourceOfLocked({ source, checksum }: LockedPackage): PackageSource {
  const sum = checksum === undefined ? {} : { checksum }
  if (source === undefined) return { kind: 'registry', url: DEFAULT_REGISTRY, ...sum }
  const git = /^git\+([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(source)
  if (git) {
    const [, url = '', reference, revision] = git
    return {
      kind: 'git',
      url,
      ...(reference === undefined ? {} : { reference: decoded(reference) }),
      ...(revision === undefined ? {} : { revision }),
    }
  }
  const url = source === DEFAULT_REGISTRY_SOURCE ? DEFAULT_REGISTRY : source.replace(/^registry\+/, '')
  return { kind: 'registry', url, ...sum }
}

/** A reference is text of a crate: what is not encoded well stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
