/**
 * What a diff compared, in words that every format puts at its head: which crates, for which targets, and how the dependencies
 * of either side were chosen. All of it is escaped.
 */
import type { DiffResult, PackageDiff } from './diff-result.js'
import { escapeText } from './escape.js'
import { fitList } from './layout.js'
import type { LockedBy } from './result.js'
import { nameText, packageText, plural } from './spelling.js'

/** Names of several members fill no line. */
const TITLE_COLUMNS = 60

/**
 * `linelog 1.4.0 → 1.4.1`; the whole name twice when it is another crate. Of a workspace the members that changed, and how many
 * there are.
 */
export function diffTitle(diff: DiffResult): string {
  const { old, new: now } = diff
  const [before] = old.members
  const [after] = now.members
  if (old.members.length !== 1 || now.members.length !== 1 || before === undefined || after === undefined) {
    const changed = changedMembers(diff).map(pairText)
    const all = plural(now.members.length, 'member')
    return changed.length === 0 ? `${all}, none changed` : `${fitList(changed, TITLE_COLUMNS)} (of ${all})`
  }
  if (nameText(before) !== nameText(after)) return `${packageText(before)} → ${packageText(after)}`
  const version = packageText(after).slice(nameText(after).length + 1)
  return before === after ? packageText(after) : `${packageText(before)} → ${version}`
}

/** Members that came, went, or have another version, other files or a change. */
function changedMembers({ packages, old, new: now }: DiffResult): readonly PackageDiff[] {
  const members = new Set([...old.members, ...now.members])
  return packages.filter((one) => members.has((one.new ?? one.old)?.id ?? ''))
}

/** `linelog 1.4.0 → 1.4.1` of one package. */
export function pairText({ name, old, new: now }: PackageDiff): string {
  const shown = escapeText(name)
  if (!old || !now) return `${shown} ${escapeText((now ?? old)?.version ?? '')}`
  const before = nameText(old.id) === nameText(now.id) ? '' : `${packageText(old.id)} → `
  if (before !== '') return `${before}${packageText(now.id)}`
  return old.version === now.version
    ? `${shown} ${escapeText(now.version)}`
    : `${shown} ${escapeText(old.version)} → ${escapeText(now.version)}`
}

const CHOICES: Readonly<Record<LockedBy, string>> = {
  own: 'Cargo.lock',
  worktree: 'the Cargo.lock on disk, since the revision has none',
  named: 'the lockfile that was named',
  archive: 'the Cargo.lock published with it',
  updated: 'Cargo.lock, brought up to date by cargo',
  resolved: 'cargo, as of now',
  offline: 'what this machine has',
  paths: 'their paths alone',
}

/** Sentences without a full stop: the targets, the lockfiles. `width` is for a list of targets. */
export function comparedFacts({ old, new: now }: DiffResult, width: number): readonly string[] {
  const targets = (side: DiffResult['old'], room: number): string =>
    side.targets.length > 1
      ? `${side.targets.length} targets (${fitList(side.targets.map(escapeText), room)})`
      : side.targets.map(escapeText).join('')
  const same = [...old.targets].sort().join() === [...now.targets].sort().join()
  return [
    same
      ? `compared for ${targets(now, width - 30)}`
      : `compared: old for ${targets(old, width - 30)}, new for ${targets(now, width - 30)}`,
    ...(old.lockedBy === undefined && now.lockedBy === undefined ? [] : [locksText(old, now)]),
  ]
}

function locksText(old: DiffResult['old'], now: DiffResult['old']): string {
  const lock = ({ lockedBy }: DiffResult['old']): string =>
    lockedBy === undefined ? 'what the report does not tell' : CHOICES[lockedBy]
  if (old.lockedBy === 'paths' && now.lockedBy === 'paths') return 'no dependencies that had to be chosen'
  return old.lockedBy === now.lockedBy
    ? `dependencies of both sides chosen by ${lock(now)}`
    : `dependencies of the old side chosen by ${lock(old)}; of the new by ${lock(now)}`
}

/** `no capability gained; 2 changes to more, 1 to less`. */
export function changesText({ summary: { changes } }: DiffResult): string {
  const counts = (
    [
      [changes.more, 'to more'],
      [changes.less, 'to less'],
      [changes.other, 'to something else'],
    ] as const
  ).filter(([count]) => count > 0)
  return counts.map(([count, to], i) => `${i === 0 ? plural(count, 'change') : count} ${to}`).join(', ')
}
