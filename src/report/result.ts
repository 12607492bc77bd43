/**
 * The result: what an analysis found, as the public, versioned JSON that `caps analyze --format json` prints. Every
 * output format, and later every comparison and policy, sees this and nothing else.
 *
 * It deliberately holds no time, no absolute path and no order by chance: the same input gives the same bytes (law 3).
 * A field that is added keeps `schemaVersion`; one that is renamed, removed or read differently raises it. The zod
 * schema is the one source of the types, of docs/schema/analysis-v1.json and of the check on results read back.
 */
import { z } from 'zod'
import { STAGES } from '../base/index.js'

export const SCHEMA_VERSION = 1

const count = z.int().nonnegative()
const position = {
  package: z.string().describe('Package of the file, `name@version`.'),
  file: z.string().describe('Path inside the package, with `/`.'),
  line: count.describe('From 1; 0 when the whole file is meant.'),
  column: count.describe('From 1, in Unicode characters; 0 when the whole line is meant.'),
}

export const stageSchema = z
  .enum(STAGES)
  .describe(
    'When the code runs: in the program, in a build script, in a proc macro (with their dependencies), in tests.',
  )
export const certaintySchema = z
  .enum(['certain', 'possible'])
  .describe('possible: only through dynamic dispatch or a function value whose target is guessed.')
export const reachSchema = z
  .enum(['direct', 'transitive'])
  .describe('direct: a function of this package refers to it; transitive: only through another package.')
export const granularitySchema = z.enum(['crate', 'module', 'function', 'site'])

export const stepSchema = z
  .strictObject({
    function: z.string().describe('Path of the function; of the last step, what the capability map names.'),
    fact: z
      .string()
      .optional()
      .describe(
        'Of a last step that is no path: the kind of what syntax does or of a loss, which `function` begins with.',
      ),
    ...position,
  })
  .describe(
    'One function of a path. The place is where the step before refers to it; of the first, where it is declared.',
  )

export const resourceSchema = z
  .strictObject({
    kind: z
      .string()
      .describe(
        '`host`, `address`, `path`, `program`, `argument`, `variable`, `library`, `symbol`; `handle`: what was opened elsewhere.',
      ),
    value: z.string().describe('The text; `$NAME` in it is a variable of the environment, `*` what is not known.'),
    known: z
      .enum(['written', 'pattern', 'environment', 'concealed', 'unknown'])
      .describe(
        'It stands so in the source; a part is not known; a part comes from the environment; it is worked out from constants by code that hides it; nothing is known.',
      ),
    arguments: z.array(z.string()).optional().describe('Of a program, those that it is started with.'),
    tags: z
      .array(z.string())
      .optional()
      .describe('What it is, where it is sensitive: `credentials`, `persistence`, …; see docs/capability-maps.md.'),
    sites: count.describe('Places that have the power over it.'),
  })
  .describe('What a power acts on: a file, a program, a host, a variable.')

export const waySchema = z.strictObject({
  function: z.string().describe('Of another package: code of this one refers to it.'),
  condition: z.string().describe('The cfg formula of these references.'),
  sites: count.describe('Places that refer to it under this condition.'),
})

export const findingSchema = z.strictObject({
  capability: z.string().describe('`family` or `family/sub`; see docs/capabilities.md.'),
  stage: stageSchema,
  certainty: certaintySchema,
  reach: reachSchema,
  condition: z
    .string()
    .describe(
      'The cfg formula under which the code exists, as far as the targets do not decide it; `true` when always.',
    ),
  targets: z
    .array(z.string())
    .optional()
    .describe('Of the target triples that were looked at, those that the condition can be true on.'),
  sites: count.describe(
    'Places that refer to it: in this package when direct, in the packages behind it when transitive.',
  ),
  path: z.array(stepSchema).min(1).describe('A shortest example, from a function of this package to the power.'),
  module: z.string().optional().describe('With --granularity module or finer: the module that has it.'),
  function: z.string().optional().describe('With --granularity function or finer: the function that has it.'),
  literals: z
    .array(z.string())
    .optional()
    .describe('String literals that stand in the call of the last step: a path, a host, a command.'),
  resources: z
    .array(resourceSchema)
    .optional()
    .describe('What it acts on; of a transitive finding, what this package hands on.'),
  sends: z
    .array(
      z.strictObject({
        value: z
          .string()
          .describe('`$NAME`, a file, a program with its arguments whose output it is; `*` for what is not known.'),
        path: z
          .array(stepSchema)
          .min(2)
          .describe('Where it is read, each call that hands it on, and where it is used: by what is called there.'),
      }),
    )
    .optional()
    .describe(
      'What comes from the environment, a file or another program and is handed to this use, as far as it is followed.',
    ),
  commonplace: z
    .string()
    .optional()
    .describe('Why nothing of it needs a look, where all that it acts on is commonplace: see docs/capability-maps.md.'),
  ways: z
    .array(waySchema)
    .optional()
    .describe(
      'Of a transitive finding, where two sides are compared: each function of another package that leads there.',
    ),
})

export const sourceSchema = z
  .strictObject({
    kind: z.enum(['path', 'registry', 'git', 'archive']),
    url: z
      .string()
      .optional()
      .describe('Of a registry `crates-io`, or the address of its index; of git that of the repository. No password.'),
    reference: z.string().optional().describe('Of git, what was asked for: `branch=main`, `tag=v1`, `rev=0123abc`.'),
    revision: z.string().optional().describe('Of git, the commit that was read.'),
    checksum: z.string().optional().describe('sha256 of the archive, as the lockfile has it.'),
    directory: z
      .string()
      .optional()
      .describe('Of a path: from the root of the repository; absent when it is outside of it.'),
    by: z
      .enum(['patch', 'replace', 'paths'])
      .optional()
      .describe('What put it in the place of what its dependents ask for: `[patch]`, `[replace]`, `paths`.'),
    from: z
      .strictObject({
        kind: z.enum(['directory', 'local-registry', 'registry', 'git']),
        url: z.string().describe('An address; of a directory its path from the root of the repository, or `outside`.'),
      })
      .optional()
      .describe(
        'Where its files were read, when cargo’s configuration replaces the source: a vendor directory, a mirror.',
      ),
  })
  .describe('Where cargo takes the package from, and what sends it there.')

export const verifiedSchema = z
  .strictObject({
    by: z
      .enum(['lockfile', 'index', 'checksum file', 'commit', 'path', 'nothing'])
      .describe(
        'lockfile, index: sha256 of the archive that was read; checksum file: of each file of a vendor directory, by its own ' +
          '.cargo-checksum.json; commit: the lockfile names it, and a checkout of it was read; path: files of whoever asked.',
      ),
    why: z.string().optional().describe('Why by nothing.'),
    unpackedOtherwise: z
      .array(z.string())
      .optional()
      .describe('Files that cargo has unpacked, and builds, that are not as the archive has them, which was read.'),
  })
  .describe('What vouches for the files that were read.')

export const publishedSchema = z
  .strictObject({
    commit: z.string().optional().describe('The commit that it says it was made from; nobody checked it.'),
    path: z.string().optional().describe('Its directory in that repository; empty for the top.'),
    dirty: z.boolean().optional().describe('What was published was not all in that commit.'),
    manifestDiffers: z
      .array(z.string())
      .optional()
      .describe('In what Cargo.toml is not what cargo makes of Cargo.toml.orig; absent when there is none.'),
    unreadable: z.array(z.string()).optional().describe('Files of this that cannot be read.'),
  })
  .describe('What a published package says of where it was made: .cargo_vcs_info.json, Cargo.toml.orig.')

export const packageSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  origin: z.enum(['path', 'registry', 'git', 'archive']),
  source: sourceSchema.optional().describe('Absent of the package `.cargo`, and in reports of older versions.'),
  verified: verifiedSchema.optional().describe('Absent of the package `.cargo`, and in reports of older versions.'),
  published: publishedSchema.optional().describe('Absent when it says nothing, or was not published.'),
  local: z.boolean().describe('Part of what was asked for, not a dependency.'),
  directory: z
    .string()
    .optional()
    .describe(
      'Its directory in the repository that holds the workspace, `.` for the top; absent for what is not in it.',
    ),
  dependencies: z.array(z.strictObject({ package: z.string(), kinds: z.array(z.enum(['normal', 'build', 'dev'])) })),
  units: z
    .array(
      z.strictObject({
        kind: z.string(),
        root: z.string(),
        stages: z.array(stageSchema),
        digest: z.string().optional().describe('Of a build script or proc macro: sha256 over its Rust files.'),
      }),
    )
    .describe('The crates that were analyzed: lib, bin, build, proc-macro.'),
  digest: z.string().optional().describe('sha256 over all files of the package: two of one digest are the same.'),
  binaries: z
    .array(
      z.strictObject({
        file: z.string(),
        format: z.string().describe('What its first bytes say: `ELF`, `gzip`, …, or `unknown binary`.'),
        bytes: count,
        sha256: z.string().optional().describe('Absent when it is too large to be read.'),
      }),
    )
    .optional()
    .describe('Files that are not text: programs, objects, archives, images. Absent when nobody looked.'),
  capabilities: z.array(findingSchema),
})

export const repositorySchema = z
  .strictObject({
    directory: z.string().describe('Of the workspace, `.` for the top.'),
    packages: z.array(z.strictObject({ id: z.string(), directory: z.string() })),
  })
  .describe('Where the workspace and its packages stand in the repository that holds them.')

const lossSchema = z.strictObject({
  kind: z.string().describe('`syntax error`, `proc macro`, `generated code`, `limit`, …'),
  what: z.string(),
  ...position,
})
const unresolvedSchema = z.strictObject({
  reason: z.string(),
  name: z.string().describe('As written.'),
  ...position,
})

export const coverageSchema = z.strictObject({
  references: z
    .strictObject({
      written: count.describe('Paths and method names in source that refer to functions.'),
      exact: count.describe('Led to one function.'),
      trait: count.describe('Led to a trait’s method, through a type parameter or `dyn`.'),
      value: count.describe('Calls of a function value.'),
      unresolved: z.record(z.string(), count).describe('The rest, by the reason.'),
    })
    .describe('How many references were led to what they mean.'),
  unresolved: z.array(unresolvedSchema).describe('Each reference whose function is not known.'),
  losses: z.array(lossSchema).describe('Code that was not read or not expanded.'),
  files: z.strictObject({ rust: count, bytes: count }).describe('Rust files of the packages and their size in bytes.'),
  diagnostics: z.array(
    z.strictObject({ package: z.string().optional(), file: z.string().optional(), message: z.string() }),
  ),
})

const configurationSchema = z.strictObject({
  file: z
    .string()
    .describe(
      'Of the repository: from its top. Of the machine: `CARGO_HOME/config.toml`, `../.cargo/config.toml`, a variable.',
    ),
  scope: z
    .enum(['repository', 'machine'])
    .describe('machine: of whoever ran caps; another machine may have another one, and another result.'),
  decides: z
    .array(z.string())
    .describe('Keys in it that decide what was looked at: `source.crates-io`, `build.target`, `--cfg name`.'),
})

export const lockedBySchema = z
  .enum(['own', 'worktree', 'named', 'archive', 'updated', 'resolved', 'offline', 'paths'])
  .describe(
    'How the versions of dependencies were chosen. own: by its Cargo.lock; worktree: by the one on disk, since the revision has ' +
      'none; named: by --lockfile; archive: by the one published with the crate; updated: by one that did not fit, brought up to ' +
      'date by cargo; resolved: by cargo, as of now; offline: from what the machine has; paths: there are none but of paths.',
  )

export const analysisResultSchema = z
  .strictObject({
    schemaVersion: z.literal(SCHEMA_VERSION),
    tool: z.strictObject({ name: z.literal('caps'), version: z.string() }),
    root: z.string().describe('What was asked for, `name@version`; several members joined with `, `.'),
    members: z.array(z.string()).describe('The packages that were asked for.'),
    directory: z
      .string()
      .optional()
      .describe('Of a directory: where the workspace stands in its repository, `.` for the top.'),
    targets: z.array(z.string()).describe('Target triples that were looked at.'),
    lockedBy: lockedBySchema.optional().describe('Absent in reports of older versions.'),
    granularity: granularitySchema,
    configuration: z
      .array(configurationSchema)
      .optional()
      .describe('The files of cargo’s configuration that were read, nearest first; absent when there are none.'),
    packages: z.array(packageSchema).describe('Sorted by id.'),
    coverage: coverageSchema,
  })
  .describe('What `caps analyze --format json` prints.')

const whyPathSchema = findingSchema
  .pick({ capability: true, stage: true, certainty: true, targets: true, path: true, literals: true, resources: true })
  .extend({
    condition: z.string().describe('Of the whole path.'),
    from: z
      .array(z.enum(['program', 'api', 'asked', 'unasked', 'build', 'unreached', 'unread']))
      .describe(
        'Who sets it off, first who begins the path: a user of the program, a caller of the API, what --entry names, nobody ' +
          '(before `main`, or found by the linker), whoever builds. unreached: none of these; unread: code that was not read.',
      ),
  })

/** Of what `caps why` prints. 1 had every path, shortest first, as many as one answer held; 2 has one for each place. */
export const WHY_SCHEMA_VERSION = 2

export const whyResultSchema = z
  .strictObject({
    schemaVersion: z.literal(WHY_SCHEMA_VERSION),
    root: z.string(),
    targets: z.array(z.string()).describe('Target triples that were looked at.'),
    sites: count.describe('Places that have it, once for each capability, under the options that were given.'),
    paths: z.array(whyPathSchema).describe('One shortest path to each place; certain ones first.'),
    truncated: z.boolean().describe('There are more places than `--limit` lets through.'),
  })
  .describe('What `caps why --format json` prints.')

export type WhyResult = Immutable<z.infer<typeof whyResultSchema>>
export type AnalysisResult = Immutable<z.infer<typeof analysisResultSchema>>
export type PackageResult = AnalysisResult['packages'][number]
export type SourceResult = Immutable<z.infer<typeof sourceSchema>>
export type Verified = Immutable<z.infer<typeof verifiedSchema>>
export type Resource = NonNullable<Finding['resources']>[number]
export type Finding = PackageResult['capabilities'][number]
export type Step = Finding['path'][number]
export type Coverage = AnalysisResult['coverage']
export type LockedBy = z.infer<typeof lockedBySchema>
export type Repository = Immutable<z.infer<typeof repositorySchema>>
export type Granularity = z.infer<typeof granularitySchema>
export type ReportStage = z.infer<typeof stageSchema>

/** The type with every property and array of it read-only: nobody changes a result. */
export type Immutable<T> = T extends string | number | boolean | undefined | null
  ? T
  : { readonly [K in keyof T]: Immutable<T[K]> }

/** The JSON Schema of a result (draft 2020-12), as docs/schema/analysis-v1.json holds it. */
export function analysisJsonSchema(): object {
  return {
    $id: `caps-analysis-v${SCHEMA_VERSION}`,
    title: 'caps analysis result',
    ...z.toJSONSchema(analysisResultSchema),
  }
}

/** The JSON Schema of what `caps why` prints, as docs/schema/why-v2.json holds it. */
export function whyJsonSchema(): object {
  return { $id: `caps-why-v${WHY_SCHEMA_VERSION}`, title: 'caps why result', ...z.toJSONSchema(whyResultSchema) }
}
