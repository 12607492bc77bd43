/** A list item whose line is a button that opens what is below it. What is below is built when it is first opened. */
import { button, type Child, el } from './dom.js'

export interface OpenItem {
  /** Told to `onToggle`, and kept in the item. */
  readonly key: string
  readonly line: readonly Child[]
  detail(): HTMLElement
  onToggle(key: string, open: boolean): void
}

/** The item; opened at once when asked. */
export function openItem({ key, line, detail, onToggle }: OpenItem, open: boolean): HTMLElement {
  const item = el('li', { class: 'finding', 'data-key': key })
  const head = button(
    { class: 'head', 'aria-expanded': 'false' },
    () => toggle(head.getAttribute('aria-expanded') !== 'true'),
    ...line,
  )
  let below: HTMLElement | undefined
  const toggle = (wanted: boolean): void => {
    head.setAttribute('aria-expanded', String(wanted))
    if (wanted && !below) item.append((below = detail()))
    if (below) below.hidden = !wanted
    onToggle(key, wanted)
  }
  item.append(head)
  if (open) toggle(true)
  return item
}
