/**
 * The directories that `members` of a workspace names, without those that `exclude` names. Members never lead outside the
 * workspace root (law 4).
 */
import { join, relative, sep } from 'node:path'
import { isInside } from './directory-tree.js'
import type { FileView } from './file-view.js'
import type { RawWorkspace } from './manifest-schema.js'
import { expandMemberPattern, isExcluded } from './member-globs.js'

/** What is told apart while members are looked for. */
export interface MemberTrouble {
  readonly problems: string[]
  /** Members that are named and have no Cargo.toml. */
  readonly missing: string[]
}

/** Absolute directories of the members that `members` names. */
export function memberDirectories(
  view: FileView,
  root: string,
  workspace: RawWorkspace,
  trouble: MemberTrouble,
): readonly string[] {
  return expandMembers(view, root, workspace.members ?? [], trouble).filter((directory) => {
    return !isExcluded(relative(root, directory).split(sep).join('/'), workspace.exclude ?? [])
  })
}

/** Absolute directories that patterns name; those that hold no manifest, or lead outside, are noted and left out. */
export function expandMembers(
  view: FileView,
  root: string,
  patterns: readonly string[],
  { problems, missing }: MemberTrouble,
): readonly string[] {
  return patterns.flatMap((pattern) => {
    const directories = expandMemberPattern(root, pattern, view)
    if (!directories) problems.push(`the workspace member ${pattern} leads outside the workspace and was left out`)
    return (directories ?? []).flatMap((path) => {
      const directory = join(root, path)
      if (view.realPath(join(directory, 'Cargo.toml')) === undefined) {
        if (!/[*?[]/.test(pattern)) missing.push(pattern)
        return []
      }
      const real = view.realPath(directory)
      if (real !== undefined && isInside(root, real)) return [real]
      problems.push(`the workspace member ${path} is a link that leads outside and was left out`)
      return []
    })
  })
}
