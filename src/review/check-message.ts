/** The one sentence of each problem. Crate text stays as it is: whoever prints it escapes for the medium. */
import type { CapabilityProblem, CoverageProblem, RuleReference, SourceProblem } from '../report/check-result.js'

import { resourceText, someResources } from '../report/resource-text.js'
import type { Resource } from '../report/result.js'

const WHEN: Readonly<Record<CapabilityProblem['stage'], string>> = {
  run: '',
  build: ' in its build script',
  macro: ' as a proc macro',
  test: ' in its tests',
}

type CapabilityFacts = Omit<CapabilityProblem, 'message'>

/** `linelog 1.4.1 has exec in its build script, which no rule allows`. */
export function capabilityMessage(problem: CapabilityFacts): string {
  const { name, version, stage, capability, certainty, reach } = problem
  const has = certainty === 'possible' ? 'possibly has' : 'has'
  const through = reach === 'transitive' ? ' through other packages' : ''
  const on = problem.everyTarget ? '' : ` on ${problem.targets.join(', ')}`
  // The package `.cargo` is cargo's configuration: it has no build script, and holds whenever anything is built.
  const when = name === '.cargo' ? ' whenever something is built' : WHEN[stage]
  return `${name} ${version} ${has} ${capability}${when}${through}${on}, ${verdictText(problem)}`
}

function verdictText({ verdict, rule, sites, allowedSites, values = [], allowedValues = [] }: CapabilityFacts): string {
  const place = rule ? placeOf(rule) : ''
  switch (verdict) {
    case 'not-allowed':
      return 'which no rule allows'
    case 'denied':
      return `which ${place} denies${onText(values)}`
    case 'warned':
      return `of which ${place} warns${onText(values)}`
    case 'other-values':
      return allowedValues.length === 0
        ? `which ${place} has, and not${onText(values)}`
        : `which ${place} allows for ${listText(allowedValues)} only, not${onText(values)}`
    case 'more-sites':
      return `in ${sites} places; ${place} allows ${allowedSites}`
  }
}

/** More values than these are counted. */
const MAX_VALUES = 4
const listText = (words: readonly string[]): string => someResources(words, MAX_VALUES).join(', ')
const onText = (values: readonly Omit<Resource, 'sites'>[]): string =>
  values.length === 0 ? '' : ` for ${listText(values.map(shownValue))}`
const shownValue = (value: Omit<Resource, 'sites'>): string => resourceText(value) || 'something that is not known'

/** `log 0.4.17 comes from git ADDRESS, which no rule allows`. */
export function sourceMessage(problem: Omit<SourceProblem, 'message'>): string {
  const { name, version, text, verdict, allowed, rule } = problem
  const place = rule ? placeOf(rule) : ''
  if (allowed.includes(text)) return `${name} ${version} has other content than in ${place} under the same version`
  // Its files have a sum, and come from nowhere.
  if (name === '.cargo')
    return `cargo's configuration is not the one of ${place}: a file of it, or one that it names, is another`
  const comes = `${name} ${version} comes from ${text}`
  switch (verdict) {
    case 'not-allowed':
      return `${comes}, which no rule allows`
    case 'other-source':
      return `${comes}; ${place} has ${allowed.join(', ')}`
    case 'no-rules':
      return `${comes}, and no rule says where it may come from`
  }
}

/** `cc 1.2.0 has 3 pieces of code that were not read and 12 unresolved calls; 0 and 10 are accepted`. */
export function coverageMessage(problem: Omit<CoverageProblem, 'message'>): string {
  const { name, version, losses, unresolved, acceptedLosses, acceptedUnresolved } = problem
  const counts = `code that was not read in ${losses} places and ${unresolved} unresolved calls`
  return `${name} ${version} has ${counts}; accepted are ${acceptedLosses} and ${acceptedUnresolved}`
}

/** `caps.toml:12`; a baseline has no lines. */
export function placeOf(rule: RuleReference): string {
  return rule.line > 0 ? `${rule.file}:${rule.line}` : rule.file
}
