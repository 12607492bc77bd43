/**
 * The functions of a derived impl. Their signatures are the trait's own, read where the trait stands, with its
 * parameters set to their defaults (`PartialEq<Rhs = Self>`). Their bodies call the same method on every field, which is
 * what all of std's derives do, in whatever order and with whatever in between.
 */
import type { Expr, FnItem, GenericArgs, Param, Path, Stmt, TypeRef } from '../syntax/ast.js'
import type { CrateState } from './crate-state.js'
import type { AdtDef, FnDef, ImplDef, TraitDef } from './defs.js'

/** One for each function of the trait that has no body of its own. */
export function derivedFunctions(state: CrateState, impl: ImplDef, trait: TraitDef, adt: AdtDef): readonly FnDef[] {
  return trait.items.flatMap((item): FnDef[] => {
    if (item.kind !== 'fn' || item.ast.body !== undefined) return []
    const ast = withDefaults(item.ast, trait)
    const body = ast.self ? callOnFields(ast, adt) : undefined
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
        ...(body ? { madeBody: body } : {}),
      },
    ]
  })
}

/** `{ self.a.method(args); self.b.method(args); loop {} }`: of a struct only, an enum's fields have no names outside. */
function callOnFields(ast: FnItem, adt: AdtDef): Expr | undefined {
  if (!('fields' in adt.ast)) return undefined
  const span = { at: ast.nameAt, end: ast.nameAt }
  const path = (name: string): Expr => ({ k: 'path', path: pathOf(name, ast.nameAt), ...span })
  const stmts = adt.ast.fields.map((field): Stmt => {
    const of = (base: string): Expr => ({ k: 'field', base: path(base), name: field.name, nameAt: ast.nameAt, ...span })
    const args = ast.params.map((param): Expr => {
      const name = param.pat.k === 'bind' ? param.pat.name : '_'
      // A parameter of the same type as `self` is taken apart with it: `other.a`.
      return isSelf(param.ty) ? { k: 'ref', mut: false, raw: false, expr: of(name), ...span } : path(name)
    })
    return {
      k: 'expr',
      semi: true,
      expr: { k: 'method', receiver: of('self'), name: ast.name, nameAt: ast.nameAt, args, ...span },
      ...span,
    }
  })
  const never: Expr = { k: 'loop', body: { k: 'block', mode: 'plain', stmts: [], ...span }, ...span }
  return { k: 'block', mode: 'plain', stmts, tail: never, ...span }
}

function isSelf(ty: TypeRef): boolean {
  if (ty.k === 'ref') return isSelf(ty.ty)
  return ty.k === 'path' && ty.path.segments.length === 1 && ty.path.segments[0]?.name === 'Self'
}

function pathOf(name: string, at: number): Path {
  return { global: false, segments: [{ name, at }], at, end: at }
}

function withDefaults(ast: FnItem, trait: TraitDef): FnItem {
  const defaults = new Map<string, TypeRef>()
  for (const param of trait.ast.generics.params) if (param.default) defaults.set(param.name, param.default)
  const { body: _body, ...rest } = ast
  if (defaults.size === 0) return rest
  const params = ast.params.map((param): Param => ({ ...param, ty: substitute(param.ty, defaults) }))
  return { ...rest, params, ...(ast.ret ? { ret: substitute(ast.ret, defaults) } : {}) }
}

function substitute(ty: TypeRef, by: ReadonlyMap<string, TypeRef>): TypeRef {
  if (ty.k === 'ref' || ty.k === 'ptr' || ty.k === 'slice') return { ...ty, ty: substitute(ty.ty, by) }
  if (ty.k !== 'path') return ty
  const [only, second] = ty.path.segments
  if (only && !second && !only.args) return by.get(only.name) ?? ty
  const segments = ty.path.segments.map((segment) => ({ ...segment, ...(segment.args ? { args: inArgs(segment.args, by) } : {}) }))
  return { ...ty, path: { ...ty.path, segments } }
}

function inArgs(args: GenericArgs, by: ReadonlyMap<string, TypeRef>): GenericArgs {
  return { ...args, args: args.args.map((arg) => (arg.k === 'const' ? arg : substitute(arg, by))) }
}
