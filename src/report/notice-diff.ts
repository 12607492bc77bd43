/**
 * The notices of a diff: what a package can do more than before, and that it comes from elsewhere. What it lost, and what
 * else cannot be said to be more or less, is no alert; the other formats tell it.
 */
import type { Change, DiffResult, PackageDiff, ValueChange } from './diff-result.js'
import { changedConditions, changeVerb, gainedLiterals } from './diff-sentence.js'
import { type Notice, type NoticeLevel, type Place, routeText } from './notice.js'
import { resourceKey } from './resource-text.js'
import { packageText } from './spelling.js'

/** In the order of the diff: the package with the most serious change first. */
export function diffNotices(diff: DiffResult): readonly Notice[] {
  return diff.packages.flatMap((one) => {
    return one.changes
      .filter(({ direction, kind }) => direction === 'more' || kind === 'source')
      .map((change) => noticeOf(one, change))
  })
}

function noticeOf(one: PackageDiff, change: Change): Notice {
  const id = change.ids.new ?? change.ids.old ?? change.package
  const title = `${packageText(id)} ${changeVerb(change)}`
  const path = 'path' in change ? change.path : []
  const place = placeOf(id, change)
  const literals = gainedLiterals(change)
  const changed = change.kind === 'capability' ? changedConditions(change) : undefined
  const when = changed ? ` Now if ${changed.now}; it was if ${changed.was}.` : ''
  return {
    rule: ruleOf(change),
    level: levelOf(change),
    title,
    message: `${path.length > 0 ? `${title}: ${routeText(path)}.` : `${title}.`}${when}`,
    via: [id],
    path,
    ...(place && { place }),
    key: ['diff', change.kind, change.change, change.package, ...keyOf(change)],
    properties: {
      package: id,
      packageChange: one.change,
      kind: change.kind,
      change: change.change,
      ...(change.ids.old !== null && { before: change.ids.old }),
      ...('certainty' in change && { stage: change.stage, certainty: change.certainty, reach: change.reach }),
      ...(change.kind === 'value' && valueFacts(change)),
      ...(change.kind === 'source' && { source: change.text.new, sourceBefore: change.text.old }),
      ...(literals.length > 0 && { literals }),
    },
  }
}

function valueFacts({ resource, before }: ValueChange): Notice['properties'] {
  const { kind, value, known } = resource
  return { resource: kind, known, ...(known !== 'unknown' && { value }), before }
}

function ruleOf(change: Change): string {
  switch (change.kind) {
    case 'capability':
    case 'value':
      return change.capability
    case 'source':
      return 'package-source'
    case 'unit':
      return 'build-code'
    case 'file':
      return 'binary-file'
    case 'coverage':
      return 'coverage'
  }
}

/** A diff judges nothing, so nothing is an error. */
function levelOf(change: Change): NoticeLevel {
  const certain = !('certainty' in change) || change.certainty === 'certain'
  return certain && change.tone === 'alarm' ? 'warning' : 'note'
}

/** What is the same in the next release's diff, if the same happens again. */
function keyOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'capability':
      return [change.capability, change.stage, change.certainty, change.reach]
    case 'value':
      return [change.capability, change.stage, change.certainty, change.reach, resourceKey(change.resource)]
    case 'source':
      return [change.text.new]
    case 'unit':
    case 'file':
      return [change.file]
    case 'coverage':
      return [change.loss, change.reason]
  }
}

function placeOf(id: string, change: Change): Place | undefined {
  if (change.kind === 'coverage') return change.examples[0]
  return 'path' in change || change.kind === 'source'
    ? undefined
    : { package: id, file: change.file, line: 0, column: 0 }
}
