/** The changes of a diff as rows that can be filtered. Pure; the page's elements are built elsewhere. */
import type { Change, DiffResult, PackageDiff } from '../diff-result.js'
import { gainedLiterals } from '../diff-sentence.js'
import { capabilityFilter } from '../filter.js'
import { resourceKey, resourceText } from '../resource-text.js'
import type { Step } from '../result.js'
import { among, type Filter, textMatcher } from './filter.js'

export interface ChangeRow {
  /** Unique on the page; it stands in addresses. */
  readonly key: string
  readonly owner: PackageDiff
  readonly change: Change
  /** In lower case, all that a search looks at. */
  searched(): string
}

/** In the diff's order: the package with the most serious change first, and its most serious change. */
export function changeRows({ packages }: DiffResult): ChangeRow[] {
  return packages.flatMap((owner) =>
    owner.changes.map((change): ChangeRow => {
      let searched: string | undefined
      return {
        key: [packageKey(owner), change.kind, ...keyWords(change)].join(' '),
        owner,
        change,
        searched: () => (searched ??= searchedText(owner, change)),
      }
    }),
  )
}

/** Unique on the page: one name may stand there in two versions. */
export const packageKey = ({ name, old, new: now }: PackageDiff): string =>
  `${name} ${old?.version ?? ''}..${now?.version ?? ''}`

function keyWords(change: Change): string[] {
  switch (change.kind) {
    case 'capability':
      return [change.capability, change.stage, change.certainty, change.reach]
    case 'value':
      return [change.capability, change.stage, change.certainty, change.reach, resourceKey(change.resource)]
    case 'source':
      return [change.text.old, change.text.new]
    case 'unit':
      return [change.unit, change.file]
    case 'file':
      return [change.file]
    case 'coverage':
      return [change.loss, change.reason]
  }
}

function searchedText(owner: PackageDiff, change: Change): string {
  const texts = [owner.name, change.kind, change.change, ...keyWords(change)]
  if (change.kind === 'capability') {
    const uses = change.uses.flatMap(({ calls, examples }) => [
      calls,
      ...[...examples.old, ...examples.new].flatMap(stepTexts),
    ])
    texts.push(...stepTexts(change.path), ...uses, ...gainedLiterals(change))
  }
  if (change.kind === 'value') texts.push(...stepTexts(change.path), resourceText(change.resource))
  return texts.join('\n').toLowerCase()
}

const stepTexts = (path: readonly Step[]): string[] => path.flatMap((step) => [step.function, step.package, step.file])

/** Whether a change is shown. What is no capability has no certainty, and is not shown when one is asked for. */
export function changeMatcher(filter: Filter): (row: ChangeRow) => boolean {
  const text = textMatcher(filter.text)
  const capability = capabilityFilter(filter.capabilities)
  return (row) => {
    const { owner, change } = row
    if (filter.package !== '' && owner.name !== filter.package) return false
    if (!among(filter.directions, change.direction)) return false
    if (filter.capabilities.length > 0 && !('capability' in change && capability(change.capability))) return false
    if (!among(filter.certainties, 'certainty' in change ? change.certainty : '')) return false
    if (!among(filter.stages, 'stage' in change ? change.stage : '')) return false
    return text(row)
  }
}
