/** Everything of a crate that has code to infer: functions, initialisers, discriminants. */
import type { AdtDef, ConstDef, Crate, Def, FnDef, Module, StaticDef } from '../names/defs.js'
import { bodyOf, publicPath, isPublic } from '../names/index.js'
import type { Source } from '../names/source.js'
import type { Attr, Expr } from '../syntax/ast.js'
import type { CfgExpr } from '../syntax/cfg.js'
import { readBody } from '../syntax/index.js'
import type { ClosureBody, TypeContext } from '../types/index.js'
import type { FunctionNode } from './call-graph.js'

export interface BodyTask {
  readonly def: FnDef | ConstDef | StaticDef | AdtDef
  readonly owner: FnDef | ConstDef | StaticDef | AdtDef
  readonly name: string
  readonly kind: FunctionNode['kind']
  readonly expr: Expr | undefined
  readonly source: Source
  readonly module: Module
  readonly at: number
  readonly end: number
  readonly cfg: CfgExpr
  readonly public: boolean
  readonly unsafe: boolean
  readonly attrs: readonly Attr[]
  /** Set for a closure of the body. */
  readonly closure?: ClosureBody
}

export function bodiesOf(tcx: TypeContext, crate: Crate): BodyTask[] {
  return crate.defs.flatMap((def) => tasksOf(tcx, def))
}

/** The block items of a body, with the items of their impls. */
export function bodiesOfBlock(tcx: TypeContext, block: Module): BodyTask[] {
  const defs = new Set<Def>()
  for (const binding of [...block.scope.values.values(), ...block.scope.types.values()]) {
    if (binding.via === 'decl') defs.add(binding.def)
  }
  for (const impl of block.impls) defs.add(impl)
  return [...defs].flatMap((def) => tasksOf(tcx, def))
}

function tasksOf(tcx: TypeContext, def: Def): BodyTask[] {
  switch (def.kind) {
    case 'fn':
    case 'const':
    case 'static':
      return [task(def)]
    case 'impl':
    case 'trait':
      return def.items.flatMap((item) => tasksOf(tcx, item))
    case 'enum':
      return discriminants(def)
    default:
      return []
  }
}

function task(def: FnDef | ConstDef | StaticDef): BodyTask {
  const kind = def.kind === 'fn' ? (def.foreign ? 'foreign fn' : 'fn') : def.kind
  return {
    def,
    owner: def,
    name: def.name,
    kind,
    expr: bodyOf(def),
    source: def.source,
    module: def.module,
    at: def.ast.at,
    end: def.ast.end,
    cfg: def.cfg,
    public: isPublic(def),
    unsafe: def.kind === 'fn' && def.ast.unsafe,
    attrs: def.ast.attrs,
  }
}

function discriminants(def: AdtDef): BodyTask[] {
  return def.variants.flatMap((variant) => {
    const ref = variant.ast.discriminant
    if (ref === undefined) return []
    const expr = readBody(def.source.facts, ref)
    // A plain number refers to nothing.
    if (expr.k === 'lit') return []
    return [
      {
        def,
        owner: def,
        name: `${publicPath(def)}::${variant.name}`,
        kind: 'const' as const,
        expr,
        source: def.source,
        module: def.module,
        at: variant.ast.at,
        end: variant.ast.end,
        cfg: variant.cfg,
        public: false,
        unsafe: false,
        attrs: [],
      },
    ]
  })
}
