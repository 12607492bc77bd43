/**
 * What a finding is about: the package, a module of it, a function. Names groups, counts nothing.
 */
import type { FunctionNode } from '../graph/index.js'
import type { Granularity } from './findings.js'

/** A group's name; groups are compared by identity. */
export interface Group {
  readonly package: string
  readonly module?: string
  readonly function?: string
}

export interface Grouping {
  /** By number of function. */
  readonly ofFunction: readonly Group[]
  /** For what belongs to a package but to no function of it. */
  readonly ofPackage: (id: string) => Group
}

/** `site` groups as `function` does: a site is told apart by its place, not here. */
export function groupFunctions(functions: readonly FunctionNode[], granularity: Granularity): Grouping {
  const groups = new Map<string, Group>()
  const shared = (group: Group): Group => {
    const key = `${group.package}\0${group.module ?? ''}\0${group.function ?? ''}`
    const known = groups.get(key)
    if (known) return known
    groups.set(key, group)
    return group
  }
  return {
    ofFunction: functions.map((node) => shared(groupOf(node, granularity))),
    ofPackage: (id) => shared({ package: id }),
  }
}

function groupOf(node: FunctionNode, granularity: Granularity): Group {
  if (granularity === 'crate') return { package: node.package }
  if (granularity === 'module') return { package: node.package, module: node.module }
  return { package: node.package, module: node.module, function: node.path }
}
