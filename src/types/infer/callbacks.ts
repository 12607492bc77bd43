/**
 * What std's own code calls back. Its bodies are not read, but a bound tells what they can call: `io::copy` asks for
 * `R: Read`, so it may call any function of the impl that makes the reader a `Read`; `x.into()` goes through an impl
 * that asks for `U: From<T>`; `v.sort()` asks for `T: Ord`, and so for all that `Ord` asks for in turn.
 *
 * Bounds are followed to the end: through supertraits, through impls of std (`Vec<T>: Clone` asks for `T: Clone`) and through
 * the bounds of associated types (`IntoIterator` hands out an `Iterator`). Where a bound is on a type that the body does not know
 * (a parameter, `dyn`, `impl Trait`), which impls can be meant is for the whole program to say: it is handed on as `asked`.
 * Only impls of the program's own crates are handed on.
 *
 * A generic function of the program is asked the other way round: of the impls that its bounds are met by where it is called,
 * those of std that reach the system are handed on (`f::<RandomState>()` with `T: Default`). The program's own are led to from inside.
 */
import { checked } from '../../base/index.js'
import {
  type FnDef,
  type ImplDef,
  type Met,
  meet,
  meeting,
  newMet,
  otherTargets,
  type TraitDef,
} from '../../names/index.js'
import type { TypeContext } from '../context.js'
import { elaborate, genericsOf, itemBoundsOf, predicatesOf } from '../generics.js'
import { NO_PREDICATES, type Predicates } from '../generics-info.js'
import type { Inference } from '../inference.js'
import { paramDefault } from '../lower.js'
import { normalize } from '../normalize.js'
import { sameTy } from '../same-ty.js'
import { select } from '../solve.js'
import { probe, resolve } from '../table.js'
import { HAS_UNKNOWN, HAS_VAR, mapList, mapTy, projTy, substTraitRef, type TraitRef, type Ty } from '../ty.js'
import { tyId } from '../ty-id.js'

/** Bounds looked at for one call; a type may grow with each that is followed. Measured: real calls need up to 300. */
export const BOUND_LIMIT = 2000

export interface Callbacks {
  /** Functions of the program's impls by which bounds are met. */
  readonly calledBack: readonly FnDef[]
  /** Bounds on types that are not known, in the body's own parameters. */
  readonly asked: readonly TraitRef[]
  /** BOUND_LIMIT was reached. */
  readonly cut: boolean
}

const NOTHING: Callbacks = { calledBack: [], asked: [], cut: false }

/** A trait's function that is called through an impl: the impl, with what its parameters stand for. */
interface Through {
  readonly impl: ImplDef
  readonly args: readonly Ty[]
}

/** What a closure of the body captures, by its id. */
export type Captures = readonly (readonly Ty[])[]

interface Kept {
  readonly callbacks: Callbacks
  readonly met: Met
}

/** By Program, then by what is taken for granted: the bounds of the item that is inferred; none for types without parameters. */
const known = new WeakMap<TypeContext, WeakMap<Predicates, Map<string, Kept>>>()

function memoOf(tcx: TypeContext, env: Predicates): Map<string, Kept> {
  let byEnv = known.get(tcx)
  if (!byEnv) known.set(tcx, (byEnv = new WeakMap()))
  let memo = byEnv.get(env)
  if (!memo) byEnv.set(env, (memo = new Map()))
  return memo
}

/** What a call of std's function may call back; `selection` is the impl that the call means. */
export function callbacksOf(
  inf: Inference,
  fn: FnDef,
  args: readonly Ty[],
  selection: Through | undefined,
  captures: Captures,
): Callbacks {
  if (fn.crate.unit) {
    if (args.length === 0 || !asksTheSystem(inf.tcx, fn)) return NOTHING
  } else if (!args.some((arg) => mayCallBack(arg))) return NOTHING
  if (args.some((arg) => arg.flags & HAS_VAR || hasClosure(arg))) return follow(inf, fn, args, selection, captures)
  const memo = memoOf(inf.tcx, args.some((arg) => arg.flags) ? inf.env : NO_PREDICATES)
  const key = `${inf.crate.id};${fn.id};${selection?.impl.id ?? ''};${args.map(tyId).join(',')}`
  const others = otherTargets(inf.tcx.program)
  const before = memo.get(key)
  if (before) {
    meet(others, before.met)
    return before.callbacks
  }
  const met = newMet()
  const callbacks = meeting(others, met, () => follow(inf, fn, args, selection, captures))
  memo.set(key, { callbacks, met })
  return callbacks
}

function follow(
  inf: Inference,
  fn: FnDef,
  args: readonly Ty[],
  selection: Through | undefined,
  captures: Captures,
): Callbacks {
  const search = new BoundSearch(inf, captures, fn.crate.unit !== undefined)
  const { pending } = inf
  inf.pending = []
  probe(inf.table, () => {
    if (selection?.impl.crate.unit) search.addFunctions(selection.impl)
    else if (selection) search.addBounds(selection.impl, selection.args)
    // An open call of a trait's function is the program's to lead on by itself; so is what an impl was found for.
    search.addBounds(fn, args, selection !== undefined || isOpen(args[0]))
    search.run()
  })
  inf.pending = pending
  return search.result()
}

class BoundSearch {
  readonly #inf: Inference
  readonly #captures: Captures
  readonly #found = new Set<FnDef>()
  readonly #asked = new Map<string, TraitRef>()
  readonly #seen = new Set<string>()
  readonly #pending: TraitRef[] = []
  /** Of a function of the program: only what std's impls do by themselves is looked for. */
  readonly #ofProgram: boolean
  #cut = false

  constructor(inf: Inference, captures: Captures, ofProgram: boolean) {
    this.#inf = inf
    this.#captures = captures
    this.#ofProgram = ofProgram
  }

  /** The bounds of a function or impl with its arguments; `called`: but the trait that the function is called through. */
  addBounds(owner: FnDef | ImplDef, args: readonly Ty[], called = false): void {
    const { tcx } = this.#inf
    const { traits } = elaborate(tcx, predicatesOf(tcx, owner))
    const own = called && owner.kind === 'fn' && owner.container?.kind === 'trait' ? owner.container : undefined
    for (const bound of traits) {
      const self = bound.args[0]
      if (bound.trait === own && self?.k === 'param' && self.index === 0) continue
      this.#push(substTraitRef(bound, args))
    }
  }

  addFunctions(impl: ImplDef): void {
    for (const item of impl.items) if (item.kind === 'fn') this.#found.add(item)
  }

  run(): void {
    for (let ref = this.#pending.pop(); ref; ref = this.#pending.pop()) this.#follow(ref)
  }

  result(): Callbacks {
    if (this.#found.size === 0 && this.#asked.size === 0 && !this.#cut) return NOTHING
    return { calledBack: [...this.#found], asked: [...this.#asked.values()], cut: this.#cut }
  }

  #push(bound: TraitRef): void {
    const { tcx } = this.#inf
    if (this.#ofProgram ? !tcx.system.hasTrait(bound.trait) : isMarker(tcx, bound.trait)) return
    const args = mapList(bound.args, (arg) => resolve(this.#inf.table, normalize(this.#inf, arg)))
    const [self] = args
    if (!self || self.flags & (HAS_UNKNOWN | HAS_VAR)) return
    const key = `${bound.trait.id};${args.map(tyId).join(',')}`
    if (this.#seen.has(key)) return
    if (this.#seen.size >= BOUND_LIMIT) {
      this.#cut = true
      return
    }
    this.#seen.add(key)
    this.#pending.push({ trait: bound.trait, args })
  }

  #follow(ref: TraitRef): void {
    const { tcx } = this.#inf
    const self = checked(ref.args[0])
    if (this.#ofProgram) {
      if (!isOpen(self)) this.#followSystem(ref, self)
      return
    }
    if (isOpen(self)) {
      if (hasFunctions(ref.trait)) this.#asked.set(`${ref.trait.id};${ref.args.map(tyId).join(',')}`, ref)
      return
    }
    const selection = select(this.#inf, ref)
    if (selection.k === 'builtin') this.#followBuiltin(ref, self)
    if (selection.k !== 'impl') return
    for (const item of ref.trait.items) {
      if (item.kind !== 'alias') continue
      const value = normalize(this.#inf, projTy(ref.trait, item, ref.args))
      for (const bound of itemBoundsOf(tcx, item).traits)
        this.#push({ trait: bound.trait, args: [value, ...substTraitRef(bound, ref.args).args.slice(1)] })
    }
    if (selection.impl.crate.unit) this.addFunctions(selection.impl)
    else this.addBounds(selection.impl, selection.args)
  }

  /** An impl of std's that reaches the system is what is called; any other hands the call on to what its parameters stand for. */
  #followSystem(ref: TraitRef, self: Ty): void {
    const selection = select(this.#inf, ref)
    if (selection.k !== 'impl') return
    const { tcx } = this.#inf
    if (tcx.system.has(tcx, selection.impl)) this.addFunctions(selection.impl)
    else {
      const own = self.k === 'adt' ? ownDefaults(tcx, self) : []
      for (const bound of elaborate(tcx, predicatesOf(tcx, selection.impl)).traits) {
        const concrete = substTraitRef(bound, selection.args)
        const on = concrete.args[0]
        // What a collection uses unless it is told otherwise stays inside of it, as with `HashMap::new`.
        if (on && own.some((ty) => sameTy(ty, resolve(this.#inf.table, on)))) continue
        this.#push(concrete)
      }
    }
  }

  /** The compiler's own impls ask the same of what the type is made of: `Clone` of tuples, arrays and closures. */
  #followBuiltin(ref: TraitRef, self: Ty): void {
    if (!hasFunctions(ref.trait) || self.k === 'fndef' || self.k === 'fnptr') return
    const parts = self.k === 'closure' ? (this.#captures[self.id] ?? []) : self.k === 'tuple' ? self.tys : []
    for (const part of parts) this.#push({ trait: ref.trait, args: [part, ...ref.args.slice(1)] })
  }
}

const isOpen = (ty: Ty | undefined): boolean =>
  ty?.k === 'param' || ty?.k === 'dyn' || ty?.k === 'opaque' || ty?.k === 'proj'

const hasFunctions = (trait: TraitDef): boolean => trait.items.some((item) => item.kind === 'fn')

/** The arguments of std's type that are what its declaration gives when none is written. */
function ownDefaults(tcx: TypeContext, self: Ty & { k: 'adt' }): readonly Ty[] {
  if (self.def.crate.unit) return []
  return genericsOf(tcx, self.def).all.flatMap((param, index) => {
    const given = paramDefault(tcx, self.def, param, self.args)
    const arg = self.args[index]
    return given && arg && sameTy(given, arg) ? [arg] : []
  })
}

const asking = new WeakMap<FnDef, boolean>()

/** Whether a bound of the function is one by which std's impls reach the system. */
function asksTheSystem(tcx: TypeContext, fn: FnDef): boolean {
  let asks = asking.get(fn)
  if (asks === undefined) {
    asks = elaborate(tcx, predicatesOf(tcx, fn)).traits.some(({ trait }) => tcx.system.hasTrait(trait))
    asking.set(fn, asks)
  }
  return asks
}

const markers = new WeakMap<TraitDef, boolean>()

/** Neither the trait nor what it asks for or hands out can call anything. */
function isMarker(tcx: TypeContext, trait: TraitDef): boolean {
  let marker = markers.get(trait)
  if (marker === undefined) {
    const all = elaborate(tcx, { traits: [{ trait, args: [] }], projections: [] }).traits
    marker = all.every((ref) => ref.trait.items.every((item) => item.kind === 'const'))
    markers.set(trait, marker)
  }
  return marker
}

/** Numbers, text and what std makes of them have nothing of the program that could be called. */
function mayCallBack(ty: Ty): boolean {
  switch (ty.k) {
    case 'adt':
      return ty.def.crate.unit !== undefined || ty.args.some(mayCallBack)
    case 'param':
    case 'dyn':
    case 'opaque':
    case 'proj':
    case 'fndef':
    case 'closure':
    case 'fnptr':
      return true
    default:
      return somePart(ty, mayCallBack)
  }
}

const hasClosure = (ty: Ty): boolean => ty.k === 'closure' || somePart(ty, hasClosure)

function somePart(ty: Ty, holds: (part: Ty) => boolean): boolean {
  let found = false
  mapTy(ty, (part) => {
    found ||= holds(part)
    return part
  })
  return found
}
