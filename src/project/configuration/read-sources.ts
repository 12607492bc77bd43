/**
 * Where cargo's configuration sends it for packages: `[source]`, `[registries]`, `[patch]`, `paths`. Only what is
 * written; whoever resolves follows it.
 */
import { ProjectError } from '../../base/index.js'
import type {
  CargoConfiguration,
  ConfigurationPlace,
  ConfiguredPatch,
  ConfiguredSource,
} from '../cargo-configuration.js'
import { ambiguity, plainDependency } from '../dependency-tables.js'
import { dependencySchema } from '../manifest-schema.js'
import { type Environment, environmentRegistries, placeOfVariable } from './environment.js'
import { absolutePath, entriesAt, textAt, textsOf, valueAt } from './lookup.js'
import { type ConfigurationTable, type ConfigurationValue, keyText, placeOf, placeText } from './values.js'

/** Throws ProjectError where cargo refuses: a source that is nothing or two things. */
export function readSources(root: ConfigurationTable): ReadonlyMap<string, ConfiguredSource> {
  return new Map(
    entriesAt(root, 'source').flatMap(([name, value]) =>
      value.k === 'table' ? [[name, readSource(name, value)]] : [],
    ),
  )
}

function readSource(name: string, table: ConfigurationTable): ConfiguredSource {
  const at = placeOf(table.at)
  const replaceWith = textAt(table, 'replace-with')?.text
  const kinds = [
    sourceRegistry(table),
    sourcePath(table, 'local-registry'),
    sourcePath(table, 'directory'),
    sourceGit(table),
  ]
  const found = kinds.filter((kind) => kind !== undefined)
  const where = `[source.${keyText([name])}] of ${placeText(at)}`
  if (found.length > 1) {
    throw new ProjectError(`${where} names more than one source`, 'cargo refuses it', 'Leave one of them.')
  }
  if (found.length === 0 && name !== 'crates-io') {
    throw new ProjectError(
      `${where} names no source`,
      'it has none of registry, local-registry, directory and git; cargo refuses it',
      'Name one of them.',
    )
  }
  if (!table.entries.has('git') && ['branch', 'tag', 'rev'].some((key) => table.entries.has(key))) {
    throw new ProjectError(`${where} has a reference and no git`, 'cargo refuses it', 'Name the repository with git.')
  }
  return { at, ...(replaceWith === undefined ? {} : { replaceWith }), ...(found[0] ? { is: found[0] } : {}) }
}

type SourceIs = NonNullable<ConfiguredSource['is']>

function sourceRegistry(table: ConfigurationTable): SourceIs | undefined {
  const index = textAt(table, 'registry')
  return index && { k: 'registry', index: index.text }
}

function sourcePath(table: ConfigurationTable, k: 'directory' | 'local-registry'): SourceIs | undefined {
  const path = textAt(table, k)
  return path && { k, path: absolutePath(path) }
}

function sourceGit(table: ConfigurationTable): SourceIs | undefined {
  const url = textAt(table, 'git')?.text
  // Cargo looks for them in this order, and takes the first.
  const key = (['branch', 'tag', 'rev'] as const).find((name) => textAt(table, name))
  const value = key === undefined ? undefined : textAt(table, key)
  return url === undefined ? undefined : { k: 'git', url, ...(value ? { reference: `${key}=${value.text}` } : {}) }
}

/** `[registries.NAME]` with an index; a variable of the environment is stronger. */
export function readRegistries(root: ConfigurationTable, environment: Environment): CargoConfiguration['registries'] {
  const found = new Map<string, { readonly index: string; readonly at: ConfigurationPlace }>()
  for (const [name, value] of entriesAt(root, 'registries')) {
    const index = value.k === 'table' ? textAt(value, 'index') : undefined
    if (index) found.set(name, { index: index.text, at: placeOf(index.at) })
  }
  for (const [name, index, variable] of environmentRegistries(environment)) {
    found.set(name, { index, at: placeOfVariable(variable) })
  }
  return found
}

/** `paths`: directories, absolute. */
export function readPaths(root: ConfigurationTable): CargoConfiguration['paths'] {
  return textsOf(valueAt(root, 'paths')).map((path) => ({ directory: absolutePath(path), at: placeOf(path.at) }))
}

/** `[patch.SOURCE]`; paths of the dependencies count from the file that they stand in. Throws ProjectError. */
export function readPatches(root: ConfigurationTable): CargoConfiguration['patches'] {
  return new Map(
    entriesAt(root, 'patch').map(([source, table]) => [
      source,
      (table.k === 'table' ? [...table.entries] : []).map(([name, value]) => readPatch(source, name, value)),
    ]),
  )
}

function readPatch(source: string, name: string, value: ConfigurationValue): ConfiguredPatch {
  const checked = dependencySchema.safeParse(plain(value))
  const trouble = checked.success ? ambiguity(checked.data) : checked.error.issues[0]?.message
  if (!checked.success || trouble !== undefined) {
    throw new ProjectError(
      `${keyText(['patch', source, name])} of ${placeText(value.at)} is not understood`,
      trouble ?? 'it is not a dependency',
      'Write it as a dependency in Cargo.toml.',
    )
  }
  const dependency = plainDependency(name, checked.data, false)
  const path = value.k === 'table' ? textAt(value, 'path') : undefined
  return {
    dependency: { ...dependency, kind: 'normal', ...(path ? { path: absolutePath(path) } : {}) },
    at: placeOf(value.at),
  }
}

function plain(value: ConfigurationValue): unknown {
  if (value.k === 'list') return value.items.map(plain)
  if (value.k === 'table') return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry)]))
  return value.value
}
