/**
 * The derivation of std's powers from its own source, target by target: the whole way of an analysis, with maps that know
 * nothing but the operating system's entry points. Only scripts/derive-std-map.mjs calls it.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { buildMaps, builtInMaps, type CapabilityMaps, readMapFile } from '../capabilities/index.js'
import { addProgram, finishGraph, newGraphState } from '../graph/index.js'
import { buildStdFromSource, loadFiles } from '../names/index.js'
import type { SourceTree, TargetPlatform } from '../project/index.js'
import { readDirectoryTree, selectTargets } from '../project/index.js'
import { initSyntax } from '../syntax/index.js'
import { derivePowers, type Powers, wallsIn } from './derive-powers.js'
import { type DerivedTable, type DerivedTarget, mergePowers } from './derived-table.js'
import { publicFunctions } from './public-functions.js'
import { type StdBuild, stdBuildSchema, stdWorkspace } from './std-workspace.js'

const DATA = new URL('../../data/std/', import.meta.url)
const COMMENT =
  'What the public functions of std can do, by their own bodies; made by `npm run derive`, see README.md. Not for editing.'

export interface StdDerivation {
  readonly table: DerivedTable
  /** Walls around nothing: std's source has no such function any more. */
  readonly idleWalls: readonly string[]
}

/** Reads the `library` directory of a Rust release's source. Throws ProjectError when something of it is missing. */
export async function deriveStd(
  library: string,
  version: string,
  onProgress: (message: string) => void,
): Promise<StdDerivation> {
  await initSyntax()
  const build = readBuild()
  const entryPoints = readEntryPoints(build)
  const { tree } = readDirectoryTree(library)
  const targets: DerivedTarget[] = []
  const powers: ReadonlyMap<string, Powers>[] = []
  const idle = new Set(rowsOf(entryPoints))
  for (const platform of selectTargets(build.targets)) {
    const target = { ...platform, closed: true }
    onProgress(target.triple)
    const derived = await deriveTarget(build, version, tree, target, entryPoints)
    targets.push(derived.summary)
    powers.push(derived.powers)
    for (const row of derived.walls) idle.delete(row)
  }
  return { table: { comment: COMMENT, version, targets, powers: mergePowers(powers) }, idleWalls: [...idle] }
}

interface TargetDerivation {
  readonly summary: DerivedTarget
  readonly powers: ReadonlyMap<string, Powers>
  readonly walls: ReadonlySet<string>
}

async function deriveTarget(
  build: StdBuild,
  version: string,
  tree: SourceTree,
  target: TargetPlatform,
  entryPoints: CapabilityMaps,
): Promise<TargetDerivation> {
  const workspace = stdWorkspace(build, version, tree, target)
  const packages = new Map(workspace.packages.map((pkg) => [pkg.id, pkg]))
  const files = await loadFiles(workspace.units, packages, workspace.targets)
  const [platform = target] = workspace.targets
  const program = buildStdFromSource({ units: workspace.units, packages, files, target: platform })
  const state = newGraphState(
    workspace.targets.map((target) => [target]),
    workspace.roots,
  )
  addProgram(state, program, workspace)
  const functions = publicFunctions(program, new Set(build.public))
  const graph = finishGraph(state)
  const powers = derivePowers(graph, entryPoints, functions)
  const { references, unresolved } = graph.stats
  const summary = {
    triple: target.triple,
    functions: new Set(functions.map(({ path }) => path)).size,
    powerful: powers.size,
    references,
    unresolved: Object.values(unresolved).reduce((sum, count) => sum + count, 0),
    losses: graph.losses.length,
  }
  return { summary, powers, walls: wallsIn(graph, entryPoints) }
}

/** Throws when the data that this version of caps comes with is damaged. */
function readBuild(): StdBuild {
  const options = z.object({ always: z.array(z.string()), as: z.record(z.string(), z.string()) })
  const { always, as } = options.parse(JSON.parse(readFileSync(new URL('build.json', DATA), 'utf8')))
  return { always, as, ...stdBuildSchema.parse(JSON.parse(readFileSync(new URL('derive.json', DATA), 'utf8'))) }
}

/** The entry points, and the walls of std's own runtime over them: those speak for functions that have bodies here. */
function readEntryPoints(build: StdBuild): CapabilityMaps {
  const maps = builtInMaps().filter(({ source }) => build.entryPoints.includes(source.name))
  const name = 'walls.toml'
  return buildMaps(maps, [readMapFile({ name, text: readFileSync(new URL(name, DATA), 'utf8') })])
}

/** The walls, as effects spell them. */
function rowsOf({ layers }: CapabilityMaps): readonly string[] {
  const own = layers.filter((layer) => layer.own)
  return own.flatMap(({ exact, impls, types, modules }) =>
    [...exact.values(), ...impls.values(), ...types.values(), ...modules.values()].map(({ row }) => row),
  )
}
