/** What stands behind a package's name in the tree: what for it is needed, what it can do, and what is folded below it. */
import { escapeText } from '../escape.js'
import { compareCapabilities, toneOf } from '../severity.js'
import { nameText, plural } from '../spelling.js'
import type { DependencyTree, TreeChild } from './dependency-tree.js'
import { el } from './dom.js'
import { capabilityBadge } from './words.js'

/** Signs of one package; more are counted. */
const MAX_BADGES = 6

/** What for, when not for the program; and where its own dependencies stand, when not here. */
export function kindNotes({ id, kinds, unfolds }: TreeChild, tree: DependencyTree): (HTMLElement | string)[] {
  const all: (HTMLElement | string)[] = []
  if (kinds.length > 0 && !kinds.includes('normal')) all.push(' ', el('span', { class: 'note' }, kinds.join(', ')))
  if (!unfolds && tree.childrenOf(id).length > 0) {
    const at = tree.chainOf(id).at(-2)
    all.push(' ', el('span', { class: 'note elsewhere' }, `see under ${at === undefined ? 'the top' : nameText(at)}`))
  }
  return all
}

/** Its own capabilities, and whether each is certain. */
export function ownBadges(mine: ReadonlyMap<string, boolean>): (HTMLElement | string)[] {
  const sorted = [...mine].sort(([a], [b]) => compareCapabilities(a, b))
  const loud = sorted.filter(([capability]) => toneOf(capability) !== 'quiet').slice(0, MAX_BADGES)
  const rest = sorted.filter((each) => !loud.includes(each)).map(([capability]) => capability)
  return [
    ...loud.flatMap(([capability, certain]) => [capabilityBadge(capability, { possible: !certain }), ' ']),
    ...(rest.length > 0 ? [el('span', { class: 'rest', title: escapeText(rest.join(', ')) }, `+${rest.length}`)] : []),
  ]
}

/** Capabilities of what is folded away. */
export function belowBadges(below: readonly string[]): (HTMLElement | string)[] {
  const loud = below.filter((capability) => toneOf(capability) !== 'quiet').slice(0, MAX_BADGES)
  if (below.length === 0) return []
  const rest = below.length - loud.length
  return [
    el('span', { class: 'below-label' }, ' below: '),
    ...loud.flatMap((capability) => [capabilityBadge(capability, { below: true }), ' ']),
    ...(rest > 0 ? [el('span', { class: 'rest', title: plural(rest, 'other') }, `+${rest}`)] : []),
  ]
}
