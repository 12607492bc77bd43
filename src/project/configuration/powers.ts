/**
 * What a configuration does when cargo builds: programs it starts, what it tells the linker and rustc, options, variables,
 * commands. Whose word it is, and which capability that is, is said elsewhere.
 */
import type { CargoConfiguration, ConfigurationPower } from '../cargo-configuration.js'
import { knownTargets } from '../targets.js'
import { readAliases } from './aliases.js'
import { readLinksOverrides } from './links-overrides.js'
import { entriesAt, textAt, textsOf, valueAt, wordsOf } from './lookup.js'
import { readFlags } from './rustflags.js'
import { type ConfigurationTable, type ConfigurationValue, keyText, type Origin, placeOf } from './values.js'

export interface Powers {
  readonly powers: readonly ConfigurationPower[]
  readonly losses: CargoConfiguration['losses']
}

/** All of it, in the order of files and lines. */
export function readPowers(root: ConfigurationTable): Powers {
  const reading = new PowerReading(root)
  reading.run()
  return reading
}

/** Keys that name a program as a path or a name. */
const PROGRAMS: readonly (readonly string[])[] = [
  ['build', 'rustc'],
  ['build', 'rustc-wrapper'],
  ['build', 'rustc-workspace-wrapper'],
  ['build', 'rustdoc'],
  ['doc', 'browser'],
]

/** Providers that are a part of cargo. */
const OWN_PROVIDER = /^cargo:(token|wincred|macos-keychain|libsecret)$/

/** Whether rustc takes the description of a target from a file: one that is named, or one that it finds by the target's name. */
function isTargetFile(target: string, root: ConfigurationTable): boolean {
  if (target.endsWith('.json')) return true
  return !knownTargets().has(target) && valueAt(root, 'env', 'RUST_TARGET_PATH') !== undefined
}

class PowerReading implements Powers {
  readonly powers: ConfigurationPower[] = []
  readonly losses: CargoConfiguration['losses'][number][] = []
  readonly #root: ConfigurationTable

  constructor(root: ConfigurationTable) {
    this.#root = root
  }

  run(): void {
    for (const path of PROGRAMS) this.#program(path, valueAt(this.#root, ...path))
    this.#providers()
    for (const key of ['rustflags', 'rustdocflags']) this.#flags(['build', key])
    for (const table of ['target', 'host']) {
      for (const [name, value] of entriesAt(this.#root, table)) {
        if (value.k === 'table') this.#target([table, name])
      }
    }
    this.#target(['host'])
    for (const [profile, table] of entriesAt(this.#root, 'profile')) this.#profile(['profile', profile], table)
    for (const [name, value] of entriesAt(this.#root, 'env')) this.#variable(name, value)
    for (const { text, at } of textsOf(valueAt(this.#root, 'build', 'target'))) {
      if (isTargetFile(text, this.#root)) this.#add(['build', 'target'], 'target', text, at)
    }
    for (const { name, does, at } of readAliases(this.#root)) this.#add(['alias', name], 'alias', does, at)
    const overrides = readLinksOverrides(this.#root)
    this.powers.push(...overrides.powers)
    this.losses.push(...overrides.losses)
  }

  #add(path: readonly string[], does: ConfigurationPower['does'], what: string, at: Origin, value?: string): void {
    const [table, target] = path
    const where = table === 'target' && target !== undefined ? { target } : {}
    this.powers.push({
      at: placeOf(at),
      key: keyText(path),
      does,
      what,
      ...(value !== undefined && { value }),
      ...where,
    })
  }

  /** With those for one package and for build scripts, which have the same keys. */
  #profile(path: readonly string[], table: ConfigurationValue): void {
    if (table.k !== 'table') return
    this.#flags([...path, 'rustflags'])
    const backend = textAt(table, 'codegen-backend')
    if (backend) this.#add([...path, 'codegen-backend'], 'rustflags', `-Z codegen-backend=${backend.text}`, backend.at)
    for (const name of ['build-override', 'package']) {
      const below = table.entries.get(name)
      if (below?.k !== 'table') continue
      if (name === 'build-override') this.#profile([...path, name], below)
      else for (const [spec, entry] of below.entries) this.#profile([...path, name, spec], entry)
    }
  }

  #variable(name: string, variable: ConfigurationValue): void {
    const value = variable.k === 'table' ? variable.entries.get('value') : variable
    const relative = variable.k === 'table' ? variable.entries.get('relative') : undefined
    this.#add(['env', name], 'env', name, variable.at, value?.k === 'string' ? value.value : undefined)
    const power = this.powers.at(-1)
    if (power && relative?.k === 'boolean' && relative.value) {
      this.powers.splice(-1, 1, { ...power, relative: true })
    }
  }

  #program(path: readonly string[], value: ConfigurationValue | undefined): void {
    if (value?.k === 'list') for (const other of value.others ?? []) this.#program(path, other)
    const words = textsOf(value)
    if (value && words.length > 0) this.#add(path, 'program', words.map(({ text }) => text).join(' '), value.at)
  }

  #provider(path: readonly string[], value: ConfigurationValue | undefined): void {
    const others = value?.k === 'list' ? (value.others ?? []) : []
    for (const one of [value, ...others]) {
      const alone = one?.k === 'list' ? { ...one, others: [] } : one
      const [first] = wordsOf(alone)
      if (first && !OWN_PROVIDER.test(first.text)) this.#program(path, alone)
    }
  }

  #providers(): void {
    const ofAll = ['registry', 'credential-provider']
    this.#provider(ofAll, valueAt(this.#root, ...ofAll))
    for (const [name, value] of entriesAt(this.#root, 'registries')) {
      if (value.k !== 'table') continue
      this.#provider(['registries', name, 'credential-provider'], value.entries.get('credential-provider'))
    }
    const global = ['registry', 'global-credential-providers']
    for (const { text, at } of textsOf(valueAt(this.#root, ...global))) {
      if (!OWN_PROVIDER.test(text)) this.#add(global, 'program', text, at)
    }
    for (const [name, value] of entriesAt(this.#root, 'credential-alias')) {
      this.#provider(['credential-alias', name], value)
    }
  }

  #target(path: readonly string[]): void {
    const linker = textAt(this.#root, ...path, 'linker')
    if (linker) {
      this.#add([...path, 'linker'], 'program', linker.text, linker.at)
      this.#add([...path, 'linker'], 'linker', linker.text, linker.at)
    }
    this.#program([...path, 'runner'], valueAt(this.#root, ...path, 'runner'))
    for (const key of ['rustflags', 'rustdocflags']) this.#flags([...path, key])
  }

  #flags(path: readonly string[]): void {
    for (const { does, what, at, loss } of readFlags(wordsOf(valueAt(this.#root, ...path)))) {
      this.#add(path, does, what, at)
      if (loss !== undefined) this.losses.push({ at: placeOf(at), message: `${keyText(path)}: ${loss}` })
    }
  }
}
