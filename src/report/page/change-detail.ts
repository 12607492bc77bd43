/** What opens below the line of a change: both sides, with their source. */
import type {
  CapabilityChange,
  Change,
  CoverageChange,
  FileChange,
  SourceChange,
  UnitChange,
  UseChange,
  ValueChange,
} from '../diff-result.js'
import { beginningOf } from '../excerpts.js'
import { resourceText } from '../resource-text.js'
import type { Step } from '../result.js'
import { plural, sizeText } from '../spelling.js'
import { code, crateText, el } from './dom.js'
import { literalList, pathSteps } from './path-view.js'
import type { SourceView } from './source-view.js'
import { placeElement, wholeCondition } from './words.js'

export interface Sides {
  readonly old: SourceView
  readonly new: SourceView
}

/** The element that holds it. */
export function changeDetail(change: Change, sources: Sides): HTMLElement {
  const detail = el('div', { class: 'detail' })
  switch (change.kind) {
    case 'capability':
      detail.append(...capabilityDetail(change, sources))
      break
    case 'value':
      detail.append(...valueDetail(change, sources))
      break
    case 'source':
      detail.append(sourceDetail(change))
      break
    case 'unit':
      detail.append(...unitDetail(change, sources))
      break
    case 'file':
      detail.append(...fileDetail(change))
      break
    case 'coverage':
      detail.append(...coverageDetail(change, sources))
      break
  }
  return detail
}

function capabilityDetail(change: CapabilityChange, sources: Sides): HTMLElement[] {
  const { condition, uses, path } = change
  const parts: HTMLElement[] = []
  if (condition.old !== condition.new && (condition.new ?? condition.old) !== 'true') {
    parts.push(
      el('h4', {}, 'Condition'),
      sidesElement(conditionElements(condition.old), conditionElements(condition.new)),
    )
  }
  parts.push(...uses.map((use) => useElement(use, sources)))
  const source = change.change === 'lost' ? sources.old : sources.new
  const shown = uses.some(({ examples }) => [...examples.old, ...examples.new].some((each) => samePath(each, path)))
  if (!shown)
    parts.push(el('h4', {}, change.change === 'lost' ? 'The path there was' : 'The path'), pathSteps(path, source))
  return parts
}

function valueDetail({ before, resource, path, sites }: ValueChange, sources: Sides): HTMLElement[] {
  const text = resourceText(resource)
  const now = [
    text === '' ? el('p', {}, 'worked out, not known') : literalList([text]),
    el('p', {}, plural(sites, 'place')),
    pathSteps(path, sources.new),
  ]
  return [sidesElement(before.length > 0 ? [literalList(before)] : [], now)]
}

function samePath(a: readonly Step[], b: readonly Step[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

const conditionElements = (condition: string | null): HTMLElement[] =>
  condition === null ? [] : [el('p', {}, condition === 'true' ? 'always' : code(wholeCondition(condition)))]

function useElement(use: UseChange, sources: Sides): HTMLElement {
  const { calls, sites, condition, literals, examples } = use
  const side = (at: 'old' | 'new', words: readonly string[]): HTMLElement[] => {
    const under = condition[at]
    if (sites[at] === 0) return []
    return [
      el('p', {}, plural(sites[at], 'place'), under !== null && under !== 'true' && ` ${wholeCondition(under)}`),
      ...(words.length > 0 ? [el('p', {}, 'only here: ', literalList(words))] : []),
      ...examples[at].map((path) => pathSteps(path, sources[at])),
    ]
  }
  return el(
    'section',
    { class: 'use' },
    el('h4', {}, code(calls, { class: 'power' })),
    sidesElement(side('old', literals.lost), side('new', literals.gained)),
  )
}

/** Before and after, side by side where there is room; a side without anything takes little of it. */
function sidesElement(old: readonly HTMLElement[], now: readonly HTMLElement[]): HTMLElement {
  const side = (kind: string, title: string, content: readonly HTMLElement[]): HTMLElement =>
    el(
      'div',
      { class: `side ${kind}` },
      el('h5', {}, title),
      ...(content.length > 0 ? content : [el('p', { class: 'quiet' }, 'not there')]),
    )
  const empty = old.length === 0 ? ' only-new' : now.length === 0 ? ' only-old' : ''
  return el('div', { class: `sides${empty}` }, side('old', 'Before', old), side('new', 'After', now))
}

/** In full: the line above cuts commits. */
function sourceDetail({ source, text }: SourceChange): HTMLElement {
  const side = (at: 'old' | 'new'): HTMLElement[] => {
    const { checksum } = source[at]
    return [
      el('p', {}, code(text[at])),
      ...(checksum === undefined ? [] : [el('p', { class: 'quiet' }, code(`sha256 ${checksum}`))]),
    ]
  }
  return sidesElement(side('old'), side('new'))
}

/** The beginning of the unit's root file on each side: what runs when the crate is built is worth reading. */
function unitDetail({ digest, file, ids }: UnitChange, sources: Sides): HTMLElement[] {
  const side = (at: 'old' | 'new'): HTMLElement[] => {
    const [owner, sum] = [ids[at], digest[at]]
    if (owner === null || sum === null) return []
    return [el('p', { class: 'quiet' }, code(`sha256 ${sum}`)), sources[at](beginningOf(owner, file))]
  }
  return [sidesElement(side('old'), side('new'))]
}

function fileDetail({ format, bytes, sha256 }: FileChange): HTMLElement[] {
  const side = (at: 'old' | 'new'): HTMLElement[] => {
    const size = bytes[at]
    if (size === null) return []
    return [
      el('p', {}, crateText(format[at] ?? 'unknown'), `, ${sizeText(size)}`),
      el('p', { class: 'quiet' }, code(`sha256 ${sha256[at] ?? 'not known'}`)),
    ]
  }
  return [sidesElement(side('old'), side('new'))]
}

/** The places are those that the other side did not have: old ones when it got better, else new ones. */
function coverageDetail({ counts, examples, change }: CoverageChange, sources: Sides): HTMLElement[] {
  const places = examples.map((example) =>
    el(
      'div',
      {},
      el('p', {}, code(example.what), ' ', placeElement(example)),
      (change === 'better' ? sources.old : sources.new)(example),
    ),
  )
  const side = (count: number, shown: readonly HTMLElement[]): HTMLElement[] => [el('p', {}, String(count)), ...shown]
  return [
    sidesElement(
      side(counts.old, change === 'better' ? places : []),
      side(counts.new, change === 'better' ? [] : places),
    ),
  ]
}
