/**
 * A package that comes from elsewhere than before: another registry or repository, another commit, a patch, a vendor
 * directory. It says nothing of what the code can do; that other code is built is enough to be told.
 */
import type { SourceChange } from '../report/diff-result.js'
import type { SourceResult } from '../report/result.js'
import { sourceText } from '../report/source-text.js'
import { identityOf, type PackagePair } from './diff-input.js'
import { differingParts, type SourcePart } from './source-parts.js'

/** Where the workspaces of both sides stand in their repositories. */
export interface SourceDirectories {
  readonly old: string | undefined
  readonly new: string | undefined
}

/** The change of source of one package; none of one that came or went. */
export function sourceChanges(pair: PackagePair, directories: SourceDirectories): readonly SourceChange[] {
  const { old, new: now } = pair
  if (!old || !now) return []
  const differs = differingParts({ owner: old, directory: directories.old }, { owner: now, directory: directories.new })
  if (differs.length === 0) return []
  const was: SourceResult = old.source ?? { kind: old.origin }
  const is: SourceResult = now.source ?? { kind: now.origin }
  const sameFiles = old.digest !== undefined && old.digest === now.digest
  return [
    {
      kind: 'source',
      ...identityOf(pair),
      direction: 'other',
      tone: differs.every((part) => isExpected(part, sameFiles)) ? 'notice' : 'alarm',
      change: 'changed',
      differs,
      source: { old: was, new: is },
      text: { old: sourceText(was), new: sourceText(is) },
    },
  ]
}

/** A repository that goes on, a directory that moves, the same files read from elsewhere. */
function isExpected(part: SourcePart, sameFiles: boolean): boolean {
  return part === 'reference' || part === 'revision' || part === 'directory' || (part === 'from' && sameFiles)
}
