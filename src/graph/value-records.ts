/** What link/values.ts needs of a crate: what is used as a value, calls of values, generic arguments that are functions. */
import type { BodyReference, BodyTypes, Ty } from '../types/index.js'
import { signatureOf } from '../types/index.js'
import type { BodyTask } from './bodies.js'
import type { FunctionKey } from './crate-share.js'
import { functionKey } from './function-keys.js'
import type { BodyIndexes, ShareBuilder } from './share-builder.js'
import { shapeOf } from './type-shape.js'

/** Notes the closures of a body as values. */
export function noteClosures(builder: ShareBuilder, types: BodyTypes, closures: readonly number[]): void {
  for (const [i, closure] of types.closures.entries()) {
    const key = keyAt(builder, closures[i])
    if (key) builder.open.values.push({ function: key, signature: shapesOf([...closure.params, closure.ret]) })
  }
}

/** Notes a function that is named but not called, and the functions among a callee's generic arguments. */
export function noteValues(builder: ShareBuilder, ref: BodyReference, { body, closures }: BodyIndexes): void {
  const { tcx, open } = builder
  const { callee } = ref
  if (callee.k !== 'fn') return
  const meant = callee.impl ?? callee.fn
  const to = functionKey(tcx, meant)
  if (to === undefined) return
  if (ref.found === 'path' && !ref.called) {
    const { params, ret } = signatureOf(tcx, meant)
    open.values.push({ function: to, signature: shapesOf([...params, ret]) })
  }
  // An impl's function has parameters of its own around it, in another order than the trait's.
  if (callee.impl) return
  for (const [param, arg] of callee.args.entries()) {
    const ty = arg.k === 'ref' ? arg.ty : arg
    const given =
      ty.k === 'closure'
        ? keyAt(builder, closures[ty.id])
        : ty.k === 'fndef' && ty.def.kind === 'fn'
          ? functionKey(tcx, ty.def)
          : undefined
    if (given) open.handed.push({ to, param, value: { function: given } })
    const own = ty.k === 'param' ? keyAt(builder, body) : undefined
    if (own && ty.k === 'param') open.handed.push({ to, param, value: { function: own, param: ty.index } })
  }
}

/** Notes the call of a value. A closure of this very body is known: its index in the body is the result. */
export function noteValueCall(
  { open }: ShareBuilder,
  ref: BodyReference,
  at: number,
  task: BodyTask,
  { body, closures }: BodyIndexes,
): number | undefined {
  const { callee } = ref
  if (callee.k !== 'value') return undefined
  const ty = callee.ty.k === 'ref' ? callee.ty.ty : callee.ty
  if (ty.k === 'closure') return closures[ty.id] === undefined ? undefined : ty.id
  const signature = shapesOf([...callee.params, callee.ret])
  const param = ty.k === 'param' && task.owner.kind === 'fn' ? { param: ty.index } : {}
  open.valueCalls.push({ at, function: body, ...param, signature })
  return undefined
}

const keyAt = ({ functions }: ShareBuilder, index: number | undefined): FunctionKey | undefined =>
  index === undefined ? undefined : functions[index]?.key

const shapesOf = (tys: readonly Ty[]): readonly string[] => tys.map((ty) => shapeOf(ty))
