/**
 * What the runtime calls of an item without any code that says so: the result of `main` (The Rust Reference, "Crates and
 * source files", main functions) is turned into an exit code, which prints an error with its `Debug`; a global allocator is asked
 * for every piece of memory.
 */
import type { ImplDef } from '../../names/index.js'
import { isMain } from '../../names/index.js'
import type { BodyOwner } from '../body-types.js'
import { tyKey } from '../impl-index.js'
import { normalize } from '../normalize.js'
import { implHeader } from '../signature.js'
import { probe, unify } from '../table.js'
import type { Ty } from '../ty.js'
import { type BodyContext, implicitCall, reference } from './body-context.js'

/** Records them at the item; `ty` is what the body gives. */
export function calledByRuntime(cx: BodyContext, owner: BodyOwner, ty: Ty): void {
  const { unit } = cx.crate
  if (owner.kind === 'fn' && isMain(owner)) {
    const isProgram = unit?.kind === 'bin' || unit?.kind === 'example' || unit?.kind === 'build'
    if (isProgram && ty.k !== 'tuple') implicitCall(cx, owner.ast.at, 'termination', [ty])
  }
  if (owner.kind === 'static' && owner.ast.attrs.some((attr) => attr.meta.path === 'global_allocator'))
    for (const impl of implsFor(cx, ty)) callAll(cx, impl, owner.ast.at, ty)
}

/** The program's impls of traits for a type, whatever trait it is: which one the runtime asks for needs no name here. */
function implsFor(cx: BodyContext, ty: Ty): readonly ImplDef[] {
  const key = tyKey(normalize(cx, ty))
  const found: ImplDef[] = []
  for (const entry of cx.tcx.impls.byTrait.values()) {
    const keyed = key === undefined ? [] : (entry.byKey.get(key) ?? [])
    for (const impl of [...keyed, ...entry.blanket]) {
      if (!impl.crate.unit || !cx.crate.visibleCrates.has(impl.crate)) continue
      const { self } = implHeader(cx.tcx, impl)
      if (self.k === 'param' || probe(cx.table, () => unify(cx.table, self, ty))) found.push(impl)
    }
  }
  return found
}

function callAll(cx: BodyContext, impl: ImplDef, at: number, self: Ty): void {
  for (const item of impl.items)
    if (item.kind === 'fn') reference(cx, at, item.name, 'implicit', { k: 'fn', fn: item, args: [], self, impl: item })
}
