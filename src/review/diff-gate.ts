/** Whether a diff is one that a gate stops at. What an update may bring is a policy's to say (`caps check`); this only asks whether it brings anything. */
import type { Change, DiffResult } from '../report/diff-result.js'
import { CONFIGURATION_NAME } from './source-parts.js'

/**
 * new: a certain capability that a package had not, code that runs when the crate is built, a file that is a program or
 * holds one, a package that comes from another source, or anything else that cargo's configuration does; sensitive: also a value with a tag that a capability had not, certainly; new-value: any such value, a computed one among them; any: everything that is more or other than before, possible uses and worse coverage too.
 */
export type FailOn = 'new' | 'sensitive' | 'new-value' | 'any'

export function failsOn({ packages }: DiffResult, level: FailOn): boolean {
  const changes = packages.flatMap((diff) => diff.changes)
  if (level === 'any') return changes.some((change) => change.direction !== 'less')
  return changes.some((change) => isNew(change) || (level !== 'new' && isNewValue(change, level)))
}

function isNew(change: Change): boolean {
  switch (change.kind) {
    case 'capability':
      // Each key of a configuration is a decision of its own: a linker that was there is no reason for another one.
      if (change.package === CONFIGURATION_NAME) return change.direction !== 'less'
      return change.change === 'gained' && change.certainty === 'certain'
    case 'source':
      return true
    case 'unit':
      return change.change === 'added'
    case 'file':
      return change.change === 'added' && change.tone === 'alarm'
    case 'value':
    case 'coverage':
      return false
  }
}

const isNewValue = (change: Change, level: 'sensitive' | 'new-value'): boolean =>
  change.kind === 'value' &&
  change.certainty === 'certain' &&
  (level === 'new-value' || change.resource.tags !== undefined)
