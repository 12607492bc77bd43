/**
 * Which packages come from elsewhere than the registry of all and the repository: those of one source together, so that
 * three hundred vendored packages are one line. Raw text; nothing is left out.
 */
import { compareText } from '../base/index.js'
import type { AnalysisResult, PackageResult } from './result.js'
import { isUnusual, shortSourceText } from './source-text.js'

export interface SourceGroup {
  /** `git ADDRESS#0123456789ab`. */
  readonly source: string
  /** `name@version`, sorted. */
  readonly packages: readonly string[]
}

/** By source, the smallest groups first: what was done for one package is more telling than a mirror for all. */
export function unusualSources({ packages }: Pick<AnalysisResult, 'packages'>): readonly SourceGroup[] {
  const groups = new Map<string, string[]>()
  for (const owner of packages) {
    if (!comesFromElsewhere(owner)) continue
    const text = shortSourceText(owner.source)
    const known = groups.get(text)
    if (known) known.push(owner.id)
    else groups.set(text, [owner.id])
  }
  return [...groups]
    .map(([source, ids]) => ({ source, packages: ids }))
    .sort((a, b) => a.packages.length - b.packages.length || compareText(a.source, b.source))
}

/** What was asked for was named by who asked; of an older report nothing is known. */
export function comesFromElsewhere<Owner extends Pick<PackageResult, 'local' | 'source'>>(
  owner: Owner,
): owner is Owner & { readonly source: NonNullable<Owner['source']> } {
  return !owner.local && owner.source !== undefined && isUnusual(owner.source)
}
