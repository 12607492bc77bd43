/**
 * One question, one answer, in what is made of a result: finer granularities, the graph, a first policy, a diff with itself, and every
 * format, under the options that narrow.
 */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { STAGES } from '../../src/base/index.js'
import { capslockName } from '../../src/report/capslock-names.js'
import { NO_EXCERPTS } from '../../src/report/excerpts.js'
import type { ResultFilter } from '../../src/report/filter.js'
import { renderDiffHtml, renderHtml } from '../../src/report/html.js'
import { type AnalysisPage, type DiffPage, unpackFinding } from '../../src/report/html-data.js'
import { render } from '../../src/report/render.js'
import type { AnalysisResult, Finding, PackageResult, Step } from '../../src/report/result.js'
import { packageText } from '../../src/report/spelling.js'
import { WHOLE_SCOPE } from '../../src/review/policy.js'
import { initialPolicy } from '../../src/review/policy-init.js'
import { readPolicy } from '../../src/review/policy-read.js'
import { type CrateGraph, findingsOf } from '../../src/wiring/analyze.js'
import { toGraphRecords } from '../../src/wiring/to-graph-records.js'
import { toResult } from '../../src/wiring/to-result.js'
import { type AgreeingCrate, lastOf, minus, placeOf, reading, sorted, TARGETS } from './agreement.js'
import { compare } from './diff-support.js'
import { checked, policy, words } from './policies.js'

const GRANULARITIES = ['crate', 'module', 'function', 'site'] as const
const FAMILIES = ['exec', 'fs', 'network', 'env', 'unsafe', 'ffi', 'unanalyzed', 'stdio']
const FILTERS: readonly ResultFilter[] = [
  {},
  ...STAGES.map((stage) => ({ stages: [stage] })),
  ...FAMILIES.map((family) => ({ capabilities: [family] })),
]

const ownersOf = ({ packages }: AnalysisResult): [PackageResult, Finding][] =>
  packages.flatMap((owner) => owner.capabilities.map((found): [PackageResult, Finding] => [owner, found]))

/** What a finding claims, wherever in its package it is. */
const claimsOf = (result: AnalysisResult, reach?: Finding['reach']): string[] =>
  sorted(
    ownersOf(result)
      .filter(([, found]) => reach === undefined || found.reach === reach)
      .map(([{ id }, { stage, capability }]) => `${id} ${stage} ${capability}`),
  )

/** On which targets each claim is: a condition of all places together says no more and no less than theirs. */
function targetsOf(result: AnalysisResult): Record<string, string[]> {
  const targets: Record<string, string[]> = {}
  for (const [{ id }, { stage, capability, certainty, reach, targets: on = [] }] of ownersOf(result)) {
    const key = `${id} ${stage} ${capability} ${certainty}`
    if (reach === 'direct') targets[key] = sorted([...(targets[key] ?? []), ...on])
  }
  return targets
}

/** How many places each capability of a package's own code is at; of one place `site` tells each thing that is done there. */
function countsOf(result: AnalysisResult): Record<string, number> {
  const counts: Record<string, number> = {}
  const seen = new Set<string>()
  for (const [{ id }, { stage, capability, certainty, reach, sites, path }] of ownersOf(result)) {
    const key = `${id} ${stage} ${capability} ${certainty}`
    const isAgain = result.granularity === 'site' && seen.has(`${key} ${lastOf(path)}`)
    seen.add(`${key} ${lastOf(path)}`)
    if (reach === 'direct' && !isAgain) counts[key] = (counts[key] ?? 0) + sites
  }
  return counts
}

/** What a page of the analysis holds, as the script on it reads it. */
function pageFindings(result: AnalysisResult): readonly string[] {
  const html = renderHtml({ result, sites: result, excerpts: NO_EXCERPTS }, { script: '', style: '' })
  const page = JSON.parse(/id="data">([^<]*)</.exec(html)?.[1] ?? '') as AnalysisPage
  return page.packages.flatMap(({ id, findings }) =>
    findings.map((packed) => {
      const { stage, capability, reach, path } = unpackFinding(packed, page)
      return pageKey(id, { stage, capability, reach, path })
    }),
  )
}

/** A page has all of a finding but which step is what syntax does: that is a word of the step. */
const pageKey = (
  id: string,
  { stage, capability, reach, path }: Pick<Finding, 'stage' | 'capability' | 'reach' | 'path'>,
): string => JSON.stringify([id, stage, capability, reach, path.map((step) => [step.function, placeOf(step)])])

/** `name/stage CAPABILITY` of each entry. */
function capslockEntries(json: string): ReadonlySet<string> {
  const { capabilityInfo } = JSON.parse(json) as {
    readonly capabilityInfo: readonly { readonly packageDir: string; readonly capabilityName: string }[]
  }
  return new Set(capabilityInfo.map(({ packageDir, capabilityName }) => `${packageDir} ${capabilityName}`))
}

/** Tests of a crate. */
export function resultsAgree({ name, crate, path }: AgreeingCrate): void {
  describe(name, () => {
    const entries = [undefined, 'main', 'public', ...(path === undefined ? [] : [path])]
    const graphs: CrateGraph[] = []
    beforeAll(async () => {
      for (const target of TARGETS) graphs.push(await reading(crate, { target }))
    }, 120_000)

    const everyResult = (granularity: (typeof GRANULARITIES)[number]): AnalysisResult[] =>
      graphs.flatMap((graph) => entries.map((entry) => toResult(findingsOf(graph, granularity, entry))))

    test('each granularity says the same of a package, at as many places', () => {
      const [whole = [], ...finer] = GRANULARITIES.map(everyResult)
      for (const [index, result] of whole.entries()) {
        for (const results of finer) {
          const other = results[index] as AnalysisResult
          // A place is one of a package's own code.
          if (other.granularity !== 'site') expect(claimsOf(other)).toEqual(claimsOf(result))
          expect(claimsOf(other, 'direct')).toEqual(claimsOf(result, 'direct'))
          expect(countsOf(other)).toEqual(countsOf(result))
          expect(targetsOf(other)).toEqual(targetsOf(result))
        }
      }
    })

    test('a graph has the reference of each finding, with its capability, and no other capability', () => {
      for (const graph of graphs) {
        for (const entry of entries) {
          const result = toResult(findingsOf(graph, 'site', entry))
          // What syntax does, and foreign functions that no map names, are no references with a capability.
          const isReference = ({ capability, path: way }: Finding): boolean =>
            (way.at(-1) as Step).fact === undefined && capability !== 'ffi' && capability !== 'unanalyzed'
          const found = ownersOf(result)
            .filter(([, finding]) => isReference(finding))
            .map(([{ id }, { capability, function: within }]) => `${capability} ${id} ${within}`)
          const records = [...toGraphRecords(graph, entry)]
          const functions = new Map(records.flatMap((one) => (one.type === 'function' ? [[one.id, one]] : [])))
          const named = records.flatMap((record) => {
            if (record.type === 'function') return []
            const from = functions.get(record.from)
            return (record.effective ?? record.capabilities).map((one) => `${one} ${from?.package} ${from?.path}`)
          })
          const all = ownersOf(result).map(
            ([{ id }, { capability, function: within }]) => `${capability} ${id} ${within}`,
          )
          expect(minus(sorted(found), sorted(named))).toEqual([])
          expect(minus(sorted(named), sorted(all))).toEqual([])
        }
      }
    })

    test('a diff with itself is empty, and narrowing adds nothing to one', () => {
      for (const graph of graphs) {
        const whole = toResult(findingsOf(graph, 'site'))
        for (const entry of entries) {
          const result = toResult(findingsOf(graph, 'site', entry))
          for (const filter of FILTERS) {
            const same = compare(result, result, filter)
            expect(same.packages).toEqual([])
            expect(same.summary.capabilities.gained).toEqual([])
          }
          const more = compare(whole, result).packages.flatMap(({ changes }) =>
            changes.filter(({ direction }) => direction === 'more'),
          )
          expect(more).toEqual([])
        }
      }
    })

    test('a first policy allows what there is, and nothing less does', () => {
      for (const result of everyResult('crate')) {
        for (const [strict, possible, sites] of [
          [false, false, false],
          [true, true, true],
        ] as const) {
          const text = initialPolicy(result, { strict, possible, sites, scope: WHOLE_SCOPE, cfgHolds: words.cfgHolds })
          const read = readPolicy({ file: 'caps.toml', text }, words)
          const failOn = 'any' as const
          expect(
            checked(result, read, { strict, possible, failOn }).problems.filter(({ level }) => level !== 'note'),
          ).toEqual([])
          for (const left of read.rules) {
            const part = { ...read, rules: read.rules.filter((rule) => rule !== left) }
            expect(checked(result, part, { strict, possible, failOn }).clean).toBe(false)
          }
        }
      }
    })

    test('every format of an analysis names each finding', async () => {
      for (const result of everyResult('crate')) {
        const text = await render(result, 'text', { columns: 400, whole: true })
        const short = await render(result, 'text', { columns: 400 })
        const markdown = await render(result, 'markdown')
        const github = await render(result, 'github')
        const dot = await render(result, 'dot')
        const graphml = await render(result, 'graphml')
        const pages = pageFindings(result)
        const entries = capslockEntries(await render(result, 'capslock'))
        const sarif = JSON.parse(await render(result, 'sarif')).runs[0].results as {
          readonly ruleId: string
          readonly properties: Record<string, string>
        }[]
        const alerts = sarif.map(({ ruleId, properties: { package: of, stage } }) => `${of} ${stage} ${ruleId}`)
        for (const [owner, { capability, stage, reach, path: way }] of ownersOf(result)) {
          const place = way.at(-1) as Step
          // A dependency's way through another package is told with that package.
          const own = owner.local || reach === 'direct'
          const claim = { package: owner.id, stage, capability }
          const saying = {
            text: text.includes(capability) && short.includes(capability),
            package: reach === 'transitive' || text.includes(owner.name),
            markdown:
              markdown.includes(packageText(owner.id)) && (!own || markdown.includes(`${place.file}:${place.line}`)),
            github: !own || github.includes(`${packageText(owner.id)} `),
            sarif: !own || alerts.includes(`${owner.id} ${stage} ${capability}`),
            dot: dot.includes(capability),
            graphml: graphml.includes(capability),
            html: pages.includes(pageKey(owner.id, { stage, capability, reach, path: way })),
            // Capslock has no word for some.
            capslock:
              capslockName(capability) === undefined ||
              entries.has(`${owner.name}${stage === 'run' ? '' : `/${stage}`} ${capslockName(capability)}`),
          }
          const all = Object.fromEntries(Object.keys(saying).map((format) => [format, true]))
          expect({ ...claim, ...saying }).toEqual({ ...claim, ...all })
        }
      }
    })

    test('the page of a diff holds each change', () => {
      for (const result of everyResult('site')) {
        const diff = compare({ ...result, packages: [] }, result)
        const html = renderDiffHtml({ diff, old: NO_EXCERPTS, new: NO_EXCERPTS }, { script: '', style: '' })
        const page = JSON.parse(/id="data">([^<]*)</.exec(html)?.[1] ?? '') as DiffPage
        expect(page.diff.packages).toEqual(JSON.parse(JSON.stringify(diff.packages)))
      }
    })

    test('every format of a check names each problem, and of a diff each change', async () => {
      for (const result of everyResult('site')) {
        const check = checked(result, policy(''))
        const diff = compare({ ...result, packages: [] }, result)
        for (const format of ['text', 'markdown', 'github', 'sarif', 'json'] as const) {
          const view = { columns: 400, whole: true }
          const said = await render(check, format, view)
          for (const problem of check.problems) {
            if (problem.kind !== 'capability' || problem.level !== 'error') continue
            const named = [problem.capability, problem.name].every((word) => said.includes(word))
            expect({ format, key: problem.key, named }).toEqual({ format, key: problem.key, named: true })
          }
          const told = await render(diff, format, view)
          for (const { name, changes } of diff.packages) {
            for (const change of changes) {
              if (change.kind !== 'capability' || change.direction === 'less') continue
              const named = told.includes(change.capability) && told.includes(name)
              expect({ format, name, of: change.capability, named }).toEqual({
                format,
                name,
                of: change.capability,
                named: true,
              })
            }
          }
        }
      }
    })
  })
}
