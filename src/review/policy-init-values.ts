/**
 * What capabilities act on when a policy is begun: a list where all of it is known, nothing where some of it is not. A list
 * that a person cannot read is none either.
 */
import { compareText } from '../base/index.js'
import type { InitOptions, Use } from './policy-init-uses.js'
import { wordOf } from './value-pattern.js'

/** Longer lists are not written. */
const MAX_VALUES = 24

/** The list of one capability of a package, in all of its versions; undefined where there is none to be written. */
export function valuesOfUse(
  { name, finding }: Use,
  { places, possible }: Pick<InitOptions, 'places' | 'possible'>,
): readonly string[] | undefined {
  const owners = places?.packages.filter((owner) => owner.name === name) ?? []
  const all = owners
    .flatMap(({ capabilities }) => capabilities)
    .filter(({ capability, stage, reach, certainty }) => {
      const counts = possible || certainty === 'certain'
      return capability === finding.capability && stage === finding.stage && reach === 'direct' && counts
    })
  if (all.length === 0 || all.some(({ resources }) => resources === undefined)) return undefined
  const resources = all.flatMap((one) => one.resources ?? []).filter(({ kind }) => kind !== 'handle')
  if (resources.some(({ known }) => known === 'unknown' || known === 'concealed')) return undefined
  const words = [...new Set(resources.map(wordOf))].sort(compareText)
  return words.length > 0 && words.length <= MAX_VALUES ? words : undefined
}
