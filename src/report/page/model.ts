/**
 * The findings as the page shows them: a row a package, capability, stage and certainty, grouped by capability, most
 * serious first. Pure regrouping; the page's elements are built elsewhere.
 */
import { compareText, STAGES } from '../../base/index.js'
import { type AnalysisPage, type PagePackage, unpackFinding } from '../html-data.js'
import { resourceTexts } from '../resource-text.js'
import type { Finding } from '../result.js'
import { compareCapabilities } from '../severity.js'
import { type DependencyTree, dependencyTree } from './dependency-tree.js'

export interface Row {
  /** Unique on the page, and the same in every page of the same crate: it stands in addresses. */
  readonly key: string
  readonly owner: PagePackage
  readonly finding: Finding
  /** What is merely possible of the same: a detail of what is certain. */
  readonly besides: readonly Row[]
  /** In lower case, all that a search looks at. */
  searched(): string
}

/** The rows of one capability. */
export interface RowGroup {
  readonly capability: string
  readonly rows: readonly Row[]
}

export interface Model {
  readonly page: AnalysisPage
  readonly rows: readonly Row[]
  readonly packages: ReadonlyMap<string, PagePackage>
  readonly tree: DependencyTree
  /** The places of the row's package that have the capability themselves. */
  sitesOf(row: Row): readonly Finding[]
}

export function modelOf(page: AnalysisPage): Model {
  const rows = page.packages
    .flatMap((owner) => owner.findings.map((packed) => rowOf(owner, unpackFinding(packed, page))))
    .sort(compareRows)
  const own = new Map<string, string[]>()
  for (const { owner, finding } of rows) {
    if (finding.reach === 'direct') own.set(owner.id, [...(own.get(owner.id) ?? []), finding.capability])
  }
  return {
    page,
    rows,
    packages: new Map(page.packages.map((owner) => [owner.id, owner])),
    tree: dependencyTree(page.packages, (id) => own.get(id) ?? []),
    sitesOf: ({ owner, finding }) =>
      owner.sites
        .filter(
          (site) =>
            page.texts[site.capability] === finding.capability &&
            site.stage === finding.stage &&
            site.certainty === finding.certainty,
        )
        .map((site) => unpackFinding(site, page)),
  }
}

function rowOf(owner: PagePackage, finding: Finding): Row {
  let searched: string | undefined
  return {
    key: [owner.id, finding.capability, finding.stage, finding.certainty, finding.reach].join(' '),
    owner,
    finding,
    besides: [],
    searched: () => (searched ??= searchedText(owner, finding)),
  }
}

function searchedText(owner: PagePackage, finding: Finding): string {
  const steps = finding.path.flatMap((step) => [step.function, step.package, step.file])
  const texts = [
    owner.id,
    finding.capability,
    finding.stage,
    finding.condition,
    ...steps,
    ...(finding.literals ?? []),
    ...resourceTexts([finding]),
  ]
  return texts.join('\n').toLowerCase()
}

/** By seriousness; what is certain, runs with the program and is the reader's own comes first. */
function compareRows(a: Row, b: Row): number {
  return (
    compareCapabilities(a.finding.capability, b.finding.capability) ||
    Number(a.finding.certainty === 'possible') - Number(b.finding.certainty === 'possible') ||
    STAGES.indexOf(a.finding.stage) - STAGES.indexOf(b.finding.stage) ||
    Number(b.owner.local) - Number(a.owner.local) ||
    Number(a.finding.condition !== 'true') - Number(b.finding.condition !== 'true') ||
    b.finding.sites - a.finding.sites ||
    compareText(a.key, b.key)
  )
}

/** Each package once for a capability and stage: possible rows go to the certain one, but for the one that is to be kept. */
export function foldedRows(rows: readonly Row[], kept = ''): readonly Row[] {
  const keyOf = ({ owner, finding }: Row): string => [owner.id, finding.capability, finding.stage].join(' ')
  const certain = new Set(rows.filter(({ finding }) => finding.certainty === 'certain').map(keyOf))
  const besides = new Map<string, Row[]>()
  const isBeside = (row: Row): boolean =>
    row.finding.certainty === 'possible' && certain.has(keyOf(row)) && row.key !== kept
  for (const row of rows.filter(isBeside)) besides.set(keyOf(row), [...(besides.get(keyOf(row)) ?? []), row])
  return rows
    .filter((row) => !isBeside(row))
    .map((row) => (row.finding.certainty === 'certain' ? { ...row, besides: besides.get(keyOf(row)) ?? [] } : row))
}

/** Rows as they come, a group a capability. */
export function groupsOf(rows: readonly Row[]): RowGroup[] {
  const groups: { capability: string; rows: Row[] }[] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last?.capability === row.finding.capability) last.rows.push(row)
    else groups.push({ capability: row.finding.capability, rows: [row] })
  }
  return groups
}
