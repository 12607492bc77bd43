/**
 * The way into the room: from what the user names to a Workspace. Each kind of spec brings its roots and lockfile; the
 * rest is the same for all.
 */
import { ProjectError } from '../base/index.js'
import { archiveRootPackages, registryRootPackages } from './archive-roots.js'
import { type AssemblyInput, assembleWorkspace } from './assemble.js'
import { isOfGit } from './chosen-view.js'
import { directoryRootPackages } from './directory-roots.js'
import { printLockfile } from './lockfile-text.js'
import type { LoadOptions } from './options.js'
import { parseSpec } from './spec.js'
import type { LockChoice, Workspace } from './workspace.js'

/**
 * Loads a crate and everything it is compiled with.
 * `spec`: a directory or Cargo.toml, `name`, `name@1.2.3`, `name@^1`, or a `.crate` file.
 * Throws ProjectError for trouble that ends the run; what can be gone on without is in the workspace's diagnostics.
 */
export async function loadWorkspace(spec: string, options: LoadOptions): Promise<Workspace> {
  return assembleWorkspace(await findRoots(spec, options), options)
}

export interface LockedCrate {
  /** As a lockfile's text: every version, with checksums. */
  readonly lockfile: string
  readonly lockedBy: LockChoice
  /** What a lockfile does not say of itself: where cargo might have chosen otherwise. */
  readonly notes: readonly string[]
}

/**
 * Chooses the lockfile by which a published crate is built on its own, and sees to it that all that is built then is on this
 * machine. Loaded by that lockfile, offline, the crate is the same. Throws ProjectError.
 */
export async function lockCrate(spec: string, options: LoadOptions): Promise<LockedCrate> {
  const roots = await findRoots(spec, options)
  await assembleWorkspace(roots, options)
  const { lockfile, lockedBy, diagnostics } = roots
  return { lockfile: printLockfile(lockfile), lockedBy, notes: diagnostics.map(({ message }) => message) }
}

async function findRoots(spec: string, options: LoadOptions): Promise<AssemblyInput> {
  const asked = parseSpec(spec, options.manifestPath, isOfGit(options))
  if (isOfGit(options) && asked.k !== 'directory') {
    throw new ProjectError(
      options.revision === undefined ? `Nothing of ${spec} is staged` : `${spec} has no revision ${options.revision}`,
      'only a directory stands in a git repository; this is a package of a registry or an archive',
      'Name the directory of the crate in its clone.',
    )
  }
  switch (asked.k) {
    case 'directory':
      return directoryRootPackages(asked.manifest, options)
    case 'archive':
      return archiveRootPackages(asked.path, options)
    case 'registry':
      return registryRootPackages(asked.name, asked.requirement, options)
  }
}
