/** Names of functions for a column that may be too narrow: the last name stays longest, and the gap is marked. */
import { cut, widthOf } from './layout.js'
import { homeOf, topLevelSegments } from './spelling.js'

/**
 * `rg::…::SearchWorker::search`, as much of the end as fits behind the crate; `<…::Reader as …::Read>::read` for a function of an
 * impl, or its own name behind the crate that it is of. Text is escaped already.
 */
export function fitName(name: string, width: number): string {
  if (widthOf(name) <= width) return name
  const ofImpl = /^<(.+) as (.+)>::([^<>]+)$/.exec(name)
  if (ofImpl) {
    const [type, trait] = [ofImpl[1], ofImpl[2]].map((path) => `…::${topLevelSegments(path as string).at(-1)}`)
    const [own, of] = [ofImpl[3], homeOf(name)]
    const choices = [`<${type} as ${trait}>::${own}`, ...(of === '' ? [] : [`${of}::…::${own}`]), `…::${own}`]
    return choices.find((text) => widthOf(text) <= width) ?? cut(`…::${own}`, width)
  }
  const [first = name, ...rest] = topLevelSegments(name)
  return longestEnd([first, '…'], rest.slice(1), width) ?? longestEnd(['…'], rest.slice(-1), width) ?? cut(name, width)
}

/** As much of the end of a name as fits, from a `::` on: `…::Command::spawn`; of a function of an impl its own name. */
export function fitEnd(name: string, width: number): string {
  if (widthOf(name) <= width) return name
  const rest = name.includes('<') ? [name.slice(name.lastIndexOf('::') + 2)] : name.split('::').slice(1)
  return longestEnd(['…'], rest, width) ?? cut(name, width)
}

/** What comes before, and as many of the last segments as fit; undefined where not even one does. */
function longestEnd(before: readonly string[], segments: readonly string[], width: number): string | undefined {
  for (let from = 0; from < segments.length; from++) {
    const text = [...before, ...segments.slice(from)].join('::')
    if (widthOf(text) <= width) return text
  }
  return undefined
}
