/**
 * A tree of directories that packages are found in: the disk, or a git revision (or what is staged) that was
 * never checked out. Paths are absolute in both, so that whoever finds members and path dependencies need not know which
 * it is. Throws ProjectError when an object of git's is not here or is damaged, in each of its functions.
 */
import { type Dirent, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, messageOf, ProjectError } from '../base/index.js'
import { type DirectoryTree, readBytesInside, readDirectoryTree, readFileInside } from './directory-tree.js'
import type { SourceText } from './workspace.js'

/** Why a path leads to nothing. */
export interface Absence {
  /**
   * missing: nothing has that name. Of a git revision or what is staged also, of what is on disk now: ignored, by a
   * `.gitignore`; untracked, by an oversight or not; other, of another revision. outside: it is not in the repository, and
   * what it was then is not known. submodule: its objects are not here. link: a link leads out, or in a circle.
   */
  readonly kind: 'missing' | 'ignored' | 'untracked' | 'other' | 'outside' | 'submodule' | 'link'
  /** Words that follow the path, or `it`, in a sentence. */
  readonly why: string
}

export interface FileView {
  /** What a reader calls it: `the disk`, `the revision main`, `what is staged`. */
  readonly name: string

  /** The path without links; undefined when there is nothing that can be read. */
  realPath(path: string): string | undefined
  /** Names of the directories in a directory; links are passed over. */
  directoriesIn(path: string): readonly string[]
  /** Names of the links in a directory that do not plainly lead to a file: cargo follows them where it lists directories. */
  linksIn(path: string): readonly string[]
  /** Whether the last part of a path is a link, wherever that leads, or to nothing. */
  isLink(path: string): boolean
  /** Names of the files in a directory. */
  filesIn(path: string): readonly string[]
  /** The text of a file below a directory, whose path is real; undefined when there is none, or it is outside. */
  readInside(directory: string, path: string): SourceText | undefined
  /** The bytes of such a file, for what is no text. Throws when it is too large or cannot be read. */
  bytesInside(directory: string, path: string): Buffer | undefined
  /** Why `realPath` knows nothing of a path; undefined when it does. */
  absence(path: string): Absence | undefined
  /** Everything below a directory, whose path is real. Throws when it is none. */
  treeOf(directory: string): DirectoryTree
}

/** The disk as it is. */
export const DISK: FileView = {
  name: 'the disk',
  realPath: (path) => {
    try {
      return realpathSync(path)
    } catch {
      // Whoever asks says what is missing, in the words of the manifest.
      return undefined
    }
  },
  directoriesIn: (path) => namesIn(path, (entry) => entry.isDirectory()),
  filesIn: (path) => namesIn(path, (entry) => entry.isFile()),
  linksIn: (path) => namesIn(path, (entry) => entry.isSymbolicLink() && leadsToDirectory(join(path, entry.name))),
  isLink: (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false,
  readInside: readFileInside,
  bytesInside: readBytesInside,
  absence: (path) => {
    try {
      realpathSync(path)
      return undefined
    } catch (thrown) {
      return { kind: 'missing', why: codeOf(thrown) === 'ENOENT' ? 'is not there' : messageOf(thrown) }
    }
  },
  treeOf: readDirectoryTree,
}

function namesIn(path: string, keep: (entry: Dirent) => boolean): readonly string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true })
    return entries.filter(keep).map(({ name }) => name)
  } catch (thrown) {
    // A member pattern may run through what is no directory; it then names nothing there.
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw new ProjectError(
      `The directory ${path} cannot be read`,
      messageOf(thrown),
      'Make it readable: workspace members may be in it.',
    )
  }
}

function leadsToDirectory(link: string): boolean {
  try {
    return statSync(link).isDirectory()
  } catch {
    // Cargo sees nothing there either.
    return false
  }
}
