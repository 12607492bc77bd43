/** Small results for the tests of formats: only what a test is about is spelled out. */
import type { AnalysisResult, Finding, PackageResult, Step } from '../../src/report/result.js'

export function step(path: string, at = 'app@1.0.0 src/lib.rs:3:5'): Step {
  const [, owner, file, line, column] = /^(\S+) (.+):(\d+):(\d+)$/s.exec(at) ?? []
  if (owner === undefined || file === undefined) throw new Error(`not a place: ${at}`)
  return { function: path, package: owner, file, line: Number(line), column: Number(column) }
}

export function finding(capability: string, given: Partial<Finding> = {}): Finding {
  return {
    capability,
    stage: 'run',
    certainty: 'certain',
    reach: 'direct',
    condition: 'true',
    sites: 1,
    path: [step('app::run'), step('std::fs::read')],
    ...given,
  }
}

export function packageOf(id: string, capabilities: readonly Finding[], local = false): PackageResult {
  const [name = '', version = ''] = id.split('@')
  const origin = local ? 'path' : 'registry'
  const source = local ? { kind: 'path' as const, directory: '.' } : { kind: 'registry' as const, url: 'crates-io' }
  return { id, name, version, origin, source, local, dependencies: [], units: [], capabilities }
}

export function result(packages: readonly PackageResult[], given: Partial<AnalysisResult> = {}): AnalysisResult {
  const members = packages.filter((owner) => owner.local).map((owner) => owner.id)
  return {
    schemaVersion: 1,
    tool: { name: 'caps', version: '0.0.0' },
    root: members.join(', '),
    members,
    targets: ['x86_64-unknown-linux-gnu'],
    granularity: 'crate',
    packages,
    coverage: {
      references: { written: 1000, exact: 900, trait: 50, value: 28, unresolved: { 'unknown receiver': 22 } },
      unresolved: [],
      losses: [],
      files: { rust: 12, bytes: 6_120_000 },
      diagnostics: [],
    },
    ...given,
  }
}
