/** Each place that has a capability, with a path to it: the rooms in a row for `caps why`. Narrowing is here; how much of it is shown, the report's. */

import { globTest, ProjectError, printCfg, type Stage } from '../base/index.js'
import { selectCapabilities, type WhyPath, whyCapabilities } from '../capabilities/index.js'
import { CONFIGURATION_PACKAGE } from '../project/index.js'
import { WHY_SCHEMA_VERSION, type WhyResult } from '../report/result.js'
import type { AnalyzeOptions, OnProgress } from './analysis-options.js'
import { type CrateGraph, readCrate } from './analyze.js'
import { targetsOfCondition } from './condition-targets.js'
import { decidedFor } from './decided-condition.js'
import { entryOf, packagesOf } from './entry-of.js'
import { systemsOf } from './systems-of.js'

/** What the answer is narrowed to. */
export interface WhyInput {
  /** Only what runs then; all stages unless given. */
  readonly stages?: readonly Stage[]
  /** Only this place: `src/process.rs:94`, with a column or without a line; the file's path or its end. */
  readonly site?: string
  /** Only by paths through this package, `name` or `name@1.2.3`. */
  readonly through?: string
  /** Only places that act on it: `curl`, `/etc/*`. */
  readonly value?: string
}

/**
 * Every place of `spec` and its dependencies that has the capability or one of the family, with one shortest path to each, certain
 * ones first. Throws ProjectError.
 */
export async function why(
  spec: string,
  capability: string,
  options: AnalyzeOptions & WhyInput = {},
  onProgress: OnProgress = () => {},
): Promise<WhyResult> {
  const { stages, site, through, value, ...analyzeOptions } = options
  const crate = await readCrate(spec, analyzeOptions, onProgress)
  onProgress({ step: 'following paths' })
  const { entry } = analyzeOptions
  return whyOf(crate, capability, {
    ...(stages && { stages }),
    ...(site !== undefined && { site }),
    ...(through !== undefined && { through }),
    ...(value !== undefined && { value }),
    ...(entry !== undefined && { entry }),
  })
}

/** The same of a crate that was read. Throws ProjectError. */
export function whyOf(
  crate: CrateGraph,
  capability: string,
  options: WhyInput & { readonly entry?: string } = {},
): WhyResult {
  const { workspace, graph, maps } = crate
  const paths = whyCapabilities(graph, maps, {
    capabilities: selectCapabilities(capability),
    stages: options.stages,
    entry: entryOf(options.entry, crate),
    // What a configuration does happens before anything is entered.
    roots: [...workspace.roots, CONFIGURATION_PACKAGE],
    systems: systemsOf(workspace),
    through: packagesOf(options.through, workspace),
    actsOn: options.value === undefined ? undefined : valueMatcher(options.value),
  })
  const chosen = options.site === undefined ? paths : atSite(paths, options.site, capability)
  const decided = decidedFor(workspace.targets)
  return {
    schemaVersion: WHY_SCHEMA_VERSION,
    root: workspace.roots.join(', '),
    targets: workspace.targets.map(({ triple }) => triple),
    sites: chosen.length,
    paths: chosen.map((found) => ({
      capability: found.capability,
      stage: found.stage,
      certainty: found.certainty,
      condition: printCfg(decided(found.condition)),
      targets: targetsOfCondition(found.condition, workspace.targets),
      from: found.from,
      path: found.path,
      ...(found.literals && { literals: found.literals }),
      ...(found.resources && { resources: [...found.resources] }),
    })),
    truncated: false,
  }
}

/** Whether a text is the value, begins with it as a word (a program with its arguments), or fits it as a pattern with `*`. */
function valueMatcher(value: string): (text: string) => boolean {
  const fits = globTest(value)
  return (text) => text === value || text.startsWith(`${value} `) || fits(text)
}

/** Those that end at the place. Throws ProjectError when none does: a mistyped place must not look like an answer. */
function atSite(paths: readonly WhyPath[], site: string, capability: string): readonly WhyPath[] {
  const [, file = site, line, column] = /^(.*?)(?::(\d+))?(?::(\d+))?$/.exec(site) ?? []
  const wanted = file.replaceAll('\\', '/')
  const found = paths.filter(({ path }) => {
    const last = path.at(-1)
    return (
      last !== undefined &&
      (last.file === wanted || last.file.endsWith(`/${wanted}`)) &&
      (line === undefined || last.line === Number(line)) &&
      (column === undefined || last.column === Number(column))
    )
  })
  if (found.length > 0 || paths.length === 0) return found
  const places = paths.map(({ path }) => `${path.at(-1)?.file}:${path.at(-1)?.line}`)
  throw new ProjectError(
    `No site of ${capability} at ${site}`,
    `there is one at ${[...new Set(places)].slice(0, MAX_PLACES).join(', ')}${paths.length > MAX_PLACES ? ', …' : ''}`,
    'Name a file, a file:line or a file:line:column of one of them.',
  )
}

/** Places that an error lists at most. */
const MAX_PLACES = 3
