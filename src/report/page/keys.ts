/** Keys of the whole page: `/` to the search, arrows from finding to finding, Escape closes what is open. */

/** Listens on the document. */
export function pageKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const target = event.target as Element
    const typing = target.matches('input[type=search], select, textarea')
    if (act(event.key, target, typing)) event.preventDefault()
  })
}

function act(key: string, target: Element, typing: boolean): boolean {
  if (typing) return false
  switch (key) {
    case '/': {
      const search = document.querySelector<HTMLInputElement>('#search')
      search?.focus()
      search?.select()
      return search !== null
    }
    case 'ArrowDown':
      return walk(target, 1)
    case 'ArrowUp':
      return walk(target, -1)
    case 'Escape':
      return close(target)
    default:
      return false
  }
}

/** From one finding's line to the next; elsewhere arrows scroll, as everywhere. */
function walk(target: Element, by: number): boolean {
  if (!target.matches('.head')) return false
  const heads = [...document.querySelectorAll<HTMLElement>('.head')]
  heads[heads.indexOf(target as HTMLElement) + by]?.focus()
  return true
}

/** Closes the innermost thing that is open around the focus, and goes back to what opened it. */
function close(target: Element): boolean {
  const details = target.closest<HTMLDetailsElement>('details[open]')
  if (details) {
    details.open = false
    details.querySelector('summary')?.focus()
    return true
  }
  const head = target.closest('.finding')?.querySelector<HTMLElement>('.head')
  if (head?.getAttribute('aria-expanded') !== 'true') return false
  head.click()
  head.focus()
  return true
}
