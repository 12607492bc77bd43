/**
 * Where a git repository keeps its things: of a clone, a linked worktree, a submodule, and where alternates lead. It looks
 * at names and small files; what objects hold is not its matter.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { messageOf, ProjectError } from '../../base/index.js'
import { readBoundedText } from '../bounded-file.js'
import { MAX_ALTERNATES, MAX_PARENT_DIRECTORIES } from '../limits.js'
import { type GitSetting, parseGitConfig } from './config.js'

export interface GitPlaces {
  /** The top of the working tree: absolute, free of links. */
  readonly top: string
  /** HEAD and the index are here; a linked worktree has its own. */
  readonly own: string
  /** References, modules and the configuration are here. */
  readonly common: string
  /** Directories of objects: the repository's and its alternates'. */
  readonly objects: readonly string[]
  readonly hash: 'sha1' | 'sha256'
  /** References are files; of other formats (reftable) none can be read. */
  readonly references: 'files' | 'other'
  /** History ends before its beginning. */
  readonly shallow: boolean
  /** Objects may be missing that git would fetch when it needs them. */
  readonly partial: boolean
  /** The index that a hook is to look at, if git's environment names another one. */
  readonly index: string
}

/** The environment variables of git that say where things are: git sets them for its hooks. */
type GitEnvironment = Readonly<Record<string, string | undefined>>

/** What is known of later formats and changes nothing here. */
const KNOWN_EXTENSIONS = ['objectformat', 'refstorage', 'partialclone', 'worktreeconfig', 'noop', 'preciousobjects']
const LATER_EXTENSIONS = ['relativeworktrees', 'compatobjectformat', 'noop-v1', 'submodulepathconfig']

/** The repository that a directory stands in; `directory` is a real path. Throws ProjectError. */
export function repositoryPlaces(directory: string, environment: GitEnvironment = process.env): GitPlaces {
  const top = topAbove(directory)
  const named = environment['GIT_DIR']
  const found = top === undefined ? undefined : gitDirectoryOf(top)
  if (named !== undefined && named !== '') {
    const own = resolve(named)
    if (found === undefined && existsSync(own)) {
      return placesOf(realpathSync(environment['GIT_WORK_TREE'] ?? process.cwd()), own, environment)
    }
    if (found !== undefined && !isSame(own, found)) {
      throw new ProjectError(
        'GIT_DIR names another repository than the one that the crate stands in',
        `GIT_DIR is ${named}, the crate is in ${top}`,
        'Unset GIT_DIR, or run caps in the repository that it names.',
      )
    }
  }
  if (top !== undefined && found !== undefined) return placesOf(top, found, environment)
  throw new ProjectError(
    'The crate stands in no git repository',
    'neither its directory nor one above it has a .git',
    'Name a crate in a clone; of `caps diff` the old side may also be --baseline-root or --baseline-version.',
  )
}

/** The places of a submodule's repository, whose working tree is (or would be) at `top`. Throws ProjectError. */
export function submodulePlaces(top: string, own: string): GitPlaces {
  return placesOf(top, own, {})
}

function topAbove(directory: string): string | undefined {
  let at = directory
  for (let level = 0; level < MAX_PARENT_DIRECTORIES; level++) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return undefined
    at = dirname(at)
  }
  return undefined
}

/** `.git` itself, or where the file of that name of a worktree or submodule leads; undefined when it is neither. */
export function gitDirectoryOf(top: string): string | undefined {
  const place = join(top, '.git')
  const found = statSync(place, { throwIfNoEntry: false })
  if (found?.isDirectory()) return place
  if (!found?.isFile()) return undefined
  const [, target] = /^gitdir: (.+)$/m.exec(readBoundedText(place)) ?? []
  return target === undefined ? undefined : resolve(top, target.trim())
}

function isSame(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other)
  } catch {
    return false
  }
}

function placesOf(top: string, own: string, environment: GitEnvironment): GitPlaces {
  if (!existsSync(join(own, 'HEAD'))) {
    throw new ProjectError(
      'The git repository of the crate cannot be read',
      `${join(top, '.git')} leads to ${own}, which is no git directory`,
      'Check the clone with `git status`.',
    )
  }
  const common = existsSync(join(own, 'commondir')) ? resolve(own, readBoundedText(join(own, 'commondir')).trim()) : own
  const settings = settingsOf(common)
  const extensions = settings.filter(({ section }) => section === 'extensions')
  requireKnown(extensions, settings)
  const objects = objectDirectories(environment['GIT_OBJECT_DIRECTORY'] ?? join(common, 'objects'))
  const also = (environment['GIT_ALTERNATE_OBJECT_DIRECTORIES'] ?? '').split(':').filter((path) => path !== '')
  const index = environment['GIT_INDEX_FILE']
  return {
    top,
    own,
    common,
    objects: [...new Set([...objects, ...also.flatMap(objectDirectories)])],
    hash: last(extensions, 'objectformat') === 'sha256' ? 'sha256' : 'sha1',
    references: (last(extensions, 'refstorage') ?? 'files') === 'files' ? 'files' : 'other',
    shallow: existsSync(join(common, 'shallow')),
    partial: isPartial(settings, objects),
    index: index === undefined || index === '' ? join(own, 'index') : resolve(top, index),
  }
}

function settingsOf(common: string): readonly GitSetting[] {
  const file = join(common, 'config')
  try {
    return existsSync(file) ? parseGitConfig(readBoundedText(file)) : []
  } catch (thrown) {
    throw new ProjectError('The git repository cannot be read', messageOf(thrown), `Look at ${file}.`)
  }
}

/** As git: of a format that is not known nothing is read, since anything may mean something else in it. */
function requireKnown(extensions: readonly GitSetting[], settings: readonly GitSetting[]): void {
  const version = Number(last(settings, 'repositoryformatversion') ?? '0')
  const unknown = extensions.filter(({ key }) => ![...KNOWN_EXTENSIONS, ...LATER_EXTENSIONS].includes(key))
  const hash = last(extensions, 'objectformat') ?? 'sha1'
  const why =
    version > 1
      ? `its format is ${version}`
      : version === 1 && unknown.length > 0
        ? `it has the extension ${unknown[0]?.key}`
        : hash !== 'sha1' && hash !== 'sha256'
          ? `its objects are named by ${hash}`
          : undefined
  if (why === undefined) return
  throw new ProjectError(
    'The git repository has a format that is not known',
    why,
    'Check the revision out, and name that directory.',
  )
}

const last = (settings: readonly GitSetting[], key: string): string | undefined =>
  settings.filter((setting) => setting.key === key).at(-1)?.value

function isPartial(settings: readonly GitSetting[], objects: readonly string[]): boolean {
  const configured = settings.some(
    ({ section, key }) =>
      (section === 'extensions' && key === 'partialclone') ||
      (section === 'remote' && (key === 'promisor' || key === 'partialclonefilter')),
  )
  return (
    configured ||
    objects.some((directory) => filesIn(join(directory, 'pack')).some((file) => file.endsWith('.promisor')))
  )
}

/** Names in a directory; none when there is no such directory. */
export function filesIn(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : []
}

/** A directory of objects and those that `info/alternates` of it, and of these, add. */
function objectDirectories(start: string): readonly string[] {
  const found = new Set<string>()
  const visit = (directory: string): void => {
    if (found.has(directory) || !existsSync(directory)) return
    if (found.size > MAX_ALTERNATES) {
      throw new ProjectError(
        'The git repository borrows objects from too many others',
        `more than ${MAX_ALTERNATES} directories are named by objects/info/alternates`,
        'Clone it without --shared and --reference.',
      )
    }
    found.add(directory)
    const file = join(directory, 'info/alternates')
    if (!existsSync(file)) return
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (line !== '' && !line.startsWith('#')) visit(resolve(directory, line))
    }
  }
  visit(resolve(start))
  return [...found]
}
