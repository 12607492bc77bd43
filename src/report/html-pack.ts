/**
 * From a result to the data of the HTML page: each text and each step once, with a number. It leaves nothing out but
 * unresolved references and sites beyond a named limit, which it counts.
 */
import { percentResolved } from './coverage-text.js'
import type { Excerpts } from './excerpts.js'
import type { AnalysisPage, PackedFinding, PackedStep, PagePackage } from './html-data.js'
import type { AnalysisResult, Finding } from './result.js'

/** Sites that one package shows of one capability and stage; the JSON has all. */
export const MAX_SITES = 1_000
/** Unresolved references that the page lists; the JSON has all. */
export const MAX_UNRESOLVED = 5_000

/** What the page of an analysis is made of. */
export interface AnalysisInput {
  /** By crate: what stands in the page's list. */
  readonly result: AnalysisResult
  /** The same by site, shown below each finding of the package. */
  readonly sites?: AnalysisResult
  readonly excerpts: Excerpts
}

/** The page's data of an analysis. */
export function packAnalysis({ result, sites, excerpts }: AnalysisInput): AnalysisPage {
  const texts = new Interned<string>((text) => text)
  const steps = new Interned<PackedStep>(String)
  const pack = (finding: Finding): PackedFinding => packFinding(finding, texts, steps)
  const sitesOf = new Map(sites?.packages.map((owner) => [owner.id, owner.capabilities]))
  const packages = result.packages.map((owner): PagePackage => {
    const { capabilities, directory: _, ...rest } = owner
    const all = sitesOf.get(owner.id) ?? []
    const kept = firstOfEach(all)
    return { ...rest, findings: capabilities.map(pack), sites: kept.map(pack), sitesLeftOut: all.length - kept.length }
  })
  const unresolved = result.coverage.unresolved.slice(0, MAX_UNRESOLVED)
  return {
    kind: 'analysis',
    tool: result.tool,
    members: result.members,
    targets: result.targets,
    ...(result.configuration && { configuration: result.configuration }),
    texts: texts.list,
    steps: steps.list,
    packages,
    coverage: { ...result.coverage, unresolved },
    resolved: percentResolved(result.coverage),
    unresolvedLeftOut: result.coverage.unresolved.length - unresolved.length,
    excerpts,
  }
}

/** The first sites of each capability and stage. */
function firstOfEach(sites: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>()
  return sites.filter(({ capability, stage }) => {
    const key = `${stage} ${capability}`
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count <= MAX_SITES
  })
}

function packFinding(finding: Finding, texts: Interned<string>, steps: Interned<PackedStep>): PackedFinding {
  const { stage, certainty, reach, sites, targets, literals, resources } = finding
  return {
    capability: texts.numberOf(finding.capability),
    stage,
    certainty,
    reach,
    condition: texts.numberOf(finding.condition),
    ...(targets && finding.condition !== 'true' && { targets }),
    sites,
    ...(finding.function !== undefined && { function: texts.numberOf(finding.function) }),
    path: finding.path.map((step) =>
      steps.numberOf([
        texts.numberOf(step.function),
        texts.numberOf(step.package),
        texts.numberOf(step.file),
        step.line,
        step.column,
      ]),
    ),
    ...(literals && { literals }),
    ...(resources && { resources }),
  }
}

/** Values with a number each, in the order in which they first came. */
class Interned<T> {
  readonly list: T[] = []
  private readonly numbers = new Map<string, number>()

  constructor(private readonly keyOf: (value: T) => string) {}

  numberOf(value: T): number {
    const key = this.keyOf(value)
    let number = this.numbers.get(key)
    if (number === undefined) {
      number = this.list.push(value) - 1
      this.numbers.set(key, number)
    }
    return number
  }
}
