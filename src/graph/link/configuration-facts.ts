/**
 * What cargo's configuration in the repository does, as nodes of the graph: each key that does something is one, with facts
 * like those of syntax. It runs whenever anyone builds, and nothing in code refers to it. What a fact means is the maps' matter.
 */
import { CFG_TRUE, type CfgExpr } from '../../base/index.js'
import type { ConfigurationPower, Workspace } from '../../project/index.js'
import { CONFIGURATION_NAME, CONFIGURATION_PACKAGE, parsePlatform } from '../../project/index.js'
import type { GraphLoss, SyntacticFact } from '../call-graph.js'
import type { LinkState } from './link-state.js'
import type { OpenNode } from './open-graph.js'

/** Adds the keys that do something; `losses` gets what of the files was not understood. */
export function addConfiguration(
  { linked: state }: { readonly linked: LinkState },
  { configuration }: Workspace,
): void {
  const nodes = new Map<string, OpenNode>()
  for (const power of configuration.powers) {
    if (power.at.scope !== 'repository') continue
    const key = `${power.at.file}:${power.at.line}:${power.at.column} ${power.key}`
    const node = nodes.get(key) ?? nodeOf(state.nodes.length, power)
    if (!nodes.has(key)) state.nodes.push(node)
    nodes.set(key, node)
    node.facts.push(factOf(power))
  }
  for (const { at, message } of configuration.losses) {
    if (at.scope === 'repository') state.losses.push(lossOf(at, message))
  }
}

function nodeOf(id: number, { at, key, target }: ConfigurationPower): OpenNode {
  return {
    id,
    package: CONFIGURATION_PACKAGE,
    unit: 'build',
    stages: ['build'],
    path: key,
    module: CONFIGURATION_NAME,
    kind: 'const',
    file: at.file,
    line: at.line,
    column: at.column,
    endLine: at.line,
    public: false,
    entry: true,
    cfg: conditionOf(target),
    unsafe: false,
    facts: [],
    metIn: [],
    inferredIn: [],
    sharedWith: [],
    returned: [],
    recipe: [],
  }
}

/** Of a sum: enough that nobody makes another file with the same. */
const SHOWN_DIGITS = 32

function factOf({ at: { file, line, column }, does, what, value, sha256 }: ConfigurationPower): SyntacticFact {
  const literal = does === 'program' || does === 'target' ? what : value
  // A file with other content under the same name does something else.
  const sum = sha256 === undefined ? '' : ` (sha256 ${sha256.slice(0, SHOWN_DIGITS)})`
  const named = literal ?? (sum === '' ? undefined : what)
  const literals = named === undefined ? {} : { literals: [`${named}${sum}`] }
  return { kind: 'configuration', what: `${does} ${what}`, file, line, column, cfg: CFG_TRUE, ...literals }
}

function lossOf({ file, line, column }: ConfigurationPower['at'], what: string): GraphLoss {
  return { kind: 'configuration', what, package: CONFIGURATION_PACKAGE, file, line, column }
}

/** The condition of `[target.'cfg(…)']`. A triple is no condition, and what cannot be read may always hold. */
function conditionOf(target: string | undefined): CfgExpr {
  if (!target?.startsWith('cfg(')) return CFG_TRUE
  try {
    const predicate = parsePlatform(target)
    return predicate.k === 'triple' ? CFG_TRUE : predicate
  } catch {
    return CFG_TRUE
  }
}
