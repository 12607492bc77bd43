/** One change of a diff as lines for a person: a head line, and below it what a reader needs to judge it. */

import { checked } from '../base/index.js'
import { onlyText } from './condition-text.js'
import type {
  CapabilityChange,
  Change,
  CoverageChange,
  FileChange,
  SourceChange,
  UnitChange,
  ValueChange,
} from './diff-result.js'
import { BUILDS, changedConditions, isOfCondition } from './diff-sentence.js'
import { escapeText } from './escape.js'
import { fitName } from './fit-name.js'
import { fitPath } from './fit-path.js'
import { cut, cutStart, fitList, padEnd, widthOf, wrapWords } from './layout.js'
import type { Step } from './result.js'
import { fileText, nameText, pathNames, placeText, plural, sizeText } from './spelling.js'
import type { Paint } from './text-options.js'
import { valueVerb } from './value-sentence.js'

const GAP = '  '
const LABEL_WIDTH = 18
/** More uses of one change than this are counted. */
const MAX_USE_LINES = 4
const SIGNS = { more: '+', less: '-', other: '~' } as const

/** The lines of one change, without a line break; `columns` is the whole width, `uses`: each that changed has a line. */
export function changeLines(change: Change, columns: number, paint: Paint, uses = true): string[] {
  const width = columns - LABEL_WIDTH - 4
  const { label, head, below } = textOf(change, width, uses)
  const colour = colourOf(change, paint)
  const sign = change.kind === 'coverage' && change.direction === 'more' ? '?' : SIGNS[change.direction]
  const indent = ' '.repeat(LABEL_WIDTH + 4)
  const first = `${GAP}${sign} ${padEnd(label, LABEL_WIDTH)}`
  // A label that is too long leaves no room beside it: names of a user's own map may be any length.
  const gap = widthOf(label) >= LABEL_WIDTH ? GAP : ''
  const indented = below.flatMap((line) => wrapWords(line, width)).map((line) => indent + paint.dim(line))
  return [colour(first) + gap + cut(head, columns - widthOf(first) - gap.length), ...indented]
}

interface ChangeText {
  readonly label: string
  readonly head: string
  readonly below: readonly string[]
}

function textOf(change: Change, width: number, uses: boolean): ChangeText {
  switch (change.kind) {
    case 'capability':
      return capabilityText(change, width, uses)
    case 'value':
      return valueText(change, width)
    case 'source':
      return sourceChangeText(change)
    case 'unit':
      return unitText(change)
    case 'file':
      return binaryText(change)
    case 'coverage':
      return coverageText(change, width)
  }
}

function colourOf({ direction, tone }: Change, paint: Paint): (text: string) => string {
  if (direction === 'less') return paint.green
  return tone === 'alarm' ? paint.red : tone === 'notice' ? paint.yellow : (text) => text
}

function capabilityText(change: CapabilityChange, width: number, uses: boolean): ChangeText {
  const head = [verdictText(change), stageText(change.stage), change.certainty === 'possible' ? 'possible' : '']
  const { condition, reach, path } = change
  if (change.change === 'gained' && condition.new !== null && condition.new !== 'true')
    head.push(onlyText([condition.new]))
  if (reach === 'transitive') head.push(`through ${nameText(lastOf(path).package)}`)
  const label = escapeText(change.capability)
  const texts = head.filter((text) => text !== '')
  const below =
    change.tone === 'quiet'
      ? []
      : [...conditionLines(change, width), ...pathLines(change, width), ...(uses ? useLines(change, width) : [])]
  return { label, head: texts.join(GAP), below }
}

const STAGES = { run: '', build: 'when built', macro: 'when built, by a macro', test: 'in tests' } as const
const stageText = (stage: CapabilityChange['stage']): string => STAGES[stage]

function verdictText({ change, sites, uses }: CapabilityChange): string {
  const lost = uses.flatMap(({ literals }) => literals.lost)
  const gained = uses.flatMap(({ literals }) => literals.gained)
  switch (change) {
    case 'gained':
      return `new, ${plural(sites.new, 'site')}`
    case 'lost':
      return `no longer, had ${plural(sites.old, 'site')}`
    case 'more':
      return sites.new > sites.old ? `${sites.old} → ${plural(sites.new, 'site')}` : `other uses, ${sitesText(sites)}`
    case 'fewer':
      return sitesText(sites)
    case 'arguments':
      if (lost.length + gained.length === 0) return `other arguments, ${sitesText(sites)}`
      return `other arguments: ${literalsText(lost)} → ${literalsText(gained)}`
    case 'wider':
    case 'narrower':
      return sites.old === sites.new ? BUILDS[change] : `${BUILDS[change]}, ${sitesText(sites)}`
    case 'changed':
      return isOfCondition(uses) ? BUILDS[change] : `other operations, ${sitesText(sites)}`
  }
}

const sitesText = ({ old, new: now }: CapabilityChange['sites']): string =>
  old === now ? plural(now, 'site') : `${old} → ${plural(now, 'site')}`

const literalsText = (literals: readonly string[]): string =>
  literals.length === 0 ? 'none' : literals.map((literal) => escapeText(JSON.stringify(literal))).join(' ')

/** In full, since two long formulas may differ in their last words. */
function conditionLines(change: CapabilityChange, width: number): string[] {
  const changed = changedConditions(change)
  if (!changed) return []
  return [`now if ${escapeText(changed.now)}`, `was if ${escapeText(changed.was)}`].flatMap((line) =>
    wrapWords(line, width),
  )
}

const lastOf = (path: readonly Step[]): Step => checked(path[path.length - 1])

/** The example; below it the literals of its call and, to the right, its place. */
function pathLines({ path, uses }: CapabilityChange, width: number): string[] {
  const { steps, last } = pathNames(path)
  const use = uses.find(({ calls }) => calls === lastOf(path).function)
  const beside = use && use.literals.gained.length > 0 ? cut(literalsText(use.literals.gained), width) : ''
  const place = cutStart(placeText(lastOf(path)), width)
  const way = fitPath(steps, last, width)
  const fits = widthOf(beside) + GAP.length + widthOf(place) <= width
  const right = (text: string): string => padEnd('', width - widthOf(text)) + text
  if (beside !== '' && !fits) return [way, beside, right(place)]
  return [way, `${padEnd(beside, width - widthOf(place))}${place}`]
}

/** What is called and how often, where the example does not tell it all. */
function useLines({ change, uses }: CapabilityChange, width: number): string[] {
  if (uses.length < 2 || change === 'lost') return []
  const lines = uses.slice(0, MAX_USE_LINES).map((use) => {
    const place = use.examples.new[0] ?? use.examples.old[0]
    const where = place ? fileText(lastOf(place)) : ''
    const counts = change === 'gained' ? plural(use.sites.new, 'site') : sitesText(use.sites)
    const room = width - widthOf(counts) - ' of '.length - GAP.length
    const at = cutStart(where, Math.max(8, room >> 1))
    return `${counts} of ${fitName(escapeText(use.calls), Math.max(8, room - widthOf(at)))}${GAP}${at}`
  })
  return uses.length > MAX_USE_LINES ? [...lines, `and ${plural(uses.length - MAX_USE_LINES, 'more use')}`] : lines
}

/** In full, however long: the value is what is to be judged. */
function valueText(change: ValueChange, width: number): ChangeText {
  const { capability, stage, reach, path } = change
  const when = [stageText(stage), reach === 'transitive' ? `through ${nameText(lastOf(path).package)}` : '']
  const [head = '', ...rest] = wrapWords([valueVerb(change, escapeText), ...when.filter(Boolean)].join(GAP), width)
  const { steps, last } = pathNames(path)
  const place = cutStart(placeText(lastOf(path)), width)
  const below = change.tone === 'quiet' ? [] : [fitPath(steps, last, width), padEnd('', width - widthOf(place)) + place]
  return { label: escapeText(capability), head, below: [...rest, ...below] }
}

/** Both lines in full: two addresses may differ in their last letter. */
function sourceChangeText({ differs, source, text }: SourceChange): ChangeText {
  const onlySum = differs.length === 1 && differs[0] === 'checksum'
  const sums = [`now ${source.new.checksum}`, `was ${source.old.checksum}`]
  if (onlySum) return { label: 'source', head: 'other content under the same version', below: sums.map(escapeText) }
  return { label: 'source', head: `now from ${escapeText(text.new)}`, below: [`was from ${escapeText(text.old)}`] }
}

function unitText({ change, unit, file }: UnitChange): ChangeText {
  const what = unit === 'build' ? 'build script' : 'proc macro'
  const verdict = { added: 'new, runs when built', changed: 'other code than before', removed: 'no longer there' }[
    change
  ]
  return { label: what, head: `${verdict}${GAP}${escapeText(file)}`, below: [] }
}

function binaryText({ change, file, format, bytes, sha256 }: FileChange): ChangeText {
  const sides = [format, bytes] as const
  const before = sides[0].old === null ? '' : `${escapeText(sides[0].old)} of ${sizeText(sides[1].old ?? 0)}`
  const after = sides[0].new === null ? '' : `${escapeText(sides[0].new)} of ${sizeText(sides[1].new ?? 0)}`
  const text = change === 'changed' ? (before === after ? after : `${before} → ${after}`) : before + after
  const sum = sha256.new === null ? [] : [`sha256 ${sha256.new}`]
  return { label: `${change} file`, head: `${escapeText(file)}${GAP}${text}`, below: change === 'removed' ? [] : sum }
}

function coverageText({ change, loss, reason, counts, examples }: CoverageChange, width: number): ChangeText {
  const { old, new: now } = counts
  const nouns = { unresolved: 'unresolved', loss: 'not read', remark: 'remark' } as const
  const count = change === 'changed' && old === now ? `${now}, others than before` : `${old} → ${now}`
  const head = loss === 'remark' ? escapeText(reason) : `${escapeText(reason)}: ${count}`
  const places = examples.map((place) => `${escapeText(place.what)} ${fileText(place)}`)
  return { label: nouns[loss], head, below: change !== 'better' && loss === 'loss' ? [fitList(places, width)] : [] }
}
