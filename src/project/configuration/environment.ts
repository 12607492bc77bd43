/**
 * Variables of the environment that say what a configuration would: `RUSTFLAGS` in the place of every `rustflags`,
 * `CARGO_BUILD_TARGET`, `CARGO_REGISTRIES_NAME_INDEX`. They are the machine's word. Other variables of cargo's do not decide what is built.
 */
import type { ConfigurationPlace } from '../cargo-configuration.js'
import type { Origin } from './values.js'

export type Environment = Readonly<Record<string, string | undefined>>

/** Where a variable stands, in words that a report can name. */
export function placeOfVariable(name: string): ConfigurationPlace {
  return { file: `environment variable ${name}`, scope: 'machine', line: 0, column: 0 }
}

/** Words of the flags that rustc is given, and the variable that has them; undefined when none is set. */
export function environmentFlags(
  environment: Environment,
): { readonly name: string; readonly words: readonly { readonly text: string; readonly at: Origin }[] } | undefined {
  const name = ['CARGO_ENCODED_RUSTFLAGS', 'RUSTFLAGS'].find((variable) => environment[variable] !== undefined)
  if (name === undefined) return undefined
  const separator = name === 'RUSTFLAGS' ? ' ' : '\x1f'
  const at = { ...placeOfVariable(name), root: '' }
  const words = (environment[name] ?? '').split(separator).filter((word) => word.trim() !== '')
  return { name, words: words.map((text) => ({ text: text.trim(), at })) }
}

/** `CARGO_REGISTRIES_MY_OWN_INDEX`: under both spellings of the name, since cargo takes `-` and `_` alike there. */
export function environmentRegistries(environment: Environment): readonly (readonly [string, string, string])[] {
  return Object.entries(environment).flatMap(([variable, index]) => {
    const [, name] = /^CARGO_REGISTRIES_([A-Z0-9_]+)_INDEX$/.exec(variable) ?? []
    if (name === undefined || index === undefined) return []
    const lower = name.toLowerCase()
    return [...new Set([lower, lower.replaceAll('_', '-')])].map((spelling) => [spelling, index, variable] as const)
  })
}
