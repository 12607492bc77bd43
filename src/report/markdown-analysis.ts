/**
 * An analysis for a pull request's comment: a row a package with what its code can do, details folded. Fits into a comment
 * of GitHub; what did not fit is counted, never passed over.
 */
import { compareText, familyOf } from '../base/index.js'
import { besidesText, type Claim, claimsOf } from './besides.js'
import { onlyText } from './condition-text.js'
import { configurationText } from './configuration-text.js'
import { lossTexts, percentResolved } from './coverage-text.js'
import { details, familyTable, fitComment, pathText, type TableRow } from './markdown-parts.js'
import { code, codeCell, codeTag, prose } from './markdown-text.js'
import { stageText } from './notice.js'
import { resourceTexts, someResources } from './resource-text.js'
import type { AnalysisResult, Finding, PackageResult } from './result.js'
import { compareCapabilities } from './severity.js'
import { unusualSources } from './source-lines.js'
import { packageText, plural, sizeText } from './spelling.js'
import { unverified, verifiedText } from './verified-text.js'

const OWN = '✓'
const THROUGH = '↳'
const MAYBE = '?'
const NONE = '✗'

/** The comment. It begins with a marker by which a workflow finds it again. */
export function analysisMarkdown(result: AnalysisResult): string {
  const { coverage } = result
  const owners = result.packages.filter(({ capabilities }) => capabilities.length > 0).sort(compareOwners)
  const without = result.packages.length - owners.length
  const facts = [
    plural(result.packages.length, 'package'),
    `${sizeText(coverage.files.bytes)} of Rust`,
    `${percentResolved(coverage)} % of calls resolved`,
  ]
  const lost = lossTexts(coverage)
  const configuration = configurationText(result)
  const parts = [
    facts.join(', '),
    ...(configuration === '' ? [] : [`Configured by ${code(configuration)}.`]),
    ...(owners.length === 0 ? ['No capability found.'] : [familyTable(owners.map(rowOf), NONE, ['otherwise']), LEGEND]),
    ...(without > 0 ? [`${plural(without, 'package')} without any capability.`] : []),
    ...elsewhereBlock(result),
    ...unverifiedBlock(result),
    ...(lost.length > 0 ? [`Not analyzed: ${prose(lost.join(', '))}. That code may do anything.`] : []),
    ...owners.flatMap((owner) => detailsOf(owner, result.targets)),
  ]
  return fitComment(['<!-- caps analyze -->', `### What ${code(titleOf(result))} can do`], parts, 'caps analyze')
}

const LEGEND = `${OWN} its own code, ${THROUGH} through another package, ${MAYBE} only possible, ${NONE} none`

/** Packages that come neither from the registry of all nor from the repository. */
function elsewhereBlock(result: AnalysisResult): readonly string[] {
  const groups = unusualSources(result)
  const lines = groups.map(
    ({ source, packages }) => `- ${code(source)}: ${packages.map((id) => code(packageText(id))).join(', ')}`,
  )
  const count = groups.reduce((sum, { packages }) => sum + packages.length, 0)
  return lines.length === 0 ? [] : [details('from elsewhere', plural(count, 'package'), lines)]
}

/** Packages for whose files nothing vouches. */
function unverifiedBlock(result: AnalysisResult): readonly string[] {
  const owners = unverified(result)
  const lines = owners.map(
    ({ id, verified }) => `- ${code(packageText(id))}: ${prose(verified ? verifiedText(verified) : '')}`,
  )
  return lines.length === 0 ? [] : [details('not verified', plural(owners.length, 'package'), lines)]
}

/** Workspaces have many members: the first and how many more. */
function titleOf({ members }: AnalysisResult): string {
  const [first = 'nothing', ...others] = members.map(packageText)
  return others.length === 0 ? first : `${first} and ${others.length} more`
}

/** What was asked for first, then by the most serious thing that is certain. */
function compareOwners(a: PackageResult, b: PackageResult): number {
  return Number(b.local) - Number(a.local) || compareCapabilities(worst(a), worst(b)) || compareText(a.id, b.id)
}

function worst({ capabilities }: PackageResult): string {
  const certain = capabilities.filter(({ certainty }) => certainty === 'certain')
  return (
    (certain.length > 0 ? certain : capabilities).map(({ capability }) => capability).sort(compareCapabilities)[0] ?? ''
  )
}

function rowOf(owner: PackageResult): TableRow {
  const marks = new Map<string, string>()
  for (const finding of owner.capabilities.filter(({ stage }) => stage === 'run')) {
    const family = familyOf(finding.capability)
    marks.set(family, stronger(marks.get(family), markOf(finding)))
  }
  return { title: packageText(owner.id), bold: owner.local, marks, rest: [otherStages(owner)] }
}

const markOf = ({ certainty, reach }: Finding): string =>
  certainty === 'possible' ? MAYBE : reach === 'direct' ? OWN : THROUGH

function stronger(a: string | undefined, b: string): string {
  const order = [OWN, THROUGH, MAYBE]
  return a !== undefined && order.indexOf(a) < order.indexOf(b) ? a : b
}

/** `when built: exec, fs`: what is not in the program. */
function otherStages({ capabilities }: PackageResult): string {
  const stages = [
    ['when built', capabilities.filter(({ stage }) => stage === 'build' || stage === 'macro')],
    ['in tests', capabilities.filter(({ stage }) => stage === 'test')],
  ] as const
  return stages
    .filter(([, found]) => found.length > 0)
    .map(([name, found]) => `${name}: ${familyList(found)}`)
    .join('; ')
}

const familyList = (found: readonly Finding[]): string =>
  [...new Set(found.map(({ capability }) => familyOf(capability)))].sort(compareCapabilities).map(codeCell).join(', ')

/** A block a package with the paths; a dependency's block leaves out what another package's tells. */
function detailsOf(owner: PackageResult, all: readonly string[]): readonly string[] {
  const told = claimsOf(owner.capabilities.filter(({ reach }) => owner.local || reach === 'direct'))
  if (told.length === 0) return []
  const families = [...new Set(told.map(({ finding }) => familyOf(finding.capability)))].sort(compareCapabilities)
  const lines = [...told]
    .sort((a, b) => compareCapabilities(a.finding.capability, b.finding.capability))
    .map((claim) => claimLine(claim, all))
  return [details(packageText(owner.id), families.map(codeTag).join(' '), lines)]
}

function claimLine({ finding, besides }: Claim, all: readonly string[]): string {
  const notes = [
    finding.certainty === 'possible' ? 'only possible' : '',
    stageText(finding.stage).trim(),
    whereText(finding, all),
    finding.sites > 1 ? plural(finding.sites, 'site') : '',
    besidesText(besides),
  ].filter((note) => note !== '')
  const literals = (finding.literals ?? []).map((text) => code(JSON.stringify(text))).join(' ')
  const on = someResources(resourceTexts([finding]), MAX_RESOURCES)
    .map(code)
    .join(', ')
  const about = notes.length > 0 ? ` (${notes.join(', ')})` : ''
  return `- ${code(finding.capability)}${about}: ${pathText(finding.path)}${literals === '' || on !== '' ? '' : ` with ${literals}`}${on === '' ? '' : ` on ${on}`}`
}

/** Of what a finding acts on so much is listed: the JSON has all of it. */
const MAX_RESOURCES = 8

/** `only on Windows`, or the formula, whole. */
function whereText({ condition, targets: some = [] }: Finding, all: readonly string[]): string {
  if (condition === 'true') return ''
  const text = onlyText([condition], { some, all })
  const formula = /^only if (.*)$/s.exec(text)?.[1]
  return formula === undefined ? prose(text) : `only if ${code(formula)}`
}
