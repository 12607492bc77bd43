/** Paths from function to function in a line that may be too narrow: who has the power, at the end, is the last to go. */
import { checked } from '../base/index.js'
import { fitEnd } from './fit-name.js'
import { widthOf } from './layout.js'

const ARROW = ' → '

/**
 * `a → b → … → z`: the first and the last step always, as many of the others from the front as fit. `last` is the last
 * step in full, which stands there when it fits.
 */
export function fitPath(steps: readonly string[], last: string, width: number): string {
  for (const end of [last, checked(steps[steps.length - 1])]) {
    const all = [...steps.slice(0, -1), end]
    if (widthOf(all.join(ARROW)) <= width) return all.join(ARROW)
    for (let shown = steps.length - 2; shown > 0; shown--) {
      const text = [...all.slice(0, shown), '…', end].join(ARROW)
      if (widthOf(text) <= width) return text
    }
  }
  // What is at the end has the power: its name stays, whatever else has to go.
  const end = checked(steps[steps.length - 1])
  const first = steps.length > 1 ? `${steps[0]}${ARROW}${steps.length > 2 ? `…${ARROW}` : ''}` : ''
  if (widthOf(first) + MIN_NAME <= width) return first + fitEnd(end, width - widthOf(first))
  const gap = steps.length > 1 ? `…${ARROW}` : ''
  return gap + fitEnd(end, width - widthOf(gap))
}

/** Less of the last name than this is not worth the first step beside it. */
const MIN_NAME = 24
