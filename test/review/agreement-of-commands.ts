/**
 * One question, one answer: `analyze`, `why` and `check` say the same of a crate under combinations of the options that narrow.
 * Narrowing never adds, the parts make up the whole, and each finding of `analyze` has a path in `why` and a key in `check`. Which
 * findings there are is not judged here: other tests do.
 */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { STAGES } from '../../src/base/index.js'
import { CAPABILITIES } from '../../src/capabilities/index.js'
import { filterResult } from '../../src/report/filter.js'
import type { Step } from '../../src/report/result.js'
import { type CrateGraph, findingsOf } from '../../src/wiring/analyze.js'
import { toResult } from '../../src/wiring/to-result.js'
import { whyOf } from '../../src/wiring/why.js'
import { type AgreeingCrate, FEATURES, lastOf, minus, reading, sitesOf, sorted, TARGETS } from './agreement.js'
import { checked, LINUX, policy, WINDOWS } from './policies.js'

const built = (sites: readonly string[]): string[] => sites.filter((site) => /^(?:build|macro) /.test(site))

/** What the commands say of a crate that was read, under an entry. */
function saidOf(crate: CrateGraph, entry?: string) {
  const whole = toResult(findingsOf(crate, 'crate', entry))
  const sites = toResult(findingsOf(crate, 'site', entry))
  const why = CAPABILITIES.flatMap((capability) => whyOf(crate, capability, entry === undefined ? {} : { entry }).paths)
  return { whole, sites, places: sitesOf(sites), why, check: checked(whole, policy(''), { possible: true }) }
}

type Said = ReturnType<typeof saidOf>

/** The model that holds under whatever options. */
function expectAgreement({ whole, places, why, check }: Said): void {
  const answers = sorted(why.map(({ stage, capability, path }) => `${stage} ${capability} ${lastOf(path)}`))
  expect(answers).toEqual(places)
  expect(why).toHaveLength(answers.length)
  const keys = new Set(check.problems.map(({ key }) => key))
  for (const { name, capabilities } of whole.packages) {
    for (const { stage, capability, certainty, reach, path } of capabilities) {
      expect(answers).toContain(`${stage} ${capability} ${lastOf(path)}`)
      if (reach === 'direct') expect(keys).toContain(`capability ${name} ${stage} ${capability} ${certainty} ${reach}`)
    }
  }
}

/** The keys of a check, but for how sure a finding is: that may become less when a certain way is left out. */
const claims = ({ check }: Said): string[] =>
  sorted(check.problems.map(({ key }) => key.replace(/ (?:certain|possible) /, ' ')))

/** Tests of a crate. */
export function commandsAgree({ name, crate, path, without }: AgreeingCrate): void {
  describe(name, () => {
    const entries = ['main', 'public', ...(path === undefined ? [] : [path])]
    const read = new Map<string, CrateGraph>()
    const at = (targets: readonly string[], features: number): CrateGraph =>
      read.get(`${targets.join()} ${features}`) as CrateGraph
    const everywhere = [LINUX, WINDOWS]

    beforeAll(async () => {
      for (const target of TARGETS) read.set(`${target.join()} 0`, await reading(crate, { target }))
      if (without === undefined) return
      for (const [index, features] of FEATURES.entries())
        read.set(`${everywhere.join()} ${index}`, await reading(crate, { target: everywhere, ...features }))
    }, 120_000)

    test('analyze, why and check say the same under every option', () => {
      for (const graph of read.values()) {
        for (const entry of [undefined, ...entries]) expectAgreement(saidOf(graph, entry))
      }
    })

    test('--entry adds nothing, and takes nothing from what runs when built', () => {
      for (const graph of read.values()) {
        const whole = saidOf(graph)
        for (const entry of entries) {
          const part = saidOf(graph, entry)
          expect(minus(part.places, whole.places)).toEqual([])
          expect(built(part.places)).toEqual(built(whole.places))
          expect(minus(claims(part), claims(whole))).toEqual([])
        }
      }
    })

    test('the targets make up the whole', () => {
      const parts = everywhere.map((target) => saidOf(at([target], 0)))
      const whole = saidOf(at(everywhere, 0))
      expect(sorted(parts.flatMap(({ places }) => places))).toEqual(whole.places)
      expect(sorted(parts.flatMap(claims))).toEqual(claims(whole))
    })

    test('fewer features have less, but for code that is there without one', () => {
      if (without === undefined) return
      const [usual = [], less = [], more = []] = FEATURES.map((_, index) => saidOf(at(everywhere, index)).places)
      expect(minus(less, usual)).toEqual(without)
      expect(minus(usual, more)).toEqual([])
    })

    test('the stages and capabilities make up the whole, in analyze and in why', () => {
      for (const entry of [undefined, ...entries]) {
        const graph = at(everywhere, 0)
        const { sites, places, why } = saidOf(graph, entry)
        const asked = entry === undefined ? {} : { entry }
        for (const stage of STAGES) {
          const part = sitesOf(filterResult(sites, { stages: [stage] }))
          expect(part).toEqual(places.filter((place) => place.startsWith(`${stage} `)))
          const answers = CAPABILITIES.flatMap((one) => whyOf(graph, one, { ...asked, stages: [stage] }).paths)
          expect(answers).toEqual(why.filter((found) => found.stage === stage))
        }
        for (const family of new Set(CAPABILITIES.map((one) => one.split('/', 1)[0] as string))) {
          const isOf = (capability: string): boolean => capability === family || capability.startsWith(`${family}/`)
          const part = sitesOf(filterResult(sites, { capabilities: [family] }))
          expect(part).toEqual(places.filter((place) => isOf(place.split(' ')[1] as string)))
          const answers = whyOf(graph, family, asked).paths
          expect(sorted(answers.map((found) => JSON.stringify(found)))).toEqual(
            sorted(why.filter((found) => isOf(found.capability)).map((found) => JSON.stringify(found))),
          )
        }
      }
    })

    test('a package on the way, and a place, narrow why to what it says without', () => {
      const graph = at(everywhere, 0)
      const key = (found: { stage: string; capability: string; path: readonly Step[] }): string =>
        `${found.stage} ${found.capability} ${lastOf(found.path)}`
      for (const capability of CAPABILITIES) {
        const whole = whyOf(graph, capability)
        const parts = graph.workspace.packages.flatMap(({ id }) => whyOf(graph, capability, { through: id }).paths)
        expect(sorted(parts.map(key))).toEqual(sorted(whole.paths.map(key)))
        for (const found of whole.paths.slice(0, 3)) {
          const last = found.path.at(-1) as Step
          const { paths } = whyOf(graph, capability, { site: `${last.file}:${last.line}:${last.column}` })
          expect(paths).toContainEqual(found)
        }
      }
    })
  })
}
