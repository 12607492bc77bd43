/** action.yml, judged by GitHub's own parser of such files, and held against the program that it starts. */
import { readFileSync } from 'node:fs'
import { NoOperationTraceWriter } from '@actions/workflow-parser'
import { parseAction } from '@actions/workflow-parser/actions/action-parser'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import { readInputs } from '../../../src/cli/github-action/inputs.js'

const text = readFileSync(new URL('../../../action.yml', import.meta.url), 'utf8')
const errorsOf = (content: string): string[] =>
  parseAction({ name: 'action.yml', content }, new NoOperationTraceWriter())
    .context.errors.getErrors()
    .map(({ message }) => message)

/** The parts that the tests look at; whether the rest is as it should be is the parser's to say. */
const action = z
  .object({
    inputs: z.record(z.string(), z.object({ description: z.string().min(10), default: z.string() })),
    outputs: z.record(z.string(), z.object({ description: z.string().min(10), value: z.string() })),
    runs: z.object({
      using: z.literal('composite'),
      steps: z.array(
        z.object({ run: z.string(), shell: z.literal('bash'), env: z.record(z.string(), z.string()).optional() }),
      ),
    }),
  })
  .parse(parse(text))
const environment = action.runs.steps.at(-1)?.env ?? {}

describe('GitHub’s parser', () => {
  test('takes it as it stands', () => {
    expect(errorsOf(text)).toEqual([])
  })

  test('would tell a mistake', () => {
    expect(errorsOf(text.replace('using: composite', 'using: shell'))).not.toEqual([])
    expect(errorsOf(text.replace('shell: bash', 'shel: bash'))).not.toEqual([])
    expect(errorsOf(text.replace('inputs.path }}', 'inputs.path( }}'))).not.toEqual([])
  })
})

test('no script holds an expression: what a pull request brings would be run', () => {
  for (const { run } of action.runs.steps) expect(run).not.toContain('${{')
})

test('every input is handed over, and nothing else', () => {
  const handedOver = Object.keys(action.inputs).map((name) => [
    `CAPS_${name.toUpperCase().replaceAll('-', '_')}`,
    `\${{ inputs.${name} }}`,
  ])
  expect(environment).toEqual(Object.fromEntries(handedOver))
})

test('every input is read: a value that it cannot have is told, or changes what is done', () => {
  const defaults = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: value }]) => [variable(name), value]),
  )
  const usual = JSON.stringify(readInputs(defaults, process.cwd()))
  for (const name of Object.keys(action.inputs)) {
    let read: string
    try {
      read = JSON.stringify(readInputs({ ...defaults, [variable(name)]: 'src' }, process.cwd()))
    } catch (thrown) {
      read = String(thrown)
    }
    expect({ name, read }).not.toEqual({ name, read: usual })
  }
})

test('outputs come from the step that makes them', () => {
  for (const [name, { value }] of Object.entries(action.outputs)) {
    expect(value).toBe(`\${{ steps.caps.outputs.${name} }}`)
  }
})

function variable(input: string): string {
  return `CAPS_${input.toUpperCase().replaceAll('-', '_')}`
}
