/**
 * Patterns over one text: `*` is any part of it. Patterns come from crates: a match takes the length of the pattern times that of
 * the text at most, however many `*` there are. What a path is (`**`, `/`) is for whoever has paths.
 */

/** `stars`: nothing but `*` is special. `sets`: `?` is one character, `[a-z]` and `[!a-z]` one of a set, as in a shell. */
export type GlobSyntax = 'stars' | 'sets'

/** Whether a text is that word or fits that pattern. */
export function globTest(pattern: string, syntax: GlobSyntax = 'stars'): (text: string) => boolean {
  const tokens: readonly string[] = syntax === 'sets' ? (pattern.match(/\[[^\]]+\]|[\s\S]/gu) ?? []) : [...pattern]
  if (!tokens.includes('*') && syntax === 'stars') return (text) => text === pattern
  const fits = syntax === 'sets' ? matchesToken : (token: string, char: string): boolean => token === char
  return (text) => matches(tokens, [...text], fits)
}

/** The last `*` alone is taken back: what an earlier one could take more, that one can take as well. */
function matches(
  tokens: readonly string[],
  chars: readonly string[],
  fits: (token: string, char: string) => boolean,
): boolean {
  let [token, char, star, taken] = [0, 0, -1, 0]
  while (char < chars.length) {
    const wanted = tokens[token]
    if (wanted === '*') [star, taken, token] = [token, char, token + 1]
    else if (wanted !== undefined && fits(wanted, chars[char] ?? '')) [token, char] = [token + 1, char + 1]
    else if (star < 0) return false
    else [taken, token, char] = [taken + 1, star + 1, taken + 1]
  }
  while (tokens[token] === '*') token++
  return token === tokens.length
}

function matchesToken(token: string, char: string): boolean {
  if (token === '?') return true
  if (!token.startsWith('[') || token === '[') return token === char
  const negated = token[1] === '!'
  const set = [...token.slice(negated ? 2 : 1, -1)]
  const inside = set.some((from, i) => {
    const to = set[i + 1] === '-' ? set[i + 2] : undefined
    return to === undefined ? from === char : from <= char && char <= to
  })
  return inside !== negated
}
