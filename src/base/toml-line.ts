/**
 * In which line of a TOML text a value stands. The parser in use gives no places, and an error without its line is of
 * little use in a long file. Only run to word an error; the text has been parsed before, so it is valid.
 */

import { checked } from './checked.js'

/** Keys and array indexes from the document's root, as in a zod issue. */
export type ValuePath = readonly PropertyKey[]

/** The line (from 1) where the value begins, or the nearest thing around it that has a place. */
export function lineOfValue(text: string, path: ValuePath): number {
  const lines = new Map<string, number>()
  new LineReader(text, lines).document()
  for (let length = path.length; length > 0; length--) {
    const line = lines.get(path.slice(0, length).join('\0'))
    if (line !== undefined) return line
  }
  return 1
}

/** A single walk over the text that notes the line of every key and array element. */
class LineReader {
  private at = 0
  private line = 1
  private readonly tables = new Map<string, number>()

  constructor(
    private readonly text: string,
    private readonly lines: Map<string, number>,
  ) {}

  document(): void {
    let table: readonly string[] = []
    for (;;) {
      this.skipBlank()
      if (this.at >= this.text.length) return
      if (this.text[this.at] === '[') table = this.header()
      else this.pair(table)
    }
  }

  private header(): readonly string[] {
    const many = this.text.startsWith('[[', this.at)
    this.at += many ? 2 : 1
    const keys = this.keys(']')
    this.at += many ? 2 : 1
    if (!many) return keys
    const name = keys.join('\0')
    const index = (this.tables.get(name) ?? -1) + 1
    this.tables.set(name, index)
    const path = [...keys, String(index)]
    this.note(path)
    return path
  }

  private pair(table: readonly string[]): void {
    const line = this.line
    const keys = this.keys('=')
    this.at++
    const path = [...table, ...keys]
    this.lines.set(path.join('\0'), line)
    this.skipBlank()
    this.value(path)
  }

  private value(path: readonly string[]): void {
    const c = this.text[this.at]
    if (c === '[' || c === '{') this.list(path, c)
    else if (c === '"' || c === "'") this.string(c)
    else while (this.at < this.text.length && !/[\s,\]}#]/.test(checked(this.text[this.at]))) this.at++
  }

  private list(path: readonly string[], open: '[' | '{'): void {
    this.at++
    for (let index = 0; ; index++) {
      this.skipBlank()
      if (this.at >= this.text.length) return
      if (this.text[this.at] === ',') this.at++
      this.skipBlank()
      if (/[\]}]/.test(this.text[this.at] ?? ']')) break
      if (open === '{') this.pair(path)
      else {
        const element = [...path, String(index)]
        this.note(element)
        this.value(element)
      }
    }
    this.at++
  }

  private keys(end: string): readonly string[] {
    const keys: string[] = []
    while (this.at < this.text.length && this.text[this.at] !== end) {
      const c = checked(this.text[this.at])
      if (c === '"' || c === "'") keys.push(this.string(c))
      else if (/[.\s]/.test(c)) this.at++
      else {
        const start = this.at
        while (this.at < this.text.length && /[\w-]/.test(checked(this.text[this.at]))) this.at++
        if (this.at === start) this.at++
        else keys.push(this.text.slice(start, this.at))
      }
    }
    return keys
  }

  /** Steps over a string of one line or, with three quotes, of several. */
  private string(quote: string): string {
    const fence = this.text.startsWith(quote.repeat(3), this.at) ? quote.repeat(3) : quote
    const start = this.at + fence.length
    this.at = start
    while (this.at < this.text.length && !this.text.startsWith(fence, this.at)) {
      if (quote === '"' && this.text[this.at] === '\\') this.at++
      if (this.text[this.at] === '\n') this.line++
      this.at++
    }
    const inner = this.text.slice(start, this.at)
    this.at += fence.length
    return inner
  }

  private skipBlank(): void {
    while (this.at < this.text.length) {
      const c = checked(this.text[this.at])
      if (c === '\n') this.line++
      if (c === '#') {
        const end = this.text.indexOf('\n', this.at)
        this.at = end < 0 ? this.text.length : end
      } else if (/\s/.test(c)) this.at++
      else return
    }
  }

  private note(path: readonly string[]): void {
    this.lines.set(path.join('\0'), this.line)
  }
}
