/**
 * The directories that `members` of a workspace names, without those that `exclude` names. Members never lead outside the
 * workspace root (law 4).
 */
import { join, relative, sep } from 'node:path'
import { isInside } from './directory-tree.js'
import type { FileView } from './file-view.js'
import type { RawWorkspace } from './manifest-schema.js'
import { expandMemberPattern, isExcludedMember } from './member-globs.js'

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
  const missing: string[] = []
  const found = expandMembers(view, root, workspace.members ?? [], { problems: trouble.problems, missing })
  trouble.missing.push(...missing.filter((path) => !isExcludedMember(path, workspace)))
  return found.filter((directory) => !isExcludedMember(relative(root, directory).split(sep).join('/'), workspace))
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
    if (directories?.length === 0) missing.push(pattern)
    return (directories ?? []).flatMap((path) => {
      const directory = join(root, path)
      // Also what a pattern finds: cargo passes over files, and wants a manifest in every directory.
      if (view.realPath(join(directory, 'Cargo.toml')) === undefined) {
        missing.push(path)
        return []
      }
      const real = view.realPath(directory)
      if (real !== undefined && isInside(root, real)) return [real]
      problems.push(`the workspace member ${path} is a link that leads outside and was left out`)
      return []
    })
  })
}
