/** The report of a survey: its questions are asked of the tables, drawn, and put on a page. */
import type { SurveyDirectory } from '../survey-directory.js'
import { openTables, type QueryAnswer } from '../tables/query.js'
import { type Answered, landscapePage } from './page.js'
import { plotter } from './plot.js'
import { CRATES, QUESTIONS, SUMMARY } from './questions.js'

/** The page. Throws ProjectError when there are no tables, or a library that it needs is not installed. */
export async function makeReport(directory: SurveyDirectory): Promise<string> {
  const tables = await openTables(directory)
  try {
    const draw = await plotter()
    const answered: Answered[] = []
    for (const question of QUESTIONS) {
      const answer = await tables.ask(question.sql)
      const picture = question.plot && answer.rows.length > 0 ? await draw(objects(answer), question.plot) : undefined
      answered.push({ question, answer, ...(picture !== undefined && { picture }) })
    }
    return landscapePage({ summary: await tables.ask(SUMMARY), answered, crates: await tables.ask(CRATES) })
  } finally {
    tables.close()
  }
}

const objects = ({ columns, rows }: QueryAnswer): readonly Readonly<Record<string, unknown>>[] =>
  rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])))
