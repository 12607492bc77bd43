/**
 * Tiny call graphs written by hand, one line a function, so that a rule of propagation is seen at a glance:
 *
 *     app main!: calls helper::load; calls? std::fs::read
 *
 * is a function `app::main` of package `app@1.0.0` that anybody can call (`!`), with a certain reference to the function
 * `helper::load` and a possible one to a path of std. Clauses: `calls PATH`, `calls? PATH`, `fact KIND [= WHAT]`,
 * `symbol NAME`, each with an optional ` if CFG-OPTION`; `stage build,run`, `unit bin`, `entry` (a run begins there) and
 * `cfg OPTION` for the function itself.
 */
import type { Stage } from '../../src/base/index.js'
import { CFG_TRUE, type CfgExpr } from '../../src/base/index.js'
import type { CallGraph, FunctionNode, Reference, SyntacticFact } from '../../src/graph/call-graph.js'

export function graphOf(text: string, losses: CallGraph['losses'] = []): CallGraph {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const paths = new Map(lines.map((line, id) => [pathOf(line), id]))
  const functions: FunctionNode[] = []
  const references: Reference[] = []
  lines.forEach((line, id) => {
    const crate = line.trim().split(' ', 1)[0] as string
    const clauses = line
      .slice(line.indexOf(': ') + 1)
      .split(';')
      .map((clause) => clause.trim())
      .filter(Boolean)
    const facts: SyntacticFact[] = []
    let stages: readonly Stage[] = ['run']
    let cfg: CfgExpr = CFG_TRUE
    let unit: FunctionNode['unit'] = 'lib'
    let entry = false
    clauses.forEach((clause, index) => {
      const [what, condition] = clause.split(' if ') as [string, string | undefined]
      const [keyword, ...rest] = what.split(' ') as [string, ...string[]]
      const place = { line: id + 1, column: index + 1, cfg: option(condition) }
      const argument = rest.join(' ')
      if (keyword === 'stage') stages = argument.split(',') as Stage[]
      else if (keyword === 'cfg') cfg = option(argument)
      else if (keyword === 'unit') unit = argument as FunctionNode['unit']
      else if (keyword === 'entry') entry = true
      else if (keyword === 'fact') {
        const [kind, value] = argument.split(' = ') as [SyntacticFact['kind'], string | undefined]
        facts.push({ kind, what: value ?? kind, file: 'src/lib.rs', ...place })
      } else {
        const target = paths.get(argument)
        references.push({
          from: id,
          package: `${crate}@1.0.0`,
          file: 'src/lib.rs',
          ...place,
          callee: keyword === 'symbol' ? `${crate}::ffi::${argument}` : argument,
          aliases: [],
          certainty: keyword === 'calls?' ? 'possible' : 'certain',
          found: 'path',
          name: argument,
          ...(target !== undefined && { to: target }),
          ...(keyword === 'symbol' && { symbol: argument }),
        })
      }
    })
    const path = pathOf(line)
    const outer = /^(.*)::\{closure\}$/.exec(path)?.[1]
    functions.push({
      id,
      package: `${crate}@1.0.0`,
      unit,
      stages,
      path,
      ...(outer !== undefined && { outer }),
      module: path.split('::').slice(0, -1).join('::'),
      kind: outer === undefined ? 'fn' : 'closure',
      file: 'src/lib.rs',
      line: id + 1,
      column: 1,
      endLine: id + 1,
      public: line.includes('!:'),
      entry,
      cfg,
      unsafe: false,
      facts,
    })
  })
  const unresolved = {} as CallGraph['stats']['unresolved']
  return { functions, references, losses, stats: { references: 0, exact: 0, trait: 0, value: 0, unresolved } }
}

/** `app main!: …` and `app io::load: …` name `app::main` and `app::io::load`. */
function pathOf(line: string): string {
  return line
    .trim()
    .split(': ', 1)[0]
    ?.replace(/!$|:$|!:$/, '')
    .replace(' ', '::') as string
}

function option(name: string | undefined): CfgExpr {
  if (name === undefined) return CFG_TRUE
  return name.startsWith('not ') ? { k: 'not', of: { k: 'option', name: name.slice(4) } } : { k: 'option', name }
}
