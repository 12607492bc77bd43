/** What a call means once the body’s types are settled: the function of the impl that was selected, if one was. */
import type { ConstDef, FnDef, ImplDef } from '../../names/index.js'
import { itemInView } from '../../names/index.js'
import type { Callee } from '../body-types.js'
import { genericsOf } from '../generics.js'
import type { Inference, Selection } from '../inference.js'
import { select } from '../solve.js'
import { resolve, shallow } from '../table.js'
import { mapList, type Ty, UNKNOWN } from '../ty.js'
import type { BodyContext } from './body-context.js'
import { callbacksOf } from './callbacks.js'

export function finishCallee(cx: BodyContext, callee: Callee): Callee {
  switch (callee.k) {
    case 'fn': {
      const args = callee.args.map((ty) => resolve(cx.table, ty))
      const { container } = callee.fn
      if (container?.kind !== 'trait') return { ...callee, args, ...calledBackBy(cx, callee.fn, args, undefined) }
      const self = args[0] ?? UNKNOWN
      const count = genericsOf(cx.tcx, container).all.length
      const chosen = selectFor(cx, callee.fn, args.slice(0, count))
      const selection = chosen?.k === 'impl' ? chosen : undefined
      const impl = selection && implFn(selection, callee.fn)
      const impls = chosen?.k === 'ambiguous' ? (chosen.impls ?? []) : []
      const candidates = [...(callee.candidates ?? []), ...impls.flatMap((each) => fnOf(each, callee.fn) ?? [])]
      return {
        k: 'fn',
        fn: callee.fn,
        args,
        self,
        ...(impl ? { impl } : {}),
        ...(candidates.length > 0 ? { candidates } : {}),
        ...(impl?.crate.unit && selection
          ? calledBackBy(cx, impl, [...selection.args, ...args.slice(count)], undefined)
          : calledBackBy(cx, callee.fn, args, selection)),
      }
    }
    case 'const':
      return finishConst(cx, callee)
    case 'value':
      return {
        k: 'value',
        ty: resolve(cx.table, callee.ty),
        params: mapList(callee.params, (param) => resolve(cx.table, param)),
        ret: resolve(cx.table, callee.ret),
      }
    case 'unresolved':
      return callee.receiver ? { ...callee, receiver: resolve(cx.table, callee.receiver) } : callee
    default:
      return callee
  }
}

/** The constant of the impl that is meant; where it is not known which, the trait's own with what it is read for. */
function finishConst(cx: BodyContext, callee: Callee & { k: 'const' }): Callee {
  const { def } = callee
  if (!callee.args || def.kind !== 'const' || def.container?.kind !== 'trait') return { k: 'const', def }
  const args = callee.args.map((ty) => resolve(cx.table, ty))
  const chosen = selectFor(cx, def, args.slice(0, genericsOf(cx.tcx, def.container).all.length))
  if (!chosen || chosen.k === 'env' || chosen.k === 'ambiguous') return { k: 'const', def, args }
  const own = chosen.k === 'impl' && chosen.impl.items.find((item) => item.kind === 'const' && item.name === def.name)
  return { k: 'const', def: itemInView(own && own.kind === 'const' ? own : def) }
}

export type ImplSelection = Selection & { readonly k: 'impl' }

/** What a trait's function means for its Self type; undefined when the trait's own is meant or it stays open. */
function selectFor(inf: Inference, fn: FnDef | ConstDef, args: readonly Ty[]): Selection | undefined {
  const self = args[0] && shallow(inf.table, args[0])
  if (
    !self ||
    self.k === 'param' ||
    self.k === 'dyn' ||
    self.k === 'var' ||
    self.k === 'unknown' ||
    fn.container?.kind !== 'trait'
  )
    return undefined
  return select(inf, { trait: fn.container, args })
}

/** The impl's own function of that name; undefined where it leaves the trait's. */
function implFn(selection: ImplSelection, fn: FnDef): FnDef | undefined {
  return fnOf(selection.impl, fn)
}

function fnOf(impl: ImplDef, fn: FnDef): FnDef | undefined {
  const item = impl.items.find((candidate) => candidate.kind === 'fn' && candidate.name === fn.name)
  return item?.kind === 'fn' ? item : undefined
}

function calledBackBy(
  cx: BodyContext,
  fn: FnDef,
  args: readonly Ty[],
  selection: ImplSelection | undefined,
): Pick<Callee & { k: 'fn' }, 'calledBack' | 'asked' | 'cut'> {
  const { calledBack, asked, cut } = callbacksOf(cx, fn, args, selection, cx.captures)
  return {
    ...(calledBack.length > 0 && { calledBack }),
    ...(asked.length > 0 && { asked }),
    ...(cut && { cut }),
  }
}
