/** What a comparison cannot tell, and why: said once, in front, so that an empty diff is not read as more than it is. */
import { compareText } from '../base/index.js'
import type { DiffNote } from '../report/diff-result.js'
import { type DiffInput, tellsReach, tellsUses } from './diff-input.js'
import { tellsValues } from './diff-values.js'

type Side = 'old' | 'new'
type Sides = Readonly<Record<Side, DiffInput>>

/** The notes on two sides, in a fixed order. */
export function notesOn(sides: Sides): DiffNote[] {
  return [
    ...on(sides, 'coarse', ({ result }) => !tellsUses(result), coarse),
    ...on(sides, 'no-reach', (input) => !tellsReach(input) && input.result.packages.length > 1, noReach),
    ...on(sides, 'no-values', (input) => !tellsValues(input), noValues),
    ...on(sides, 'no-contents', lacksContents, noContents),
    ...on(sides, 'no-sources', lacksSources, noSources),
    ...differences(sides),
  ]
}

function on(
  sides: Sides,
  code: DiffNote['code'],
  holds: (input: DiffInput) => boolean,
  message: (input: DiffInput, other: DiffInput) => string | undefined,
): DiffNote[] {
  return (['old', 'new'] as const).flatMap((side) => {
    const [input, other] = [sides[side], sides[side === 'old' ? 'new' : 'old']]
    const text = holds(input) ? message(input, other) : undefined
    return text === undefined ? [] : [{ code, side, message: text }]
  })
}

const coarse = ({ result }: DiffInput): string =>
  `the report was made with --granularity ${result.granularity}, so uses of a known capability are counted but not told ` +
  'apart, and a use that took the place of another is not seen; make it with --granularity site'

/** Nothing is lost where the other side reaches nothing either. */
const noReach = (_: DiffInput, other: DiffInput): string | undefined =>
  tellsReach(other)
    ? 'the report has no capabilities that packages reach through others, so a new call into an old dependency is not seen'
    : undefined

/** Nothing is lost where of what both sides have the other tells none either. */
function noValues({ result }: DiffInput, other: DiffInput): string | undefined {
  const findings = result.packages.flatMap(({ capabilities }) => capabilities)
  const had = new Set(findings.map(({ capability }) => capability))
  const isTold = other.result.packages.some(({ capabilities }) =>
    capabilities.some(({ capability, resources }) => resources !== undefined && had.has(capability)),
  )
  return isTold ? 'the report does not say what capabilities act on, so a new value is not seen' : undefined
}

const noContents = (): string =>
  'there are no digests of some packages, so changed build scripts and files that are not source are not seen there'

function lacksContents({ result }: DiffInput): boolean {
  return result.packages.some(
    ({ digest, binaries, units }) =>
      digest === undefined ||
      binaries === undefined ||
      units.some((unit) => (unit.kind === 'build' || unit.kind === 'proc-macro') && unit.digest === undefined),
  )
}

const noSources = (): string =>
  'the report does not say where packages come from, so a change of source is seen only between registry, git and path'

/** Nobody asks where what was named comes from. */
const lacksSources = ({ result }: DiffInput): boolean =>
  result.packages.some(({ local, source }) => !local && source === undefined)

function differences({ old, new: now }: Sides): DiffNote[] {
  const notes: DiffNote[] = []
  const note = (code: DiffNote['code'], message: string): void => void notes.push({ code, side: 'both', message })
  if (targetsOf(old) !== targetsOf(now)) {
    note('targets', 'the sides were looked at for different targets; what exists on some only may seem gained or lost')
  }
  const [had, has] = [choiceOf(old), choiceOf(now)]
  if (had !== undefined && has !== undefined && had !== has) {
    note(
      'locks',
      'dependencies were chosen in different ways on the two sides: other versions of them may be no change of the crate',
    )
  }
  if (old.result.tool.version !== now.result.tool.version) {
    note('tool', 'the sides were made by different versions of caps, whose maps may differ')
  }
  if (namesOf(old) !== namesOf(now)) note('different-crates', 'these are not the same crates by name')
  return notes
}

/** By a lockfile that comes with the crate, or by what there is now. */
function choiceOf({ result: { lockedBy } }: DiffInput): string | undefined {
  switch (lockedBy) {
    case undefined:
    // What needs no choice goes with any.
    case 'paths':
      return undefined
    case 'resolved':
    case 'offline':
    case 'updated':
      return lockedBy
    default:
      return 'locked'
  }
}

const targetsOf = ({ result }: DiffInput): string => [...result.targets].sort(compareText).join(' ')

function namesOf({ result }: DiffInput): string {
  const members = new Set(result.members)
  const names = result.packages.filter(({ id }) => members.has(id)).map(({ name }) => name)
  return names.sort(compareText).join(' ')
}
