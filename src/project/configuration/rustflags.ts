/**
 * What flags of rustc do, as far as their spelling says: an option is set, the linker is told something, a program is
 * named. No flag is acted on.
 */
import { checked } from '../../base/index.js'
import type { ConfigurationPower } from '../cargo-configuration.js'
import type { Text } from './lookup.js'
import type { Origin } from './values.js'

export interface Flag {
  readonly at: Origin
  readonly does: Exclude<ConfigurationPower['does'], 'env' | 'alias'>
  /** One flag in one spelling: `-C link-arg=-s`, `--cfg tokio_unstable`; of a program or option only what it names. */
  readonly what: string
  /** Set when the flag can change which code is compiled in a way that is not followed. */
  readonly loss?: string
}

/** The flags among words, each where it begins. */
export function readFlags(words: readonly Text[]): readonly Flag[] {
  const flags: Flag[] = []
  for (let index = 0; index < words.length; index++) {
    const word = checked(words[index])
    const [name, joined] = splitFlag(word.text)
    const takes = TAKES_VALUE.has(name)
    const value = joined ?? (takes ? words[++index]?.text : undefined)
    flags.push(...meaningOf(name, value ?? '', word.at))
  }
  return flags
}

/** Short flags with a value, and the long ones; `-C` has the long name `--codegen`. */
const TAKES_VALUE: ReadonlySet<string> = new Set(
  '-A -C -D -F -L -W -Z -l -o --allow --cap-lints --cfg --check-cfg --codegen --color --crate-name --crate-type --deny --diagnostic-width --edition --emit --error-format --explain --extern --forbid --force-warn --json --out-dir --print --remap-path-prefix --remap-path-scope --sysroot --target --warn'.split(
    ' ',
  ),
)

const LONG: ReadonlyMap<string, string> = new Map([
  ['--allow', '-A'],
  ['--codegen', '-C'],
  ['--deny', '-D'],
  ['--forbid', '-F'],
  ['--warn', '-W'],
])

/** The flag, and its value when both are one word: `--cfg=x`, `-Copt-level=3`. */
function splitFlag(text: string): readonly [string, string | undefined] {
  const [, long, value] = /^(--[\w-]+)=([\s\S]*)$/.exec(text) ?? []
  if (long !== undefined) return [long, value]
  if (/^-[ACDFLWZlo]./.test(text)) return [text.slice(0, 2), text.slice(2)]
  return [text, undefined]
}

function meaningOf(name: string, value: string, at: Origin): readonly Flag[] {
  const flag = LONG.get(name) ?? name
  const what = value === '' ? flag : `${flag} ${value}`
  switch (flag) {
    case '--cfg':
      return [{ at, does: 'cfg', what: value }]
    case '-C':
      return codegen(value, at)
    case '-L':
    case '-l':
      return [{ at, does: 'linker', what }]
    case '--extern':
      return [{ at, does: 'linker', what, loss: `${what} adds a crate that was not looked at` }]
    case '--sysroot':
      return [{ at, does: 'linker', what, loss: `${what}: another standard library than the one that is known` }]
    case '-Z':
      return [
        { at, does: 'rustflags', what, loss: `${what} holds for a nightly compiler: what it changes is not known` },
      ]
    default:
      if (flag.startsWith('@')) {
        return [{ at, does: 'rustflags', what, loss: `${flag} is a file of further flags; it was not read` }]
      }
      return [{ at, does: 'rustflags', what }]
  }
}

/** rustc takes `_` for `-` in the names of these. */
function codegen(text: string, at: Origin): readonly Flag[] {
  const equals = text.indexOf('=')
  const name = (equals < 0 ? text : text.slice(0, equals)).replaceAll('_', '-')
  const value = equals < 0 ? undefined : text.slice(equals + 1)
  const what = `-C ${name}${value === undefined ? '' : `=${value}`}`
  if (name === 'linker')
    return [
      { at, does: 'program', what: value ?? '' },
      { at, does: 'linker', what },
    ]
  return [{ at, does: LINKER.test(name) ? 'linker' : 'rustflags', what }]
}

const LINKER = /^(link-.*|linker-.*|default-linker-libraries|ar)$/

/** `name` or `name="value"` of `--cfg`; undefined when it is neither. */
export function parseOption(text: string): { readonly name: string; readonly value?: string } | undefined {
  const [, name, quoted] = /^\s*(?:r#)?([A-Za-z_]\w*)\s*(?:=\s*("(?:[^"\\]|\\.)*"))?\s*$/.exec(text) ?? []
  if (name === undefined) return undefined
  // A string of Rust with escapes that JSON has not is none that anyone writes.
  try {
    return quoted === undefined ? { name } : { name, value: String(JSON.parse(quoted)) }
  } catch {
    return undefined
  }
}
