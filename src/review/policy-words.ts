/**
 * What the words in a rule of a caps.toml mean: capabilities, stages, targets, packages. A word that is not known is an
 * error with the one that was probably meant. What exists in the world is handed in as a Vocabulary.
 */
import { checked, globTest, messageOf, nearestWord, type ValuePath } from '../base/index.js'
import { type ReportStage, stageSchema } from '../report/result.js'
import { ANY_CAPABILITY, type CapabilityRule, type Subject } from './policy.js'
import { PolicyError } from './policy-error.js'
import type { RuleFields } from './policy-schema.js'
import { type SourcePattern, sourcePattern } from './source-pattern.js'

/** What words of a policy can mean; handed in, since a policy knows neither the maps nor rustc's targets. */
export interface Vocabulary {
  /** `fs/read`, …: every capability that there is. */
  readonly capabilities: readonly string[]
  /** `credentials`, …: every tag of our own maps. */
  readonly tags: readonly string[]
  /** Every target triple that rustc knows. */
  readonly targets: readonly string[]
  /** The one that was probably meant by a word that is none of them. */
  readonly meantTarget: (word: string) => string | undefined
  /** Whether `cfg(..)` holds on a triple. Throws an Error with the reason when it cannot be read. */
  readonly cfgHolds: (cfg: string, triple: string) => boolean
  /** What follows `@` in cargo's spelling, a full version being that version alone; undefined when it is none. */
  readonly requirementOf: (text: string) => string | undefined
}

/** The line (from 1) of a value, or of the nearest thing around it that has one. */
export type LineOf = (path: ValuePath) => number

/** What reading a policy needs to know wherever it is. */
export interface Reader {
  readonly file: string
  readonly lineOf: LineOf
  readonly vocabulary: Vocabulary
  /** The policy names maps of its own, which may have tags of their own. */
  readonly hasMaps: boolean
}

/** A text, or the texts of a list. */
export const wordsOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value

/** Throws PolicyError for a word that is neither a capability, nor a family of them, nor `*`. */
export function checkCapability(reader: Reader, at: ValuePath, word: string): void {
  const { capabilities } = reader.vocabulary
  const families = capabilities.map((name) => checked(name.split('/', 1)[0]))
  const known = new Set([ANY_CAPABILITY, ...capabilities, ...families])
  if (known.has(word)) return
  throw unknownWord(reader, at, `there is no capability "${word}"`, word, [...known])
}

/** Throws PolicyError for a word that is no tag. */
export function checkTag(reader: Reader, at: ValuePath, word: string): void {
  const { tags } = reader.vocabulary
  if (!tags.includes(word) && !reader.hasMaps) throw unknownWord(reader, at, `there is no tag "${word}"`, word, tags)
}

/**
 * Without a stage, an allowance is for the running program alone: what runs on the machine of whoever compiles is
 * another decision. What is denied or warned of is so at every stage.
 */
export function stagesOf(
  reader: Reader,
  at: ValuePath,
  action: CapabilityRule['action'],
  stage: RuleFields['stage'],
): readonly ReportStage[] {
  if (stage === undefined) return action === 'allow' ? ['run'] : stageSchema.options
  return wordsOf(stage).map((word, i) => {
    const known = stageSchema.safeParse(word)
    if (known.success) return known.data
    throw unknownWord(reader, [...at, 'stage', i], `there is no stage "${word}"`, word, stageSchema.options)
  })
}

/** Triples, patterns for them, and `cfg(..)` as in a manifest; each must hold for a target that rustc knows. */
export function targetTest(reader: Reader, at: ValuePath, words: readonly string[]): (triple: string) => boolean {
  const { targets, cfgHolds } = reader.vocabulary
  const tests = words.map((word, i) => {
    const place = [...at, 'target', i]
    if (!/^cfg\s*\(/.test(word)) {
      const pattern = globTest(word)
      if (targets.some(pattern)) return pattern
      throw noTarget(reader, place, word)
    }
    const test = (triple: string): boolean => cfgHolds(word, triple)
    try {
      if (targets.some(test)) return test
    } catch (thrown) {
      throw errorAt(reader, place, messageOf(thrown), 'Correct the cfg(..).')
    }
    throw errorAt(reader, place, `${word} holds on no target`, 'Name options that rustc sets, such as cfg(windows).')
  })
  return (triple) => tests.some((test) => test(triple))
}

/** Throws PolicyError for a word that is no target triple. */
export function checkTarget(reader: Reader, at: ValuePath, word: string): void {
  if (!reader.vocabulary.targets.includes(word)) throw noTarget(reader, at, word)
}

function noTarget(reader: Reader, at: ValuePath, word: string): PolicyError {
  const near = reader.vocabulary.meantTarget(word)
  const fix = near === undefined ? 'Name one of `rustc --print target-list`.' : `Did you mean "${near}"?`
  return errorAt(reader, at, `there is no target "${word}"`, fix)
}

/** Which packages a rule is about. */
export function subjectsOf(
  reader: Reader,
  at: ValuePath,
  fields: Pick<RuleFields, 'package' | 'group'>,
): readonly Subject[] {
  if (fields.group !== undefined) return [{ k: 'group', group: fields.group }]
  return wordsOf(fields.package ?? []).map((word, i) => {
    const place = [...at, 'package', i]
    const [, name, version] = /^([^@\s]+)(?:@(.+))?$/.exec(word) ?? []
    if (name === undefined) {
      throw errorAt(
        reader,
        place,
        `"${word}" names no package`,
        'Write name, name@^1.2, or a pattern with * such as windows-*.',
      )
    }
    if (version === undefined) return { k: 'package', name, text: word }
    const requirement = reader.vocabulary.requirementOf(version)
    if (requirement !== undefined) return { k: 'package', name, requirement, text: word }
    throw errorAt(reader, place, `"${version}" is not a version requirement`, 'Write it as cargo does: ^1.2, =1.2.3.')
  })
}

/** Where a package may come from. Throws PolicyError for a word that is no source. */
export function sourceWord(reader: Reader, at: ValuePath, word: string): SourcePattern {
  const pattern = sourcePattern(word)
  if (pattern) return pattern
  throw errorAt(
    reader,
    at,
    `"${word}" is no source`,
    'Write it as results spell it: registry crates-io, git ADDRESS#COMMIT, path DIRECTORY, with (patch) and the like behind it.',
  )
}

/** A mistake at a value of the file. */
export function errorAt(reader: Reader, at: ValuePath, problem: string, fix: string): PolicyError {
  return new PolicyError(reader.file, reader.lineOf(at), problem, fix)
}

function unknownWord(
  reader: Reader,
  at: ValuePath,
  problem: string,
  word: string,
  known: readonly string[],
): PolicyError {
  const near = nearestWord(word, known)
  const fix = near !== undefined ? `Did you mean "${near}"?` : `Known are ${known.slice(0, 40).join(', ')}.`
  return errorAt(reader, at, problem, fix)
}
