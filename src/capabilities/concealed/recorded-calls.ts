/**
 * What the program's code works out from constants alone: the arguments of a call, or the result of one, by running the recipes of
 * the functions that make them. Only what can be run is run, within limits; what reaches a limit, and what comes from outside of
 * the source, is not found here.
 */
import type { CallGraph, FunctionNode, Recipe, RecipeConst, Reference } from '../../graph/index.js'
import type { PlacedRow } from '../argument-rows.js'
import { bodyAround } from '../closure-body.js'
import type { CapabilityMaps } from '../map-index.js'
import { findArgumentRows } from '../map-lookup.js'
import type { ValueRow } from '../map-schema.js'
import { copied, ENCODED, type Frame, plain, text, UNKNOWN, unknownOf, type Value } from './machine-values.js'
import type { Operation } from './operation.js'
import { operationOf } from './operations.js'
import { PureFunctions } from './pure-functions.js'
import { RecipeMachine, type Surroundings, TooLong } from './recipe-machine.js'

/** Steps of all runs together: what decodes a text is short, and an analysis must not take longer for what is not. */
const STEPS = 3_000_000
/** Callers through which the parameters of one call's function are looked for. */
const CALLER_LIMIT = 32
const CALLER_DEPTH = 3

type Run = Recipe<number, RecipeConst<number>>

export class RecordedCalls {
  readonly #budget = { steps: STEPS }
  readonly #operations = new Map<string, Operation | undefined>()
  /** What calls were given, in runs of a function by itself. */
  readonly #runs = new Map<number, ReadonlyMap<number, readonly Seen[]>>()
  readonly #around: Surroundings = {
    called: (machine, call, args) => this.#called(machine, call, args),
    isOperation: (call) => {
      const [reference] = this.calls.get(call) ?? []
      return reference !== undefined && this.#operationOf(reference) !== undefined
    },
  }
  readonly #results = new Map<number, Value>()
  readonly #consts = new Map<number, Value>()
  #recording: Map<number, Seen[]> | undefined
  readonly #pure: PureFunctions

  constructor(
    private readonly graph: CallGraph,
    private readonly maps: CapabilityMaps,
    private readonly calls: ReadonlyMap<number, readonly Reference[]>,
    private readonly callers: ReadonlyMap<number, readonly Reference[]>,
    private readonly ruleOf: (reference: Reference) => PlacedRow<ValueRow> | undefined,
  ) {
    this.#pure = new PureFunctions(graph, maps)
  }

  /** The values that an argument of a call was seen with; undefined where the function around it was not run. */
  argument(reference: Reference, index: number): readonly Value[] | undefined {
    const { call } = reference
    const fn = this.#bodyOf(reference.from)
    if (call === undefined || fn === undefined) return undefined
    const found = this.#argumentIn(fn, call, index, 0)
    return found.length > 0 ? found : undefined
  }

  /** The results that a call was seen with. */
  resultOf({ call, from }: Reference): readonly Value[] | undefined {
    const fn = this.#bodyOf(from)
    const seen = call === undefined || fn === undefined ? undefined : this.#recorded(fn).get(call)
    return seen && seen.length > 0 ? seen.map(({ result }) => result) : undefined
  }

  /** What a function gives for these arguments; undefined where nothing is found out. */
  result(fn: number, args: readonly Value[]): Value | undefined {
    const known = args.length === 0 ? this.#results.get(fn) : undefined
    if (known) return known
    const value = this.graph.functions[fn]?.recipes ? this.#run(fn, args) : UNKNOWN
    if (args.length === 0) this.#results.set(fn, value)
    return isOpen(value) ? this.#hidden(fn, args) : value
  }

  /** What a const, or a static that nobody writes to, is initialised with. */
  constant(of: number): Value {
    return copied(plain(this.#const({ k: 'initialiser', of })))
  }

  #bodyOf(fn: number): number | undefined {
    return this.graph.functions[fn]?.kind === 'closure' ? bodyAround(this.graph, this.callers, fn) : fn
  }

  #argumentIn(fn: number, call: number, index: number, depth: number): readonly Value[] {
    if (!this.graph.functions[fn]?.recipes) return []
    const values = (this.#recorded(fn).get(call) ?? []).map(({ args }) => args[index] ?? UNKNOWN)
    if (values.length === 0 || !values.some(isOpen) || depth >= CALLER_DEPTH) return values
    // What it is given may say more.
    const through = (this.callers.get(fn) ?? []).slice(0, CALLER_LIMIT).flatMap((caller) => {
      const around = this.#bodyOf(caller.from)
      const seen = around === undefined || around === fn ? undefined : this.#recorded(around).get(call)
      return seen?.map(({ args }) => args[index] ?? UNKNOWN) ?? [UNKNOWN]
    })
    // What the function works out by itself stays, and so does that there is something that is not known.
    const isEvident = through.length > 0 && !through.some(isOpen) && values.length === 1
    return isEvident ? through : [...values, ...through]
  }

  /** Runs a function of whose parameters nothing is known, and keeps what each call on the way was given. */
  #recorded(fn: number): ReadonlyMap<number, readonly Seen[]> {
    const known = this.#runs.get(fn)
    if (known) return known
    const calls = new Map<number, Seen[]>()
    this.#runs.set(fn, calls)
    if (!this.graph.functions[fn]?.recipes) return calls
    const outer = this.#recording
    this.#recording = calls
    this.#run(fn, [])
    this.#recording = outer
    return calls
  }

  #run(fn: number, args: readonly Value[]): Value {
    const node = this.graph.functions[fn]
    const values = (node?.recipes ?? []).map((recipe) => {
      const machine = new RecipeMachine(this.#around, this.#budget)
      try {
        return machine.run(this.#frame(fn, recipe), recipe.params, args, recipe.code)
      } catch (thrown) {
        // What comes behind was not seen.
        if (this.#recording) for (const given of this.#recording.values()) given.push(NOTHING_SEEN)
        if (thrown instanceof TooLong || thrown instanceof RangeError) return unknownOf(args)
        // A `break` of a loop that the recipe does not show.
        if (thrown instanceof Error) throw thrown
        return UNKNOWN
      }
    })
    const [first, ...others] = values
    return first && others.length === 0 ? first : UNKNOWN
  }

  #frame(fn: number, { calls, consts }: Run): Frame {
    return { fn, calls, consts: consts.map((one) => () => this.#const(one)), variables: new Map() }
  }

  #const(one: RecipeConst<number>): Value {
    if (one.k === 'text' || one.k === 'bytes') return text(one.text)
    if (one.k === 'number') return { k: 'int', n: BigInt(one.text.replaceAll('_', '')), hidden: false }
    if (one.k !== 'initialiser') return UNKNOWN
    const known = this.#consts.get(one.of)
    if (known) return known
    // A constant that needs itself is none.
    this.#consts.set(one.of, UNKNOWN)
    const node = this.graph.functions[one.of]
    const value = node?.recipes ? this.#run(one.of, []) : writtenIn(node)
    this.#consts.set(one.of, value)
    return value
  }

  #called(machine: RecipeMachine, call: number, args: readonly Value[]): Value | undefined {
    const seen = this.#note(call, args)
    const result = this.#resultOf(machine, call, args)
    if (seen) seen.result = copied(plain(result ?? UNKNOWN))
    return result
  }

  #resultOf(machine: RecipeMachine, call: number, args: readonly Value[]): Value | undefined {
    const references = this.calls.get(call) ?? []
    const [reference] = references
    if (!reference) return undefined
    const operation = this.#operationOf(reference)
    if (operation) return operation(machine, args, { type: typeIn(reference) })
    if (references.length > 1 || reference.found === 'dispatch') return undefined
    const { to: target } = reference
    const node = target === undefined ? undefined : this.graph.functions[target]
    const recipe = node?.recipes?.length === 1 ? node.recipes[0] : undefined
    if (target !== undefined && recipe) {
      const frame = this.#frame(target, recipe)
      const given = args.map((arg) => (arg.k === 'place' ? arg : copied(arg)))
      const value = machine.run(frame, recipe.params, given, recipe.code)
      return isOpen(value) ? this.#hidden(target, args) : value
    }
    if (node && target !== undefined && node.kind === 'fn') return this.#hidden(target, args)
    return node && node.kind !== 'foreign fn' ? undefined : this.#byRule(reference, args)
  }

  /** What could not be run, and is made of what cannot be read by a function that only works something out. */
  #hidden(fn: number, args: readonly Value[]): Value | undefined {
    return unknownOf(args).encoded && this.#pure.isPure(fn) ? ENCODED : undefined
  }

  /** A conversion that the maps know hands on what it is given. */
  #byRule(reference: Reference, args: readonly Value[]): Value | undefined {
    const rule = this.ruleOf(reference)?.row
    if (rule?.gives !== 'same') return undefined
    const of = args[rule.argument ?? 0]
    return of && copied(plain(of))
  }

  #note(call: number, args: readonly Value[]): Seen | undefined {
    if (!this.#recording) return undefined
    const known = this.#recording.get(call) ?? []
    this.#recording.set(call, known)
    // Of a loop the first rounds.
    if (known.length > ROUNDS_LIMIT) return undefined
    const seen: Seen =
      known.length === ROUNDS_LIMIT ? NOTHING_SEEN : { args: args.map((arg) => copied(plain(arg))), result: UNKNOWN }
    known.push(seen)
    return seen === NOTHING_SEEN ? undefined : seen
  }

  #operationOf(reference: Reference): Operation | undefined {
    const { callee, aliases, symbol, item } = reference
    if (item !== undefined) return undefined
    const key = `${callee}\0${symbol ?? ''}\0${aliases.join('\0')}`
    if (this.#operations.has(key)) return this.#operations.get(key)
    const target = reference.to === undefined ? undefined : this.graph.functions[reference.to]
    const [found] = target ? [] : findArgumentRows(this.maps, reference, (layer) => layer.operations)
    const operation = found && operationOf(found.row.does)
    this.#operations.set(key, operation)
    return operation
  }
}

/** One call of a run. */
interface Seen {
  readonly args: readonly Value[]
  result: Value
}
/** Stands for calls that were not seen. */
const NOTHING_SEEN: Seen = { args: [], result: UNKNOWN }

/** Calls of one place that are kept. */
const ROUNDS_LIMIT = 64

const isOpen = (value: Value): boolean => plain(value).k === 'unknown'

/** The primitive type whose function is called: `u8::wrapping_add`, `<char as std::convert::From>::from`. */
const typeIn = ({ callee }: Reference): string => /^<?(\w+)(?:>?::| as )/.exec(callee ?? '')?.[1] ?? ''

/** Of a constant that works nothing out: a text that it is. */
function writtenIn(node: FunctionNode | undefined): Value {
  const returns = node?.returns
  return returns?.k === 'text' ? text(returns.text) : UNKNOWN
}
