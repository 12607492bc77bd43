/** What is checked out where a crate stands: for whoever judges a commit, and not what a step before may have left on disk. */
import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { commitOfRevision, repositoryOf } from '../project/index.js'

/**
 * The commit that a revision means in the repository of a directory. Undefined where the directory is in no repository:
 * sources may come without one, as an archive. Throws ProjectError when the repository has no such revision.
 */
export function commitIn(directory: string, revision: string): string | undefined {
  const real = realpathSync(directory)
  return existsSync(join(repositoryOf(real), '.git')) ? commitOfRevision(real, revision) : undefined
}
