/**
 * Reads a path's text from left to right, with brackets kept in balance. It knows the characters of paths and types,
 * not what they mean.
 */
export class PathScanner {
  private at = 0
  constructor(private readonly text: string) {}

  atEnd(): boolean {
    return this.at >= this.text.length
  }
  peek(): string | undefined {
    return this.text[this.at]
  }
  startsWith(word: string): boolean {
    return this.text.startsWith(word, this.at)
  }
  /** Steps over `word` if it comes next. */
  take(word: string): boolean {
    if (!this.startsWith(word)) return false
    this.at += word.length
    return true
  }

  /** An identifier without its `r#`, or a compiler-made segment such as `{closure#0}` or `{shim:vtable#0}`. */
  takeName(): string | undefined {
    NAME.lastIndex = this.at
    const match = NAME.exec(this.text)
    if (!match) return undefined
    this.at = NAME.lastIndex
    return match[1] ?? match[0]
  }

  /** What stands between `<` here and its `>`; undefined when they do not balance. `->` and `=>` are no brackets. */
  takeBracketed(): string | undefined {
    const start = this.at
    let depth = 0
    for (let i = start; i < this.text.length; i++) {
      depth += depthChange(this.text, i)
      if (depth === 0) {
        this.at = i + 1
        return this.text.slice(start + 1, i)
      }
    }
    return undefined
  }

  /** The first place of `word` outside of all brackets, or -1. */
  indexOfAtTop(word: string): number {
    let depth = 0
    for (let i = 0; i < this.text.length; i++) {
      if (depth === 0 && this.text.startsWith(word, i)) return i
      depth += depthChange(this.text, i)
    }
    return -1
  }

  /** The parts between separators outside of all brackets; a trailing separator makes no empty part. */
  splitAtTop(separator: string): readonly string[] {
    const parts: string[] = []
    let rest = this.text
    for (;;) {
      const cut = new PathScanner(rest).indexOfAtTop(separator)
      if (cut < 0) break
      parts.push(rest.slice(0, cut))
      rest = rest.slice(cut + separator.length)
    }
    if (rest.trim() !== '') parts.push(rest)
    return parts
  }
}

const NAME = /(?:r#)?([\p{XID_Start}_][\p{XID_Continue}]*)|\{[\w :#@.]*\}/uy

function depthChange(text: string, i: number): number {
  switch (text[i]) {
    case '<':
    case '(':
    case '[':
    case '{':
      return 1
    case ')':
    case ']':
    case '}':
      return -1
    case '>':
      return text[i - 1] === '-' || text[i - 1] === '=' ? 0 : -1
    default:
      return 0
  }
}
