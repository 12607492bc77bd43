/** Names of functions for a column that may be too narrow: the crate and the last name stay, and the gap is marked. */
import { cut, widthOf } from './layout.js'
import { topLevelSegments } from './spelling.js'

/**
 * `rg::…::SearchWorker::search`, as much of the end as fits; `<…::Reader as …::Read>::read` for a function of an impl. Text is
 * escaped already.
 */
export function fitName(name: string, width: number): string {
  if (widthOf(name) <= width) return name
  const ofImpl = /^<(.+) as (.+)>::([^<>]+)$/.exec(name)
  if (ofImpl) {
    const [type, trait] = [ofImpl[1], ofImpl[2]].map((path) => `…::${topLevelSegments(path as string).at(-1)}`)
    const text = `<${type} as ${trait}>::${ofImpl[3]}`
    return widthOf(text) <= width ? text : cut(`${type}::${ofImpl[3]}`, width)
  }
  const [first = name, ...rest] = topLevelSegments(name)
  for (let kept = rest.length - 1; kept > 0; kept--) {
    const text = [first, '…', ...rest.slice(-kept)].join('::')
    if (widthOf(text) <= width) return text
  }
  const last = rest.at(-1)
  return last !== undefined && widthOf(last) + 3 <= width ? `…::${last}` : cut(name, width)
}
