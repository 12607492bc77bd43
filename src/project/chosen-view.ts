/** What a directory is read from, as the caller chose: the disk, a git revision, or what is staged. */
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ProjectError } from '../base/index.js'
import { DISK, type FileView } from './file-view.js'
import { viewOfIndex, viewOfRevision } from './git-revision.js'
import type { LoadOptions } from './options.js'

export interface ChosenView {
  readonly view: FileView
  /** The directory without links; of git it need not be on disk. */
  readonly directory: string
}

/** The options that choose. */
export type ViewOptions = Pick<LoadOptions, 'revision' | 'staged' | 'oldSide'>

/** The view of a directory, whose path is absolute. Throws ProjectError. */
export function chosenView(path: string, { revision, staged, oldSide }: ViewOptions): ChosenView {
  if (revision !== undefined && staged === true) {
    throw new ProjectError('A revision and what is staged were asked for', 'each is all that is read', 'Leave one out.')
  }
  const directory = realDirectory(path)
  if (staged === true) return { view: viewOfIndex(nearest(directory)), directory }
  if (revision === undefined) return { view: DISK, directory }
  const beside = oldSide === true ? 'unknown' : 'disk'
  return { view: viewOfRevision(nearest(directory), revision, beside), directory }
}

/** Whether something else than the disk is asked for. */
export function isOfGit({ revision, staged }: ViewOptions): boolean {
  return revision !== undefined || staged === true
}

/** The directory, or the first above it that is on disk. */
function nearest(directory: string): string {
  return existsSync(directory) || dirname(directory) === directory ? directory : nearest(dirname(directory))
}

/** Without links, as far as it is on disk. */
function realDirectory(path: string): string {
  if (existsSync(path) || dirname(path) === path) return realpathSync(path)
  return join(realDirectory(dirname(path)), basename(path))
}
