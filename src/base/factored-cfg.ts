/**
 * Alternatives as one formula, in little space: what several of them ask for is said once, several negations are one. The same
 * alternatives give the same text.
 */
import { CFG_TRUE, type CfgExpr, printCfg } from './cfg.js'
import { checked } from './checked.js'
import { compareText } from './compare.js'

/** Options and negations of options that hold together; the empty one is `true`. */
export type Term = readonly CfgExpr[]

/** The formula that holds where one of the terms does; there is at least one. */
export function factored(terms: readonly Term[]): CfgExpr {
  const distinct = [...new Map(terms.map((term) => [sortedTerm(term).map(printCfg).join(), term])).values()]
  if (distinct.some((term) => term.length === 0)) return CFG_TRUE
  if (distinct.length === 1) return listOf('all', checked(distinct[0]))
  const flat = listOf(
    'any',
    distinct.map((term) => listOf('all', term)),
  )
  const shared = mostShared(distinct)
  if (!shared) return flat
  const without = (term: Term): Term => term.filter((literal) => printCfg(literal) !== shared)
  const having = distinct.filter((term) => without(term).length < term.length)
  const literal = checked(having[0]?.find((one) => printCfg(one) === shared))
  const rest = distinct.filter((term) => !having.includes(term))
  const together = listOf('all', [literal, ...partsOf('all', factored(having.map(without)))])
  const found = rest.length === 0 ? together : listOf('any', [together, ...partsOf('any', factored(rest))])
  return printCfg(found).length < printCfg(flat).length ? found : flat
}

/** The literal that most terms have, the longest of several; undefined when none stands in two. */
function mostShared(terms: readonly Term[]): string | undefined {
  const counts = new Map<string, number>()
  for (const literal of terms.flat()) counts.set(printCfg(literal), (counts.get(printCfg(literal)) ?? 0) + 1)
  const [best] = [...counts].sort(([a, one], [b, other]) => other - one || b.length - a.length || compareText(a, b))
  return best && best[1] > 1 ? best[0] : undefined
}

/** Parts in the order of their texts; several negations as one, `not(any(a, b))`. */
function listOf(k: 'all' | 'any', parts: Term): CfgExpr {
  const negated = parts.flatMap((part) => (part.k === 'not' ? [part.of] : []))
  const joined: CfgExpr[] =
    negated.length > 1
      ? [
          ...parts.filter((part) => part.k !== 'not'),
          {
            k: 'not',
            of: {
              k: k === 'all' ? 'any' : 'all',
              of: sortedTerm(negated.flatMap((of) => partsOf(k === 'all' ? 'any' : 'all', of))),
            },
          },
        ]
      : [...parts]
  return joined.length === 1 ? checked(joined[0]) : { k, of: sortedTerm(joined) }
}

const partsOf = (k: 'all' | 'any', cfg: CfgExpr): Term =>
  cfg.k === k ? cfg.of : cfg.k === (k === 'all' ? 'true' : 'false') ? [] : [cfg]

const sortedTerm = (term: Term): Term =>
  term
    .map((part) => [printCfg(part), part] as const)
    .sort(([a], [b]) => compareText(a, b))
    .map(([, part]) => part)
