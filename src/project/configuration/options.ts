/**
 * What of a configuration decides about `cfg`s: flags of rustc with the targets they hold for, and profiles. Which cfgs a
 * target then has is `configured-targets.ts`'s matter.
 */
import type { CargoConfiguration, ConfiguredCfg } from '../cargo-configuration.js'
import { type Environment, environmentFlags } from './environment.js'
import { entriesAt, type Text, valueAt, wordsOf } from './lookup.js'
import { parseOption, readFlags } from './rustflags.js'
import { type ConfigurationTable, type ConfigurationValue, keyText, placeOf } from './values.js'

/** `--cfg` of every `rustflags`. One that cannot be read is a loss. */
export function readCfgs(
  root: ConfigurationTable,
  environment: Environment,
  losses: CargoConfiguration['losses'][number][],
): ConfiguredCfg[] {
  const flags = environmentFlags(environment)
  const ofFiles = cfgsOfFiles(root, losses)
  if (!flags) return ofFiles
  const own = cfgsOfWords(flags.name, flags.words, losses).map((cfg): ConfiguredCfg => ({ ...cfg, always: true }))
  // For cargo the variable takes the place of them all. What the repository says holds for everyone who has it not set.
  return [...own, ...ofFiles.filter(({ at }) => at.scope === 'repository')]
}

/** Keys of `[target]` that have flags, whatever they are. */
export function flaggedTargets(root: ConfigurationTable): readonly string[] {
  return entriesAt(root, 'target').flatMap(([target, table]) =>
    table.k === 'table' && wordsOf(table.entries.get('rustflags')).length > 0 ? [target] : [],
  )
}

function cfgsOfFiles(root: ConfigurationTable, losses: CargoConfiguration['losses'][number][]): ConfiguredCfg[] {
  const cfgs = cfgsIn(['build', 'rustflags'], valueAt(root, 'build', 'rustflags'), undefined, losses)
  for (const [target, table] of entriesAt(root, 'target')) {
    const flags = table.k === 'table' ? table.entries.get('rustflags') : undefined
    cfgs.push(...cfgsIn(['target', target, 'rustflags'], flags, target, losses))
  }
  return cfgs
}

function cfgsIn(
  path: readonly string[],
  value: ConfigurationValue | undefined,
  target: string | undefined,
  losses: CargoConfiguration['losses'][number][],
): ConfiguredCfg[] {
  const cfgs = cfgsOfWords(keyText(path), wordsOf(value), losses)
  return target === undefined ? cfgs : cfgs.map((cfg) => ({ ...cfg, target }))
}

function cfgsOfWords(
  where: string,
  words: readonly Text[],
  losses: CargoConfiguration['losses'][number][],
): ConfiguredCfg[] {
  return readFlags(words).flatMap(({ does, what, at: origin }): ConfiguredCfg[] => {
    if (does !== 'cfg') return []
    const at = placeOf(origin)
    const option = parseOption(what)
    if (option) return [{ at, ...option }]
    losses.push({ at, message: `${where}: --cfg ${what} is no option` })
    return []
  })
}

/** `[profile]`, each key as cargo names it: `profile.dev.panic`; `build-override` and `package` too. */
export function readProfiles(root: ConfigurationTable): CargoConfiguration['profile'] {
  const profile = new Map<string, string | boolean | number>()
  const walk = (path: readonly string[], value: ConfigurationValue): void => {
    if (value.k === 'table') for (const [key, entry] of value.entries) walk([...path, key], entry)
    else if (value.k !== 'list') profile.set(keyText(path), value.value)
  }
  for (const [name, value] of entriesAt(root, 'profile')) walk(['profile', name], value)
  return profile
}
