/** Reports of another day: the JSON that `caps analyze --format json` printed, read back and held against its schema. */
import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { messageOf, ProjectError } from '../base/index.js'
import { type AnalysisResult, analysisResultSchema } from '../report/result.js'

/** A larger report is not read; that of a program with 500 packages, place by place, has about 100 MB. */
const MAX_REPORT_BYTES = 480 * 1024 * 1024
const REMAKE = 'Make it again with this caps: `caps analyze … --granularity site --format json -o FILE`.'

/** The report in a file. Throws ProjectError when it cannot be read or is none. */
export function readReport(path: string): AnalysisResult {
  let text: string
  try {
    const { size } = statSync(path)
    if (size > MAX_REPORT_BYTES) throw new Error(`it has ${size} bytes, the limit is ${MAX_REPORT_BYTES}`)
    text = readFileSync(path, 'utf8')
  } catch (thrown) {
    const why = messageOf(thrown)
    throw new ProjectError(`The report ${path} cannot be read`, why, 'Check the path and its permissions.')
  }
  return parseReport(text, path)
}

/** A report from its text; `where` names it in errors. Throws ProjectError when it is none. */
export function parseReport(text: string, where: string): AnalysisResult {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (thrown) {
    throw new ProjectError(`${where} is not JSON`, messageOf(thrown), REMAKE)
  }
  const checked = analysisResultSchema.safeParse(document)
  if (checked.success) return checked.data
  throw new ProjectError(`${where} is not a report of this caps`, z.prettifyError(checked.error), REMAKE)
}
