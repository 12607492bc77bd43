/** Which items are open, over every new drawing of a list; the one opened last stands in the address. */
import type { Store } from './store.js'

export interface OpenKeys {
  has(key: string): boolean
  toggle(key: string, open: boolean): void
}

/** Begins with what the address opens. */
export function openKeys(store: Store): OpenKeys {
  const open = new Set<string>()
  store.onFilter((view) => open.add(view.open))
  return {
    has: (key) => open.has(key),
    toggle(key, opened) {
      if (opened) open.add(key)
      else open.delete(key)
      if (opened || store.view().open === key) store.setOpen(opened ? key : '')
    },
  }
}

/** Goes to what the address opened, once it is drawn. */
export function showOpened(store: Store, list: HTMLElement): void {
  const { open } = store.view()
  if (open === '') return
  requestAnimationFrame(() => {
    list.querySelector(`[data-key="${CSS.escape(open)}"]`)?.scrollIntoView({ block: 'center' })
  })
}
