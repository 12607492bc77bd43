/**
 * `caps debug`: what each room makes of one Rust file, as text: for whoever works on caps and asks which room went
 * wrong. The file is the root of a crate of its own without dependencies; modules are looked for beside it.
 */
import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { checked, messageOf, ProjectError } from '../base/index.js'
import { fnPath, inferredBodies, newShareState, sharesOf, systemImpls, typePath } from '../graph/index.js'
import {
  buildProgram,
  type Crate,
  definitionPath,
  dumpModules,
  loadFiles,
  loadStdModel,
  type Program,
  placeOf,
} from '../names/index.js'
import { NO_CONFIGURATION, readDirectoryTree, selectTargets, type Workspace } from '../project/index.js'
import { escapedJson, escapeText } from '../report/escape.js'
import { graphJsonl } from '../report/graph-jsonl.js'
import { initSyntax, parseFile } from '../syntax/index.js'
import { type BodyReference, newTypeContext, type TypeContext } from '../types/index.js'
import { callGraphOf } from './call-graph-of.js'
import { loadCapabilityMaps } from './capability-maps.js'
import { toGraphRecords } from './to-graph-records.js'

export type DebugStage = 'facts' | 'modules' | 'types' | 'share' | 'graph'

/** The host that code is looked at for when none is given: any will do, one is enough. */
const DEFAULT_TARGET = 'x86_64-unknown-linux-gnu'
const PACKAGE = 'debug@0.0.0'

/** What the stage gives for the file, as text in pieces. Throws ProjectError when it cannot be read. */
export async function debugFile(stage: DebugStage, file: string, target = DEFAULT_TARGET): Promise<Iterable<string>> {
  await initSyntax()
  if (stage === 'facts') return [`${escapedJson(parseFile(readText(file)), 2)}\n`]
  const workspace = singleFileWorkspace(file, target)
  if (stage === 'graph') {
    return graphJsonl(toGraphRecords({ workspace, graph: await callGraphOf(workspace), maps: loadCapabilityMaps([]) }))
  }
  const program = await programOf(workspace)
  if (stage === 'share') return shareTexts(program, workspace)
  const crate = checked(program.crates.at(-1))
  return stage === 'modules' ? [dumpModules(crate)] : typeLines(program, crate)
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    const why = messageOf(thrown)
    throw new ProjectError(`The file ${file} cannot be read`, why, 'Name a Rust file.')
  }
}

function singleFileWorkspace(file: string, target: string): Workspace {
  readText(file)
  const unit = {
    id: `${PACKAGE} lib`,
    package: PACKAGE,
    kind: 'lib',
    crateName: 'debug',
    root: basename(file),
    edition: 2021,
    features: [],
    declaredFeatures: [],
    stages: ['run'],
    externs: [],
  } as const
  const [name = '', version = ''] = PACKAGE.split('@')
  const { tree } = readDirectoryTree(dirname(file))
  return {
    roots: [PACKAGE],
    packages: [{ id: PACKAGE, name, version, source: { kind: 'path' }, edition: 2021, dependencies: [], tree }],
    units: [unit],
    targets: selectTargets([target]),
    diagnostics: [],
    configuration: NO_CONFIGURATION,
  }
}

async function programOf({ units, packages: list, targets }: Workspace): Promise<Program> {
  const packages = new Map(list.map((owner) => [owner.id, owner]))
  const files = await loadFiles(units, packages, targets)
  const target = targets[0]
  if (!target) throw new Error('no target')
  return buildProgram({ units, packages, files, target, std: loadStdModel() })
}

/** A line a reference: place, how it was written, its name, and what it means. */
function* typeLines(program: Program, crate: Crate): Generator<string> {
  const context = newTypeContext(program, systemImpls())
  for (const { task, types } of inferredBodies(context, crate, () => true)) {
    yield `${escapeText(task.name)}\n`
    for (const reference of types.references) yield `  ${escapeText(referenceLine(context, crate, reference))}\n`
  }
}

/** Each crate's share: one, since the file has no dependencies. */
function* shareTexts(program: Program, workspace: Workspace): Generator<string> {
  const state = newShareState(workspace.targets.map((target) => [target]))
  for (const share of sharesOf(state, program, workspace)) yield `${escapedJson(share, 2)}\n`
}

function referenceLine(context: TypeContext, crate: Crate, { source, at, found, name, callee }: BodyReference): string {
  const { file, line, column } = placeOf(source, at)
  const place = `${file}:${line}:${column} ${found} ${name}`
  switch (callee.k) {
    case 'fn': {
      const self = callee.self ? ` for ${typePath(callee.self)}` : ''
      return `${place} = ${fnPath(context, callee.impl ?? callee.fn, crate)}${self}`
    }
    case 'constructor':
    case 'const':
      return `${place} = ${definitionPath(callee.def)}`
    case 'value':
      return `${place} = value of ${typePath(callee.ty)}`
    case 'unresolved':
      return `${place} ? ${callee.why}${callee.receiver ? ` ${typePath(callee.receiver)}` : ''}`
  }
}
