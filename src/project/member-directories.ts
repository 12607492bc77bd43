/**
 * The directories that `members` of a workspace names, without those that `exclude` names. Members never lead outside the
 * workspace root (law 4).
 */
import { join, relative, sep } from 'node:path'
import { isInside } from './directory-tree.js'
import type { FileView } from './file-view.js'
import type { RawWorkspace } from './manifest-schema.js'
import { expandMemberPattern, isExcludedMember } from './member-globs.js'

/** A member that cargo compiles, or refuses, and that is not looked at. */
export interface MissingMember {
  /** As written, or what a pattern found. */
  readonly member: string
  readonly why: string
}

/** Absolute directories of the members that `members` names. */
export function memberDirectories(
  view: FileView,
  root: string,
  workspace: RawWorkspace,
  missing: MissingMember[],
): readonly string[] {
  const absent: MissingMember[] = []
  const found = expandMembers(view, root, workspace.members ?? [], absent)
  missing.push(...absent.filter(({ member }) => !isExcludedMember(member, workspace)))
  return found.filter((directory) => !isExcludedMember(relative(root, directory).split(sep).join('/'), workspace))
}

/** Absolute directories that patterns name; those that hold no manifest, or lead outside, are noted and left out. */
export function expandMembers(
  view: FileView,
  root: string,
  patterns: readonly string[],
  missing: MissingMember[],
): readonly string[] {
  return patterns.flatMap((pattern) => {
    const directories = expandMemberPattern(root, pattern, view)
    if (!directories) missing.push({ member: pattern, why: OUTSIDE })
    if (directories?.length === 0) missing.push({ member: pattern, why: NO_DIRECTORY })
    return (directories ?? []).flatMap((path) => {
      const directory = join(root, path)
      // Also what a pattern finds: cargo passes over files, and wants a manifest in every directory.
      const real = view.realPath(directory)
      const hasManifest = view.realPath(join(directory, 'Cargo.toml')) !== undefined
      if (hasManifest && real !== undefined && isInside(root, real)) return [real]
      missing.push({ member: path, why: hasManifest ? OUTSIDE : whyMissing(view, directory) })
      return []
    })
  })
}

function whyMissing(view: FileView, directory: string): string {
  const absence = view.absence(directory)
  if (absence?.kind === 'link') return OUTSIDE
  return absence?.kind === 'untracked' || absence?.kind === 'ignored' ? absence.why : NO_MANIFEST
}

const NO_DIRECTORY = 'finds no directory'
const NO_MANIFEST = 'has no Cargo.toml'
const OUTSIDE = 'leads out of the workspace, where nothing is looked at'
