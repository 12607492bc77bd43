/**
 * Which of several targets the code can tell apart at all. Building a Program costs time for each target, and most
 * crates ask for nothing but `unix`: targets that answer alike to every option which any text names are one.
 *
 * What a macro makes a condition of may stand in pieces anywhere (`on!(target_os, "macos", ..)`), so the words are searched, not
 * the conditions: an option counts when its name stands somewhere, and its value, in whatever spelling a literal may
 * have. A word that is no condition at all costs a Program too many, never one too few.
 */
import type { TargetPlatform, Unit } from '../project/index.js'
import { stringLiteral } from '../syntax/index.js'
import type { FileStore } from './file-store.js'

/** String literals with escapes: their value may be a word that the text does not have. */
const ESCAPED = /"(?:[^"\\]|\\[\s\S]){0,200}"/g

/** The groups of targets between which nothing in the files or dependencies distinguishes. */
export function distinctTargets(
  files: FileStore,
  units: readonly Unit[],
  targets: readonly TargetPlatform[],
): readonly (readonly TargetPlatform[])[] {
  const single = targets.map((target) => [target])
  if (targets.length < 2) return single
  const platforms = new Set(units.flatMap((unit) => unit.externs.map((extern) => extern.platform ?? '')))
  // A dependency for one triple tells all targets apart.
  if ([...platforms].some((platform) => platform !== '' && !platform.startsWith('cfg('))) return single
  const options = optionsThatDiffer(targets)
  const words = new Set(options.flatMap(({ name, value }) => (value === undefined ? [name] : [name, value])))
  const named = wordsIn(words, [...platforms], files.texts())
  const asked = options.filter(({ name, value }) => named.has(name) && (value === undefined || named.has(value)))
  const groups = new Map<string, TargetPlatform[]>()
  for (const target of targets) {
    const set = new Set(target.cfg.map(keyOf))
    const answers = asked.map((option) => (set.has(keyOf(option)) ? '1' : '0')).join('')
    const group = groups.get(answers)
    if (group) group.push(target)
    else groups.set(answers, [target])
  }
  return [...groups.values()]
}

type Option = TargetPlatform['cfg'][number]

const keyOf = ({ name, value }: Option): string => (value === undefined ? name : `${name}=${value}`)

/** What some of the targets set and others do not. */
function optionsThatDiffer(targets: readonly TargetPlatform[]): readonly Option[] {
  const count = new Map<string, { readonly option: Option; targets: number }>()
  for (const target of targets) {
    for (const option of target.cfg) {
      const entry = count.get(keyOf(option)) ?? { option, targets: 0 }
      count.set(keyOf(option), entry)
      entry.targets++
    }
  }
  const differing = [...count.values()].filter((entry) => entry.targets < targets.length)
  return differing.map(({ option: { name, value } }) => (value === undefined ? { name } : { name, value }))
}

/** Those of the words that stand in one of the texts, as whole words or as what a literal's escapes spell. */
function wordsIn(words: ReadonlySet<string>, first: readonly string[], texts: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>()
  // The longest alternative comes first: `windows` is no `window`.
  const list = [...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const any = new RegExp(`(?<![\\w])(?:${list.join('|')})(?![\\w])`, 'g')
  const note = (text: string): void => {
    for (const [word] of text.matchAll(any)) found.add(word)
  }
  for (const text of first) note(text)
  for (const text of texts) {
    if (found.size === words.size) break
    note(text)
    if (!/\\[xu\n\r]/.test(text)) continue
    for (const [literal] of text.matchAll(ESCAPED)) {
      const value = literal.includes('\\') ? stringLiteral(literal) : undefined
      if (value?.k === 'str' && words.has(value.value)) found.add(value.value)
    }
  }
  return found
}
