/** The keyboard of the dependency tree, as the ARIA Authoring Practices describe it. */

export interface TreeActions {
  unfold(id: string, open: boolean): void
  select(id: string): void
  /** Told the place in the tree, which stands in `data-at`. */
  onFocus(at: string): void
}

/** Listens on the element with role `tree`; its items carry their package in `data-id`, their place in `data-at`. */
export function treeKeys(root: HTMLElement, actions: TreeActions): void {
  root.addEventListener('keydown', (event) => {
    const item = (event.target as Element).closest<HTMLElement>('[role=treeitem]')
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return
    const done = act(event.key, item, root, actions)
    if (done) event.preventDefault()
  })
}

function act(key: string, item: HTMLElement, root: HTMLElement, actions: TreeActions): boolean {
  const id = item.dataset['id'] ?? ''
  const items = [...root.querySelectorAll<HTMLElement>('[role=treeitem]')]
  const at = items.indexOf(item)
  const go = (to: HTMLElement | null | undefined): boolean => {
    if (!to) return true
    item.tabIndex = -1
    to.tabIndex = 0
    to.focus()
    actions.onFocus(to.dataset['at'] ?? '')
    return true
  }
  const expanded = item.getAttribute('aria-expanded')
  switch (key) {
    case 'ArrowDown':
      return go(items[at + 1])
    case 'ArrowUp':
      return go(items[at - 1])
    case 'Home':
      return go(items[0])
    case 'End':
      return go(items.at(-1))
    case 'ArrowRight':
      if (expanded === 'false') actions.unfold(id, true)
      else if (expanded === 'true') go(items[at + 1])
      return true
    case 'ArrowLeft':
      if (expanded === 'true') actions.unfold(id, false)
      else go(item.parentElement?.closest<HTMLElement>('[role=treeitem]'))
      return true
    case 'Enter':
    case ' ':
      actions.select(id)
      return true
    default:
      return /^[\p{L}\p{N}]$/u.test(key) && go(nextNamed(items, at, key))
  }
}

/** The next package whose name begins with the letter. */
function nextNamed(items: readonly HTMLElement[], at: number, letter: string): HTMLElement | undefined {
  const order = [...items.slice(at + 1), ...items.slice(0, at)]
  return order.find((item) => item.dataset['id']?.toLowerCase().startsWith(letter.toLowerCase()))
}
