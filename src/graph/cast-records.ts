/** What link/casts.ts needs of a body: which of its parameters it reinterprets bytes as, and what it gives to generic functions. */
import type { BodyReference, TypeContext } from '../types/index.js'
import { holdsFunction, mapTy, reinterpreted, type Ty, tyId } from '../types/index.js'
import { functionKey } from './function-keys.js'
import type { ShareBuilder } from './share-builder.js'

/** Notes what a reference of the body of `caller` reinterprets, and with what it calls a generic function of the program. */
export function noteGenericCast({ tcx, open }: ShareBuilder, ref: BodyReference, at: number, caller: number): void {
  const { callee } = ref
  if (callee.k !== 'fn' || callee.args.length === 0) return
  const made = reinterpreted(tcx, callee)
  if (made) {
    for (const param of paramsOf(made)) open.reinterprets.push({ function: caller, param })
    return
  }
  const to = callee.fn.container?.kind === 'trait' ? undefined : functionKey(tcx, callee.fn)
  if (to === undefined) return
  const args = callee.args.flatMap((arg, index) => {
    const isFunction = knownToHold(tcx, arg)
    const params = paramsOf(arg)
    return isFunction || params.length > 0 ? [{ index, isFunction, params }] : []
  })
  if (args.length > 0) open.casts.push({ at, caller, callee: to, args })
}

function paramsOf(ty: Ty): readonly number[] {
  if (ty.k === 'param') return [ty.index]
  const found = new Set<number>()
  mapTy(ty, (part) => {
    for (const index of paramsOf(part)) found.add(index)
    return part
  })
  return [...found]
}

const known = new WeakMap<TypeContext, Map<string, boolean>>()

function knownToHold(tcx: TypeContext, ty: Ty): boolean {
  if (ty.k === 'param' || ty.k === 'prim') return false
  let memo = known.get(tcx)
  if (!memo) known.set(tcx, (memo = new Map()))
  const id = tyId(ty)
  let holds = memo.get(id)
  if (holds === undefined) memo.set(id, (holds = holdsFunction(tcx, ty, new Set())))
  return holds
}
