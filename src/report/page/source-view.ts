/** Source lines around a place, the place marked; or why there are none (law 1). */
import { checked } from '../../base/index.js'
import { CONTEXT_LINES, type Excerpt, type ExcerptLine, type Excerpts, type Place } from '../excerpts.js'
import { crateText, el } from './dom.js'

export type SourceView = (place: Place, context?: number) => HTMLElement

/** More blanks than this in a row are told by their number: code far to the right must not hide. */
const MAX_BLANKS = 40
const TAB = '    '

/** Shows places of the excerpts. `context` is the number of lines before and after, at most what the excerpts hold. */
export function sourceView(excerpts: Excerpts): SourceView {
  const byFile = new Map<string, Excerpt[]>()
  for (const excerpt of excerpts.list) {
    const key = fileKey(excerpt)
    const list = byFile.get(key)
    if (list) list.push(excerpt)
    else byFile.set(key, [excerpt])
  }
  const problems = new Map(excerpts.unread.map((file) => [fileKey(file), file.problem]))
  const signatures = new Map(excerpts.signatures.map((found) => [`${fileKey(found)}\0${found.line}`, found.signature]))
  return (named, context = CONTEXT_LINES) => {
    const signature = named.declares ? signatures.get(`${fileKey(named)}\0${named.line}`) : undefined
    // A declaration is a whole line; where its comment begins says nothing.
    const place = named.declares ? { ...named, line: signature ?? named.line, column: 0 } : named
    const excerpt = byFile
      .get(fileKey(place))
      ?.find(({ first, lines }) => first <= place.line && place.line < first + lines.length)
    if (excerpt) return linesElement(excerpt, place, context)
    return el('p', { class: 'no-source' }, ...noSource(place, problems.get(fileKey(place)), excerpts.omitted))
  }
}

const fileKey = ({ package: owner, file }: { readonly package: string; readonly file: string }): string =>
  `${owner}\0${file}`

function noSource(place: Place, problem: string | undefined, omitted: number): (string | Node)[] {
  if (problem !== undefined) return ['No source here: the file ', crateText(problem), '.']
  if (place.line === 0) return ['The whole file is meant.']
  if (omitted > 0) return [`No source here: the page has its limit, and ${omitted} lines were left out.`]
  return ['No source here: this page was made without it.']
}

function linesElement(excerpt: Excerpt, place: Place, context: number): HTMLElement {
  const from = Math.max(excerpt.first, place.line - context)
  const to = Math.min(excerpt.first + excerpt.lines.length - 1, place.last ?? place.line + context)
  const box = el('pre', { class: 'source' })
  for (let number = from; number <= to; number++) {
    const line = checked(excerpt.lines[number - excerpt.first])
    const here = number === place.line && place.last === undefined
    box.append(
      el(
        'span',
        { class: here ? 'line here' : 'line' },
        el('span', { class: 'number' }, String(number)),
        el('span', { class: 'text' }, ...lineParts(line, here ? place.column : 0)),
      ),
    )
  }
  return box
}

function lineParts(line: ExcerptLine, column: number): Node[] {
  if (typeof line === 'string') return markedText(line, 1, column)
  const parts: Node[] = []
  let end = 1
  for (const { column: start, text } of line.pieces) {
    if (start > end) parts.push(leftOut(`${start - end} characters left out`))
    parts.push(...markedText(text, start, column))
    end = start + [...text].length
  }
  if (end <= line.length) parts.push(leftOut(`${line.length - end + 1} characters left out`))
  return parts
}

const leftOut = (text: string): HTMLElement => el('span', { class: 'left-out' }, `⟨${text}⟩`)

/** The text, the name that begins at the column in a `mark`. */
function markedText(text: string, first: number, column: number): Node[] {
  const characters = [...text]
  const at = column - first
  if (column === 0 || at < 0 || at >= characters.length) return sourceText(text)
  const rest = characters.slice(at).join('')
  const name = /^[\p{L}\p{N}_]+(?:::[\p{L}\p{N}_]+)*!?/u.exec(rest)?.[0] ?? checked(characters[at])
  return [
    ...sourceText(characters.slice(0, at).join('')),
    el('mark', {}, ...sourceText(name)),
    ...sourceText(rest.slice(name.length)),
  ]
}

function sourceText(text: string): Node[] {
  const blanks = new RegExp(`[ \\t]{${MAX_BLANKS},}`, 'g')
  const parts: Node[] = []
  let end = 0
  for (const { 0: run, index } of text.matchAll(blanks)) {
    parts.push(crateText(text.slice(end, index).replaceAll('\t', TAB)), leftOut(`${run.length} blanks`))
    end = index + run.length
  }
  parts.push(crateText(text.slice(end).replaceAll('\t', TAB)))
  return parts
}
