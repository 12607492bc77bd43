/** What findings act on, as a reader sees it: `git log --oneline`, `$HOME/.ssh`, `/tmp/*`. Raw: each medium escapes it. */
import { compareText } from '../base/index.js'
import type { Finding, Resource } from './result.js'

/** Longer values are cut: the JSON has them whole. */
const MAX_VALUE = 80

/** What tells one from another. Of what is not known there is nothing to tell. */
export const resourceKey = ({ kind, value, known, arguments: more = [] }: Omit<Resource, 'sites'>): string =>
  JSON.stringify(known === 'unknown' ? [kind] : [known === 'concealed' ? `${kind} concealed` : kind, value, ...more])

/** One resource: of a program with its arguments. Empty when nothing is known of it. */
export function resourceText({ value, known, arguments: more = [], tags = [] }: Omit<Resource, 'sites'>): string {
  if (known === 'unknown') return ''
  const isHidden = known === 'concealed'
  const words = isHidden && value === '*' ? more : [value, ...more]
  const text = words.map(worded).join(' ')
  const cut = text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE - 1)}…`
  return [...(cut === '' ? [] : [cut]), ...(isHidden ? ['(concealed)'] : []), ...tags.map((tag) => `[${tag}]`)].join(
    ' ',
  )
}

/** What holds a space is in quotes. */
const worded = (word: string): string => (/^[^\s"',]+$/u.test(word) ? word : JSON.stringify(word))

/** What several findings act on, each once, what is sensitive first, then what stands in the source before what is partly known. */
export function resourceTexts(findings: readonly Pick<Finding, 'resources' | 'sends'>[]): readonly string[] {
  const order = ['concealed', 'written', 'environment', 'pattern', 'unknown']
  const all = findings.flatMap(({ resources = [] }) => resources)
  const sorted = [...all].sort(
    (a, b) =>
      Number(a.tags === undefined && a.known !== 'concealed') -
        Number(b.tags === undefined && b.known !== 'concealed') ||
      order.indexOf(a.known) - order.indexOf(b.known) ||
      compareText(a.value, b.value),
  )
  const sent = [...new Set(findings.flatMap(({ sends = [] }) => sends.map(({ value }) => value)))].sort(compareText)
  const texts = [...sent.map((value) => `sends ${worded(value)}`), ...sorted.map(resourceText)]
  return [...new Set(texts)].filter((text) => text !== '')
}

/** The first of them, and how many more there are. */
export function someResources(texts: readonly string[], most: number): readonly string[] {
  if (texts.length <= most) return texts
  return [...texts.slice(0, most), `${texts.length - most} more`]
}
