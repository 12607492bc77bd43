/** The texts under which rows are filed. */
import { parseImplHead, parsePathKey } from './path-key.js'
import { type ModuleAliases, matchTexts } from './path-match.js'

/** The schema has checked that the text is a path. */
export function textOf(path: string, aliases: ModuleAliases): string {
  const key = parsePathKey(path)
  return key ? matchTexts(key, aliases).exact : path
}

export function implTextOf(impl: string, aliases: ModuleAliases): string {
  const head = parseImplHead(impl)
  return (head && matchTexts({ ...head, segments: ['_'] }, aliases).impl) ?? impl
}
