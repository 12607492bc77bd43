/**
 * Bytes that become a function: core's `transmute` and its like, with a function pointer in the result. Whatever the bytes
 * are, they will be run.
 */
import { isActive } from '../../names/index.js'
import type { Callee } from '../body-types.js'
import type { TypeContext } from '../context.js'
import { fieldsOf, fieldTy } from '../signature.js'
import { mapTy, subst, type Ty } from '../ty.js'
import { tyId } from '../ty-id.js'

/** core's functions whose second type argument is what the bytes become. */
const REINTERPRET: ReadonlySet<string> = new Set(['transmute', 'transmute_copy', 'transmute_unchecked'])

/** Whether the call reinterprets bytes as something that holds a function pointer. */
export function makesFunction(tcx: TypeContext, callee: Callee): boolean {
  const made = reinterpreted(tcx, callee)
  return made !== undefined && holdsFunction(tcx, made, new Set())
}

/** What the bytes become in a call that reinterprets them. */
export function reinterpreted(tcx: TypeContext, callee: Callee): Ty | undefined {
  if (callee.k !== 'fn' || callee.fn.crate !== tcx.program.core || !REINTERPRET.has(callee.fn.name)) return undefined
  return callee.args[1]
}

/** Looks into fields and arguments, and behind references: what they point to is taken for a function as well. */
export function holdsFunction(tcx: TypeContext, ty: Ty, seen: Set<string>): boolean {
  if (ty.k === 'fnptr') return true
  if (ty.k !== 'adt' && ty.k !== 'tuple' && ty.k !== 'array' && ty.k !== 'slice' && ty.k !== 'ref') return false
  const id = tyId(ty)
  if (seen.has(id) || seen.size >= SEEN_LIMIT) return seen.size >= SEEN_LIMIT
  seen.add(id)
  let found = false
  mapTy(ty, (part) => {
    found ||= holdsFunction(tcx, part, seen)
    return part
  })
  if (found || ty.k !== 'adt' || !ty.def.crate.unit) return found
  return (ty.def.kind === 'enum' ? ty.def.variants : [ty.def]).some((holder) =>
    fieldsOf(holder).some(
      (field) =>
        isActive(ty.def.crate, field.cfg) && holdsFunction(tcx, subst(fieldTy(tcx, holder, field), ty.args), seen),
    ),
  )
}

/** Types looked into; one that holds more is taken to hold a function: it is not known that it does not. */
const SEEN_LIMIT = 500
