/** Paths for a person: a block a path, a line a step with its place, so that each can be opened in an editor. */
import pc from 'picocolors'
import { escapeText } from './escape.js'
import { cut, padEnd, widthOf } from './layout.js'
import type { WhyResult } from './result.js'
import { placeText, plural } from './spelling.js'

/** The widest that function names may be before their places are pushed to the right. */
const MAX_NAME_COLUMNS = 70

/** Pieces of the text, a path each. */
export function* renderWhy(
  answer: WhyResult,
  asked: string,
  options: { readonly columns: number; readonly colour: boolean },
): Generator<string> {
  const paint = pc.createColors(options.colour)
  if (answer.paths.length === 0) yield `${escapeText(answer.root)} has no path to ${asked}\n`
  for (const found of answer.paths) {
    const notes = [found.certainty, found.stage === 'run' ? '' : `in ${found.stage}`]
    if (found.condition !== 'true') notes.push(`if ${escapeText(found.condition)}`)
    const head = `${paint.bold(found.capability)}  ${notes.filter((note) => note !== '').join(', ')}`
    const names = found.path.map((step, index) => (index === 0 ? '  ' : '→ ') + escapeText(step.function))
    const width = Math.min(MAX_NAME_COLUMNS, Math.max(...names.map(widthOf)))
    const lines = found.path.map((step, index) => {
      const name = padEnd(cut(names[index] as string, Math.max(width, options.columns - 40)), width)
      return `  ${name}  ${paint.dim(placeText(step))}`
    })
    yield `${[cut(head, options.columns + (options.colour ? 9 : 0)), ...lines].join('\n')}\n\n`
  }
  if (answer.paths.length > 0) yield plural(answer.paths.length, 'path')
  if (answer.truncated) yield ', and more than one answer holds: ask for a narrower capability'
  if (answer.paths.length > 0) yield '\n'
}
