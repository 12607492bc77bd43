/** From a workspace to its call graph: files parsed, names and types resolved, once for each target looked at. */

import {
  addConfiguration,
  addProgram,
  addProjectLosses,
  type CallGraph,
  finishGraph,
  type GraphState,
  newGraphState,
  partsOf,
  type TargetGroups,
  type UnitParts,
} from '../graph/index.js'
import { buildProgram, distinctTargets, type FileStore, loadFiles, loadStdModel, type Visits } from '../names/index.js'
import type { Workspace } from '../project/index.js'
import { initSyntax } from '../syntax/index.js'
import type { OnProgress } from './analysis-options.js'
import { addSharesInThreads, canStartThreads } from './graph-threads.js'

/** Below this many characters of source, threads cost more than they bring. */
const WORTH_THREADS = 1_000_000

interface GraphOptions {
  readonly onProgress?: OnProgress
  /** Is told of each place; nothing is done in threads then. */
  readonly visits?: Visits | undefined
  /** How many threads may infer at once; one when it is not said. */
  readonly jobs?: number | undefined
}

/** Builds the call graph of everything in the workspace. Nothing of it is compiled or run (law 5). */
export async function callGraphOf(workspace: Workspace, options: GraphOptions = {}): Promise<CallGraph> {
  const { onProgress = () => {}, visits, jobs = 1 } = options
  await initSyntax()
  const { units, targets, roots } = workspace
  const packages = new Map(workspace.packages.map((pkg) => [pkg.id, pkg]))
  const onFiles = (done: number, known: number): void =>
    onProgress({ step: 'parsing', package: `${done} of ${known} files` })
  const files = await loadFiles(units, packages, targets, onFiles, visits)
  const groups = distinctTargets(files, units, targets)
  const sizes = files.characters()
  const parts = partsOf(units, (id) => sizes.get(id) ?? 0)
  const state = newGraphState(groups, roots, parts)
  const isLarge = [...sizes.values()].reduce((sum, size) => sum + size, 0) > WORTH_THREADS
  const add = canStartThreads && !visits && jobs > 1 && isLarge ? addInThreads : addHere
  await add(state, { workspace, packages, files, groups, parts, jobs }, onProgress)
  addConfiguration(state, workspace)
  addProjectLosses(state, workspace)
  return finishGraph(state)
}

interface Input {
  readonly workspace: Workspace
  readonly packages: ReadonlyMap<string, Workspace['packages'][number]>
  readonly files: FileStore
  readonly groups: TargetGroups
  readonly parts: UnitParts
  readonly jobs: number
}

/** One group of targets after another, in this thread. */
function addHere(state: GraphState, { workspace, packages, files, groups }: Input, onProgress: OnProgress): void {
  const std = loadStdModel()
  for (const [target] of groups) {
    if (!target) continue
    onProgress({ step: 'resolving names' })
    const program = buildProgram({ units: workspace.units, packages, files, target, std })
    addProgram(state, program, workspace, (name) => onProgress({ step: 'resolving types', package: name }))
  }
}

function addInThreads(
  state: GraphState,
  { workspace: { units }, packages, files, groups, parts, jobs }: Input,
  onProgress: OnProgress,
): Promise<void> {
  onProgress({ step: 'resolving names' })
  const setup = { units, groups, parts, files: files.handed() }
  const onUnit = (name: string): void => onProgress({ step: 'resolving types', package: name })
  return addSharesInThreads(state, { setup, packages, jobs, onUnit })
}
