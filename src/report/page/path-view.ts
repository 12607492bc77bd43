/** A path as steps, each with its place and the source lines around it. */
import { placesOfPath } from '../excerpts.js'
import type { Step } from '../result.js'
import { pathNames } from '../spelling.js'
import { code, crateText, el } from './dom.js'
import type { SourceView } from './source-view.js'
import { placeElement } from './words.js'

/** More steps than this on one line are too many to read: the middle is counted. */
const MAX_STEPS_IN_LINE = 6

/** Short names in a row: `main → search → … → std::process::Command::spawn`. */
export function pathLine(path: readonly Step[]): HTMLElement {
  const { steps, last } = pathNames(path)
  const names = [...steps.slice(0, -1), last]
  const shown =
    names.length <= MAX_STEPS_IN_LINE
      ? names
      : [...names.slice(0, 2), `… ${names.length - 5} more …`, ...names.slice(-3)]
  const line = el('span', { class: 'path-line' })
  shown.forEach((name, index) => {
    if (index > 0) line.append(el('span', { class: 'arrow' }, ' → '))
    line.append(el('span', { class: index === shown.length - 1 ? 'power' : 'step' }, name))
  })
  return line
}

/** Each step with its source. The first stands where its function is declared, each other where it is referred to. */
export function pathSteps(path: readonly Step[], source: SourceView): HTMLElement {
  return el(
    'ol',
    { class: 'path' },
    ...placesOfPath(path).map((step, index) =>
      el(
        'li',
        {},
        el(
          'div',
          { class: 'step-head' },
          code(step.function, { class: index === path.length - 1 ? 'power' : 'step' }),
          ' ',
          el('span', { class: 'at' }, index === 0 && path.length > 1 ? 'declared at ' : 'named at '),
          placeElement(step),
        ),
        source(step),
      ),
    ),
  )
}

/** The chain of packages by which a package comes in. */
export function chainLine(chain: readonly string[], name: (id: string) => HTMLElement): HTMLElement {
  const line = el('span', {})
  chain.forEach((id, index) => {
    line.append(index > 0 ? ' → ' : '', name(id))
  })
  return line
}

/** Literals as Rust spells them, near enough to be read. */
export function literalList(literals: readonly string[]): HTMLElement {
  const line = el('span', { class: 'literals' })
  literals.forEach((literal, index) => {
    line.append(index > 0 ? ' ' : '', el('code', {}, crateText(JSON.stringify(literal))))
  })
  return line
}
