/**
 * What `caps check` found: a result held against a policy (or a baseline), as public, versioned JSON. Every format of a
 * check (text, SARIF, markdown, annotations) renders this and needs neither the policy nor the analysis.
 *
 * It deliberately lists no finding that is allowed: those are counted in `summary`. Like the analysis result it holds no
 * time and no absolute path, and the same input gives the same bytes (law 3). A field that is added keeps
 * `schemaVersion`; one that is renamed, removed or read differently raises it.
 */
import { z } from 'zod'
import {
  certaintySchema,
  type Immutable,
  reachSchema,
  repositorySchema,
  resourceSchema,
  sourceSchema,
  stageSchema,
  stepSchema,
} from './result.js'

export const CHECK_SCHEMA_VERSION = 1

const count = z.int().nonnegative()

export const failOnSchema = z
  .enum(['new', 'sensitive', 'new-value', 'increase', 'any'])
  .describe(
    'new: what no rule allows. sensitive: also values with a tag that a baseline has not. new-value: also any such value. increase: also more sites than a rule records. any: all of that, and every warning, so that the policy must say no more and no less than the code does.',
  )

export const ruleSchema = z
  .strictObject({
    action: z.enum(['allow', 'deny', 'warn', 'coverage', 'source']),
    subject: z.string().describe('What it is about, as written: `mio@^1`, `windows-*`, `group dependencies`.'),
    file: z.string().describe('The policy file, relative to the directory of the crate, with `/`.'),
    line: count.describe('From 1: where the rule begins.'),
    reason: z.string().optional().describe('As the rule gives it.'),
  })
  .describe('A rule of the policy.')

const allowSchema = z
  .strictObject({
    args: z.array(z.string()).describe('Arguments of the program, unquoted, without its name.'),
    command: z.string().describe('The same as one line for a POSIX shell.'),
  })
  .describe('The command that would allow it, with a reason to be written by the user in its place.')

const common = {
  level: z
    .enum(['error', 'warning', 'note'])
    .describe(
      'error: fails the check. warning: is told. note: merely possible, a source that nothing pins, or a rule that nothing uses of the part that was looked at; not counted.',
    ),
  key: z
    .string()
    .describe('The same from run to run and from version to version, and different for every problem of one check.'),
  message: z.string().describe('One sentence. Holds names of crates as they are: escape it for your medium.'),
  rule: ruleSchema.optional().describe('The rule that decided; absent when no rule is about it.'),
  allow: allowSchema.optional().describe('Absent when no command helps: the rule itself has to be changed.'),
}

const ofPackage = {
  package: z.string().describe('`name@version`.'),
  name: z.string(),
  version: z.string(),
  local: z.boolean().describe('Part of what was checked, not a dependency.'),
  via: z
    .array(z.string())
    .describe('A shortest chain of packages, `name@version`, from what was checked to this one, both included.'),
}

export const capabilityProblemSchema = z
  .strictObject({
    kind: z.literal('capability'),
    ...common,
    ...ofPackage,
    verdict: z
      .enum(['not-allowed', 'denied', 'warned', 'more-sites', 'other-values'])
      .describe(
        'not-allowed: no rule is about it. denied, warned: the rule says so. more-sites: allowed, but in fewer places. other-values: allowed, but not what it acts on.',
      ),
    capability: z.string().describe('`family` or `family/sub`.'),
    stage: stageSchema,
    certainty: certaintySchema,
    reach: reachSchema,
    condition: z.string().describe('The cfg formula under which the code exists; `true` when always.'),
    targets: z
      .array(z.string())
      .describe('The target triples that it is a problem on; empty when the code exists on none that was looked at.'),
    everyTarget: z
      .boolean()
      .describe('These are all the targets that the finding is on: the condition says where it is a problem.'),
    sites: count.describe('Places that refer to it.'),
    allowedSites: count.optional().describe('Of more-sites: how many the rule records.'),
    values: z
      .array(resourceSchema.extend({ path: z.array(stepSchema).min(1).describe('An example.') }))
      .optional()
      .describe(
        'Of other-values: what it acts on that the list does not cover; of denied and warned, by a rule that names tags, what has one.',
      ),
    allowedValues: z.array(z.string()).optional().describe('Of other-values: the list of the rule.'),
    path: z.array(stepSchema).min(1).describe('A shortest example, from a function of the package to the power.'),
    literals: z.array(z.string()).optional().describe('String literals in the call of the last step.'),
  })
  .describe('A capability that a package has and the policy does not simply allow.')

export const sourceProblemSchema = z
  .strictObject({
    kind: z.literal('source'),
    ...common,
    ...ofPackage,
    verdict: z
      .enum(['not-allowed', 'other-source', 'no-rules'])
      .describe(
        'not-allowed: no rule is about the package. other-source: the rules about it allow others. no-rules: it comes ' +
          'from elsewhere than the registry or the repository, and nothing says where packages may come from.',
      ),
    source: sourceSchema,
    text: z.string().describe('The source on one line, as a policy writes it.'),
    allowed: z.array(z.string()).describe('What the rules about the package, or the baseline, have instead.'),
  })
  .describe('A package that cargo takes from where the policy does not say that it may come from.')

export const coverageProblemSchema = z
  .strictObject({
    kind: z.literal('coverage'),
    ...common,
    ...ofPackage,
    losses: count.describe('Pieces of code of the package that were not read.'),
    unresolved: count.describe('References of the package whose function is not known.'),
    acceptedLosses: count,
    acceptedUnresolved: count,
    places: z
      .array(
        z.strictObject({
          kind: z.string(),
          what: z.string(),
          package: z.string(),
          file: z.string(),
          line: count,
          column: count,
        }),
      )
      .describe('The first of them; all stand in the coverage of the analysis.'),
  })
  .describe('With --strict: more code of a package could not be analyzed than the policy accepts.')

export const unusedProblemSchema = z
  .strictObject({
    kind: z.literal('unused'),
    ...common,
    rule: ruleSchema,
    matches: z
      .enum(['no-package', 'no-finding'])
      .optional()
      .describe(
        'no-package: nothing that was looked at has that name. no-finding: there is such a package, and it has no use of it.',
      ),
    capability: z.string().optional().describe('What nothing uses; absent when it is the whole rule or a package.'),
    source: z.string().optional().describe('Of a rule about sources: the one that no package comes from, as written.'),
    package: z.string().optional().describe('Of a rule about several: the one that does not need it, as written.'),
  })
  .describe('Something that the policy allows and nothing uses; or any rule of a package that there is not.')

export const problemSchema = z.discriminatedUnion('kind', [
  capabilityProblemSchema,
  sourceProblemSchema,
  coverageProblemSchema,
  unusedProblemSchema,
])

export const checkResultSchema = z
  .strictObject({
    schemaVersion: z.literal(CHECK_SCHEMA_VERSION),
    tool: z.strictObject({ name: z.literal('caps'), version: z.string() }),
    root: z.string().describe('What was checked, `name@version`; several members joined with `, `.'),
    members: z.array(z.string()),
    repository: repositorySchema.optional(),
    targets: z.array(z.string()).describe('Target triples that were looked at.'),
    narrowedBy: z
      .array(z.string())
      .optional()
      .describe(
        'The options by which less was looked at than the policy is about: `--entry main`; absent without any.',
      ),
    against: z
      .strictObject({ kind: z.enum(['policy', 'baseline']), file: z.string() })
      .describe('What it was held against; the file relative to the directory of the crate, with `/`.'),
    failOn: failOnSchema,
    strict: z.boolean().describe('Lost coverage counts.'),
    possible: z.boolean().describe('Merely possible findings count.'),
    clean: z.boolean().describe('No problem of level error.'),
    problems: z.array(problemSchema).describe('Most serious first.'),
    summary: z.strictObject({
      packages: count,
      findings: count.describe('Findings that were judged.'),
      allowed: count.describe('Of these, those that are allowed.'),
      errors: count,
      warnings: count,
      notes: count,
    }),
  })
  .describe('What `caps check --format json` prints.')

export type CheckResult = Immutable<z.infer<typeof checkResultSchema>>
export type Problem = CheckResult['problems'][number]
export type CapabilityProblem = Extract<Problem, { readonly kind: 'capability' }>
export type SourceProblem = Extract<Problem, { readonly kind: 'source' }>
export type CoverageProblem = Extract<Problem, { readonly kind: 'coverage' }>
export type UnusedProblem = Extract<Problem, { readonly kind: 'unused' }>
export type RuleReference = NonNullable<Problem['rule']>
export type AllowCommand = NonNullable<Problem['allow']>
export type FailOn = z.infer<typeof failOnSchema>

/** The JSON Schema of a check's result (draft 2020-12). */
export function checkJsonSchema(): object {
  return {
    $id: `caps-check-v${CHECK_SCHEMA_VERSION}`,
    title: 'caps check result',
    ...z.toJSONSchema(checkResultSchema),
  }
}
