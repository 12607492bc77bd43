/**
 * Call graphs of fixtures. Many fixtures go into one Program, each with packages of its own, because the real std costs
 * half a second for each Program; crates of different fixtures cannot see each other.
 */

import { type Audit, accountOf, newRecorder, type Recorder } from '../../src/audit/index.js'
import {
  addProgram,
  finishGraph,
  linkShares,
  newGraphState,
  newShareState,
  nextContext,
  sharesOf,
  sharesOfPart,
} from '../../src/graph/build-graph.js'
import type { CallGraph } from '../../src/graph/call-graph.js'
import type { CrateShare } from '../../src/graph/crate-share.js'
import { buildProgram, loadFiles, type Program, type Visits } from '../../src/names/index.js'
import { NO_CONFIGURATION } from '../../src/project/cargo-configuration.js'
import type { TargetPlatform } from '../../src/project/target-platform.js'
import { selectTargets } from '../../src/project/targets.js'
import type { Package, Unit, Workspace } from '../../src/project/workspace.js'
import { initSyntax } from '../../src/syntax/index.js'
import { type Fixture, parseFixture, stdOf } from './fixture.js'

const [LINUX, WINDOWS] = selectTargets(['x86_64-unknown-linux-gnu', 'x86_64-pc-windows-msvc']) as [
  TargetPlatform,
  TargetPlatform,
]

export { LINUX, WINDOWS }

/** A fixture among others: its packages are `app@1.0.0#name`, so that those of two fixtures differ. */
export interface NamedFixture {
  readonly name: string
  readonly fixture: Fixture
}

export const packageIn = (name: string, pkg: string): string => `${pkg}#${name}`

/** The graph of all fixtures together, with the first one's std, as each of the targets sees them; without targets, Linux. */
export async function graphOf(named: readonly NamedFixture[], targets?: readonly TargetPlatform[]): Promise<CallGraph> {
  const recorder = newRecorder()
  const graph = await watchedGraph(named, targets, recorder)
  expectAccounted(accountOf(recorder))
  return graph
}

/** Shares of fixtures, and what linking them needs. */
export interface FixtureShares {
  readonly shares: readonly CrateShare[]
  readonly link: (shares: readonly CrateShare[]) => CallGraph
}

/** The shares of all fixtures' crates, target by target. */
export async function sharesIn(
  named: readonly NamedFixture[],
  targets?: readonly TargetPlatform[],
  visits: Visits = newRecorder(),
): Promise<FixtureShares> {
  const { workspace, programs } = await programsOf(named, targets, visits)
  const groups = workspace.targets.map((target) => [target])
  const state = newShareState(groups)
  const shares = [...programs].flatMap((program) => [...sharesOf(state, program, workspace)])
  return { shares, link: (given) => linkShares(given, groups, workspace) }
}

/** The shares made in parts: all parts of the first target one after another with one Program, or each with its own. */
export async function sharesInParts(
  named: readonly NamedFixture[],
  targets: readonly TargetPlatform[],
  partOfUnit: (at: number) => number,
): Promise<{ readonly together: readonly CrateShare[]; readonly apart: readonly CrateShare[] }> {
  const first = await programsOf(named, targets, newRecorder())
  const { workspace } = first
  const groups = workspace.targets.map((target) => [target])
  const parts = workspace.units.map((_, at) => partOfUnit(at))
  const state = newShareState(groups, parts)
  const together = [...first.programs].flatMap((program) => [...sharesOf(state, program, workspace)])
  const ofParts: CrateShare[] = []
  const own = newShareState(groups, parts, 0)
  for (const part of new Set(parts)) {
    const { programs } = await programsOf(named, targets.slice(0, 1), newRecorder())
    for (const program of programs) {
      own.programs = 0
      ofParts.push(...sharesOfPart(own, nextContext(own, program), workspace, part))
    }
  }
  const order = new Map(workspace.units.map(({ id }, at) => [id, at]))
  const apart = ofParts.sort((a, b) => (order.get(a.unit) ?? 0) - (order.get(b.unit) ?? 0))
  const later = [...(await programsOf(named, targets, newRecorder())).programs].slice(1)
  return { together, apart: [...apart, ...later.flatMap((program) => [...sharesOf(own, program, workspace)])] }
}

/** A share that was written and read. */
export const throughJson = (share: CrateShare): CrateShare => JSON.parse(JSON.stringify(share))

/** The graph of every fixture is that of its shares, and of its shares written, read and linked from the last to the first. */
async function watchedGraph(
  named: readonly NamedFixture[],
  targets: readonly TargetPlatform[] | undefined,
  visits: Visits,
): Promise<CallGraph> {
  const { shares, link } = await sharesIn(named, targets, visits)
  const graph = link(shares)
  if (JSON.stringify(link(shares.map(throughJson).reverse())) !== JSON.stringify(graph))
    throw new Error('shares that were written and read, or come in another order, give another graph')
  return graph
}

/** The graph as analyses make it, without keeping a share. */
export async function graphAtOnce(
  named: readonly NamedFixture[],
  targets?: readonly TargetPlatform[],
): Promise<CallGraph> {
  const { workspace, programs } = await programsOf(named, targets, newRecorder())
  const state = newGraphState(workspace.targets.map((target) => [target]))
  for (const program of programs) addProgram(state, program, workspace)
  return finishGraph(state)
}

async function programsOf(
  named: readonly NamedFixture[],
  targets: readonly TargetPlatform[] | undefined,
  visits: Visits,
): Promise<{ readonly workspace: Workspace; readonly programs: Iterable<Program> }> {
  await initSyntax()
  const units: Unit[] = named.flatMap(({ name, fixture }) =>
    fixture.units.map((unit) => ({
      ...unit,
      id: packageIn(name, unit.id),
      package: packageIn(name, unit.package),
      externs: unit.externs.map((extern) => ({ ...extern, unit: packageIn(name, extern.unit) })),
    })),
  )
  const packages = new Map<string, Package>()
  for (const { name, fixture } of named) {
    for (const [id, pkg] of fixture.packages) packages.set(packageIn(name, id), { ...pkg, id: packageIn(name, id) })
  }
  const own = named.flatMap(({ fixture }) => fixture.target.cfg)
  const platforms = targets ?? [{ triple: LINUX.triple, cfg: [...LINUX.cfg, ...own] }]
  const files = await loadFiles(units, packages, platforms, () => {}, visits)
  const std = stdOf(named[0]?.fixture.std ?? 'full')
  const workspace: Workspace = {
    roots: [],
    packages: [...packages.values()],
    units,
    targets: platforms,
    diagnostics: [],
    configuration: NO_CONFIGURATION,
  }
  function* programs(): Generator<Program> {
    for (const target of platforms) yield buildProgram({ units, packages, files, target, std })
  }
  return { workspace, programs: programs() }
}

/** Every fixture is audited: no place of it may be left over. */
function expectAccounted({ left }: Audit): void {
  const lines = left.map(
    ({ kind, name, place }) => `${place.package} ${place.file}:${place.line}:${place.column} ${kind} ${name}`,
  )
  if (lines.length > 0) throw new Error(`places that the analysis said nothing of:\n${lines.join('\n')}`)
}

/** The graph of one fixture's text with the real std. */
export function graphOfText(text: string, targets?: readonly TargetPlatform[]): Promise<CallGraph> {
  return graphOf([{ name: 'only', fixture: parseFixture(withFullStd(text)) }], targets)
}

/** The account of one fixture's text; `watch` may change what of it the recorder hears. */
export async function auditOfText(text: string, watch: (recorder: Recorder) => Visits = (all) => all): Promise<Audit> {
  const recorder = newRecorder()
  await watchedGraph([{ name: 'only', fixture: parseFixture(withFullStd(text)) }], undefined, watch(recorder))
  return accountOf(recorder)
}

/** These rooms are tested against the real std model unless a fixture says otherwise. */
export function withFullStd(text: string): string {
  const trimmed = text.replace(/^\n/, '')
  return trimmed.startsWith('//- std:') ? trimmed : `//- std: full\n${trimmed}`
}
