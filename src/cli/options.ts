/** The options of the command line, by what they are for, and their way to what the library takes. */
import type { Argv } from 'yargs'
import type { AnalyzeOptions } from '../wiring/analysis-options.js'
import { UsageError } from './error-message.js'

/** `-p a,b -p c` and `--features "a b"`: lists may be repeated, and split at commas and spaces as cargo does. */
const splitList = (values: readonly string[]): string[] =>
  values.flatMap((value) => String(value).split(/[\s,]+/)).filter((value) => value !== '')

const list = (describe: string) => ({ type: 'string', array: true, nargs: 1, describe, coerce: splitList }) as const

/** What a command takes as a crate. */
export const CRATE_WORDS = 'a directory, a Cargo.toml, a .crate file, or name, name@1.2.3, name@^1'

/** Which code is looked at. */
export function inputOptions<T>(argv: Argv<T>) {
  return revisionOptions(
    codeOptions(argv.positional('crate', { type: 'string', demandOption: true, describe: CRATE_WORDS })),
  )
}

/** Which state of a directory is looked at; the disk's without any. */
export function revisionOptions<T>(argv: Argv<T>) {
  return argv.options({
    staged: { type: 'boolean', describe: 'read what is staged in git, not what is on disk', group: 'Input:' },
    rev: { type: 'string', requiresArg: true, describe: 'read this git revision, without a checkout', group: 'Input:' },
  } as const)
}

/** Which code of any crate is looked at. */
export const PARTS = {
  features: { ...list('features to turn on'), alias: 'F', group: 'Input:' },
  'all-features': { type: 'boolean', describe: 'turn all features on', group: 'Input:' },
  'no-default-features': { type: 'boolean', describe: 'leave the default features off', group: 'Input:' },
  target: { ...list('target triples; without any, several that stand for all'), group: 'Input:' },
} as const

export const MAP_OPTION = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'a map laid over ours (.toml, or Capslock’s .cm)',
  group: 'Analysis:',
} as const

/** Which code of a crate is looked at, however the command is told which crate. */
export function codeOptions<T>(argv: Argv<T>) {
  return argv.options({
    package: { ...list('members of the workspace'), alias: 'p', group: 'Input:' },
    ...PARTS,
    cfg: {
      type: 'string',
      array: true,
      nargs: 1,
      describe: 'an option that is set: nightly, name="value"; not(…): one that never is',
      group: 'Input:',
    },
    'manifest-path': { type: 'string', requiresArg: true, describe: 'the Cargo.toml to read', group: 'Input:' },
    lockfile: { type: 'string', requiresArg: true, describe: 'a Cargo.lock to use instead', group: 'Input:' },
    locked: { type: 'boolean', describe: 'fail when the lockfile is missing or does not fit', group: 'Input:' },
    'allow-missing': {
      type: 'boolean',
      describe: 'go on without path dependencies that are not there, as code not read',
      group: 'Input:',
    },
    cache: {
      choices: ['on', 'off', 'verify'],
      requiresArg: true,
      describe: 'keep what was worked out, and take it from there; verify makes it anew and compares',
      group: 'Analysis:',
    },
    'no-cache': { type: 'boolean', describe: 'the same as --cache off', group: 'Analysis:' },
    jobs: {
      type: 'number',
      alias: 'j',
      requiresArg: true,
      describe: 'threads that may work at once; without it one',
      group: 'Analysis:',
    },
    offline: { type: 'boolean', describe: 'never start cargo to fetch what is missing', group: 'Input:' },
    'capability-map': MAP_OPTION,
  } as const)
}

/** Where what runs begins; for commands that follow paths. */
export function entryOption<T>(argv: Argv<T>) {
  return argv.options({
    entry: {
      type: 'string',
      requiresArg: true,
      describe: 'of what runs, only what is reachable from public, main, or a path',
      group: 'Analysis:',
    },
  } as const)
}

/** What is told on stderr while caps works. */
export const progressOptions = {
  quiet: { alias: 'q', type: 'boolean', default: false, describe: 'no progress on stderr', group: 'Output:' },
  verbose: {
    alias: 'v',
    type: 'boolean',
    default: false,
    describe: 'tell on stderr what is looked at and how long it took; commonplace findings in full',
    group: 'Output:',
  },
} as const

/** Where output goes and how it looks. */
export function outputOptions<T>(argv: Argv<T>) {
  return argv.options({
    output: { alias: 'o', type: 'string', requiresArg: true, describe: 'write to a file', group: 'Output:' },
    color: {
      choices: ['auto', 'always', 'never'],
      default: 'auto',
      requiresArg: true,
      describe: 'colours',
      group: 'Output:',
    },
    ...progressOptions,
  } as const)
}

/** What `inputOptions` gives once parsed. */
export interface InputArguments {
  readonly crate: string
  readonly package: readonly string[] | undefined
  readonly features: readonly string[] | undefined
  readonly allFeatures: boolean | undefined
  readonly noDefaultFeatures: boolean | undefined
  readonly target: readonly string[] | undefined
  readonly cfg?: readonly string[] | undefined
  readonly manifestPath: string | undefined
  readonly lockfile: string | undefined
  readonly locked: boolean | undefined
  readonly allowMissing: boolean | undefined
  readonly offline: boolean | undefined
  readonly cache?: 'on' | 'off' | 'verify' | undefined
  readonly noCache?: boolean | undefined
  readonly jobs?: number | undefined
  readonly capabilityMap: readonly string[] | undefined
  readonly entry?: string | undefined
  readonly staged?: boolean | undefined
  readonly rev?: string | undefined
}
export interface OutputArguments {
  readonly output: string | undefined
  readonly color: 'auto' | 'always' | 'never'
  readonly quiet: boolean
  readonly verbose: boolean
}

/** The library's options. Throws UsageError for those that exclude each other. */
export function analyzeOptions(given: Omit<InputArguments, 'crate'>): AnalyzeOptions {
  if (given.allFeatures && given.noDefaultFeatures) {
    throw new UsageError(
      '--all-features and --no-default-features exclude each other',
      'all features include the default ones',
      'Leave one of them out.',
    )
  }
  if (given.staged && given.rev !== undefined) {
    throw new UsageError(
      '--staged and --rev exclude each other',
      'each names all that is read',
      'Leave one of them out.',
    )
  }
  return {
    ...(given.staged && { staged: true }),
    ...(given.rev !== undefined && { revision: given.rev }),
    ...(given.package && { packages: given.package }),
    ...(given.features && { features: given.features }),
    ...(given.allFeatures !== undefined && { allFeatures: given.allFeatures }),
    ...(given.noDefaultFeatures !== undefined && { noDefaultFeatures: given.noDefaultFeatures }),
    ...(given.target && { target: given.target }),
    ...(given.cfg && { cfg: given.cfg }),
    ...(given.manifestPath !== undefined && { manifestPath: given.manifestPath }),
    ...(given.lockfile !== undefined && { lockfile: given.lockfile }),
    ...(given.locked !== undefined && { locked: given.locked }),
    ...(given.allowMissing !== undefined && { allowMissing: given.allowMissing }),
    ...(given.offline !== undefined && { offline: given.offline }),
    cache: cacheOf(given),
    ...(given.jobs !== undefined && { jobs: jobsOf(given.jobs) }),
    ...(given.capabilityMap && { capabilityMaps: given.capabilityMap }),
    ...(given.entry !== undefined && { entry: given.entry }),
  }
}

const MOST_JOBS = 64

/** Throws UsageError for what is no number of threads or processes. */
export function jobsOf(jobs: number): number {
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= MOST_JOBS) return jobs
  throw new UsageError('--jobs is no number of threads', `it is ${jobs}`, `Give a whole number from 1 to ${MOST_JOBS}.`)
}

function cacheOf({ cache = 'on', noCache = false }: Pick<InputArguments, 'cache' | 'noCache'>): boolean | 'verify' {
  return noCache || cache === 'off' ? false : cache === 'on' || 'verify'
}
