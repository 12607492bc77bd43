/**
 * The functions of std that a user's code can call, each by the path that the maps know it by and by the path that its
 * node has in the graph of std's own source. A provided function of a trait is listed for every impl that takes it over,
 * because it has the power of what that impl does.
 */
import { fnPath, isNameable, namePath, systemImpls, traitFnPath } from '../graph/index.js'
import type { AssocDef, FnDef, ImplDef, Program } from '../names/index.js'
import type { Ty } from '../types/index.js'
import { implHeader, newTypeContext, type TypeContext } from '../types/index.js'

export interface PublicFunction {
  /** As other crates spell it. */
  readonly path: string
  /** The node with its body. */
  readonly node: string
  /** Set for a provided function that an impl takes over. */
  readonly impl?: ImplOfTrait
}
/** What the calls in a provided function's text lead to when it runs for one type. */
export interface ImplOfTrait {
  /** The path of the trait. */
  readonly trait: string
  /** The nodes of the impl's own functions, by name. */
  readonly functions: ReadonlyMap<string, string>
}

/** The public functions of the crates of these names, in the order of their text. Several may have one path. */
export function publicFunctions(program: Program, crates: ReadonlySet<string>): readonly PublicFunction[] {
  const tcx = newTypeContext(program, systemImpls())
  const found: PublicFunction[] = []
  for (const crate of program.crates) {
    if (!crates.has(crate.name)) continue
    for (const def of crate.defs) {
      if (def.kind === 'fn' && !def.container && isNameable(def))
        found.push({ path: namePath(def), node: nodePath(tcx, def) })
      if (def.kind === 'trait' && isNameable(def)) found.push(...bodiesIn(def.items).map((fn) => itself(tcx, fn)))
      if (def.kind === 'impl') found.push(...implFunctions(tcx, def))
    }
  }
  return found
}

function implFunctions(tcx: TypeContext, def: ImplDef): readonly PublicFunction[] {
  const { self, trait } = implHeader(tcx, def)
  if (!isNameableType(self)) return []
  const own = bodiesIn(def.items)
  if (!def.ast.trait && !def.derived) return own.filter((fn) => fn.vis === 'public').map((fn) => itself(tcx, fn))
  if (!trait || !isNameable(trait.trait)) return []
  const functions = new Map(own.map((fn) => [fn.name, nodePath(tcx, fn)]))
  const impl: ImplOfTrait = { trait: namePath(trait.trait), functions }
  const provided = bodiesIn(trait.trait.items).filter((fn) => !functions.has(fn.name))
  return [
    ...own.map((fn) => itself(tcx, fn)),
    ...provided.map((fn) => ({ path: traitFnPath(fn, trait.trait, self), node: nodePath(tcx, fn), impl })),
  ]
}

function itself(tcx: TypeContext, fn: FnDef): PublicFunction {
  const node = nodePath(tcx, fn)
  return { path: node, node }
}

function bodiesIn(items: readonly AssocDef[]): readonly FnDef[] {
  return items.flatMap((item) => (item.kind === 'fn' && (item.ast.body !== undefined || item.madeBody) ? [item] : []))
}

/** A crate calls its own functions by where they are defined. */
function nodePath(tcx: TypeContext, fn: FnDef): string {
  return fnPath(tcx, fn, fn.crate)
}

/** What a type is made around is left aside but for pointers: `&T` is as public as `T`. */
function isNameableType(ty: Ty): boolean {
  if (ty.k === 'ref' || ty.k === 'ptr' || ty.k === 'slice' || ty.k === 'array') return isNameableType(ty.ty)
  return ty.k !== 'adt' || isNameable(ty.def)
}
