/**
 * A caps.toml from its text to a Policy. Every mistake is an error with file and line, and keys that are not known come
 * with the one that was probably meant: a rule that silently matches nothing would be believed to protect. What the
 * words in a rule mean is policy-words.ts's matter.
 */
import { TomlDocument } from '@decimalturn/toml-patch'
import { messageOf, nearestWord, tomlPlaces, type ValuePath } from '../base/index.js'
import {
  type CapabilityRule,
  type CoverageRule,
  isWithin,
  type Policy,
  type PolicyScope,
  type SourceRule,
  WHOLE_SCOPE,
} from './policy.js'
import { PolicyError } from './policy-error.js'
import {
  type AnalysisFields,
  type CoverageFields,
  KNOWN_KEYS,
  policyFileSchema,
  type RuleFields,
  type SourceFields,
} from './policy-schema.js'
import {
  checkCapability,
  checkTag,
  checkTarget,
  errorAt,
  type LineOf,
  type Reader,
  sourceWord,
  stagesOf,
  subjectsOf,
  targetTest,
  type Vocabulary,
  wordsOf,
} from './policy-words.js'

/** The text of a policy and how results and errors name it. */
export interface PolicySource {
  readonly file: string
  readonly text: string
}

/** Reads a policy. Throws PolicyError at the first thing that is wrong. */
export function readPolicy(source: PolicySource, vocabulary: Vocabulary): Policy {
  const document = parseDocument(source)
  const placeOf = tomlPlaces(document)
  const lineOf: LineOf = (path) => placeOf(path)?.line ?? 1
  const checked = policyFileSchema.safeParse(document.toJsObject)
  if (!checked.success) throw schemaError(source.file, checked.error.issues, lineOf)
  const { allow, deny, warn, coverage, source: sources, analysis } = checked.data
  const reader: Reader = { file: source.file, lineOf, vocabulary, hasMaps: analysis?.['capability-map'] !== undefined }
  return {
    kind: 'policy',
    file: source.file,
    rules: [
      ...allow.map((fields, index) => capabilityRule(reader, 'allow', fields, index)),
      ...deny.map((fields, index) => capabilityRule(reader, 'deny', fields, index)),
      ...warn.map((fields, index) => capabilityRule(reader, 'warn', fields, index)),
    ],
    coverage: coverage.map((fields, index) => coverageRule(reader, fields, index)),
    sources: sources.map((fields, index) => sourceRule(reader, fields, index)),
    scope: analysis === undefined ? WHOLE_SCOPE : scopeOf(reader, analysis),
  }
}

/** The document of a policy's text. Throws PolicyError when it is not TOML. */
export function parseDocument({ file, text }: PolicySource): TomlDocument {
  try {
    return new TomlDocument(text)
  } catch (thrown) {
    const { line = 1 } = thrown as { readonly line?: number }
    throw new PolicyError(file, line, causeFirst(messageOf(thrown)), 'Correct the TOML.')
  }
}

/** The parser says where, shows the line with a mark below, and then says why: the place is told already, the cause comes first. */
function causeFirst(message: string): string {
  const [, shown, cause] = /^Error parsing TOML [^\n]*\n(.*\n *\^)\n(.*)$/s.exec(message) ?? []
  return shown === undefined || cause === undefined ? message : `${cause.trim()}\n${shown}`
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
  for (const word of Object.keys(fields.values ?? {})) {
    checkCapability(reader, [...at, 'values', word], word)
    if (capabilities.some((wide) => isWithin(word, wide))) continue
    throw errorAt(reader, [...at, 'values', word], `values names ${word}, capabilities does not`, 'Name it in both.')
  }
  const tags = wordsOf(fields.tags ?? [])
  for (const [i, word] of tags.entries()) checkTag(reader, [...at, 'tags', i], word)
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
    values: new Map(Object.entries(fields.values ?? {}).map(([word, values]) => [word, wordsOf(values)])),
    tags,
    transitive: fields.transitive ?? false,
    possibleOnly: false,
  }
}

function coverageRule(reader: Reader, fields: CoverageFields, index: number): CoverageRule {
  const at: ValuePath = ['coverage', index]
  const { losses, unresolved, reason } = fields
  return { subjects: subjectsOf(reader, at, fields), line: reader.lineOf(at), reason, losses, unresolved }
}

function sourceRule(reader: Reader, fields: SourceFields, index: number): SourceRule {
  const at: ValuePath = ['source', index]
  const from = wordsOf(fields.from).map((word, i) => sourceWord(reader, [...at, 'from', i], word))
  return { subjects: subjectsOf(reader, at, fields), line: reader.lineOf(at), reason: fields.reason, from }
}

/** Options of the command line, so that patterns and `cfg(..)` are none. */
function scopeOf(reader: Reader, fields: AnalysisFields): PolicyScope {
  const targets = wordsOf(fields.target ?? [])
  for (const [i, word] of targets.entries()) checkTarget(reader, ['analysis', 'target', i], word)
  return {
    packages: wordsOf(fields.package ?? []),
    targets,
    features: wordsOf(fields.features ?? []),
    cfg: wordsOf(fields.cfg ?? []),
    allFeatures: fields['all-features'] ?? false,
    noDefaultFeatures: fields['no-default-features'] ?? false,
    ...(fields.entry !== undefined && { entry: fields.entry }),
    maps: wordsOf(fields['capability-map'] ?? []),
  }
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
