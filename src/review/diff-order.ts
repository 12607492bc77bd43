/**
 * The order in which a reader meets changes: what may be an attack before what may be a surprise before what is only
 * different. It ranks for reading; whether a change may be is the reader's judgement, or a policy's.
 */
import { compareText } from '../base/index.js'
import type { Change, PackageDiff } from '../report/diff-result.js'
import { resourceKey } from '../report/resource-text.js'
import { compareCapabilities } from '../report/severity.js'

const DIRECTIONS: readonly Change['direction'][] = ['more', 'other', 'less']
const TONES: readonly Change['tone'][] = ['alarm', 'notice', 'quiet']
/** Of one tone: powers first, then whose code it is, the code that has them, files, and what is not known last. */
const KINDS: readonly Change['kind'][] = ['capability', 'source', 'unit', 'file', 'coverage']
/** What a power acts on stands behind what is said of the power itself. */
const kindOf = ({ kind }: Change): number => KINDS.indexOf(kind === 'value' ? 'capability' : kind)
const CERTAINTIES: readonly string[] = ['certain', 'possible']
/** What runs when a crate is merely built runs unasked, and so before any test of the program. */
const STAGES: readonly string[] = ['build', 'macro', 'run', 'test']

/** For sorting the changes of one package, or of all. */
export function compareChanges(a: Change, b: Change): number {
  return (
    DIRECTIONS.indexOf(a.direction) - DIRECTIONS.indexOf(b.direction) ||
    TONES.indexOf(a.tone) - TONES.indexOf(b.tone) ||
    kindOf(a) - kindOf(b) ||
    compareWithinKind(a, b) ||
    compareText(textOf(a), textOf(b))
  )
}

function compareWithinKind(a: Change, b: Change): number {
  if (!('capability' in a && 'capability' in b)) return 0
  return (
    CERTAINTIES.indexOf(a.certainty) - CERTAINTIES.indexOf(b.certainty) ||
    compareCapabilities(a.capability, b.capability) ||
    STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) ||
    Number(a.kind === 'value') - Number(b.kind === 'value')
  )
}

function textOf(change: Change): string {
  switch (change.kind) {
    case 'capability':
      return `${change.change} ${change.reach}`
    case 'value':
      return `${change.change} ${resourceKey(change.resource)} ${change.reach}`
    case 'source':
      return change.text.new
    case 'unit':
      return `${change.unit} ${change.file}`
    case 'file':
      return change.file
    case 'coverage':
      return `${change.loss} ${change.reason}`
  }
}

const PACKAGE_CHANGES: readonly PackageDiff['change'][] = ['added', 'removed', 'version', 'content', 'none']

/** For sorting packages whose changes are sorted: the most serious first change first, packages without one last. */
export function comparePackages(a: PackageDiff, b: PackageDiff): number {
  const [first, other] = [a.changes[0], b.changes[0]]
  return (
    (first && other ? compareChanges(first, other) : Number(!first) - Number(!other)) ||
    PACKAGE_CHANGES.indexOf(a.change) - PACKAGE_CHANGES.indexOf(b.change) ||
    compareText(a.name, b.name) ||
    compareText(a.new?.id ?? a.old?.id ?? '', b.new?.id ?? b.old?.id ?? '')
  )
}
