/** The account of every place, for a person: counts by kind, then what is left over with its place. */
import type { AuditCounts, AuditPlace, AuditResult } from './audit-result.js'
import { escapeText } from './escape.js'
import { padEnd } from './layout.js'

/** Places listed of what is left over; the JSON has all of them. */
const PLACES_SHOWN = 50

export function renderAudit(audit: AuditResult): string {
  const head = ['seen', 'led', 'known', 'told', 'conditional', 'left over']
  const rows = [...audit.kinds.map((each) => row(each.kind, each)), row('all', audit)]
  const shown = audit.places.slice(0, PLACES_SHOWN)
  const more = audit.places.length - shown.length
  return `${[
    `audit of ${audit.files} files and ${audit.expansions} texts that macros made`,
    `  ${padEnd('', 18)}${head.map((word) => word.padStart(12)).join('')}`,
    ...rows,
    ...(shown.length > 0 ? ['left over'] : []),
    ...shown.map(({ kind, name, calledAt, ...at }) => {
      const called = calledAt ? `, by the macro called at ${placeText(calledAt)}` : ''
      return `  ${escapeText(placeText(at))}  ${kind} ${escapeText(name)}${escapeText(called)}`
    }),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n')}\n`
}

const placeText = (at: AuditPlace): string => `${at.package} ${at.file}:${at.line}:${at.column}`

function row(label: string, { led, known, told, conditional, left }: AuditCounts): string {
  const counts = [led + known + told + conditional + left, led, known, told, conditional, left]
  return `  ${padEnd(label, 18)}${counts.map((count) => String(count).padStart(12)).join('')}`
}
