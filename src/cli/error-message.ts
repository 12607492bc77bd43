/**
 * What ends a run, in three parts: what happened, why, and what to do. Every thrown value becomes one; what was not
 * foreseen says that it is a defect of caps, and CAPS_BACKTRACE=1 shows where.
 */
import { messageOf } from '../base/index.js'
import { escapeText } from '../report/escape.js'
import { wrapLine } from '../report/layout.js'

export interface ThreeParts {
  readonly what: string
  readonly why: string
  readonly fix: string
}

/** Wrong use of the command line. */
export class UsageError extends Error implements ThreeParts {
  override readonly name = 'UsageError'
  constructor(
    readonly what: string,
    readonly why: string,
    readonly fix: string,
  ) {
    super(what)
  }
}

/** The message for stderr, in lines of at most so many columns, ending in a line break. */
export function errorMessage(thrown: unknown, columns: number): string {
  const { what, why, fix } = threePartsOf(thrown)
  const backtrace = process.env['CAPS_BACKTRACE'] && thrown instanceof Error ? `${thrown.stack}\n` : ''
  return `${part('error: ', what, columns)}${part('  why: ', why, columns)}${part('  fix: ', fix, columns)}${backtrace}`
}

/** Too many open files, of this process or of the machine. */
const HANDLES: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE'])

/** The parts of whatever was thrown. */
export function threePartsOf(thrown: unknown): ThreeParts {
  if (isThreeParts(thrown)) return thrown
  if (isDenied(thrown)) return deniedParts(thrown)
  const message = messageOf(thrown)
  if (thrown instanceof Error && HANDLES.has(String(Reflect.get(thrown, 'code')))) {
    const fix = 'Raise the limit: ulimit -n 1024.'
    return { what: 'The system lets caps open no more files', why: message, fix }
  }
  return {
    what: 'caps could not finish',
    why: message,
    fix: 'This is a defect of caps: please report it, with the command and what CAPS_BACKTRACE=1 adds to this message.',
  }
}

/** What `node --permission` throws; by shape, as below. */
interface Denied extends Error {
  readonly permission: string
  readonly resource?: string
}

const isDenied = (thrown: unknown): thrown is Denied =>
  thrown instanceof Error && Reflect.get(thrown, 'code') === 'ERR_ACCESS_DENIED' && 'permission' in thrown

/** What to do about a permission; reading and writing hang on a path. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  FileSystemRead: 'Allow it: --allow-fs-read=',
  FileSystemWrite: 'Allow it: --allow-fs-write=',
  WorkerThreads: 'Work without threads: --jobs 1.',
  ChildProcess: 'Have what is missing fetched first, by cargo fetch, and give --offline.',
}

/** Somebody has put a wall around caps: what is behind it may matter, so that it is not taken for absent. */
function deniedParts({ permission, resource = '' }: Denied): ThreeParts {
  const fix = PERMISSIONS[permission] ?? 'Allow it.'
  return {
    what: 'Node was told not to permit what caps needs',
    why: resource === '' ? permission : `${permission} of ${resource}`,
    fix: fix.endsWith('=') ? `${fix}${resource}` : fix,
  }
}

/** By shape, so that the rooms' own errors need not be loaded to recognise them. */
function isThreeParts(thrown: unknown): thrown is ThreeParts {
  if (!(thrown instanceof Error)) return false
  const { what, why, fix } = thrown as Partial<ThreeParts>
  return typeof what === 'string' && typeof why === 'string' && typeof fix === 'string'
}

/** Crate text may be in a message: its lines stay lines, all else is escaped. */
function part(head: string, text: string, columns: number): string {
  const lines = text.trimEnd().split('\n').map(escapeText)
  const wrapped = lines.flatMap((line) => wrapLine(line, columns - head.length, 0))
  return `${head}${wrapped.join(`\n${' '.repeat(head.length)}`)}\n`
}
