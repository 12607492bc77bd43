/**
 * What a build in this directory would use, and what was read does not have: members and configuration that lie on disk and
 * are not tracked by git. Nothing of it is read; it is told, since whoever builds here builds something else.
 */
import { dirname, join, relative, sep } from 'node:path'
import { DISK } from './file-view.js'
import { MAX_PARENT_DIRECTORIES } from './limits.js'
import { memberDirectories } from './member-directories.js'
import type { PathWorkspace } from './path-packages.js'

/** A sentence each. */
export function untrackedProblems({ root, raw, view }: PathWorkspace): readonly string[] {
  if (view === DISK) return []
  const directories = memberDirectories(DISK, root, raw.workspace ?? {}, [])
  const onDisk = [...directories.map((directory) => join(directory, 'Cargo.toml')), ...configurationFiles(root)]
  return onDisk.flatMap((path) => {
    const absence = DISK.realPath(path) === undefined ? undefined : view.absence(path)
    return absence?.kind === 'untracked' || absence?.kind === 'ignored' ? [`${shown(root, path)} ${absence.why}`] : []
  })
}

const shown = (root: string, path: string): string => relative(root, path).split(sep).join('/')

/** Where cargo's configuration may stand: in the workspace and above it. Outside of the repository nothing is untracked. */
function configurationFiles(directory: string, level = 0): readonly string[] {
  const files = ['.cargo/config.toml', '.cargo/config'].map((name) => join(directory, name))
  const above = dirname(directory)
  return above === directory || level === MAX_PARENT_DIRECTORIES
    ? files
    : [...files, ...configurationFiles(above, level + 1)]
}
