/** Every command with its options. What a command does stands in its own file and is loaded when it is asked for. */
import type { Argv } from 'yargs'
import { formatNames } from '../report/formats.js'
import { analyzeOptions, SCHEMA_NAMES } from './command-options.js'
import { SHELLS } from './completion-scripts.js'
import { diffOptions } from './diff-options.js'
import { codeOptions, entryOption, inputOptions, outputOptions, revisionOptions } from './options.js'
import { allowOptions, checkOptions, initOptions } from './policy-options.js'
import { surveyOptions } from './survey-options.js'
import { whyOptions } from './why-options.js'

/** Adds the commands to the program. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a table, one entry for each command
export function commands(program: Argv): Argv {
  return program
    .command(
      'analyze <crate>',
      'What the crate and its dependencies can do, where, and by which path',
      (argv) => analyzeOptions(outputOptions(entryOption(inputOptions(argv)))),
      async (given) => (await import('./analyze-command.js')).analyzeCommand(given),
    )
    .command(
      'why <crate> <capability>',
      'Each place by which the crate gets a capability, with the way there',
      (argv) => whyOptions(outputOptions(entryOption(inputOptions(argv)))),
      async (given) => (await import('./why-command.js')).whyCommand(given),
    )
    .command(
      'diff [old] [new]',
      'What one version, revision or report of a crate gained and lost against another',
      (argv) => diffOptions(outputOptions(entryOption(revisionOptions(codeOptions(argv))))),
      async (given) => (await import('./diff-command.js')).diffCommand(given),
    )
    .command(
      'check [crate]',
      'Hold what the crate and its dependencies can do against caps.toml; exit code 1 when it says no',
      checkOptions,
      async (given) => (await import('./check-command.js')).checkCommand(given),
    )
    .command('init [crate]', 'Write a caps.toml that allows what is there today', initOptions, async (given) =>
      (await import('./init-command.js')).initCommand(given),
    )
    .command(
      'allow <package> [capabilities..]',
      'Allow something in caps.toml, keeping its comments and layout',
      allowOptions,
      async (given) => (await import('./allow-command.js')).allowCommand(given),
    )
    .command(
      'graph <crate>',
      'The call graph',
      (argv) =>
        outputOptions(entryOption(inputOptions(argv))).options({
          format: { choices: formatNames('graph'), default: 'jsonl', requiresArg: true },
        } as const),
      async (given) => (await import('./graph-command.js')).graphCommand(given),
    )
    .command(
      'lookup [paths..]',
      'What the capability maps say of paths, given here or a line each on stdin',
      (argv) =>
        argv
          .positional('paths', { type: 'string', array: true, default: [] as string[], describe: 'std::fs::read, …' })
          .options({ 'capability-map': { type: 'string', array: true, nargs: 1, describe: 'a map laid over ours' } }),
      async (given) => (await import('./lookup-command.js')).lookupCommand(given),
    )
    .command(
      'stats <crate>',
      'How many references were resolved, and why the others were not',
      (argv) =>
        outputOptions(inputOptions(argv)).options({
          format: { choices: formatNames('stats'), default: 'text', requiresArg: true },
          audit: {
            type: 'boolean',
            default: false,
            describe: 'also account for every call, path, macro, attribute and operator that stands in the files',
          },
        } as const),
      async (given) => (await import('./stats-command.js')).statsCommand(given),
    )
    .command(
      'survey [action] [arguments..]',
      'What many crates can do: analyze each of a list into a directory, and ask of all of them',
      surveyOptions,
      async (given) => (await import('./survey-command.js')).surveyCommand(given),
    )
    .command(
      'cache <action> [file]',
      'What was worked out before and is kept: show where and how much, prune, clean or hand it on',
      (argv) =>
        argv
          .positional('action', {
            choices: ['show', 'prune', 'clean', 'export', 'import'],
            demandOption: true,
          } as const)
          .positional('file', { type: 'string', describe: 'the file to export to or to import from' }),
      async (given) => (await import('./cache-command.js')).cacheCommand(given),
    )
    .command(
      'debug <stage> <file>',
      'What one stage of the analysis makes of one Rust file',
      (argv) =>
        argv
          .positional('stage', {
            choices: ['facts', 'modules', 'types', 'share', 'graph'],
            demandOption: true,
          } as const)
          .positional('file', { type: 'string', demandOption: true, describe: 'the root of a crate of its own' })
          .options({ target: { type: 'string', requiresArg: true, describe: 'the target triple it is compiled for' } }),
      async (given) => (await import('./debug-command.js')).debugCommand(given),
    )
    .command(
      'schema [of]',
      'The JSON Schema of `caps analyze --format json`, or of another result',
      (argv) => argv.positional('of', { choices: SCHEMA_NAMES, default: 'analysis' } as const),
      async (given) => (await import('./schema-command.js')).schemaCommand(given.of),
    )
    .command(
      'completion [shell]',
      'The script by which a shell completes caps: source <(caps completion bash)',
      (argv) => argv.positional('shell', { choices: SHELLS, default: 'bash' } as const),
      async (given) => (await import('./completion-command.js')).completionCommand(given.shell),
    )
    .command(
      'help <about>',
      'A command in full, with examples, exit codes and environment variables',
      (argv) =>
        argv.positional('about', {
          type: 'string',
          demandOption: true,
          describe: 'the command; man for everything as a manual page',
        }),
      async (given) => (await import('./help-command.js')).helpCommand(given.about),
    )
}
