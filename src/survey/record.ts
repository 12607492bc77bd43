/**
 * What a survey keeps of one crate version: a result, or the failure that the crate itself caused. Plain data, the same bytes
 * whenever the same crate is looked at in the same way: times and memory are kept elsewhere (run-log.ts).
 */
import { z } from 'zod'
import { analysisResultSchema, certaintySchema, findingSchema, type Immutable } from '../report/result.js'

/** Of the result files; a directory of another is not used. */
export const RECORD_FORMAT = 1

const howSchema = z.strictObject({
  engine: z.string(),
  maps: z.string(),
  features: z.array(z.string()),
  allFeatures: z.boolean(),
  noDefaultFeatures: z.boolean(),
  targets: z.array(z.string()),
  mirror: z.string().optional(),
})
const crateSchema = z.strictObject({ name: z.string(), version: z.string() })

const referenceSchema = z.strictObject({
  from: z.string().describe('Path of a function of the crate.'),
  package: z.string().nullable().describe('`name@version` of the callee; null for std, core and alloc.'),
  to: z.string().describe('Path of the callee.'),
  certainty: certaintySchema,
  condition: z.string(),
  capabilities: z.array(z.string()).describe('What the maps say of the callee.'),
  places: z.int().positive(),
})

const sizeSchema = z.strictObject({
  modules: z.int().nonnegative(),
  functions: z.int().nonnegative(),
  publicFunctions: z.int().nonnegative(),
})

export const resultRecordSchema = z.strictObject({
  format: z.literal(RECORD_FORMAT),
  crate: crateSchema,
  lockfile: z.string().describe('sha256 of the lockfile, which is kept beside the results.'),
  how: howSchema,
  analysis: analysisResultSchema.describe('By crate, of every package of the tree.'),
  finer: z
    .strictObject({
      module: z.array(findingSchema),
      function: z.array(findingSchema),
      site: z.array(findingSchema),
    })
    .describe('Of the crate itself.'),
  size: sizeSchema.describe('Of the crate itself: what findings could be told of.'),
  references: z.array(referenceSchema).describe('From the crate to other packages, and to what the maps know of std.'),
})

export const failureSchema = z.strictObject({
  stage: z.enum(['resolve', 'analyze']),
  kind: z
    .enum(['input', 'memory', 'work', 'crash'])
    .describe('It cannot be read or resolved; it needs more memory or work than the limit; the analysis broke on it.'),
  what: z.string(),
  why: z.string(),
  limit: z.number().optional().describe('Of memory in MiB, of work in seconds of one core.'),
})

export const failureRecordSchema = z.strictObject({
  format: z.literal(RECORD_FORMAT),
  crate: crateSchema,
  lockfile: z.string().nullable(),
  how: howSchema,
  failure: failureSchema,
})

const surveyedSchema = crateSchema.extend({ rank: z.number().optional(), downloads: z.number().optional() })

export const surveyListSchema = z.strictObject({ how: howSchema, crates: z.array(surveyedSchema) })

/** A crate version of a survey, with what the list says of it. */
export type SurveyedCrate = Immutable<z.infer<typeof surveyedSchema>>
/** What a run is about: its crates, in the order of the list, and how they are looked at. */
export type SurveyList = Immutable<z.infer<typeof surveyListSchema>>
export type CrateVersion = Immutable<z.infer<typeof crateSchema>>
export type CrossReference = Immutable<z.infer<typeof referenceSchema>>
export type ResultRecord = Immutable<z.infer<typeof resultRecordSchema>>
export type Failure = Immutable<z.infer<typeof failureSchema>>
export type FailureRecord = Immutable<z.infer<typeof failureRecordSchema>>

export const crateText = ({ name, version }: CrateVersion): string => `${name}@${version}`
