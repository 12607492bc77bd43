/**
 * The diff: what one crate gained and lost against another state of it, as the public, versioned JSON that
 * `caps diff --format json` prints. Every format of a diff, and every gate, sees this and nothing else.
 *
 * It deliberately knows no line numbers as identity: a place is an example, never a key. It lists only what changed and
 * counts the rest. Like the result it holds no time, no absolute path and no order by chance (law 3); a field that is
 * added keeps `schemaVersion`, one that is renamed, removed or read differently raises it.
 */
import { z } from 'zod'
import {
  certaintySchema,
  granularitySchema,
  type Immutable,
  lockedBySchema,
  reachSchema,
  repositorySchema,
  resourceSchema,
  sourceSchema,
  stageSchema,
  stepSchema,
} from './result.js'

export const DIFF_SCHEMA_VERSION = 1

const count = z.int().nonnegative()
/** A value on both sides; `null` where that side has none. */
const onBothSides = <T extends z.ZodType>(of: T) => z.strictObject({ old: of.nullable(), new: of.nullable() })
const counts = z.strictObject({ old: count, new: count })
const pathSchema = z.array(stepSchema).min(1)

/** In every change, so that each entry can be understood alone. */
const everyChange = {
  package: z.string().describe('Name of the package.'),
  ids: onBothSides(z.string()).describe('The package as `name@version` before and after; null where it is not there.'),
  direction: z
    .enum(['more', 'less', 'other'])
    .describe('more: it can do more, or less of it is known; less: the reverse; other: neither can be said.'),
  tone: z.enum(['alarm', 'notice', 'quiet']).describe('How loud it is to be shown; never a verdict.'),
}

export const useSchema = z
  .strictObject({
    calls: z.string().describe('What is called or done, as the last step of a path names it.'),
    sites: counts.describe('Places that refer to it.'),
    condition: onBothSides(z.string()).describe('Under which condition one of the places exists.'),
    literals: z
      .strictObject({ gained: z.array(z.string()), lost: z.array(z.string()) })
      .describe(
        'What these calls act on that only one side has: a host, a path, a command, as it stands in the call or is put together elsewhere.',
      ),
    examples: z
      .strictObject({ old: z.array(pathSchema), new: z.array(pathSchema) })
      .describe(
        'Some of the places as paths, those in functions whose count changed first. Old ones when places were lost or changed.',
      ),
  })
  .describe('One thing that is called, in one package, stage and certainty.')

export const capabilityChangeSchema = z
  .strictObject({
    kind: z.literal('capability'),
    ...everyChange,
    change: z
      .enum(['gained', 'more', 'wider', 'arguments', 'changed', 'narrower', 'fewer', 'lost'])
      .describe(
        'gained, lost: the package had none, or has none now; more: new uses beside the known ones; fewer: uses that went; ' +
          'wider, narrower, changed: the same uses under another condition, or, for changed, other unsafe operations in no ' +
          'greater number; arguments: the same uses with other literals.',
      ),
    stage: stageSchema,
    capability: z.string().describe('`family` or `family/sub`; see docs/capabilities.md.'),
    certainty: certaintySchema,
    reach: reachSchema.describe(
      'direct: in code of this package; transitive: this package’s code now gets to, or no longer gets to, code of another ' +
        'package that had the capability before. What another package itself gained stands there only.',
    ),
    condition: onBothSides(z.string()).describe('The cfg formula over all its uses; `true` when always.'),
    sites: counts.describe('All places that refer to it, the unchanged ones too.'),
    uses: z.array(useSchema).describe('Those that changed; empty when a side tells no uses apart.'),
    path: pathSchema.describe('An example: of the new side, or of the old one when it was lost.'),
  })
  .describe('A capability of one package in one stage and certainty.')

export const valueChangeSchema = z
  .strictObject({
    kind: z.literal('value'),
    ...everyChange,
    change: z
      .enum(['gained', 'computed'])
      .describe('gained: a value that it had not; computed: something that is not known, where all was known before.'),
    stage: stageSchema,
    capability: z.string().describe('One that the package had already.'),
    certainty: certaintySchema,
    reach: reachSchema.describe('direct: code of this package acts on it; transitive: it hands the value on.'),
    resource: resourceSchema.omit({ sites: true }),
    before: z.array(z.string()).describe('The values of that kind that were known before.'),
    sites: count.describe('Places that act on it now.'),
    path: pathSchema.describe('An example.'),
  })
  .describe('Something else that a capability acts on which the package had already: another host, another program.')

export const sourceChangeSchema = z
  .strictObject({
    kind: z.literal('source'),
    ...everyChange,
    change: z.literal('changed'),
    differs: z
      .array(z.enum(['kind', 'url', 'reference', 'revision', 'directory', 'checksum', 'by', 'from']))
      .min(1)
      .describe(
        'In what: fields of the source. A checksum counts when the version is the same: other content under one name.',
      ),
    source: z.strictObject({ old: sourceSchema, new: sourceSchema }),
    text: z
      .strictObject({ old: z.string(), new: z.string() })
      .describe('The same on one line each, as a policy writes it.'),
  })
  .describe('Cargo takes the package from elsewhere than before. Fails every gate, whatever the code can do.')

export const unitChangeSchema = z
  .strictObject({
    kind: z.literal('unit'),
    ...everyChange,
    change: z.enum(['added', 'changed', 'removed']),
    unit: z
      .enum(['build', 'proc-macro'])
      .describe('A build script or a proc macro: what runs when the crate is built.'),
    stage: stageSchema,
    file: z.string().describe('Its root file.'),
    digest: onBothSides(z.string()).describe('sha256 of its Rust files.'),
  })
  .describe('A build script or proc macro that appeared, changed or went.')

export const fileChangeSchema = z
  .strictObject({
    kind: z.literal('file'),
    ...everyChange,
    change: z.enum(['added', 'changed', 'removed']),
    file: z.string().describe('Path inside the package; the new one when it was only moved along with a change.'),
    format: onBothSides(z.string()).describe('What its first bytes say: `ELF`, `gzip`, …, `unknown binary`.'),
    bytes: onBothSides(count),
    sha256: onBothSides(z.string()).describe('null also for a file too large to be read.'),
  })
  .describe('A file that is not source: a program, an archive, an object, anything binary.')

export const coverageChangeSchema = z
  .strictObject({
    kind: z.literal('coverage'),
    ...everyChange,
    change: z
      .enum(['worse', 'better', 'changed'])
      .describe('changed: not more of it than before, but some of it is of other code.'),
    loss: z.enum(['unresolved', 'loss', 'remark']),
    reason: z.string().describe('Why: the reason of unresolved references, the kind of a loss, or the remark itself.'),
    counts: counts.describe('References, losses or remarks of that reason.'),
    examples: z
      .array(stepSchema.omit({ function: true }).extend({ what: z.string() }))
      .describe('Some of the places that the other side did not have by what they name.'),
  })
  .describe('Code that was not read or not resolved: more, less or other than before.')

export const changeSchema = z.discriminatedUnion('kind', [
  capabilityChangeSchema,
  valueChangeSchema,
  sourceChangeSchema,
  unitChangeSchema,
  fileChangeSchema,
  coverageChangeSchema,
])

const packageSideSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  origin: z.enum(['path', 'registry', 'git', 'archive']),
  source: sourceSchema.optional().describe('Absent when the report does not tell.'),
  local: z.boolean().describe('Part of what was asked for, not a dependency.'),
  digest: z.string().nullable().describe('sha256 over its files; null when the report does not tell.'),
})

export const packageDiffSchema = z.strictObject({
  name: z.string(),
  change: z
    .enum(['added', 'removed', 'version', 'content', 'none'])
    .describe(
      'version: another version or origin; content: the same version with other files; none: the same package, seen under ' +
        'other features or reached from elsewhere.',
    ),
  ...onBothSides(packageSideSchema).shape,
  dependents: z
    .array(z.string())
    .describe('Names of the packages that depend on it directly, after; before, when it was removed.'),
  dependencies: z
    .strictObject({ added: z.array(z.string()), removed: z.array(z.string()) })
    .describe('Names of the packages that it depends on directly on one side only.'),
  changes: z
    .array(changeSchema)
    .describe('Most serious first. Of an added package everything that it brings; of a removed one all that went.'),
})

const diffSideSchema = z.strictObject({
  root: z.string().describe('What was compared, `name@version`; several members joined with `, `.'),
  members: z.array(z.string()),
  packages: count,
  from: z.enum(['source', 'report']),
  granularity: granularitySchema,
  targets: z.array(z.string()).describe('Target triples that were looked at.'),
  lockedBy: lockedBySchema
    .optional()
    .describe('How its dependencies were chosen; absent when the report does not tell.'),
  toolVersion: z.string().describe('Of the caps that made it.'),
})

export const diffResultSchema = z
  .strictObject({
    schemaVersion: z.literal(DIFF_SCHEMA_VERSION),
    tool: z.strictObject({ name: z.literal('caps'), version: z.string() }),
    old: diffSideSchema,
    new: diffSideSchema,
    filter: z
      .strictObject({ capabilities: z.array(z.string()), stages: z.array(stageSchema) })
      .optional()
      .describe(
        'What alone was compared, as asked for; an empty list restricts nothing. Absent when all was compared.',
      ),
    repository: repositorySchema.optional().describe('Of the new side.'),
    notes: z
      .array(
        z.strictObject({
          code: z.enum([
            'coarse',
            'no-reach',
            'no-values',
            'no-contents',
            'no-sources',
            'targets',
            'locks',
            'tool',
            'different-crates',
          ]),
          side: z.enum(['old', 'new', 'both']),
          message: z.string(),
        }),
      )
      .describe('What this comparison cannot tell, and why.'),
    packages: z.array(packageDiffSchema).describe('Those that differ, the one with the most serious change first.'),
    summary: z.strictObject({
      packages: z.strictObject({ added: count, removed: count, changed: count, unchanged: count }),
      changes: z.strictObject({ more: count, less: count, other: count }).describe('Changes by their direction.'),
      capabilities: z
        .strictObject({ gained: z.array(z.string()), lost: z.array(z.string()) })
        .describe('Names that the whole tree has, certainly, on one side only, over all stages.'),
      unchanged: z
        .strictObject({ capabilities: count, sites: count, units: count, files: count })
        .describe('What both sides have alike; capabilities are counted by package, stage and certainty.'),
    }),
  })
  .describe('What `caps diff --format json` prints.')

export type DiffResult = Immutable<z.infer<typeof diffResultSchema>>
export type PackageDiff = DiffResult['packages'][number]
export type Change = PackageDiff['changes'][number]
export type CapabilityChange = Extract<Change, { kind: 'capability' }>
export type ValueChange = Extract<Change, { kind: 'value' }>
export type SourceChange = Extract<Change, { kind: 'source' }>
export type UnitChange = Extract<Change, { kind: 'unit' }>
export type FileChange = Extract<Change, { kind: 'file' }>
export type CoverageChange = Extract<Change, { kind: 'coverage' }>
export type UseChange = CapabilityChange['uses'][number]
export type DiffNote = DiffResult['notes'][number]

/** The JSON Schema of a diff (draft 2020-12), as docs/schema/diff-v1.json holds it. */
export function diffJsonSchema(): object {
  return { $id: `caps-diff-v${DIFF_SCHEMA_VERSION}`, title: 'caps diff result', ...z.toJSONSchema(diffResultSchema) }
}
