/**
 * `[target.TRIPLE.LINKS]`: what stands in for the build script of the package with that `links`, on that target. Cargo then
 * does not run the script and takes what it would have printed from here.
 */
import type { CargoConfiguration, ConfigurationPower } from '../cargo-configuration.js'
import { entriesAt, textsOf } from './lookup.js'
import { type ConfigurationTable, type ConfigurationValue, keyText, placeOf } from './values.js'

export interface Overrides {
  readonly powers: readonly ConfigurationPower[]
  readonly losses: CargoConfiguration['losses']
}

const OWN_KEYS = ['ar', 'linker', 'runner', 'rustflags', 'rustdocflags']

/** Whether a key of `[target.TRIPLE]` is the `links` of a package. Below `cfg(…)` cargo takes none. */
export function isLinksKey(target: string, key: string): boolean {
  return !OWN_KEYS.includes(key) && !target.startsWith('cfg(')
}

/** What overrides of build scripts do, of every target. */
export function readLinksOverrides(root: ConfigurationTable): Overrides {
  const powers: ConfigurationPower[] = []
  const losses: CargoConfiguration['losses'][number][] = []
  const lose = (value: ConfigurationValue, message: string): void => {
    losses.push({ at: placeOf(value.at), message })
  }
  for (const [target, table] of entriesAt(root, 'target')) {
    for (const [links, output] of table.k === 'table' ? table.entries : []) {
      const path = ['target', target, links]
      if (!isLinksKey(target, links)) {
        if (!OWN_KEYS.includes(links)) lose(output, `${keyText(path)} is no key that cargo takes below a cfg`)
        continue
      }
      if (output.k !== 'table') {
        lose(output, `${keyText(path)} is no key of cargo's configuration that is known here`)
        continue
      }
      lose(output, `${keyText(path)} stands in for a build script, whose output is looked at as if it ran`)
      for (const [key, value] of output.entries) powers.push(...powersOf([...path, key], key, value))
    }
  }
  return { powers, losses }
}

function powersOf(path: readonly string[], key: string, value: ConfigurationValue): readonly ConfigurationPower[] {
  const power = (does: ConfigurationPower['does'], what: string, of: ConfigurationValue): ConfigurationPower => ({
    at: placeOf(of.at),
    key: keyText(path),
    does,
    what,
    target: path[1] ?? '',
  })
  if (key === 'rustc-env' && value.k === 'table') {
    return [...value.entries].map(([name, entry]) => power('env', name, entry))
  }
  if (key === 'rustc-cfg') return textsOf(value).map(({ text }) => power('cfg', text, value))
  if (key === 'rustc-check-cfg') return []
  if (/^rustc-(link|cdylib-link|flags)/.test(key)) {
    return textsOf(value).map(({ text }) => power('linker', `${key}=${text}`, value))
  }
  // What is left is metadata: a variable for the build scripts of packages that depend on it.
  return textsOf(value).map(() => power('env', key, value))
}
