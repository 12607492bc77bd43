// The page docs/releases.md: a row a crate, and a row a flag with what a person found on reading both versions.
import { codeCell } from '../../dist/report/markdown-text.js'
import { fileText } from '../../dist/report/spelling.js'

/** Columns of the first table, by the groups that pair.mjs makes. */
const GROUPS = { none: 'nothing', other: 'only besides', uses: 'known uses', dependency: 'by a dependency', own: 'new' }
const UNREAD = 'not read yet'

/**
 * The page of all pairs; `record` is what docs/releases.json holds: `remarks` on the choice of crates, `besides` on what is
 * no flag, both Markdown that a person wrote.
 */
export function releasesPage(pairs, record) {
  const compared = pairs.filter(({ group }) => group !== 'failed')
  const failed = pairs.filter(({ group }) => group === 'failed')
  const rows = compared.flatMap(({ title, flags }) =>
    flags.map((flag) => ({ ...judgementOf(title, flag, record), title, flag })),
  )
  const parts = [
    '# Twenty releases of ten crates',
    `\`npm run releases\` writes this page; only the judgements are a person's, kept in [releases.json](releases.json). Of each
crate the last releases by version number, without yanked ones and pre-releases; each compared with the one before as
\`caps diff OLD NEW\` compares: default features, and the newest dependencies that a version admits, so that what a dependency
gained in the meantime is on both sides. One target only, ${codeCell(record.target)}; the others are not told of here.`,
    ...(record.remarks ?? []),
    summaryOf(compared, rows),
    crateTable(pairs),
    `- **nothing**: no change of anything that caps reports.
- **only besides**: a build script with other code, or code that is better or less known; no capability.
- **known uses**: more, fewer or other uses of a capability that the package had, or one that went.
- **new**: flagged. \`caps diff --fail-on new\` ends with 1: a capability that the package had not, a build script or proc
  macro that appeared, or a program among the files. **by a dependency**: so only in a package that it depends on.`,
    ...(failed.length > 0 ? [`## Not compared\n\n${failed.map(failedLine).join('\n')}`] : []),
    '## What was flagged, and whether it is so',
    'Each was read in the source of both versions. *right*: the new version has it there, and the old one nowhere.',
    flagTable(rows),
    ...(record.besides ? ['## What was not flagged', ...record.besides] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

function summaryOf(compared, rows) {
  const countOf = (verdict) => rows.filter((row) => row.verdict === verdict).length
  const pairCount = (holds) => {
    const count = compared.filter(holds).length
    return `${count} of ${compared.length} pairs (${((100 * count) / compared.length).toFixed(1)} %)`
  }
  const unread = countOf(UNREAD) > 0 ? `, ${countOf(UNREAD)} not read yet` : ''
  return `**Flagged are ${pairCount(({ flags }) => flags.length > 0)}, with ${rows.length} flags: ${countOf('right')} right,
${countOf('wrong')} wrong${unread}.** A capability that the package had not was gained in ${pairCount(gainsCapability)},
when it runs rather than when it is built in ${pairCount(gainsAtRunTime)}. Deps.dev found that fewer than 2 % of
version updates add a capability; it counts other packages, with Capslock's fewer names.`
}

const gainsCapability = ({ flags }) => flags.some(({ stage }) => stage !== undefined)
const gainsAtRunTime = ({ flags }) => flags.some(({ stage }) => stage === 'run')

function crateTable(pairs) {
  const row = (title, own) => {
    const counts = Object.keys(GROUPS).map((group) => own.filter((pair) => pair.group === group).length)
    return `| ${[title, own.length, ...counts].join(' | ')} |`
  }
  const rows = [...new Set(pairs.map(({ name }) => name))].map((name) => {
    const own = pairs.filter((pair) => pair.name === name)
    return row(`${codeCell(name)} ${own[0].versions.old} … ${own.at(-1).versions.new}`, own)
  })
  const heads = ['crate', 'pairs', ...Object.values(GROUPS)]
  return [`| ${heads.join(' | ')} |`, `|---|${'--:|'.repeat(heads.length - 1)}`, ...rows, row('**all**', pairs)].join(
    '\n',
  )
}

function flagTable(rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [
    line(['pair', 'flag', 'place in the new version', 'right?', 'why']),
    '|---|---|---|---|---|',
    ...rows.map(({ title, flag, verdict, why }) => line([title, codeCell(flag.text), placeOf(flag), verdict, why])),
  ].join('\n')
}

function placeOf({ place, condition }) {
  const only = condition === undefined ? '' : `, if ${codeCell(condition)}`
  return `${codeCell(fileText(place))}${place.function === undefined ? '' : ` ${codeCell(place.function)}`}${only}`
}

/** Of exactly this flag in this pair. */
function judgementOf(title, flag, { read }) {
  return read.find((one) => one.pair === title && one.flag === flag.text) ?? { verdict: UNREAD, why: '' }
}

const failedLine = ({ title, why }) => `- ${codeCell(title)}: ${codeCell(why)}`
