/**
 * What of a crate's sources may be told to the user's cargo when it resolves in our directory: addresses that can mean
 * neither a program nor an option, and the tables of `[source]` that replace registries. Nothing else of a configuration is
 * carried over: the rest starts programs.
 */
import type { CargoConfiguration, ConfiguredSource } from './cargo-configuration.js'
import { ProjectError } from './errors.js'

/** The address as it is. Throws ProjectError when it is not plainly one of a network or of a file. */
export function requirePlainAddress(address: string): string {
  const plain = address.replace(/^(?:registry|sparse)\+/, '')
  if (/^(?:(?:https?|ssh|git):\/\/[A-Za-z0-9_]|file:\/\/\/)[^\s]*$/.test(plain)) return address
  throw new ProjectError(
    'Dependencies cannot be resolved',
    `an address is not one of https, ssh or file: ${plain.slice(0, 200)}`,
    'Resolve it with cargo yourself if you trust the address, and give the lockfile with --lockfile.',
  )
}

/** `[source]` as cargo reads it; undefined when none is configured. */
export function sourceTables({ sources }: CargoConfiguration): Record<string, Record<string, object>> | undefined {
  if (sources.size === 0) return undefined
  return { source: Object.fromEntries([...sources].map(([name, source]) => [name, sourceTable(source)])) }
}

function sourceTable({ replaceWith, is }: ConfiguredSource): Record<string, string> {
  const replaced: Record<string, string> = replaceWith === undefined ? {} : { 'replace-with': replaceWith }
  if (!is) return replaced
  switch (is.k) {
    case 'registry':
      return { ...replaced, registry: requirePlainAddress(is.index) }
    case 'directory':
    case 'local-registry':
      return { ...replaced, [is.k]: is.path }
    case 'git': {
      const [, kind, value] = /^(branch|tag|rev)=(.*)$/s.exec(is.reference ?? '') ?? []
      const reference = kind === undefined || value === undefined ? {} : { [kind]: value }
      return { ...replaced, git: requirePlainAddress(is.url), ...reference }
    }
  }
}
