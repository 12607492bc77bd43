/**
 * The dependency tree with capabilities on it, as the tree pattern of the ARIA Authoring Practices: arrows walk and
 * unfold, Enter shows the findings of one package. Only what is unfolded is built.
 */
import { type DependencyTree, dependencyTree, type TreeChild } from './dependency-tree.js'
import { button, el } from './dom.js'
import { type Filter, matcher } from './filter.js'
import type { Model, Row } from './model.js'
import type { Store } from './store.js'
import { belowBadges, kindNotes, ownBadges } from './tree-badges.js'
import { treeKeys } from './tree-keys.js'
import { packageName } from './words.js'

/** Trees with at most so many packages begin unfolded. */
const SMALL_TREE = 40

interface Drawn {
  readonly tree: DependencyTree
  readonly own: ReadonlyMap<string, ReadonlyMap<string, boolean>>
  readonly selected: string
  /** Counts the items, to tell them apart: a package may stand in the tree several times. */
  readonly numbers: { next: number }
}

/** The section's content: the tree and what unfolds it all. */
export function treeView(model: Model, store: Store): HTMLElement[] {
  const unfolded = new Set<string>(
    model.page.packages.length <= SMALL_TREE ? model.packages.keys() : model.tree.roots.map(({ id }) => id),
  )
  const root = el('ul', { role: 'tree', 'aria-label': 'dependency tree', class: 'tree' })
  let focused = ''
  const draw = (): void => {
    const drawn = drawnFor(model, store.view().filter)
    const hadFocus = root.contains(document.activeElement)
    root.replaceChildren(...drawn.tree.roots.map((child) => treeItem(child, '', 1, drawn, unfolded)))
    const items = [...root.querySelectorAll<HTMLElement>('[role=treeitem]')]
    const at = items.find((item) => item.dataset['at'] === focused) ?? items[0]
    if (at) at.tabIndex = 0
    if (hadFocus) at?.focus()
  }
  const select = (id: string): void => store.filter({ package: store.view().filter.package === id ? '' : id })
  const unfold = (id: string, open: boolean): void => {
    if (open) unfolded.add(id)
    else unfolded.delete(id)
    draw()
  }
  treeKeys(root, { unfold, select, onFocus: (at) => (focused = at) })
  root.addEventListener('click', (event) => {
    const target = event.target as Element
    const item = target.closest<HTMLElement>('[role=treeitem]')
    const id = item?.dataset['id']
    if (!item || id === undefined) return
    focused = item.dataset['at'] ?? ''
    if (target.closest('.twisty') && item.ariaExpanded !== null) unfold(id, !unfolded.has(id))
    else select(id)
  })
  let selected = ''
  store.onFilter(({ filter }) => {
    // What was chosen elsewhere must be seen here; what the reader then folds stays folded.
    if (filter.package !== selected) for (const id of model.tree.chainOf(filter.package).slice(0, -1)) unfolded.add(id)
    selected = filter.package
    draw()
  })
  const all = (open: boolean) => (): void => {
    unfolded.clear()
    for (const id of open ? model.packages.keys() : model.tree.roots.map((child) => child.id)) unfolded.add(id)
    draw()
  }
  return [
    el('p', { class: 'tree-tools' }, button({}, all(true), 'Unfold all'), ' ', button({}, all(false), 'Fold')),
    root,
  ]
}

/** Capabilities that pass the filter, and whether each is certain, by package. */
function drawnFor(model: Model, filter: Filter): Drawn {
  const shown = matcher({ ...filter, package: '', through: false })
  const own = new Map<string, Map<string, boolean>>()
  for (const row of model.rows) if (row.finding.reach === 'direct' && shown(row)) note(own, row)
  const tree = dependencyTree(model.page.packages, (id) => [...(own.get(id)?.keys() ?? [])])
  return { tree, own, selected: filter.package, numbers: { next: 0 } }
}

function note(own: Map<string, Map<string, boolean>>, { owner, finding }: Row): void {
  const capabilities = own.get(owner.id) ?? new Map<string, boolean>()
  capabilities.set(finding.capability, capabilities.get(finding.capability) === true || finding.certainty === 'certain')
  own.set(owner.id, capabilities)
}

function treeItem(
  child: TreeChild,
  parent: string,
  level: number,
  drawn: Drawn,
  unfolded: ReadonlySet<string>,
): HTMLElement {
  const { tree, own, selected } = drawn
  const number = drawn.numbers.next
  drawn.numbers.next += 1
  const children = child.unfolds ? tree.childrenOf(child.id) : []
  const open = unfolded.has(child.id)
  const mine = own.get(child.id) ?? new Map<string, boolean>()
  const within = tree.capabilitiesWithin(child.id)
  // What is folded away must not hide what it can do.
  const below = children.length > 0 && !open ? within.filter((capability) => !mine.has(capability)) : []
  const item = el(
    'li',
    {
      role: 'treeitem',
      'aria-level': level,
      'aria-expanded': children.length > 0 ? String(open) : undefined,
      'aria-selected': String(selected === child.id),
      // Its name is its own line, not all that is unfolded below it.
      'aria-labelledby': `node-${number}`,
      tabindex: -1,
      'data-id': child.id,
      // Unique: a package may stand below several, but unfolds below one.
      'data-at': `${parent} > ${child.id}`,
      class: within.length === 0 ? 'without' : undefined,
    },
    el(
      'div',
      { class: 'node', id: `node-${number}` },
      el('span', { class: 'twisty', 'aria-hidden': 'true' }, children.length === 0 ? '' : open ? '▾' : '▸'),
      packageName(child.id),
      ...kindNotes(child, tree),
      ' ',
      ...ownBadges(mine),
      ...belowBadges(below),
    ),
  )
  if (open && children.length > 0) {
    item.append(
      el('ul', { role: 'group' }, ...children.map((next) => treeItem(next, child.id, level + 1, drawn, unfolded))),
    )
  }
  return item
}
