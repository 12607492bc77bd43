/** Patterns in which `*` stands for any part of a text; nothing else is special. Linear in the text: names are hostile. */

/** Whether a text is that word or fits that pattern. */
export function globTest(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*')
  const [first, last] = [parts[0] as string, parts[parts.length - 1] as string]
  if (parts.length === 1) return (text) => text === pattern
  return (text) => {
    const end = text.length - last.length
    if (!text.startsWith(first) || !text.endsWith(last) || end < first.length) return false
    let at = first.length
    for (const part of parts.slice(1, -1)) {
      const found = text.indexOf(part, at)
      if (found < 0 || found + part.length > end) return false
      at = found + part.length
    }
    return true
  }
}
