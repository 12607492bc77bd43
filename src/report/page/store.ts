/** The view that is shown, kept in the page's address; whoever draws is told when it changes. */
import { type Filter, NO_FILTER, type View, viewOfHash, viewToHash } from './filter.js'

export interface Store {
  view(): View
  /** Changes a part of the filter. */
  filter(change: Partial<Filter>): void
  reset(): void
  /** Remembers which finding is open, '' for none; nothing is drawn for it. */
  setOpen(key: string): void
  /** `draw` is called now, and at each change of the filter. */
  onFilter(draw: (view: View) => void): void
}

/** A store that begins with the view of the page's address. */
export function addressStore(): Store {
  let view = viewOfHash(location.hash)
  const listeners: ((view: View) => void)[] = []
  const show = (next: View, draw: boolean): void => {
    view = next
    const hash = viewToHash(view)
    if (hash !== location.hash.replace(/^#/, '')) history.replaceState(null, '', hash === '' ? '#' : `#${hash}`)
    if (draw) for (const listener of listeners) listener(view)
  }
  addEventListener('hashchange', () => show(viewOfHash(location.hash), true))
  return {
    view: () => view,
    filter: (change) => show({ ...view, filter: { ...view.filter, ...change } }, true),
    reset: () => show({ ...view, filter: NO_FILTER }, true),
    setOpen: (open) => show({ ...view, open }, false),
    onFilter(draw) {
      listeners.push(draw)
      draw(view)
    },
  }
}
