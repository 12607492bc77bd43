/**
 * The three results for GitHub: SARIF for code scanning, and workflow commands for a log. Both are made of the same notices, and
 * name files as the repository does.
 */
import type { CheckResult } from './check-result.js'
import { comparedFacts } from './diff-head.js'
import type { DiffResult } from './diff-result.js'
import { messageAnnotation, renderGithub } from './github.js'
import { analysisNotices } from './notice-analysis.js'
import { checkNotices } from './notice-check.js'
import { diffNotices } from './notice-diff.js'
import { repositoryFacts, repositoryFiles } from './repository-files.js'
import type { AnalysisResult } from './result.js'
import { renderSarif } from './sarif.js'

/** Columns for the names of targets. */
const MAX_TARGETS = 200

export function analysisSarif(result: AnalysisResult): string {
  return renderSarif({
    command: 'analyze',
    toolVersion: result.tool.version,
    notices: analysisNotices(result),
    files: repositoryFiles(repositoryFacts(result)),
    coverage: result.coverage,
  })
}

export function diffSarif(result: DiffResult): string {
  return renderSarif({
    command: 'diff',
    toolVersion: result.tool.version,
    notices: diffNotices(result),
    files: repositoryFiles(result.repository),
    facts: comparedFacts(result, MAX_TARGETS),
  })
}

export function checkSarif(result: CheckResult): string {
  return renderSarif({
    command: 'check',
    toolVersion: result.tool.version,
    notices: checkNotices(result),
    files: repositoryFiles(result.repository),
    remarks: narrowing(result),
  })
}

/** That less was looked at than the policy is about. */
const narrowing = ({ narrowedBy }: CheckResult): readonly string[] =>
  narrowedBy ? [`Only a part was held against the policy: ${narrowedBy.join(' ')}`] : []

export function analysisGithub(result: AnalysisResult): string {
  return renderGithub(analysisNotices(result), repositoryFiles(repositoryFacts(result)), result.root)
}

export function diffGithub(result: DiffResult): string {
  const facts = comparedFacts(result, MAX_TARGETS)
  return renderGithub(diffNotices(result), repositoryFiles(result.repository), result.new.root, facts)
}

export function checkGithub(result: CheckResult): string {
  const remarks = narrowing(result).map((remark) => `${messageAnnotation('warning', 'caps: only in part', remark)}\n`)
  return remarks.join('') + renderGithub(checkNotices(result), repositoryFiles(result.repository), result.root)
}
