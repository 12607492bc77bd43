/**
 * The words by which a user names code of a crate (`--entry PATH`, `--through PACKAGE`), held against what there is: one that names
 * nothing is an error with the nearest names, never an empty answer.
 */
import { nearestWord, ProjectError } from '../base/index.js'
import { type Entry, isAtPath } from '../capabilities/index.js'
import type { CallGraph } from '../graph/index.js'
import type { Workspace } from '../project/index.js'

interface Named {
  readonly workspace: Pick<Workspace, 'roots' | 'packages'>
  readonly graph: Pick<CallGraph, 'functions'>
}

/** The entry of a word of the user's; everything without one. Throws ProjectError. */
export function entryOf(entry: string | undefined, { workspace, graph }: Named): Entry {
  if (entry === undefined) return 'all'
  if (entry === 'public' || entry === 'main') return entry
  const roots = new Set(workspace.roots)
  const own = graph.functions.filter((node) => roots.has(node.package))
  if (own.some((node) => isAtPath(node, entry))) return { path: entry }
  const paths = own.flatMap((node) => [node.path, node.module])
  // Functions of impls are told by their types where a path without `<` was asked for.
  const plain = paths.filter((path) => !path.startsWith('<'))
  const near = nearPaths(entry, new Set(entry.startsWith('<') || plain.length === 0 ? paths : plain))
  throw new ProjectError(
    `Nothing to start from at ${entry}`,
    workspace.roots.length === 1
      ? `${workspace.roots.join()} has no function, type or module of that path`
      : `none of ${workspace.roots.join(', ')} has a function, type or module of that path`,
    `Name public, main, or a path with its crate${near.length > 0 ? `: ${near.join(', ')}` : ', such as mycrate::module::function'}.`,
  )
}

/** Names that an error lists at most. */
const MAX_NEAR = 3

/** The paths that were probably meant: the same path with a mistake in it, the same last name, or one like it. */
function nearPaths(asked: string, paths: ReadonlySet<string>): readonly string[] {
  const near = new Set<string>()
  const whole = nearestWord(asked, ['public', 'main', ...paths])
  if (whole !== undefined) near.add(whole)
  const byName = new Map<string, string[]>()
  for (const path of [...paths].sort()) byName.set(lastName(path), [...(byName.get(lastName(path)) ?? []), path])
  const name = nearestWord(lastName(asked), byName.keys())
  for (const path of name === undefined ? [] : (byName.get(name) ?? [])) near.add(path)
  return [...near].slice(0, MAX_NEAR)
}

const lastName = (path: string): string => path.slice(path.lastIndexOf('::') + 1).replace(/^:/, '')

/** The packages, `name@version`, that a name or `name@version` means; all of them without one. Throws ProjectError. */
export function packagesOf(
  name: string | undefined,
  { packages, roots }: Pick<Workspace, 'packages' | 'roots'>,
): ReadonlySet<string> | undefined {
  if (name === undefined) return undefined
  const found = packages.filter((one) => one.id === name || one.name === name)
  if (found.length > 0) return new Set(found.map(({ id }) => id))
  const near = nearestWord(
    name,
    packages.map((one) => one.name),
  )
  throw new ProjectError(
    `No package ${name} to go through`,
    `neither ${roots.join(', ')} nor what it depends on has that name`,
    near === undefined ? 'Name one that `caps analyze` lists, as name or name@1.2.3.' : `Did you mean ${near}?`,
  )
}
