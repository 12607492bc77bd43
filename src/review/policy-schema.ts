/**
 * The shape of a caps.toml (docs/policy.md says how to write one). Strict: a key that is not known is an error, never a
 * rule that silently means less. Whether words name capabilities, stages or targets is policy-read.ts's matter, which
 * can suggest the right one.
 */
import { z } from 'zod'
import { GROUPS, POLICY_VERSION } from './policy.js'

const word = z.string().min(1, 'is empty')
const wordOrWords = z.union([word, z.array(word).min(1, 'is empty')], { error: 'must be a text or a list of texts' })
const reason = z.string({ error: 'is missing: say why' }).trim().min(1, 'is empty: say why')
const count = z.int('must be a whole number').nonnegative('must not be negative')

const subject = {
  package: wordOrWords.optional(),
  group: z.enum(GROUPS, { error: `must be one of ${GROUPS.join(', ')}` }).optional(),
}
interface SubjectFields {
  readonly package?: unknown
  readonly group?: unknown
}
const namesOne = (rule: SubjectFields): boolean => (rule.package === undefined) !== (rule.group === undefined)
const namesOneError = { error: 'needs either package or group' }

const ruleSchema = z
  .strictObject({
    ...subject,
    capabilities: wordOrWords,
    stage: wordOrWords.optional(),
    target: wordOrWords.optional(),
    transitive: z.boolean('must be true or false').optional(),
    reason,
  })
  .refine(namesOne, namesOneError)

const allowSchema = z
  .strictObject({
    ...ruleSchema.shape,
    sites: z.record(z.string(), count).optional(),
    values: z.record(z.string(), wordOrWords).optional(),
  })
  .refine(namesOne, namesOneError)

const objectSchema = z
  .strictObject({ ...ruleSchema.shape, tags: wordOrWords.optional() })
  .refine(namesOne, namesOneError)

const coverageSchema = z
  .strictObject({ ...subject, losses: count.default(0), unresolved: count.default(0), reason })
  .refine(namesOne, namesOneError)

const sourceSchema = z.strictObject({ ...subject, from: wordOrWords, reason }).refine(namesOne, namesOneError)

/** Names of the options of the command line that say the same. */
const analysisSchema = z.strictObject({
  package: wordOrWords.optional(),
  target: wordOrWords.optional(),
  features: wordOrWords.optional(),
  cfg: wordOrWords.optional(),
  'all-features': z.boolean('must be true or false').optional(),
  'no-default-features': z.boolean('must be true or false').optional(),
  entry: z.string('must be public, main or a path').min(1, 'must be public, main or a path').optional(),
  'capability-map': wordOrWords.optional(),
})

export const policyFileSchema = z.strictObject({
  version: z.literal(POLICY_VERSION, { error: `must be ${POLICY_VERSION}, the version that this caps reads` }),
  analysis: analysisSchema.optional(),
  allow: z.array(allowSchema).default([]),
  deny: z.array(objectSchema).default([]),
  warn: z.array(objectSchema).default([]),
  coverage: z.array(coverageSchema).default([]),
  source: z.array(sourceSchema).default([]),
})

/** As the file has it, before defaults. */
export type PolicyFile = z.input<typeof policyFileSchema>
export type RuleFields = z.output<typeof allowSchema> & z.output<typeof objectSchema>
export type SourceFields = z.output<typeof sourceSchema>
export type CoverageFields = z.output<typeof coverageSchema>

export type AnalysisFields = z.output<typeof analysisSchema>

/** Every key that may stand at the root of the file, and in a rule of each kind; for suggestions. */
export const KNOWN_KEYS = {
  file: Object.keys(policyFileSchema.shape),
  analysis: Object.keys(analysisSchema.shape),
  allow: Object.keys(allowSchema.shape),
  deny: Object.keys(objectSchema.shape),
  warn: Object.keys(objectSchema.shape),
  coverage: Object.keys(coverageSchema.shape),
  source: Object.keys(sourceSchema.shape),
} as const
