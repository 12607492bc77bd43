/** `caps schema`: the JSON Schemas of the results. */
import { checkJsonSchema } from '../report/check-result.js'
import { diffJsonSchema } from '../report/diff-result.js'
import { analysisJsonSchema, whyJsonSchema } from '../report/result.js'
import { writeOutput } from './output.js'

const SCHEMAS = {
  analysis: analysisJsonSchema,
  diff: diffJsonSchema,
  check: checkJsonSchema,
  why: whyJsonSchema,
} as const

export async function schemaCommand(of: keyof typeof SCHEMAS): Promise<void> {
  await writeOutput([`${JSON.stringify(SCHEMAS[of](), undefined, 2)}\n`])
}
