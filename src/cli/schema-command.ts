/** `caps schema`: the JSON Schema of the result. */
import { analysisJsonSchema } from '../report/result.js'
import { writeOutput } from './output.js'

export async function schemaCommand(): Promise<void> {
  await writeOutput([`${JSON.stringify(analysisJsonSchema(), undefined, 2)}\n`])
}
