/**
 * The functions of a derived impl. Their signatures are the trait's own, read where the trait stands, with its
 * parameters set to their defaults (`PartialEq<Rhs = Self>`). Their bodies call the same method on every field, which is
 * what all of std's derives do, in whatever order and with whatever in between.
 */
import { checked } from '../base/index.js'
import type {
  Expr,
  Field,
  FieldInit,
  FieldPat,
  FnItem,
  GenericArgs,
  MatchArm,
  Param,
  Pat,
  Path,
  Stmt,
  TypeRef,
} from '../syntax/index.js'
import type { CrateState } from './crate-state.js'
import type { AdtDef, FnDef, ImplDef, TraitDef, VariantDef } from './defs.js'

/** One for each function of the trait that has no body of its own. */
export function derivedFunctions(state: CrateState, impl: ImplDef, trait: TraitDef, adt: AdtDef): readonly FnDef[] {
  return trait.items.flatMap((item): FnDef[] => {
    if (item.kind !== 'fn' || item.ast.body !== undefined) return []
    const { at } = impl.ast
    const ast = withDefaults(item.ast, trait, at)
    const making: Making = { state, trait, fn: ast, at }
    const madeBody = ast.self ? callOnFields(making, adt) : callForFields(making, adt)
    return [
      {
        kind: 'fn',
        id: state.program.nextId++,
        name: item.name,
        crate: state.crate,
        module: trait.module,
        source: item.source,
        cfg: impl.cfg,
        vis: 'public',
        container: impl,
        ast,
        madeBody,
      },
    ]
  })
}

interface Making {
  readonly state: CrateState
  readonly trait: TraitDef
  readonly fn: FnItem
  /** The derive: where all that is made for it stands. */
  readonly at: number
}

/** `{ self.a.f(..); self.b.f(..); loop {} }`, for an enum `match self { Self::A(x) => { x.f(..); } .. }` in its place. */
function callOnFields(cx: Making, adt: AdtDef): Expr {
  if ('fields' in adt.ast) {
    const calls = adt.ast.fields
      .filter((field) => cx.state.cfg.mayHold(field.cfg))
      .map((field) => {
        const of = (base: string): Expr =>
          node(cx, { k: 'field', base: variable(cx, base), name: field.name, nameAt: cx.at })
        return methodCall(cx, of('self'), of)
      })
    return blockOf(cx, calls)
  }
  const arms = adt.variants.map((variant): MatchArm => {
    // A tuple's parts are told apart by their place alone.
    const { holds, mayHold } = cx.state.cfg
    const fields = variant.ast.fields.filter(({ cfg }) => (variant.ast.shape === 'named' ? mayHold(cfg) : holds(cfg)))
    // A name of a field's own may be one of the parameters': `f`.
    const bindings = fields.map((_field, index) => `__field${index}`)
    const calls = bindings.map((name) => methodCall(cx, variable(cx, name), () => variable(cx, name)))
    return { pat: variantPattern(cx, variant, fields, bindings), body: blockOf(cx, calls) }
  })
  return blockOf(cx, [node(cx, { k: 'match', expr: variable(cx, 'self'), arms })])
}

function variantPattern(cx: Making, variant: VariantDef, fields: readonly Field[], bindings: readonly string[]): Pat {
  const span = { at: cx.at, end: cx.at }
  const path = pathOf(cx.at, 'Self', variant.name)
  const pats = bindings.map((name): Pat => ({ k: 'bind', name, ref: false, mut: false, ...span }))
  if (variant.ast.shape === 'unit') return { k: 'path', path, ...span }
  if (variant.ast.shape === 'tuple') return { k: 'tuple struct', path, pats, ...span }
  const named = fields.map((field, index): FieldPat => ({ name: field.name, at: cx.at, pat: checked(pats[index]) }))
  return { k: 'struct', path, fields: named, rest: false, ...span }
}

/** `Self { a: Trait::f(), b: Trait::f() }` for a struct; an enum's default is a variant without fields. */
function callForFields(cx: Making, adt: AdtDef): Expr {
  if (!('fields' in adt.ast) || cx.fn.params.length > 0) return blockOf(cx, [])
  const fields = adt.ast.fields.filter((field) => cx.state.cfg.mayHold(field.cfg))
  const call = (): Expr =>
    node(cx, { k: 'call', callee: node(cx, { k: 'path', path: pathOf(cx.at, cx.trait.name, cx.fn.name) }), args: [] })
  const inits = fields.map((field): FieldInit => ({ name: field.name, at: cx.at, expr: call() }))
  return node(cx, {
    k: 'block',
    mode: 'plain',
    stmts: [],
    tail: node(cx, { k: 'struct', path: pathOf(cx.at, 'Self'), fields: inits }),
  })
}

/** `receiver.f(args)`: a parameter of the type of `self` stands for its part, every other for itself. */
function methodCall(cx: Making, receiver: Expr, part: (base: string) => Expr): Expr {
  const args = cx.fn.params.map((param): Expr => {
    const name = param.pat.k === 'bind' ? param.pat.name : '_'
    return isSelf(param.ty) ? node(cx, { k: 'ref', mut: false, raw: false, expr: part(name) }) : variable(cx, name)
  })
  return node(cx, { k: 'method', receiver, name: cx.fn.name, nameAt: cx.at, args })
}

/** The calls in a row, and an end of whatever type is wanted. */
function blockOf(cx: Making, calls: readonly Expr[]): Expr {
  const span = { at: cx.at, end: cx.at }
  const stmts = calls.map((expr): Stmt => ({ k: 'expr', expr, semi: true, ...span }))
  const body = node(cx, { k: 'block', mode: 'plain', stmts: [] })
  return node(cx, { k: 'block', mode: 'plain', stmts, tail: node(cx, { k: 'loop', body }) })
}

function variable(cx: Making, name: string): Expr {
  return node(cx, { k: 'path', path: pathOf(cx.at, name) })
}

type Bare<T> = T extends Expr ? Omit<T, 'at' | 'end'> : never

function node(cx: Making, expr: Bare<Expr>): Expr {
  return { ...expr, at: cx.at, end: cx.at } as Expr
}

function pathOf(at: number, ...names: readonly string[]): Path {
  return { global: false, segments: names.map((name) => ({ name, at })), at, end: at }
}

function isSelf(ty: TypeRef): boolean {
  if (ty.k === 'ref') return isSelf(ty.ty)
  return ty.k === 'path' && ty.path.segments.length === 1 && ty.path.segments[0]?.name === 'Self'
}

function withDefaults(ast: FnItem, trait: TraitDef, at: number): FnItem {
  const defaults = new Map<string, TypeRef>()
  for (const param of trait.ast.generics.params) if (param.default) defaults.set(param.name, param.default)
  // The std model has no names of parameters, and bodies that are made need some.
  const params = ast.params.map((param, index): Param => {
    const pat: Pat = { k: 'bind', name: `__arg${index}`, ref: false, mut: false, at: param.pat.at, end: param.pat.end }
    return { ...param, pat, ty: substitute(param.ty, defaults) }
  })
  // The std model's functions have their signature as getters, which a spread does not copy.
  const { generics, self, ret } = ast
  // The body names `self` where the derive stands: the two have one hygiene, that of the derive.
  return {
    ...ast,
    generics,
    params,
    ...(self ? { self: { ...self, at } } : {}),
    ...(ret ? { ret: substitute(ret, defaults) } : {}),
  }
}

function substitute(ty: TypeRef, by: ReadonlyMap<string, TypeRef>): TypeRef {
  if (ty.k === 'ref' || ty.k === 'ptr' || ty.k === 'slice') return { ...ty, ty: substitute(ty.ty, by) }
  if (ty.k !== 'path') return ty
  const [only, second] = ty.path.segments
  if (only && !second && !only.args) return by.get(only.name) ?? ty
  const segments = ty.path.segments.map((segment) => ({
    ...segment,
    ...(segment.args ? { args: inArgs(segment.args, by) } : {}),
  }))
  return { ...ty, path: { ...ty.path, segments } }
}

function inArgs(args: GenericArgs, by: ReadonlyMap<string, TypeRef>): GenericArgs {
  return { ...args, args: args.args.map((arg) => (arg.k === 'const' ? arg : substitute(arg, by))) }
}
