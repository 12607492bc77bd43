/** A list of which only the first elements are built, until more are asked for: a page of 10,000 findings opens at once. */
import { button, el } from './dom.js'

/** Appends elements of the items to `list`, and behind it a button while there are more. */
export function moreList<T>(
  list: HTMLElement,
  items: readonly T[],
  make: (item: T) => HTMLElement,
  amounts: { readonly first: number; readonly more: number },
): HTMLElement {
  let shown = 0
  const box = el('div', {}, list)
  const grow = (amount: number): HTMLElement | undefined => {
    const added = items.slice(shown, shown + amount).map(make)
    shown += added.length
    list.append(...added)
    return added[0]
  }
  grow(amounts.first)
  if (shown >= items.length) return box
  const press: HTMLButtonElement = button({ class: 'more' }, () => {
    const first = grow(amounts.more)
    if (shown >= items.length) press.remove()
    else press.textContent = label()
    // Whoever reads by keyboard goes on where the new part begins.
    first?.querySelector('button')?.focus()
  })
  const label = (): string => `Show ${Math.min(amounts.more, items.length - shown)} more of ${items.length - shown}`
  press.textContent = label()
  box.append(press)
  return box
}
