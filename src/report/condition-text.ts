/**
 * How conditions read to a person: by the targets that they are on where nothing else matters, else as the formula, whole.
 * Nothing is evaluated here: on which targets a condition can be true, the result says.
 */
import { checked } from '../base/index.js'
import { escapeText } from './escape.js'
import { cut } from './layout.js'
import { type TriplePart, targetWords } from './target-words.js'

/** No condition that was written to be read is longer: what is longer is cut, so that nobody fills a report with it. */
const MAX_COLUMNS = 2000
/** Nor is a flag that somebody types. */
const MAX_FLAG = 60
/** Options that a target decides alone. */
const TARGET_OPTION = /^(?:unix|windows|target_\w+)$/
const OS_NAMES = /^(?:(unix|windows)|target_(?:os|family|arch|env|vendor) = "([^"]*)")$/
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['windows', 'Windows'],
  ['linux', 'Linux'],
  ['macos', 'macOS'],
  ['ios', 'iOS'],
  ['android', 'Android'],
  ['freebsd', 'FreeBSD'],
  ['wasi', 'WASI'],
])

/** The names of the options that a formula asks for. */
function optionsOf(condition: string): readonly string[] {
  const plain = condition.replace(/"(?:[^"\\]|\\.)*"/g, '""')
  return [...plain.matchAll(/[\p{L}_][\p{L}\p{N}_]*(?!\p{L}|\p{N}|_|\()/gu)].map(([name]) => name)
}

/** The platform that a condition is about, `Windows`, `Linux, Android`; undefined when it is about anything else. */
function platformOf(condition: string): string | undefined {
  const any = /^any\((.*)\)$/.exec(condition)
  const atoms = (any ? checked(any[1]) : condition).split(/, (?=\w+(?: = |, |$))/)
  const names = atoms.map((atom) => {
    const match = OS_NAMES.exec(atom)
    const name = match?.[1] ?? match?.[2]
    return name === undefined ? undefined : (WRITTEN.get(name) ?? name)
  })
  return names.every((name) => name !== undefined) ? escapeText(names.join(', ')) : undefined
}

/** What all the conditions together are about: `Linux, Windows`; undefined when one is not plainly about platforms. */
export function platformsOf(conditions: readonly string[]): string | undefined {
  const each = conditions.map(platformOf)
  if (!each.every((platform) => platform !== undefined)) return undefined
  return [...new Set(each.flatMap((platform) => platform.split(', ')))].sort().join(', ')
}

/** Some of the targets that were looked at, and all of these. */
export interface OnTargets {
  readonly some: readonly string[]
  readonly all: readonly string[]
}

/** `on Linux, Windows` where the target alone decides, or `if feature = "x"`, whole. */
export function conditionText(conditions: readonly string[], on?: OnTargets): string {
  const isByTarget = conditions.every((condition) => optionsOf(condition).every((name) => TARGET_OPTION.test(name)))
  const words = isByTarget && on && on.some.length > 0 ? targetWords(on.some, on.all, partAsked(conditions)) : ''
  const platforms = words === '' ? platformsOf(conditions) : words
  if (platforms !== undefined) return `on ${platforms}`
  return flagText(conditions) ?? `if ${cut(escapeText(conditions.join(' or ')), MAX_COLUMNS)}`
}

/** What rustc and cargo decide by other means than `--cfg`. */
const NO_FLAG =
  /^(?:unix|windows|target_\w+|feature|debug_assertions|overflow_checks|panic|test|doc|doctest|proc_macro)$/

/** `with --cfg nightly`, `without` it: one option that is set by a flag alone. */
function flagText([condition, ...others]: readonly string[]): string | undefined {
  if (condition === undefined || others.length > 0 || condition.length > MAX_FLAG) return undefined
  const [, negated] = /^not\(([^()]*)\)$/.exec(condition) ?? []
  const option = negated ?? condition
  const [, name] = /^([A-Za-z_]\w*)(?: = "[^"\\`]*")?$/.exec(option) ?? []
  if (name === undefined || NO_FLAG.test(name)) return undefined
  const flag = option === name ? name : `'${option.replace(' = ', '=')}'`
  return `${negated === undefined ? 'with' : 'without'} --cfg ${escapeText(flag)}`
}

/** Whether all of them ask for the C library alone, or the processor alone. */
function partAsked(conditions: readonly string[]): TriplePart {
  const asks = (name: string): boolean => conditions.every((condition) => optionsOf(condition).includes(name))
  const none = (name: string): boolean => !conditions.some((condition) => optionsOf(condition).includes(name))
  if (asks('target_env') && none('target_arch')) return 'env'
  return asks('target_arch') && none('target_env') ? 'arch' : undefined
}

/** `only on Windows`, `on all but WASI`, `only if feature = "x"`. */
export function onlyText(conditions: readonly string[], on?: OnTargets): string {
  const text = conditionText(conditions, on)
  return text.startsWith('on all but ') ? text : `only ${text}`
}

/** Whether the condition holds on some platforms only, whatever the features. */
export function isPlatformCondition(condition: string): boolean {
  const options = optionsOf(condition)
  return condition !== 'true' && !options.includes('feature') && options.some((name) => TARGET_OPTION.test(name))
}
