/**
 * `members` and `exclude` of a workspace: paths with `*`, `?`, `[…]` and `**`, expanded over the directories below the root.
 * Patterns that lead outside (`..`, absolute) are refused by the caller, who sees what they were.
 */
import { join, posix, relative, resolve, sep } from 'node:path'
import { globTest, ProjectError } from '../base/index.js'
import { DISK, type FileView } from './file-view.js'
import { MAX_PATH_PACKAGES, MAX_TREE_DEPTH, MAX_TREE_FILES } from './limits.js'
import { isPlainPath } from './tar.js'

/**
 * Directories below `root` that a pattern names, relative to it with `/`, sorted; '' is the root itself.
 * Undefined when the pattern leads outside. A path without wildcards is given back whether it exists or not.
 */
export function expandMemberPattern(
  root: string,
  pattern: string,
  view: FileView = DISK,
): readonly string[] | undefined {
  const slashed = pattern.replaceAll('\\', '/')
  const isPattern = /[*?[]/.test(slashed)
  // A path may leave the root and come back.
  const inside = isPattern ? slashed : relative(root, resolve(root, slashed)).split(sep).join('/')
  const plain = inside
    .split('/')
    .filter((part) => part !== '.' && part !== '')
    .join('/')
  if (plain === '') return ['']
  if (inside.startsWith('/') || !isPlainPath(plain)) return undefined
  if (!isPattern) return [plain]
  const found = new Set<string>()
  expand({ view, root, found, open: new Set(), looked: 0 }, '', plain.split('/'), 0)
  return [...found].sort()
}

/**
 * Whether a directory, relative to the root, is kept out: `exclude` names it or one above it, and `members` does not, taken
 * literally. So with `members = ["."]` nothing is kept out.
 */
export function isExcludedMember(
  directory: string,
  {
    members = [],
    exclude = [],
  }: { readonly members?: readonly string[] | undefined; readonly exclude?: readonly string[] | undefined },
): boolean {
  const covers = (entry: string): boolean => {
    const plain = posix.normalize(`${entry}/`).replace(/\/$/, '')
    return plain === '.' || directory === plain || directory.startsWith(`${plain}/`)
  }
  return exclude.some(covers) && !members.some(covers)
}

interface Expansion {
  readonly view: FileView
  readonly root: string
  readonly found: Set<string>
  /** Real paths of the directories that the search is in: a link back to one of them would never end. */
  readonly open: Set<string>
  looked: number
}

function expand(state: Expansion, at: string, parts: readonly string[], depth: number): void {
  const { view, root, found } = state
  const [part, ...rest] = parts
  if (part === undefined) {
    found.add(at)
    return
  }
  // More packages than that are an error to whoever reads them.
  if (found.size > MAX_PATH_PACKAGES) return
  if (depth > MAX_TREE_DEPTH) throw tooMany(`one of its patterns goes more than ${MAX_TREE_DEPTH} directories deep`)
  const directory = join(root, at)
  const real = view.realPath(directory)
  if (real === undefined || state.open.has(real)) return
  if (part === '**') expand(state, at, rest, depth)
  const matches = part === '**' ? (name: string) => name !== '.git' && name !== 'target' : globTest(part, 'sets')
  state.open.add(real)
  for (const name of [...view.directoriesIn(directory), ...view.linksIn(directory)]) {
    // Links make a few directories into very many.
    if (++state.looked > MAX_TREE_FILES) {
      throw tooMany(`one of its patterns goes through more than ${MAX_TREE_FILES} directories`)
    }
    if (matches(name)) expand(state, at === '' ? name : `${at}/${name}`, part === '**' ? parts : rest, depth + 1)
  }
  state.open.delete(real)
}

const tooMany = (why: string): ProjectError =>
  new ProjectError('The members of the workspace cannot be listed', why, 'Name the members one by one.')
