/**
 * What the workflow says to the GitHub Action, from the environment that action.yml hands over: each input `fail-on` as
 * `CAPS_FAIL_ON`. An empty value is one that was not given.
 *
 * Values may come from whoever opened a pull request. They are words for the library and never reach a shell or a command
 * line; the crate lies inside the workspace, and what is no value of an input is an error that names it.
 */
import { existsSync, realpathSync } from 'node:fs'
import { isAbsolute, join, relative, sep } from 'node:path'
import { formatNames } from '../../report/formats.js'
import type { AnalyzeOptions } from '../../wiring/analysis-options.js'
import { UsageError } from '../error-message.js'

export type Environment = Readonly<Record<string, string | undefined>>

export const MODES = ['auto', 'check', 'diff'] as const
export const FAIL_ON = ['never', 'new', 'sensitive', 'new-value', 'increase', 'any'] as const
/** What the log of the step may show: what a check and a diff both have, without files for other programs. */
export const LOG_FORMATS = formatNames('check').filter((format) => format !== 'sarif')

export interface ActionInputs {
  /** A directory of the workspace, relative, beginning with `./`, so that it is never taken for a published crate. */
  readonly crate: string
  readonly mode: (typeof MODES)[number]
  readonly base: string | undefined
  readonly policy: string | undefined
  readonly baseline: string | undefined
  readonly failOn: (typeof FAIL_ON)[number]
  readonly strict: boolean
  readonly possible: boolean
  readonly format: (typeof LOG_FORMATS)[number]
  readonly code: AnalyzeOptions
}

/** The inputs; `workspace` is the directory of the checkout. Throws UsageError. */
export function readInputs(environment: Environment, workspace: string): ActionInputs {
  const text = (input: string) => textOf(environment, input)
  const flag = (input: string) => choice(input, text(input) ?? 'false', ['true', 'false'] as const) === 'true'
  const inputs = {
    crate: crateIn(workspace, text('path') ?? '.'),
    mode: choice('mode', text('mode') ?? 'auto', MODES),
    base: text('base'),
    policy: text('policy'),
    baseline: text('baseline'),
    failOn: choice('fail-on', text('fail-on') ?? 'new', FAIL_ON),
    strict: flag('strict'),
    possible: flag('possible'),
    format: choice('format', text('format') ?? 'github', LOG_FORMATS),
    code: {
      packages: list(text('package')),
      features: list(text('features')),
      target: list(text('target')),
      allFeatures: flag('all-features'),
      noDefaultFeatures: flag('no-default-features'),
      locked: flag('locked'),
      offline: flag('offline'),
    },
  }
  exclude('policy', inputs.policy, 'baseline', inputs.baseline)
  exclude('all-features', inputs.code.allFeatures || undefined, 'no-default-features', inputs.code.noDefaultFeatures)
  return inputs
}

function textOf(environment: Environment, input: string): string | undefined {
  const value = environment[`CAPS_${input.toUpperCase().replaceAll('-', '_')}`]?.trim()
  return value === '' ? undefined : value
}

/** Words between commas, spaces and lines, as cargo reads lists; undefined when there is none. */
function list(text: string | undefined): readonly string[] | undefined {
  return text?.split(/[\s,]+/).filter((word) => word !== '')
}

function choice<const T extends string>(input: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value)
  if (found !== undefined) return found
  throw new UsageError(
    `The input ${input} of the action cannot be "${value}"`,
    `it is one of ${known.join(', ')}`,
    `Correct \`${input}\` under \`with\` in the workflow.`,
  )
}

function exclude(one: string, first: unknown, other: string, second: unknown): void {
  if (!first || !second) return
  throw new UsageError(
    `The inputs ${one} and ${other} exclude each other`,
    'both were given',
    'Leave one of them out of the workflow.',
  )
}

function crateIn(workspace: string, path: string): string {
  const directory = join(workspace, path)
  const inside = existsSync(directory) ? relative(realpathSync(workspace), realpathSync(directory)) : '..'
  if (isAbsolute(path) || isAbsolute(inside) || inside.split(sep)[0] === '..') {
    throw new UsageError(
      `The input path of the action, "${path}", is no directory of the checkout`,
      'it is read relative to the workspace and may not lead out of it',
      'Check out the repository before this step, and name a directory of it.',
    )
  }
  return `./${path}`
}
