/** How much of an answer of `caps why` a reader gets, and what is only counted then. Nothing is left out without its number. */
import type { WhyResult } from './result.js'

export interface WhyShown {
  /** Possible ones too; without it they are shown where there is nothing else. */
  readonly possible?: boolean | undefined
  /** Everything: possible ones, those that nothing leads to, every step, however many. */
  readonly all?: boolean | undefined
  /** Places at most. */
  readonly limit?: number | undefined
}

export type WhyPath = WhyResult['paths'][number]

export const isUnreached = ({ from }: WhyPath): boolean => from[0] === 'unreached'
const isCertain = (path: WhyPath): boolean => path.certainty === 'certain' && !isUnreached(path)
const isPossible = (path: WhyPath): boolean => path.certainty !== 'certain' && !isUnreached(path)

/** What is shown, before any limit: certain ones; possible ones when asked for or when there is nothing else, and so on. */
export function selectPaths({ paths }: WhyResult, { possible, all }: WhyShown): readonly WhyPath[] {
  const some = (holds: (path: WhyPath) => boolean): boolean => paths.some(holds)
  const withPossible = all || possible || !some(isCertain)
  const withUnreached = all || !some((path) => !isUnreached(path))
  return paths.filter((path) => (isUnreached(path) ? withUnreached : withPossible || isCertain(path)))
}

/** The answer for programs: whole, or as many places as asked for. */
export function limitWhy(answer: WhyResult, { limit }: WhyShown): WhyResult {
  if (limit === undefined || answer.paths.length <= limit) return answer
  return { ...answer, paths: answer.paths.slice(0, limit), truncated: true }
}

/** The place that a path ends at; one place may have several capabilities. */
export function placeOf({ stage, path }: WhyPath): string {
  const last = path.at(-1)
  return [stage, last?.package, last?.file, last?.line, last?.column].join('\0')
}

/** How many places of each kind there are; one of several kinds is of the first. */
export function countsOf({ paths }: WhyResult): Counts {
  const certain = new Set(paths.filter(isCertain).map(placeOf))
  const possible = new Set(
    paths
      .filter(isPossible)
      .map(placeOf)
      .filter((place) => !certain.has(place)),
  )
  const others = paths.filter(isUnreached).map(placeOf)
  const unreached = new Set(others.filter((place) => !certain.has(place) && !possible.has(place)))
  return { certain: certain.size, possible: possible.size, unreached: unreached.size }
}

export interface Counts {
  readonly certain: number
  readonly possible: number
  readonly unreached: number
}
