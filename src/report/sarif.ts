/**
 * A SARIF 2.1.0 log of notices, as GitHub's code scanning accepts it: one run, a location in the repository for every
 * result, fingerprints without line numbers, the call path as a code flow. The limits are those that GitHub documents.
 *
 * It deliberately leaves out what GitHub ignores and what would differ from run to run (times, absolute paths, ids).
 */
import { escapedJson } from './escape.js'
import type { Notice } from './notice.js'
import type { RepositoryFiles, RepositoryPlace } from './repository-files.js'
import type { Coverage, Step } from './result.js'
import { type SarifRule, sarifRules } from './sarif-rules.js'
import { fingerprint, sarifText, sarifUri } from './sarif-text.js'

/** GitHub rejects a run with more; it shows the first 5,000. */
export const MAX_RESULTS = 25_000
/** GitHub shows no more steps of a path; of a longer one the last step stays, since it has the power. */
const MAX_FLOW_STEPS = 1_000

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'
const REPOSITORY = '%SRCROOT%'
/** Sources that are not in the repository, a directory `name-version` each. */
const PACKAGES = 'PACKAGES'

export interface SarifInput {
  /** Which command: uploads of one command do not close the alerts of another. */
  readonly command: 'analyze' | 'check' | 'diff'
  readonly toolVersion: string
  /** Most important first: what is over the limit is cut off at the end. */
  readonly notices: readonly Notice[]
  readonly files: RepositoryFiles
  /** What was not analyzed, to be told with the results (law 1). */
  readonly coverage?: Coverage
  /** What was compared, and how. */
  readonly facts?: readonly string[]
  /** What else a reader must know of all of it. */
  readonly remarks?: readonly string[]
}

/** The log as JSON text. */
export function renderSarif(input: SarifInput, maxResults = MAX_RESULTS): string {
  const { command, toolVersion, notices } = input
  const rules = sarifRules(notices.map(({ rule }) => rule))
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'caps', semanticVersion: toolVersion, rules } },
        automationDetails: { id: `caps-${command}/` },
        columnKind: 'unicodeCodePoints',
        originalUriBaseIds: {
          [REPOSITORY]: { description: { text: 'The top directory of the repository.' } },
          [PACKAGES]: { description: { text: 'Sources of dependencies: name-version/path. Not in the repository.' } },
        },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(input, maxResults) }],
        results: resultsOf(notices.slice(0, maxResults), rules, input.files),
      },
    ],
  }
  return `${escapedJson(log, 2)}\n`
}

function notifications(
  { notices, coverage, facts = [], remarks = [] }: SarifInput,
  maxResults: number,
): readonly object[] {
  const texts: string[] = remarks.map(sarifText)
  if (notices.length > maxResults) {
    texts.push(`${notices.length - maxResults} of ${notices.length} results were cut off: GitHub takes ${MAX_RESULTS}.`)
  }
  const unresolved = coverage?.unresolved.length ?? 0
  const losses = coverage?.losses.length ?? 0
  if (unresolved + losses > 0) {
    texts.push(`Not analyzed: ${unresolved} references without a known function, ${losses} pieces of code not read.`)
  }
  return [
    ...texts.map((text) => ({ level: 'warning', message: { text } })),
    ...facts.map((text) => ({ level: 'note', message: { text: sarifText(text) } })),
  ]
}

/** Two notices of one key are told apart by a number behind it, as GitHub numbers equal lines. */
function resultsOf(notices: readonly Notice[], rules: readonly SarifRule[], files: RepositoryFiles): readonly object[] {
  const indices = new Map(rules.map(({ id }, index) => [id, index]))
  const seen = new Map<string, number>()
  return notices.map((notice) => {
    const hash = fingerprint(notice.key)
    const ordinal = (seen.get(hash) ?? 0) + 1
    seen.set(hash, ordinal)
    return {
      ruleId: notice.rule,
      ruleIndex: indices.get(notice.rule),
      level: notice.level,
      message: { text: sarifText(notice.message) },
      locations: [{ physicalLocation: repositoryLocation(files.shownAt(notice)) }],
      partialFingerprints: { primaryLocationLineHash: `${hash}:${ordinal}` },
      ...(notice.path.length > 0 && { codeFlows: [codeFlow(notice.path, files)] }),
      properties: notice.properties,
    }
  })
}

function codeFlow(path: readonly Step[], files: RepositoryFiles): object {
  const shown = path.length > MAX_FLOW_STEPS ? [...path.slice(0, MAX_FLOW_STEPS - 1), ...path.slice(-1)] : path
  const locations = shown.map((step) => ({
    location: {
      physicalLocation: stepLocation(step, files),
      logicalLocations: [{ fullyQualifiedName: step.function, kind: 'function' }],
      message: { text: sarifText(step.function) },
    },
  }))
  return { threadFlows: [{ locations }] }
}

function stepLocation(step: Step, files: RepositoryFiles): object {
  const place = files.placeOf(step)
  if (place) return repositoryLocation(place)
  const uri = sarifUri(`${step.package.replace('@', '-')}/${step.file}`)
  return { artifactLocation: { uri, uriBaseId: PACKAGES }, region: regionOf(step) }
}

function repositoryLocation(place: RepositoryPlace): object {
  return { artifactLocation: { uri: sarifUri(place.file), uriBaseId: REPOSITORY }, region: regionOf(place) }
}

/** One character: where the name ends is not known. A whole file is its first line, since GitHub asks for one. */
function regionOf({ line, column }: Omit<RepositoryPlace, 'file'>): object {
  const startLine = Math.max(1, line)
  const startColumn = Math.max(1, column)
  return { startLine, startColumn, endLine: startLine, endColumn: startColumn + 1 }
}
