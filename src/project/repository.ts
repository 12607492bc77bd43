/**
 * Where packages stand in the repository that holds their workspace, so that a report can name files as a reviewer of that
 * repository does. It only looks whether `.git` is there: what is in it is never read, and git is not started.
 */
import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { isInside } from './directory-tree.js'
import { MAX_PARENT_DIRECTORIES } from './limits.js'

/** The nearest directory with `.git` (a worktree has a file of that name), at or above `directory`; else that itself. */
export function repositoryOf(directory: string): string {
  let at = directory
  for (let level = 0; level < MAX_PARENT_DIRECTORIES; level++) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) break
    at = dirname(at)
  }
  return directory
}

/** The directory relative to the repository, with `/`, `.` for the repository itself; undefined outside. Both are real paths. */
export function placeInRepository(repository: string, directory: string): string | undefined {
  if (!isInside(repository, directory)) return undefined
  return relative(repository, directory).split(sep).join('/') || '.'
}
