/**
 * One change of a diff as a plain sentence about its package, for formats that show each change by itself (SARIF,
 * annotations, Markdown). Raw text: whoever shows it escapes it.
 */
import type { CapabilityChange, Change, FileChange, SourceChange, UnitChange } from './diff-result.js'
import { stageText } from './notice.js'
import { shortSourceText } from './source-text.js'
import { plural, sizeText } from './spelling.js'
import { valueVerb } from './value-sentence.js'

/** What happened, to be put behind the name of the package: `gained exec when it is built`. */
export function changeVerb(change: Change): string {
  switch (change.kind) {
    case 'capability':
      return capabilityVerb(change)
    case 'value':
      return `${valueVerb(change)}${stageText(change.stage)}`
    case 'source':
      return sourceVerb(change)
    case 'unit':
      return unitVerb(change)
    case 'file':
      return fileVerb(change)
    case 'coverage':
      return `${COVERAGE_VERBS[change.change]} (${change.reason}: ${change.counts.old}, now ${change.counts.new})`
  }
}

const COVERAGE_VERBS = {
  worse: 'is known less',
  better: 'is known better',
  changed: 'has other code that is not known',
} as const

function sourceVerb({ source, differs }: SourceChange): string {
  if (differs.length === 1 && differs[0] === 'checksum') return 'has other content under the same version'
  return `comes from ${shortSourceText(source.new)}, came from ${shortSourceText(source.old)}`
}

function capabilityVerb({ change, capability, stage, certainty, sites, uses }: CapabilityChange): string {
  const what = `${capability}${stageText(stage)}`
  const maybe = certainty === 'possible' ? 'possibly ' : ''
  switch (change) {
    case 'gained':
      return `${maybe}gained ${what} (${plural(sites.new, 'site')})`
    case 'lost':
      return `${maybe}lost ${what}`
    case 'more':
    case 'fewer':
      return `${maybe}has ${moreOrOther(sites)} uses of ${what} (${sitesText(sites)})`
    case 'arguments':
      return `${maybe}uses ${what} with other arguments`
    case 'wider':
    case 'narrower':
      return `${maybe}has ${what} ${BUILDS[change]}${sites.old === sites.new ? '' : ` (${sitesText(sites)})`}`
    case 'changed':
      if (isOfCondition(uses)) return `${maybe}has ${what} ${BUILDS[change]}`
      return `${maybe}has other uses of ${what} (${sitesText(sites)})`
  }
}

/** How a condition changed, in the words of every format. */
export const BUILDS = {
  wider: 'in more builds than before',
  narrower: 'in fewer builds than before',
  changed: 'in other builds than before',
} as const

/** Whether it is a condition that changed, not the operations. */
export const isOfCondition = (uses: CapabilityChange['uses']): boolean =>
  uses.every(({ sites }) => sites.old === sites.new)

/** The formulas, now and before, where they are what changed. */
export function changedConditions({
  change,
  condition: whole,
  uses,
}: CapabilityChange): { readonly now: string; readonly was: string } | undefined {
  if ((change !== 'wider' && change !== 'narrower' && change !== 'changed') || !isOfCondition(uses)) return undefined
  const { old, new: now } = whole.old === whole.new ? (uses[0]?.condition ?? whole) : whole
  return { now: now ?? 'true', was: old ?? 'true' }
}

const moreOrOther = ({ old, new: now }: CapabilityChange['sites']): string =>
  now > old ? 'more' : now < old ? 'fewer' : 'other'

const sitesText = ({ old, new: now }: CapabilityChange['sites']): string =>
  old === now ? plural(now, 'site') : `${old}, now ${plural(now, 'site')}`

/** More uses of one change than this are counted. */
const MAX_USES = 6

/** What is called, and what became of its calls: the cause of a change. */
export interface Cause {
  readonly calls: string
  readonly what: string
}

/** Uses that changed. Empty where the sentence and its example tell it all. `more`: how many others there are. */
export function causesOf({ change, uses }: CapabilityChange): {
  readonly causes: readonly Cause[]
  readonly more: number
} {
  if (change === 'lost' || (change === 'gained' && uses.length < 2)) return { causes: [], more: 0 }
  const causes = uses.slice(0, MAX_USES).map(({ calls, sites, literals, condition }) => {
    if (sites.old === 0) return { calls, what: plural(sites.new, 'new site') }
    if (sites.new === 0) return { calls, what: `no longer, had ${plural(sites.old, 'site')}` }
    if (sites.old !== sites.new) return { calls, what: sitesText(sites) }
    if (literals.gained.length + literals.lost.length > 0) return { calls, what: 'other arguments' }
    return { calls, what: condition.old === condition.new ? 'other places' : 'in other builds' }
  })
  return { causes, more: uses.length - causes.length }
}

const UNITS = { build: 'build script', 'proc-macro': 'proc macro' } as const

function unitVerb({ change, unit, file }: UnitChange): string {
  const verb = { added: 'has a new', changed: 'changed its', removed: 'no longer has a' }[change]
  return `${verb} ${UNITS[unit]} (${file})`
}

function fileVerb({ change, file, format, bytes }: FileChange): string {
  const kind = format.new ?? format.old ?? 'unknown'
  const verb = { added: 'has a new file', changed: 'changed a file', removed: 'no longer has a file' }[change]
  return `${verb} that is not source: ${file} (${kind}, ${sizeText(bytes.new ?? bytes.old ?? 0)})`
}

/** String literals that only the new side's calls have: a host, a path, a command. */
export function gainedLiterals(change: Change): readonly string[] {
  return change.kind === 'capability' ? [...new Set(change.uses.flatMap(({ literals }) => literals.gained))].sort() : []
}
