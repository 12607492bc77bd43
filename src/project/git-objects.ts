/**
 * A git repository's objects, read in memory by isomorphic-git. Git itself is never started: a repository's configuration
 * may name programs for it to run (fsmonitor, filters, hooks, a pager), and the repository is the crate's (law 5).
 * Nothing is written: the file system that the library is handed cannot.
 */
import { existsSync, promises, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expandOid, readBlob, readCommit, readTree, resolveRef } from 'isomorphic-git'
import { messageOf, ProjectError } from './errors.js'
import { MAX_COMMIT_STEPS, MAX_INFLATED_BYTES, MAX_TREE_DEPTH, MAX_TREE_FILES } from './limits.js'

export interface GitFile {
  /** From the top of the repository, with `/`. */
  readonly path: string
  readonly bytes: Uint8Array
  /** A symbolic link, whose bytes are where it leads. */
  readonly link: boolean
}
export interface GitFiles {
  readonly files: readonly GitFile[]
  /** What is not a file of this repository. */
  readonly submodules: readonly string[]
}

interface Repository {
  readonly fs: { readonly promises: Readonly<Record<string, unknown>> }
  /** Where objects and references are. */
  readonly gitdir: string
  /** Of a worktree its own, where HEAD is. */
  readonly headDirectory: string
  /** Lets the library keep the packs that it has read. */
  readonly cache: object
}

/** All files of a revision of the repository whose top is `top`. Throws ProjectError. */
export async function readRevision(top: string, revision: string): Promise<GitFiles> {
  const repository = openRepository(top)
  let commit: string
  try {
    commit = await commitOf(repository, revision)
  } catch (thrown) {
    throw new ProjectError(
      `There is no revision ${revision} in the git repository`,
      messageOf(thrown),
      'Name a branch, a tag or a commit that was fetched; `~N` and `^N` may follow.',
    )
  }
  try {
    return await filesOf(repository, commit)
  } catch (thrown) {
    throw new ProjectError(
      `The revision ${revision} cannot be read`,
      messageOf(thrown),
      'If the clone is shallow or partial, fetch the whole revision; or name a checkout with --baseline-root.',
    )
  }
}

function openRepository(top: string): Repository {
  const refuse = async (): Promise<never> => {
    throw new Error('nothing is written to a repository')
  }
  const { readFile, readdir, readlink, stat, lstat } = promises
  const writing = { writeFile: refuse, mkdir: refuse, rmdir: refuse, unlink: refuse, symlink: refuse }
  const headDirectory = gitDirectoryOf(top)
  const common = join(headDirectory, 'commondir')
  const gitdir = existsSync(common) ? resolve(headDirectory, readFileSync(common, 'utf8').trim()) : headDirectory
  return {
    fs: { promises: { readFile, readdir, readlink, stat, lstat, ...writing } },
    gitdir,
    headDirectory,
    cache: {},
  }
}

/** `.git` itself, or where the file of that name of a worktree or submodule leads. */
function gitDirectoryOf(top: string): string {
  const place = join(top, '.git')
  const found = statSync(place, { throwIfNoEntry: false })
  if (found?.isDirectory()) return place
  const [, target] = (found?.isFile() && /^gitdir: (.+)$/m.exec(readFileSync(place, 'utf8'))) || []
  if (target !== undefined) return resolve(top, target.trim())
  throw new ProjectError(
    'The crate stands in no git repository',
    'neither its directory nor one above it has a .git',
    'Name a crate in a clone, or the old side with --baseline-root or --baseline-version.',
  )
}

/** The id of the commit that `main`, `v1.2`, `3f2a9c1`, `HEAD~2` or `main^2` means. */
async function commitOf(repository: Repository, revision: string): Promise<string> {
  const [, name = '', steps = ''] = /^(.*?)((?:~\d*|\^\d*)*)$/.exec(revision) ?? []
  let oid = await namedObject(repository, name === '@' ? 'HEAD' : name)
  let left = MAX_COMMIT_STEPS
  for (const [, kind, digits] of steps.matchAll(/([~^])(\d*)/g)) {
    const number = digits === '' ? 1 : Number(digits)
    const generations = kind === '~' ? number : Math.min(number, 1)
    for (let i = 0; i < generations; i++) {
      if (left-- === 0) throw new Error(`more than ${MAX_COMMIT_STEPS} commits back`)
      oid = await parentOf(repository, oid, kind === '~' ? 1 : number)
    }
  }
  return (await readCommit({ ...plain(repository), oid })).oid
}

async function parentOf(repository: Repository, oid: string, number: number): Promise<string> {
  const { commit, oid: peeled } = await readCommit({ ...plain(repository), oid })
  const parent = commit.parent[number - 1]
  if (parent === undefined) throw new Error(`commit ${peeled} has no parent ${number}`)
  return parent
}

/** A name before an abbreviated id, as git looks them up. */
async function namedObject(repository: Repository, name: string): Promise<string> {
  if (/^[0-9a-f]{40}$/.test(name)) return name
  if (name === 'HEAD') return headOf(repository)
  try {
    return await resolveRef({ ...plain(repository), ref: name })
  } catch (thrown) {
    if (!/^[0-9a-f]{4,39}$/.test(name)) throw thrown
    return expandOid({ ...plain(repository), oid: name })
  }
}

async function headOf(repository: Repository): Promise<string> {
  const text = readFileSync(join(repository.headDirectory, 'HEAD'), 'utf8').trim()
  const [, ref] = /^ref: (.+)$/.exec(text) ?? []
  return ref === undefined ? text : resolveRef({ ...plain(repository), ref })
}

async function filesOf(repository: Repository, commit: string): Promise<GitFiles> {
  const files: GitFile[] = []
  const submodules: string[] = []
  let bytes = 0
  const walk = async (oid: string, prefix: string, depth: number): Promise<void> => {
    if (depth > MAX_TREE_DEPTH) throw new Error(`${prefix} is nested too deeply`)
    const { tree } = await readTree({ ...plain(repository), oid })
    for (const entry of tree) {
      const path = prefix + entry.path
      if (entry.type === 'tree') await walk(entry.oid, `${path}/`, depth + 1)
      else if (entry.type === 'commit') submodules.push(path)
      else {
        const { blob } = await readBlob({ ...plain(repository), oid: entry.oid })
        bytes += blob.length
        if (bytes > MAX_INFLATED_BYTES) throw new Error(`it has more than ${MAX_INFLATED_BYTES} bytes`)
        if (files.length >= MAX_TREE_FILES) throw new Error(`it has more than ${MAX_TREE_FILES} files`)
        files.push({ path, bytes: blob, link: entry.mode === '120000' })
      }
    }
  }
  await walk(commit, '', 0)
  return { files, submodules }
}

/** What every call of the library takes. */
const plain = ({ fs, gitdir, cache }: Repository) => ({ fs: fs as never, gitdir, cache })
