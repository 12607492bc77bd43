/**
 * What of a configuration decides about `cfg`s: flags of rustc with the targets they hold for, and profiles. Which cfgs a
 * target then has is `configured-targets.ts`'s matter.
 */
import type { CargoConfiguration, ConfiguredCfg } from '../cargo-configuration.js'
import { entriesAt, valueAt, wordsOf } from './lookup.js'
import { parseOption, readFlags } from './rustflags.js'
import { type ConfigurationTable, type ConfigurationValue, keyText, placeOf } from './values.js'

/** `--cfg` of every `rustflags`. One that cannot be read is a loss. */
export function readCfgs(root: ConfigurationTable, losses: CargoConfiguration['losses'][number][]): ConfiguredCfg[] {
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
  return readFlags(wordsOf(value)).flatMap(({ does, what, at: origin }): ConfiguredCfg[] => {
    if (does !== 'cfg') return []
    const at = placeOf(origin)
    const option = parseOption(what)
    if (option) return [{ at, ...option, ...(target === undefined ? {} : { target }) }]
    losses.push({ at, message: `${keyText(path)}: --cfg ${what} is no option` })
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
