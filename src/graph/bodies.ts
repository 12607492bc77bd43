/** Everything of a crate that has code to infer: functions, initialisers, discriminants. */
import type { CfgExpr } from '../base/index.js'
import type { AdtDef, ConstDef, Crate, Def, FnDef, Module, Program, Source, StaticDef } from '../names/index.js'
import { type BlockModule, type BodyOf, bodyOf } from '../names/index.js'
import type { Attr, Expr } from '../syntax/index.js'
import type { FunctionNode } from './call-graph.js'
import { isPublic } from './public-items.js'
import { signatureStart } from './signature-place.js'
import { type TypeExpr, typeExprsOf } from './type-bodies.js'

export interface BodyTask {
  readonly def: FnDef | ConstDef | StaticDef | AdtDef
  readonly owner: FnDef | ConstDef | StaticDef | AdtDef
  readonly name: string
  readonly kind: FunctionNode['kind']
  /** Reads the body: it is decoded anew each time, so only for who infers it. */
  readonly body: () => BodyOf | undefined
  /** Where the item was written. */
  readonly source: Source
  /** The module whose scope its text sees. */
  readonly module: Module
  /** The module it stands in. */
  readonly home: Module
  readonly at: number
  /** Where it stands for a reader, when that is not where its text begins: see signature-place.ts. */
  readonly standsAt?: number
  readonly end: number
  readonly cfg: CfgExpr
  readonly public: boolean
  readonly unsafe: boolean
  readonly attrs: readonly Attr[]
}

/**
 * `listed` has what has been listed, and takes in what is now: an associated item is listed by itself and with its impl or
 * trait, what stands in a `const _` with the crate and with the block, and each is one task.
 */
export function bodiesOf(program: Program, crate: Crate, listed: Set<Def>): BodyTask[] {
  return crate.defs.flatMap((def) => tasksOf(program, def, listed))
}

/** The block items of a body, with the items of their impls. */
export function bodiesOfBlock(program: Program, block: BlockModule, listed: Set<Def>): BodyTask[] {
  return block.defs.flatMap((def) => tasksOf(program, def, listed))
}

function tasksOf(program: Program, def: Def, listed: Set<Def>): BodyTask[] {
  if (listed.has(def)) return []
  listed.add(def)
  const own = ownTasks(program, def, listed)
  const inTypes = typeExprsOf(program, def)
  return inTypes.length === 0 ? own : [...own, ...inTypes.map(typeTask)]
}

/** An expression in a type of the definition. */
function typeTask({ expr, def: unnamed }: TypeExpr): BodyTask {
  return { ...task(unnamed), body: () => ({ expr, source: unnamed.source }), public: false }
}

function ownTasks(program: Program, def: Def, listed: Set<Def>): BodyTask[] {
  switch (def.kind) {
    case 'fn':
    case 'static':
      return [task(def)]
    case 'const': {
      const made = task(def)
      const body = made.body()
      return body && isPlain(body.expr) ? noCode(body) : [made]
    }
    case 'impl':
    case 'trait':
      return def.items.flatMap((item) => tasksOf(program, item, listed))
    case 'enum':
      return discriminants(def)
    default:
      return []
  }
}

function task(def: FnDef | ConstDef | StaticDef): BodyTask {
  const kind = def.kind === 'fn' ? (def.foreign ? 'foreign fn' : 'fn') : def.kind
  // A derived function has the text of its trait, but stands where the derive does.
  const written = def.kind === 'fn' && def.madeBody && def.container ? def.container : def
  return {
    def,
    owner: def,
    name: def.name,
    kind,
    body: () => bodyOf(def),
    source: written.source,
    module: def.module,
    home: written.module,
    at: written.ast.at,
    ...(written === def && { standsAt: signatureStart(def.source, def.ast) }),
    end: written.ast.end,
    cfg: def.cfg,
    public: isPublic(def),
    unsafe: def.kind === 'fn' && def.ast.unsafe,
    attrs: def.ast.attrs,
  }
}

/** A number or text: it refers to nothing. Binding crates have tens of thousands of such constants. */
function isPlain(expr: Expr): boolean {
  if (expr.k === 'unary' || expr.k === 'cast') return isPlain(expr.expr)
  return expr.k === 'lit'
}

function noCode({ expr, source }: BodyOf): [] {
  source.visits?.noteAll(source, expr.at, expr.end, 'known')
  return []
}

function discriminants(def: AdtDef): BodyTask[] {
  return def.variants.flatMap((variant) => {
    const body = bodyOf(variant)
    // A plain number refers to nothing.
    if (!body) return []
    if (isPlain(body.expr)) return noCode(body)
    return [
      {
        def,
        owner: def,
        name: variant.name,
        kind: 'const' as const,
        body: () => body,
        source: def.source,
        module: def.module,
        home: def.module,
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
