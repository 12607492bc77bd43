/**
 * What the user decides of `cfg`: `nightly`, `mode="hard"` (set, as `rustc --cfg` spells it), `not(nightly)` (never set). What is
 * decided is so in everything that is compiled, as features are.
 */
import { ProjectError } from '../base/index.js'
import { parseOption } from './configuration/rustflags.js'
import type { TargetOption, TargetPlatform } from './target-platform.js'
import { NOT_FROM_OUTSIDE } from './unread-options.js'

/** The targets with what was asked for. Throws ProjectError for words that are no option, and for one both set and not. */
export function withAskedOptions(
  targets: readonly TargetPlatform[],
  asked: readonly string[] | undefined,
): readonly TargetPlatform[] {
  if (asked === undefined || asked.length === 0) return targets
  const decisions = asked.map(decisionOf)
  const set = decisions.filter(({ isSet }) => isSet).map(({ option }) => option)
  const unset = decisions.filter(({ isSet }) => !isSet).map(({ option }) => option)
  const both = set.find((option) => unset.some((other) => isSame(option, other)))
  if (both) throw fault(optionText(both), 'it is both set and never set')
  const isAsked = (option: TargetOption): boolean => [...set, ...unset].some((other) => isSame(option, other))
  return targets.map((target) => ({
    ...target,
    cfg: [
      ...target.cfg.filter((option) => !isAsked(option)),
      ...unique(set).map((option) => ({ ...option, asked: true })),
    ],
    ...(unset.length > 0 && { unset: unique(unset) }),
  }))
}

function decisionOf(word: string): { readonly option: TargetOption; readonly isSet: boolean } {
  const [, negated] = /^\s*not\s*\(([\s\S]*)\)\s*$/.exec(word) ?? []
  const option = parseOption(negated ?? word)
  if (!option) throw fault(word, 'it is no option')
  if (option.name === 'feature') throw fault(word, 'features are chosen by --features')
  if (NOT_FROM_OUTSIDE.test(option.name)) throw fault(word, 'the target or the kind of build decides it')
  return { option, isSet: negated === undefined }
}

function fault(word: string, why: string): ProjectError {
  return new ProjectError(
    `--cfg ${word} decides nothing`,
    why,
    'Give name, name="value", or not(…) around one of them for what is never set.',
  )
}

const isSame = (a: TargetOption, b: TargetOption): boolean => a.name === b.name && a.value === b.value

function unique(options: readonly TargetOption[]): readonly TargetOption[] {
  return options.filter((option, index) => options.findIndex((other) => isSame(option, other)) === index)
}

const optionText = ({ name, value }: TargetOption): string =>
  value === undefined ? name : `${name}=${JSON.stringify(value)}`
