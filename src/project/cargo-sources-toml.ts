/**
 * The sources and registries that a repository's configuration names, written anew for the temporary directory where cargo
 * fetches and resolves, so that it sees the same world as in the workspace. Only `[source]` and `[registries.NAME] index`
 * are carried over, with absolute directories and checked addresses: never programs, credentials, variables, the network.
 * What stands in CARGO_HOME applies there by itself.
 */
import { join } from 'node:path'
import { stringify } from 'smol-toml'
import { ProjectError } from '../base/index.js'
import type { CargoConfiguration, ConfigurationPlace, ConfiguredSource } from './cargo-configuration.js'
import type { CargoDirectory } from './cargo-run.js'

/** Writes them into cargo's directory, if there are any. Throws ProjectError when an address may not be handed to cargo. */
export function writeSources(cargo: CargoDirectory, configuration: CargoConfiguration): void {
  const text = sourcesToml(configuration)
  if (text !== undefined) cargo.write(join('.cargo', 'config.toml'), text)
}

/** The text of the configuration; undefined when there is nothing to write. */
export function sourcesToml({ sources, registries }: CargoConfiguration): string | undefined {
  const source = Object.fromEntries(
    [...sources].filter(([, { at }]) => isCarried(at)).map(([name, one]) => [name, sourceTable(one)]),
  )
  const registry = Object.fromEntries(
    [...registries]
      .filter(([, { at }]) => isCarried(at))
      .map(([name, { index, at }]) => [name, { index: requirePlainAddress(index, `${at.file}:${at.line}`) }]),
  )
  const tables = {
    ...(Object.keys(source).length === 0 ? {} : { source }),
    ...(Object.keys(registry).length === 0 ? {} : { registries: registry }),
  }
  return Object.keys(tables).length === 0 ? undefined : stringify(tables)
}

const isCarried = ({ file }: ConfigurationPlace): boolean => !file.startsWith('CARGO_HOME/')

function sourceTable({ is, replaceWith, at }: ConfiguredSource): Record<string, string> {
  const replace = replaceWith === undefined ? {} : { 'replace-with': replaceWith }
  if (!is) return replace
  const where = `${at.file}:${at.line}`
  switch (is.k) {
    case 'registry':
      return { ...replace, registry: requirePlainAddress(is.index, where) }
    case 'git':
      return { ...replace, git: requirePlainAddress(is.url, where), ...referenceKeys(is.reference) }
    case 'directory':
    case 'local-registry':
      return { ...replace, [is.k]: is.path }
  }
}

/** `branch=x` as a key of its own. */
export function referenceKeys(reference: string | undefined): Record<string, string> {
  const [, key, value] = /^(branch|tag|rev)=(.*)$/s.exec(reference ?? '') ?? []
  return key === undefined || value === undefined ? {} : { [key]: value }
}

/**
 * The address as it is. Lockfiles, manifests and configuration are the crate's word: only such addresses are handed to cargo
 * as cannot mean a program (`ext::`) or an option. A path on this machine can be read by cargo and start nothing; it has no
 * host, since one would be asked over the network. `where` names what holds the address. Throws ProjectError.
 */
export function requirePlainAddress(address: string, where: string): string {
  const plain = address.replace(/^(?:registry|sparse)\+/, '')
  const remote = /^(?:https?|ssh|git):\/\/(?:[A-Za-z0-9_][^\s/@]*@)?[A-Za-z0-9_[][^\s]*$/.test(plain)
  if (remote || /^file:\/\/\/[^\s]*$/.test(plain)) return address
  throw new ProjectError(
    `An address in ${where} is not handed to cargo`,
    `it is not one of https, http, ssh, git or file: ${plain.slice(0, 200)}`,
    'Fetch it with `cargo fetch` if you trust the address.',
  )
}
