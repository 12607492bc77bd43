/**
 * What an alias of cargo's configuration does. An alias that is a command over the code that is read anyway gives nobody a
 * new power, but one may set configuration, install what lies elsewhere, start any `cargo-…` that this machine has, or hand
 * flags to rustc. Aliases beat external commands, `cargo clippy` and `cargo fmt` too: whoever asks for those gets it. The
 * commands and options that only concern this workspace are named here; all others are not known to.
 */
import { entriesAt, wordsOf } from './lookup.js'
import type { ConfigurationTable, Origin } from './values.js'

export interface Alias {
  readonly name: string
  readonly at: Origin
  /** From its `--config` on; else `NAME = COMMAND`, after `other code: ` where it reaches beyond this workspace. */
  readonly does: string
}

/** Those of the table, in its order. */
export function readAliases(root: ConfigurationTable): readonly Alias[] {
  const aliases = entriesAt(root, 'alias')
  const names = new Set(aliases.map(([name]) => name))
  return aliases.flatMap(([name, value]) => {
    const words = wordsOf(value).map((word) => word.text)
    const text = words.join(' ')
    if (text === '') return []
    const configures = text.search(/(^|\s)--config\b/)
    const plain = `${name} = ${text}`
    const other = staysHere(words, names) ? plain : `other code: ${plain}`
    return [{ name, at: value.at, does: configures < 0 ? other : text.slice(configures).trim() }]
  })
}

/** Commands that build, run or describe this workspace and nothing else. */
const OWN = new Set(
  'b bench build c check clean clippy d doc fetch fmt generate-lockfile help info locate-project metadata package pkgid r read-manifest report run search t test tree verify-project version'.split(
    ' ',
  ),
)

/** Options that name other places, other commands' manifests or what rustc is started with. */
const ELSEWHERE =
  /^(\+|-C|-Z|--(artifact-dir|config|git|index|lockfile-path|manifest-path|out-dir|path|registry|target-dir)(=|$)|(--target=)?.*\.json$)/

/** Whose words behind `--` are options of rustc. */
const OF_RUSTC = 'clippy'
const LINT = /^(-[ADFW]|--(allow|deny|forbid|warn))/

function staysHere(words: readonly string[], aliases: ReadonlySet<string>): boolean {
  const end = words.indexOf('--')
  const own = end < 0 ? words : words.slice(0, end)
  const rest = end < 0 ? [] : words.slice(end + 1)
  const command = commandOf(own)
  if (own.some((word) => ELSEWHERE.test(word))) return false
  if (command === undefined) return true
  if (!OWN.has(command)) return aliases.has(command)
  // The lint may be a word of its own.
  return command !== OF_RUSTC || rest.every((word, place) => LINT.test(word) || isLintOf(rest[place - 1], word))
}

const isLintOf = (before: string | undefined, word: string): boolean =>
  before !== undefined &&
  /^(-[ADFW]|--\w+)$/.test(before) &&
  LINT.test(before) &&
  /^[\w:-]+$/.test(word) &&
  word[0] !== '-'

/** The first word that is no option; `--color` has a word after it. */
function commandOf(words: readonly string[]): string | undefined {
  return words.find((word, place) => !word.startsWith('-') && words[place - 1] !== '--color')
}
