/** The options of the commands about a policy: `check`, `init` and `allow`. */
import type { Argv } from 'yargs'
import { STAGES } from '../base/index.js'
import { formatNames } from '../report/formats.js'
import { CRATE_WORDS, codeOptions, entryOption, outputOptions, progressOptions, revisionOptions } from './options.js'

const policyOption = (describe: string) => ({ type: 'string', requiresArg: true, describe, group: 'Policy:' }) as const
const policyFlag = (describe: string) => ({ type: 'boolean', default: false, describe, group: 'Policy:' }) as const

/** The crate, the one in this directory unless another is named. */
const crateHere = <T>(argv: Argv<T>) =>
  argv.positional('crate', { type: 'string', default: '.', describe: CRATE_WORDS } as const)

/** Of `caps check`. */
export function checkOptions<T>(argv: Argv<T>) {
  return outputOptions(entryOption(revisionOptions(codeOptions(crateHere(argv))))).options({
    policy: policyOption(
      'the file to hold it against; without it, caps.toml in the root directory, as staged or of --rev',
    ),
    baseline: policyOption('a report of `caps analyze --format json` instead: what is new against it fails'),
    'fail-on': {
      choices: ['new', 'sensitive', 'new-value', 'increase', 'any'],
      default: 'new',
      requiresArg: true,
      describe:
        'what is not allowed; also sensitive values, or any, that a baseline has not; more places than are recorded; all of that and every warning',
      group: 'Policy:',
    },
    strict: policyFlag('what could not be analyzed counts'),
    possible: policyFlag('what is merely possible counts'),
    format: {
      choices: formatNames('check'),
      default: 'text',
      requiresArg: true,
      describe: 'of the report; see docs/formats.md',
      group: 'Output:',
    },
  } as const)
}

/** Of `caps init`. */
export function initOptions<T>(argv: Argv<T>) {
  return entryOption(codeOptions(crateHere(argv))).options({
    policy: policyOption('the file to write; without it, caps.toml in the root directory'),
    force: policyFlag('write over a policy that is there'),
    update: policyFlag('add to a policy that is there what is new, take out what is gone'),
    strict: policyFlag('accept what cannot be analyzed today, for check --strict'),
    possible: policyFlag('allow what is merely possible too, for check --possible'),
    sites: policyFlag('record in how many places each capability is, for check --fail-on increase'),
    ...progressOptions,
  } as const)
}

/** Of `caps allow`. */
export function allowOptions<T>(argv: Argv<T>) {
  return argv
    .positional('package', {
      type: 'string',
      demandOption: true,
      describe: 'name, name@1.2.3, name@^1, or a pattern such as windows-*; several as a,b',
    })
    .positional('capabilities', {
      type: 'string',
      array: true,
      default: [] as string[],
      describe: 'capabilities or families of them; or `coverage`',
    })
    .options({
      reason: { ...policyOption('why; stands beside it in the file'), demandOption: true },
      stage: {
        choices: STAGES,
        requiresArg: true,
        describe: 'when; the running program unless given',
        group: 'Policy:',
      },
      target: {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'only on these: triples, patterns, cfg(..)',
        group: 'Policy:',
      },
      transitive: policyFlag('also what it can do through other packages'),
      sites: { type: 'number', requiresArg: true, describe: 'in at most so many places', group: 'Policy:' },
      value: {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'may act on this alone: a program, host, path, pattern; `?` for what is not known',
        group: 'Policy:',
      },
      source: {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'instead of capabilities: where it may come from, as results spell it',
        group: 'Policy:',
      },
      losses: { type: 'number', requiresArg: true, describe: 'of coverage: code not read', group: 'Policy:' },
      unresolved: { type: 'number', requiresArg: true, describe: 'of coverage: unresolved calls', group: 'Policy:' },
      force: policyFlag('also to a package that there is not'),
      policy: policyOption('the file to change; without it, caps.toml in the root directory'),
    } as const)
}
