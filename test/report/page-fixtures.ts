/** Results for the page's tests: one as large as real ones get, and one whose every text wants to be markup. */
import type { Excerpts } from '../../src/report/excerpts.js'
import type { AnalysisResult, Finding, PackageResult } from '../../src/report/result.js'
import { RANKS } from '../../src/report/severity.js'
import { finding, packageOf, result, step } from './results.js'

/** Text that runs when it becomes markup anywhere: element, attribute, script, comment. */
export const HOSTILE = `</script><script>window.taken=1</script><img src=x onerror="window.taken=1"><!--"'><svg onload=window.taken=1>`

/** A result in which package, function, file, literal, condition and source are hostile. */
export function hostileInput(): { result: AnalysisResult; sites: AnalysisResult; excerpts: Excerpts } {
  const at = `${HOSTILE}@1.0.0`
  const file = `src/${HOSTILE}.rs`
  const place = { package: at, file, line: 2, column: 1 }
  const bad: Finding = finding('exec', {
    condition: `feature = "${HOSTILE}"`,
    function: HOSTILE,
    literals: [HOSTILE, 'a\u202eb'],
    path: [
      { function: HOSTILE, ...place },
      { function: `${HOSTILE}::run`, ...place, column: 5 },
    ],
  })
  const owner: PackageResult = {
    ...packageOf('app@1.0.0', [bad, { ...bad, capability: HOSTILE }], true),
    id: at,
    name: HOSTILE,
  }
  const base = result([owner])
  const whole: AnalysisResult = {
    ...base,
    members: [at],
    targets: [HOSTILE],
    coverage: {
      ...base.coverage,
      losses: [{ kind: HOSTILE, what: HOSTILE, ...place }],
      unresolved: [{ reason: HOSTILE, name: HOSTILE, ...place }],
      diagnostics: [{ package: at, file, message: HOSTILE }],
    },
  }
  const lines = ['// \u202e', `let x = "${HOSTILE}";`, `${' '.repeat(300)}${HOSTILE}`]
  return {
    result: whole,
    sites: { ...whole, packages: [{ ...owner, capabilities: [bad, bad] }] },
    excerpts: { list: [{ package: at, file, first: 1, lines }], unread: [], signatures: [], omitted: 0 },
  }
}

/** `packages` packages in a graph with circles, each with `findings` findings of long paths. */
export function largeInput(
  packages: number,
  findings: number,
): { result: AnalysisResult; sites: AnalysisResult; excerpts: Excerpts } {
  const id = (number: number): string => `package-${number}@1.0.${number}`
  const own = (number: number): Finding[] =>
    Array.from({ length: findings }, (_, index) => {
      const rank = RANKS[(index * 11 + number) % RANKS.length] as (typeof RANKS)[number]
      const place = (line: number): string => `${id(number)} src/module_${index}.rs:${line}:5`
      return finding(rank.capability, {
        stage: index % 5 === 0 ? 'build' : 'run',
        certainty: index % 9 === 0 ? 'possible' : 'certain',
        reach: index % 4 === 0 ? 'transitive' : 'direct',
        condition: index % 6 === 0 ? 'windows' : 'true',
        sites: index + 1,
        path: [0, 1, 2, 3].map((depth) =>
          step(`package_${number}::module_${index}::function_${depth}`, place(depth * 10 + 5)),
        ),
      })
    })
  const all = Array.from(
    { length: packages },
    (_, number): PackageResult => ({
      ...packageOf(id(number), own(number), number === 0),
      dependencies: [number * 3 + 1, number * 3 + 2, number * 3 + 3, (number * 31) % packages]
        .filter((other) => other < packages && other !== number)
        .map((other) => ({ package: id(other), kinds: ['normal'] })),
    }),
  )
  const lines = Array.from({ length: 40 }, (_, line) => `    let value_${line} = function_${line}(argument)?;`)
  const list = all.flatMap(({ id: owner }, number) =>
    number % 5 === 0
      ? Array.from({ length: findings }, (_, index) => ({
          package: owner,
          file: `src/module_${index}.rs`,
          first: 1,
          lines,
        }))
      : [],
  )
  const whole = result(all)
  return { result: whole, sites: whole, excerpts: { list, unread: [], signatures: [], omitted: 0 } }
}
