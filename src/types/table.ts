/**
 * The type variables of one body: union-find with an undo log, so that a probe can be rolled back. `unify` is
 * structural; what is unknown fits everything and binds nothing, so that one hole does not spread.
 */
import { checked } from '../base/index.js'
import { HAS_VAR, isFloatName, isIntName, mapTy, type Ty, UNKNOWN, type VarKind, type VarTy, varTy } from './ty.js'

export interface Table {
  /** For each variable: what it is bound to (a type or another variable). */
  readonly bound: (Ty | undefined)[]
  readonly kinds: VarKind[]
  /** Undone by `rollback`: the variable and what was there before. */
  readonly log: { readonly id: number; readonly bound: Ty | undefined; readonly kind: VarKind }[]
  /** Counts bindings, so that callers can see whether anything is new. */
  changes: number
}

export function newTable(): Table {
  return { bound: [], kinds: [], log: [], changes: 0 }
}

export function freshVar(table: Table, kind: VarKind = 'any'): VarTy {
  const id = table.bound.length
  table.bound.push(undefined)
  table.kinds.push(kind)
  return varTy(id)
}

/** Where a probe begins; hand it to `rollback`. */
export const snapshot = (table: Table): number => table.log.length

export function rollback(table: Table, to: number): void {
  while (table.log.length > to) {
    const entry = checked(table.log.pop())
    table.bound[entry.id] = entry.bound
    table.kinds[entry.id] = entry.kind
    table.changes--
  }
}

/** The type with its outermost variable followed. */
export function shallow(table: Table, ty: Ty): Ty {
  let t = ty
  while (t.k === 'var') {
    const next = table.bound[t.id]
    if (!next) return t
    t = next
  }
  return t
}

/** The type with every bound variable replaced. */
export function resolve(table: Table, ty: Ty): Ty {
  if (!(ty.flags & HAS_VAR)) return ty
  if (ty.k === 'var') {
    const t = shallow(table, ty)
    return t.k === 'var' ? t : resolve(table, t)
  }
  return mapTy(ty, (part) => resolve(table, part))
}

/** The type as it may leave the table: what stayed open is not known, since a variable means nothing elsewhere. */
export function closed(table: Table, ty: Ty): Ty {
  if (!(ty.flags & HAS_VAR)) return ty
  const t = shallow(table, ty)
  return t.k === 'var' ? UNKNOWN : mapTy(t, (part) => closed(table, part))
}

export const kindOf = (table: Table, v: VarTy): VarKind => checked(table.kinds[v.id])

function bind(table: Table, v: VarTy, to: Ty): void {
  table.log.push({ id: v.id, bound: table.bound[v.id], kind: checked(table.kinds[v.id]) })
  table.bound[v.id] = to
  table.changes++
}

function setKind(table: Table, v: VarTy, kind: VarKind): void {
  table.log.push({ id: v.id, bound: table.bound[v.id], kind: checked(table.kinds[v.id]) })
  table.kinds[v.id] = kind
  table.changes++
}

function occurs(table: Table, v: VarTy, ty: Ty): boolean {
  if (!(ty.flags & HAS_VAR)) return false
  const t = shallow(table, ty)
  if (t.k === 'var') return t.id === v.id
  let found = false
  mapTy(t, (part) => {
    if (!found) found = occurs(table, v, part)
    return part
  })
  return found
}

/** Makes two types equal if they can be; on failure some variables may be bound: probe where that matters. */
export function unify(table: Table, left: Ty, right: Ty): boolean {
  const a = shallow(table, left)
  const b = shallow(table, right)
  if (a === b) return true
  if (a.k === 'unknown' || b.k === 'unknown') return true
  if (a.k === 'var') return bindVar(table, a, b)
  if (b.k === 'var') return bindVar(table, b, a)
  // A value that is not known may be any.
  if (a.k === 'const' && b.k === 'const') return a.value === undefined || b.value === undefined || a.value === b.value
  if (a.k === 'const' || b.k === 'const') return a.k === 'param' || b.k === 'param'
  if (a.k !== b.k) return false
  switch (a.k) {
    case 'prim':
      return a.name === (b as typeof a).name
    case 'param':
      return a.index === (b as typeof a).index && a.name === (b as typeof a).name
    case 'adt':
      return a.def === (b as typeof a).def && unifyList(table, a.args, (b as typeof a).args)
    case 'ref':
    case 'ptr':
      return a.mut === (b as typeof a).mut && unify(table, a.ty, (b as typeof a).ty)
    case 'slice':
      return unify(table, a.ty, (b as typeof a).ty)
    case 'array':
      return unify(table, a.ty, (b as typeof a).ty) && unify(table, a.len, (b as typeof a).len)
    case 'tuple':
      return unifyList(table, a.tys, (b as typeof a).tys)
    case 'future':
      return unify(table, a.output, (b as typeof a).output)
    case 'fndef':
      return a.def === (b as typeof a).def && unifyList(table, a.args, (b as typeof a).args)
    case 'fnptr':
      return (
        a.header === (b as typeof a).header &&
        unifyList(table, a.params, (b as typeof a).params) &&
        unify(table, a.ret, (b as typeof a).ret)
      )
    case 'closure':
      return a.id === (b as typeof a).id
    case 'proj':
      return a.assoc === (b as typeof a).assoc && unifyList(table, a.args, (b as typeof a).args)
    case 'opaque':
      return (
        a.owner === (b as typeof a).owner &&
        a.index === (b as typeof a).index &&
        unifyList(table, a.args, (b as typeof a).args)
      )
    case 'dyn':
      return unifyDyn(table, a, b as typeof a)
    default:
      return true
  }
}

function unifyDyn(table: Table, a: Ty & { k: 'dyn' }, b: Ty & { k: 'dyn' }): boolean {
  const first = a.bounds[0]
  const second = b.bounds[0]
  if (!first || !second) return a.bounds.length === b.bounds.length
  if (first.trait !== second.trait || !unifyList(table, first.args, second.args)) return false
  for (const binding of first.bindings) {
    const other = second.bindings.find((candidate) => candidate.assoc === binding.assoc)
    if (other && !unify(table, binding.ty, other.ty)) return false
  }
  return sameMarkers(a, b)
}

/** `dyn A + Send` is another type than `dyn A`: the auto traits behind the principal one, which lowering has put in order. */
function sameMarkers(a: Ty & { k: 'dyn' }, b: Ty & { k: 'dyn' }): boolean {
  return a.bounds.length === b.bounds.length && a.bounds.every((bound, i) => bound.trait === b.bounds[i]?.trait)
}

/** Both lists pairwise; lists of different length do not fit. */
export function unifyList(table: Table, a: readonly Ty[], b: readonly Ty[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!unify(table, checked(a[i]), checked(b[i]))) return false
  return true
}

function bindVar(table: Table, v: VarTy, to: Ty): boolean {
  const kind = kindOf(table, v)
  if (to.k === 'var') {
    // Bound to itself it would have no end.
    if (to.id === v.id) return true
    const other = kindOf(table, to)
    if (kind !== 'any' && other !== 'any' && kind !== other) return false
    if (kind !== 'any' && other === 'any') setKind(table, to, kind)
    bind(table, v, to)
    return true
  }
  if (kind === 'int' && !(to.k === 'prim' && isIntName(to.name))) return false
  if (kind === 'float' && !(to.k === 'prim' && isFloatName(to.name))) return false
  if (occurs(table, v, to)) return false
  bind(table, v, to)
  return true
}

/**
 * Whether a type could be what an impl's header says, its parameters being free: false only when `unify` would surely
 * fail. It binds nothing and makes no variables, so that most impls of a much implemented trait cost next to nothing.
 */
export function couldBe(table: Table, header: Ty, given: Ty): boolean {
  if (header.k === 'param' || header.k === 'proj' || header.k === 'opaque' || header.k === 'unknown') return true
  const ty = shallow(table, given)
  switch (ty.k) {
    case 'var': {
      const kind = kindOf(table, ty)
      if (kind === 'any') return true
      return header.k === 'prim' && (kind === 'int' ? isIntName(header.name) : isFloatName(header.name))
    }
    case 'unknown':
    case 'proj':
    case 'opaque':
      return true
    case 'param':
      return header.k === 'const'
    case 'const':
      return header.k === 'const' && (header.value === undefined || ty.value === undefined || header.value === ty.value)
    case 'adt':
      return header.k === 'adt' && header.def === ty.def && couldBeAll(table, header.args, ty.args)
    case 'ref':
    case 'ptr':
      return header.k === ty.k && header.mut === ty.mut && couldBe(table, header.ty, ty.ty)
    case 'slice':
      return header.k === ty.k && couldBe(table, header.ty, ty.ty)
    case 'array':
      return header.k === ty.k && couldBe(table, header.ty, ty.ty) && couldBe(table, header.len, ty.len)
    case 'tuple':
      return header.k === 'tuple' && couldBeAll(table, header.tys, ty.tys)
    case 'prim':
      return header.k === 'prim' && header.name === ty.name
    case 'dyn':
      return header.k === 'dyn' && sameMarkers(header, ty)
    default:
      return header.k === ty.k
  }
}

function couldBeAll(table: Table, headers: readonly Ty[], given: readonly Ty[]): boolean {
  if (headers.length !== given.length) return false
  for (let i = 0; i < headers.length; i++) if (!couldBe(table, checked(headers[i]), checked(given[i]))) return false
  return true
}

/** Runs `f` and undoes its bindings when it returns false. */
export function attempt(table: Table, f: () => boolean): boolean {
  const at = snapshot(table)
  if (f()) return true
  rollback(table, at)
  return false
}

/** Runs `f` and undoes its bindings, whatever it returns. */
export function probe<T>(table: Table, f: () => T): T {
  const at = snapshot(table)
  const result = f()
  rollback(table, at)
  return result
}
