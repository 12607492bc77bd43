/**
 * Where in the text of a Cargo.toml a dependency stands, for a reader: the parser keeps no places. Found by its lines, so a
 * manifest that is written in an odd way gives its first line.
 */
import type { ManifestDependency } from './dependency-tables.js'

export interface ManifestPlace {
  /** From 1. */
  readonly line: number
  readonly column: number
}

/** The entry of a dependency, or the head of its own table. */
export function placeOfDependency(text: string, { nameInToml, kind }: ManifestDependency): ManifestPlace {
  const table = kind === 'normal' ? 'dependencies' : `${kind}-dependencies`
  let inTable = false
  for (const [index, line] of text.split('\n').entries()) {
    const head = /^\s*\[+([^\]]*)\]/.exec(line)?.[1]?.replaceAll(/["'\s]/g, '')
    if (head !== undefined) {
      inTable = head === table || head.endsWith(`.${table}`)
      if (head === `${table}.${nameInToml}` || head.endsWith(`.${table}.${nameInToml}`)) return at(index, line)
      continue
    }
    const key = /^\s*["']?([\w-]+)["']?\s*[.=]/.exec(line)?.[1]
    if (inTable && key === nameInToml) return at(index, line)
  }
  return { line: 1, column: 1 }
}

const at = (index: number, line: string): ManifestPlace => ({ line: index + 1, column: line.search(/\S/) + 1 })
