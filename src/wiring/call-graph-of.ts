/** From a workspace to its call graph: files parsed, names and types resolved, once for each target looked at. */

import {
  addConfiguration,
  addProgram,
  addProjectLosses,
  type CallGraph,
  finishGraph,
  newGraphState,
} from '../graph/index.js'
import { buildProgram, distinctTargets, loadFiles, loadStdModel, type Visits } from '../names/index.js'
import type { Workspace } from '../project/index.js'
import { initSyntax } from '../syntax/index.js'
import type { OnProgress } from './analysis-options.js'

/** Builds the call graph of everything in the workspace. Nothing of it is compiled or run (law 5). `visits` is told of each place. */
export async function callGraphOf(
  workspace: Workspace,
  onProgress: OnProgress = () => {},
  visits?: Visits,
): Promise<CallGraph> {
  await initSyntax()
  const packages = new Map(workspace.packages.map((pkg) => [pkg.id, pkg]))
  const files = await loadFiles(
    workspace.units,
    packages,
    workspace.targets,
    (done, known) => onProgress({ step: 'parsing', package: `${done} of ${known} files` }),
    visits,
  )
  const std = loadStdModel()
  const groups = distinctTargets(files, workspace.units, workspace.targets)
  const state = newGraphState(groups, workspace.roots)
  for (const [target] of groups) {
    if (!target) continue
    onProgress({ step: 'resolving names' })
    const program = buildProgram({ units: workspace.units, packages, files, target, std })
    addProgram(state, program, workspace, (name) => onProgress({ step: 'resolving types', package: name }))
  }
  addConfiguration(state, workspace)
  addProjectLosses(state, workspace)
  return finishGraph(state)
}
