/**
 * The judge of SARIF logs: Microsoft's schema of SARIF 2.1.0, by ajv. The schema is draft 4, as the standard publishes it.
 * `@microsoft/jest-sarif` is taken for that file alone; its matcher needs packages that it does not name.
 */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const Ajv = require('ajv-draft-04').default
const addFormats = require('ajv-formats').default
const schema: object = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')

// One pattern of the schema is none in Unicode mode.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
addFormats(ajv)
const validate = ajv.compile(schema)

/** What is wrong with a log; empty when nothing is. */
export function sarifProblems(log: unknown): readonly string[] {
  if (validate(log) === true) return []
  return (validate.errors ?? []).map((error: { instancePath: string; message?: string }) => {
    return `${error.instancePath}: ${error.message}`
  })
}
