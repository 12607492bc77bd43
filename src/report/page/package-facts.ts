/** What there is to know of the one package whose findings are shown. */
import { sourceText } from '../source-text.js'
import { plural } from '../spelling.js'
import { publishedText, verifiedText } from '../verified-text.js'
import { code, el } from './dom.js'
import type { Model } from './model.js'
import { chainLine } from './path-view.js'
import type { Store } from './store.js'
import { packageName, stageLabel } from './words.js'

/** Crates of one package that are named; more are counted. */
const MAX_UNITS = 8

/** Draws into `box`: the package of the filter, nothing while there is none. */
export function packageFacts({ packages, tree, page }: Model, store: Store, box: HTMLElement): void {
  store.onFilter(({ filter }) => {
    const owner = packages.get(filter.package)
    if (!owner) {
      box.replaceChildren()
      return
    }
    const chain = tree.chainOf(owner.id)
    const users = page.packages.filter((user) => user.dependencies.some((used) => used.package === owner.id)).length
    const units = owner.units.slice(0, MAX_UNITS).flatMap(({ kind, root, stages }, index) => {
      const when = stages.map(stageLabel).join(', ')
      return [index > 0 ? '; ' : '', `${kind} (${when}) `, code(root)]
    })
    const more = owner.units.length - MAX_UNITS
    const made = publishedText(owner)
    box.replaceChildren(
      el('h3', {}, packageName(owner.id)),
      el(
        'p',
        {},
        'From ',
        code(owner.source ? sourceText(owner.source) : owner.origin),
        `; ${plural(owner.dependencies.length, 'dependency')}, used by ${plural(users, 'package')}.`,
      ),
      ...(owner.verified ? [el('p', {}, `Its files are vouched for ${verifiedText(owner.verified)}.`)] : []),
      ...(made === undefined ? [] : [el('p', {}, `Made, by its own account, from ${made}.`)]),
      ...(chain.length > 1 ? [el('p', { class: 'comes-in' }, 'Comes in by ', chainLine(chain, packageName))] : []),
      ...(units.length > 0 ? [el('p', {}, 'Crates: ', ...units, more > 0 ? `; ${more} more` : '')] : []),
    )
  })
}
