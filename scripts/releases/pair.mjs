// One pair of releases: how its diff counts in the table, and what in it is flagged. A flag is what `caps diff
// --fail-on new` stops at; which changes those are is said in src/review/diff-gate.ts and nowhere else.
import { changeVerb } from '../../dist/report/diff-sentence.js'
import { failsOn } from '../../dist/review/diff-gate.js'

/** Without a diff, one of the versions could not be analyzed. */
export function pairOf(name, before, now, diff) {
  const versions = { old: before.version, new: now.version }
  const pair = { name, versions, title: `${name} ${versions.old} → ${versions.new}` }
  if (!diff) return { ...pair, group: 'failed', flags: [], why: now.failed ?? before.failed }
  const changes = diff.packages.flatMap((one) => one.changes)
  const flagged = diff.packages.flatMap((one) => one.changes.filter((change) => isFlag(diff, one, change)))
  return { ...pair, group: groupOf(name, changes, flagged), flags: flagged.map(flagOf) }
}

/** Whether the gate stops at this change alone. */
function isFlag(diff, owner, change) {
  return failsOn({ ...diff, packages: [{ ...owner, changes: [change] }] }, 'new')
}

/** `stage` and `condition` are a capability's; a condition that always holds is none. */
function flagOf(change) {
  const text = `${change.package} ${changeVerb(change)}`
  if (change.kind !== 'capability') return { text, place: { file: change.file, line: 0, column: 0 } }
  const { stage, condition } = change
  return { text, stage, place: change.path.at(-1), ...(condition.new !== 'true' && { condition: condition.new }) }
}

function groupOf(name, changes, flagged) {
  if (flagged.length > 0) return flagged.some((change) => change.package === name) ? 'own' : 'dependency'
  if (changes.some(({ kind }) => kind === 'capability')) return 'uses'
  return changes.length > 0 ? 'other' : 'none'
}
