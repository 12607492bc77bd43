/**
 * A caps.toml from its text to a Policy. Every mistake is an error with file and line, and words that are not known come
 * with the one that was probably meant: a rule that silently matches nothing would be believed to protect.
 */
import { TomlDocument } from '@decimalturn/toml-patch'
import type { ReportStage } from '../report/result.js'
import { stageSchema } from '../report/result.js'
import { globTest } from './glob.js'
import { nearestWord } from './nearest-word.js'
import { ANY_CAPABILITY, type CapabilityRule, type CoverageRule, type Policy, type Subject } from './policy.js'
import { PolicyError } from './policy-error.js'
import { type LineOf, placesOf, type ValuePath } from './policy-places.js'
import { type CoverageFields, KNOWN_KEYS, policyFileSchema, type RuleFields } from './policy-schema.js'

/** What words of a policy can mean; handed in, since a policy knows neither the maps nor rustc's targets. */
export interface Vocabulary {
  /** `fs/read`, …: every capability that there is. */
  readonly capabilities: readonly string[]
  /** Every target triple that rustc knows. */
  readonly targets: readonly string[]
  /** Whether `cfg(..)` holds on a triple. Throws an Error with the reason when it cannot be read. */
  readonly cfgHolds: (cfg: string, triple: string) => boolean
  /** What follows `@` in cargo's spelling, a full version being that version alone; undefined when it is none. */
  readonly requirementOf: (text: string) => string | undefined
}

/** The text of a policy and how results and errors name it. */
export interface PolicySource {
  readonly file: string
  readonly text: string
}

/** Reads a policy. Throws PolicyError at the first thing that is wrong. */
export function readPolicy(source: PolicySource, vocabulary: Vocabulary): Policy {
  const document = parseDocument(source)
  const lineOf = placesOf(document)
  const checked = policyFileSchema.safeParse(document.toJsObject)
  if (!checked.success) throw schemaError(source.file, checked.error.issues, lineOf)
  const { allow, deny, warn, coverage } = checked.data
  const reader: Reader = { file: source.file, lineOf, vocabulary }
  return {
    kind: 'policy',
    file: source.file,
    rules: [
      ...allow.map((fields, index) => capabilityRule(reader, 'allow', fields, index)),
      ...deny.map((fields, index) => capabilityRule(reader, 'deny', fields, index)),
      ...warn.map((fields, index) => capabilityRule(reader, 'warn', fields, index)),
    ],
    coverage: coverage.map((fields, index) => coverageRule(reader, fields, index)),
  }
}

/** The document of a policy's text. Throws PolicyError when it is not TOML. */
export function parseDocument({ file, text }: PolicySource): TomlDocument {
  try {
    return new TomlDocument(text)
  } catch (thrown) {
    const { line = 1 } = thrown as { readonly line?: number }
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    throw new PolicyError(file, line, message.split('\n', 1)[0] as string, 'Correct the TOML.')
  }
}

interface Reader {
  readonly file: string
  readonly lineOf: LineOf
  readonly vocabulary: Vocabulary
}

function capabilityRule(
  reader: Reader,
  action: CapabilityRule['action'],
  fields: RuleFields,
  index: number,
): CapabilityRule {
  const at: ValuePath = [action, index]
  const capabilities = wordsOf(fields.capabilities)
  for (const [i, word] of capabilities.entries()) checkCapability(reader, [...at, 'capabilities', i], word)
  for (const word of Object.keys(fields.sites ?? {})) {
    checkCapability(reader, [...at, 'sites', word], word)
    if (capabilities.includes(word)) continue
    throw errorAt(reader, [...at, 'sites', word], `sites names ${word}, capabilities does not`, 'Name it in both.')
  }
  const targets = wordsOf(fields.target ?? [])
  const onTarget = targets.length === 0 ? undefined : targetTest(reader, at, targets)
  return {
    action,
    subjects: subjectsOf(reader, at, fields),
    line: reader.lineOf(at),
    reason: fields.reason,
    capabilities,
    stages: stagesOf(reader, at, action, fields.stage),
    namesStages: fields.stage !== undefined,
    targets,
    ...(onTarget && { onTarget }),
    sites: new Map(Object.entries(fields.sites ?? {})),
    transitive: fields.transitive ?? false,
    possibleOnly: false,
  }
}

function coverageRule(reader: Reader, fields: CoverageFields, index: number): CoverageRule {
  const at: ValuePath = ['coverage', index]
  const { losses, unresolved, reason } = fields
  return { subjects: subjectsOf(reader, at, fields), line: reader.lineOf(at), reason, losses, unresolved }
}

/** A text, or the texts of a list. */
export const wordsOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value

function checkCapability(reader: Reader, at: ValuePath, word: string): void {
  const { capabilities } = reader.vocabulary
  const families = capabilities.map((name) => name.split('/', 1)[0] as string)
  const known = new Set([ANY_CAPABILITY, ...capabilities, ...families])
  if (known.has(word)) return
  throw unknownWord(reader, at, `there is no capability "${word}"`, word, [...known])
}

/**
 * Without a stage, an allowance is for the running program alone: what runs on the machine of whoever compiles is
 * another decision. What is denied or warned of is so at every stage.
 */
function stagesOf(
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
function targetTest(reader: Reader, at: ValuePath, words: readonly string[]): (triple: string) => boolean {
  const { targets, cfgHolds } = reader.vocabulary
  const tests = words.map((word, i) => {
    const place = [...at, 'target', i]
    if (!/^cfg\s*\(/.test(word)) {
      const pattern = globTest(word)
      if (targets.some(pattern)) return pattern
      throw unknownWord(reader, place, `there is no target "${word}"`, word, targets)
    }
    const test = (triple: string): boolean => cfgHolds(word, triple)
    try {
      if (targets.some(test)) return test
    } catch (thrown) {
      throw errorAt(reader, place, thrown instanceof Error ? thrown.message : String(thrown), 'Correct the cfg(..).')
    }
    throw errorAt(reader, place, `${word} holds on no target`, 'Name options that rustc sets, such as cfg(windows).')
  })
  return (triple) => tests.some((test) => test(triple))
}

function subjectsOf(reader: Reader, at: ValuePath, fields: Pick<RuleFields, 'package' | 'group'>): readonly Subject[] {
  if (fields.group !== undefined) return [{ k: 'group', group: fields.group }]
  return wordsOf(fields.package ?? []).map((word, i) => {
    const place = [...at, 'package', i]
    const [, name, version] = /^([\w*-]+)(?:@(.+))?$/.exec(word) ?? []
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

function errorAt(reader: Pick<Reader, 'file' | 'lineOf'>, at: ValuePath, problem: string, fix: string): PolicyError {
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

interface Issue {
  readonly path: ValuePath
  readonly message: string
  readonly keys?: readonly string[]
}

/** What the schema objects to, in words: an unknown key first, since what it was meant to be is then missing. */
function schemaError(file: string, issues: readonly Issue[], lineOf: LineOf): PolicyError {
  const issue = issues.find(({ keys }) => keys !== undefined) ?? issues[0]
  const path = issue?.path ?? []
  const key = issue?.keys?.[0]
  if (key !== undefined) {
    const known = KNOWN_KEYS[isKind(path[0]) ? path[0] : 'file']
    const near = nearestWord(key, known)
    const fix = near !== undefined ? `Did you mean "${near}"?` : `Known are ${known.join(', ')}.`
    return new PolicyError(file, lineOf([...path, key]), `there is no key "${key}" here`, fix)
  }
  const name = path.filter((part) => typeof part === 'string').at(-1)
  const problem = `${name === undefined ? '' : `${name} `}${issue?.message ?? 'is not valid'}`
  return new PolicyError(file, lineOf(path), problem, 'docs/policy.md describes the file.')
}

const isKind = (key: PropertyKey | undefined): key is keyof typeof KNOWN_KEYS =>
  typeof key === 'string' && Object.hasOwn(KNOWN_KEYS, key)
