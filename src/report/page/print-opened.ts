/** A diff on paper: everything is opened before printing and closed after, since a diff is short. */

/** More items than this stay as they are on the screen. */
const MAX_OPENED = 300

/** Opens the items of `list` for paper. */
export function printOpened(list: HTMLElement): void {
  let opened: HTMLElement[] = []
  addEventListener('beforeprint', () => {
    opened = [...list.querySelectorAll<HTMLElement>('.head[aria-expanded="false"]')].slice(0, MAX_OPENED)
    for (const head of opened) head.click()
  })
  addEventListener('afterprint', () => {
    for (const head of opened) head.click()
    opened = []
  })
}
