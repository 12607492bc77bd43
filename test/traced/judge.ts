/**
 * Holds a trace against what caps promises: it starts nothing but the user's cargo, and that never in the crate; it opens no
 * socket; it reads and writes at the places alone that are allowed. Looking at names (stat, access, readlink) is not judged: Node
 * does that for each directory above a file. What cargo does is cargo's, but for where it runs what. A call that is not
 * in the tables is objected to: unknown is not harmless.
 */
import { resolve } from 'node:path'
import { type Event, readTrace, unquote } from './events.js'

/** A file, or a directory with all that is in it, or what a pattern covers. */
export interface Place {
  readonly at: string | RegExp
  readonly why: string
  /** The directory's list of names, and nothing in it. */
  readonly alone?: true
}

/** What a run may do. */
export interface Rules {
  /** The directory that the traced program is started in. */
  readonly directory: string
  /** Programs that it may start: the user's cargo. */
  readonly programs: readonly string[]
  /** Directories that whoever wrote the crate controls. */
  readonly crates: readonly string[]
  readonly reads: readonly Place[]
  /** May be read, too. */
  readonly writes: readonly Place[]
}

/** What is held against a trace, and the programs that were started with their directories. */
export interface Verdict {
  readonly objections: readonly string[]
  readonly started: readonly { readonly program: string; readonly directory: string }[]
}

const LOOKS = /^(?:new|l|f)?(?:fstat|stat|statx|access|readlink|statfs|fstatfs)(?:64|at|at2)?$|^(?:newfstatat|getcwd)$/
const OPENS = /^(?:open|openat|openat2|creat)$/
/** How many paths each has: `symlink`'s first text is none. */
const CHANGES: Readonly<Record<string, number>> = {
  mkdir: 1,
  mkdirat: 1,
  rmdir: 1,
  unlink: 1,
  unlinkat: 1,
  rename: 2,
  renameat: 2,
  renameat2: 2,
  link: 2,
  linkat: 2,
  symlink: 2,
  symlinkat: 2,
  chmod: 1,
  fchmod: 1,
  fchmodat: 1,
  chown: 1,
  lchown: 1,
  fchown: 1,
  fchownat: 1,
  utime: 1,
  utimes: 1,
  utimensat: 1,
  futimesat: 1,
  truncate: 1,
  ftruncate: 1,
  mknod: 1,
  mknodat: 1,
  setxattr: 1,
  lsetxattr: 1,
  fsetxattr: 1,
}
/** Of threads and of the program itself; waiting and ending; descriptors that were there at the start, or pairs of them. */
const HARMLESS =
  /^(?:clone|clone3|fork|vfork|exit|exit_group|wait4|waitid|kill|tkill|tgkill|pidfd_send_signal|rt_sigqueueinfo|shutdown|[gs]etsockopt|getsockname|getpeername|sendmsg|recvmsg|sendto|recvfrom)$/
const WRITING = /\bO_(?:WRONLY|RDWR|CREAT|TRUNC|TMPFILE)\b/

/** Judges the lines of a trace; the first program that is executed is the traced one itself. */
export function judge(lines: readonly string[], rules: Rules): Verdict {
  const { events, unread } = readTrace(lines)
  const objections = unread.map((line) => `not understood: ${line}`)
  const started: { program: string; directory: string }[] = []
  const parents = parentsOf(events)
  const directories = new Map<number, string>()
  const foreign = new Set<number>()
  const directoryOf = (thread: number): string => {
    const parent = parents.get(thread)
    return directories.get(thread) ?? (parent === undefined ? rules.directory : directoryOf(parent))
  }
  const isForeign = (thread: number): boolean => {
    const parent = parents.get(thread)
    return foreign.has(thread) || (parent !== undefined && isForeign(parent))
  }
  const object = (what: string, { thread }: Event): void => {
    if (!isForeign(thread)) objections.push(what)
  }
  let isFirst = true

  for (const event of events) {
    const { call, thread, args } = event
    const paths = (): string[] => pathsOf(event, directoryOf(thread))
    if (call === 'execve' || call === 'execveat') {
      if (isFirst) {
        isFirst = false
        continue
      }
      const [program = '?'] = paths()
      const directory = directoryOf(thread)
      if (isForeign(thread)) {
        if (rules.crates.some((crate) => isIn(crate, program))) objections.push(`cargo started ${program} of the crate`)
      } else {
        started.push({ program, directory })
        if (!rules.programs.includes(program)) objections.push(`started ${program}`)
      }
      if (rules.crates.some((crate) => isIn(crate, directory))) objections.push(`started ${program} in ${directory}`)
      if (rules.programs.includes(program) && event.result === '0') foreign.add(thread)
    } else if (call === 'chdir' || call === 'fchdir') {
      const [to] = paths()
      if (to !== undefined && event.result === '0') directories.set(thread, to)
    } else if (OPENS.test(call)) {
      const path = openedPath(event) ?? paths()[0] ?? '?'
      if (call === 'creat' || WRITING.test(withoutTexts(args))) {
        if (!covers(rules.writes, path)) object(`wrote ${path}`, event)
      } else if (!covers(rules.reads, path) && !covers(rules.writes, path)) object(`read ${path}`, event)
    } else if (CHANGES[call] !== undefined) {
      const changed = paths().slice(call.startsWith('symlink') ? 1 : 0, CHANGES[call])
      for (const path of changed.length === 0 ? ['?'] : changed) {
        if (!covers(rules.writes, path)) object(`changed ${path} (${call})`, event)
      }
    } else if (call === 'socketpair') {
      if (!args.startsWith('AF_UNIX')) object(`opened a socket: ${args}`, event)
    } else if (['socket', 'connect', 'bind', 'listen', 'accept', 'accept4'].includes(call)) {
      object(`opened a socket: ${call} ${args}`, event)
    } else if (!LOOKS.test(call) && !HARMLESS.test(call)) object(`${call} is not known to the judge: ${args}`, event)
  }
  if (isFirst) objections.push('the trace shows no program')
  return { objections: [...new Set(objections)], started }
}

/** Who made each thread. */
function parentsOf(events: readonly Event[]): ReadonlyMap<number, number> {
  const parents = new Map<number, number>()
  for (const { call, thread, result } of events) {
    if (/^(?:clone3?|v?fork)$/.test(call) && /^\d+$/.test(result)) parents.set(Number(result), thread)
  }
  return parents
}

const withoutTexts = (args: string): string => args.replace(/"(?:[^"\\]|\\.)*"/gs, '""').replace(/<[^>]*>/g, '')

/** Where a descriptor leads that an open gave: links followed. */
function openedPath({ result }: Event): string | undefined {
  const [, path] = /^\d+<(.*?)(?: \(deleted\))?>(?:\(deleted\))?$/s.exec(result) ?? []
  return path === undefined ? undefined : unquote(path)
}

/** The paths that a call names, each against its descriptor or the working directory; that of a descriptor where there is no text. */
function pathsOf({ args }: Event, directory: string): string[] {
  const texts = [...args.matchAll(/(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"/gs)]
  if (texts.length > 0) {
    return texts.map(([, base, path = '']) => resolve(base === undefined ? directory : unquote(base), unquote(path)))
  }
  const [, path] = /^\d+<([^>]*)>/.exec(args) ?? []
  return path === undefined ? [] : [unquote(path)]
}

const isIn = (directory: string, path: string): boolean => path === directory || path.startsWith(`${directory}/`)

function covers(places: readonly Place[], path: string): boolean {
  return places.some(({ at, alone }) =>
    typeof at !== 'string' ? at.test(path) : alone === true ? at === path : isIn(at, path),
  )
}
