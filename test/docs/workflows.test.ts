/** The YAML of docs/ci.md: workflows by GitHub's own parser, the action's inputs and the hook's id by what there is. */
import { readFileSync } from 'node:fs'
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'

const inRepository = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const blocks = ['docs/ci.md', 'docs/formats.md'].flatMap((file) =>
  [...inRepository(file).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text),
)
const workflows = blocks.filter((text) => /^on:/m.test(text))
const action = parse(inRepository('action.yml'))

const errorsOf = (content: string): string[] =>
  parseWorkflow({ name: 'caps.yml', content }, new NoOperationTraceWriter())
    .context.errors.getErrors()
    .map(({ message }) => message)

test('workflows are ones', () => {
  expect(workflows).toHaveLength(2)
  expect(workflows.map(errorsOf)).toEqual([[], []])
  expect(errorsOf(workflows[0]?.replace('runs-on', 'run-on') ?? '')).not.toEqual([])
})

const workflowSchema = z.object({
  jobs: z.object({
    caps: z.object({
      steps: z.array(z.object({ uses: z.string(), with: z.record(z.string(), z.unknown()).default({}) })),
    }),
  }),
})

test('the action is given inputs that it has, and the page lists them all, and all outputs', () => {
  for (const text of workflows) {
    const steps = workflowSchema.parse(parse(text)).jobs.caps.steps
    const ours = steps.filter(({ uses }) => uses.startsWith('OWNER/caps@'))
    expect(ours).toHaveLength(1)
    for (const step of ours) expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)))
    for (const [, name] of text.matchAll(/steps\.caps\.outputs\.(\w+)/g))
      expect(action.outputs).toHaveProperty(name ?? '')
  }
  const page = inRepository('docs/ci.md')
  const listed = (heading: string): string[] => {
    const rows = page.split(`| ${heading} |`)[1]?.split('\n\n')[0] ?? ''
    const names = [...rows.matchAll(/^\| (.+?) \|/gm)].map(([, cell = '']) => cell)
    return names.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)).sort()
  }
  expect(listed('input')).toEqual(Object.keys(action.inputs).sort())
  expect(listed('output')).toEqual(Object.keys(action.outputs).sort())
})

test('the hook’s id is one of ours; everything else is YAML', () => {
  const config = blocks.map((text) => parse(text)).find((document) => 'repos' in document)
  const ids = (parse(inRepository('.pre-commit-hooks.yaml')) as readonly { id: string }[]).map(({ id }) => id)
  expect(ids).toContain(config.repos[0].hooks[0].id)
})
