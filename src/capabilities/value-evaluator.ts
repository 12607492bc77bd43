/**
 * What arguments of calls are, over the whole graph: symbolic values followed through results, parameters and initialisers,
 * with what the maps say that functions make of values.
 *
 * A parameter is what any of the calls of its function hands over; a result what the function gives for this call's
 * arguments. Both are bounded in steps and depth; what lies beyond, and what no rule names, is `ANYTHING`: never a guess.
 */
import { checked } from '../base/index.js'
import type { CallGraph, FieldWrites, Reference, SymbolicValue } from '../graph/index.js'
import { type PlacedRow, requireArgument } from './argument-rows.js'
import { bodyAround } from './closure-body.js'
import { RecordedCalls } from './concealed/recorded-calls.js'
import { asGiven, isUnknown, withSeen, wordsOf } from './concealed/seen-values.js'
import {
  ANYTHING,
  bitsOf,
  castTo,
  fromEnvironment,
  isAnything,
  joined,
  type KnownValue,
  numeric,
  sourcesOf,
  textOfValue,
  through,
  together,
  withAdded,
  withOption,
  withVariable,
  written,
} from './known-values.js'
import { lazily } from './lazily.js'
import type { CapabilityMaps } from './map-index.js'
import { findArgumentRows } from './map-lookup.js'
import type { ValueRow } from './map-schema.js'
import { UnreadCode } from './unread-code.js'
import { UnseenCalls } from './unseen-calls.js'

type Values = readonly KnownValue[]
type Symbolic = SymbolicValue | null | undefined

/** Calls, parameters and initialisers that are followed one behind the other. */
const DEPTH_LIMIT = 40
/** Steps for one argument of one call. */
const STEP_LIMIT = 4000
/** Writes to one field that are looked at. */
const WRITE_LIMIT = 256
/** Lists in lists that are spread when they are added to a builder. */
const LIST_DEPTH_LIMIT = 3
/** Calls of one function that are looked at. */
const CALLER_LIMIT = 256

const UNKNOWN: Values = [ANYTHING]

/** The function whose values are looked at; `args` where the call is known that asks for its result. */
interface Frame {
  readonly fn: number
  readonly args?: Arguments
}
/** What is handed over: by the argument's number and the way into it. */
export type Arguments = (index: number, path: readonly string[]) => Values

export class ValueEvaluator {
  readonly #calls = new Map<number, Reference[]>()
  readonly #callers = new Map<number, Reference[]>()
  readonly #params = new Map<string, Values>()
  readonly #fields: ReadonlyMap<string, FieldWrites['writes']>
  readonly #open = new Set<string>()
  /** Packages whose public functions anybody may call. */
  readonly #offered: ReadonlySet<string>
  readonly #rules = new Map<string, PlacedRow<ValueRow> | undefined>()
  #steps = 0
  #depth = 0
  /** Only what is certain to be all that there can be: see `exactly`. */
  #isStrict = false
  #unseen: UnseenCalls | undefined
  #unread: UnreadCode | undefined
  /** Something that is being looked at was asked for again: what comes of it is not all. */
  #circle = false

  constructor(
    private readonly graph: CallGraph,
    private readonly maps: CapabilityMaps,
    /** Packages that were asked about: whoever uses them is not in the program. */
    roots: readonly string[],
  ) {
    this.#offered = offeredPackages(graph, roots)
    this.#fields = new Map(graph.fields?.map(({ field, writes }) => [field, writes]))
    for (const reference of graph.references) {
      if (reference.call !== undefined) addTo(this.#calls, reference.call, reference)
      if (reference.to !== undefined) addTo(this.#callers, reference.to, reference)
    }
  }

  /** The values of an argument of a call; `ANYTHING` among them when there may be others. */
  argument(reference: Reference, index: number): Values {
    this.#steps = 0
    const found = this.#handed(reference, index, [])
    return found.length > 0 ? found : UNKNOWN
  }

  /** What a call hands over, whatever its function is given: what is worked out there goes before what is only followed. */
  #handed(reference: Reference, index: number, path: readonly string[]): Values {
    const followed = this.#valueOf(reference.values?.[index], { fn: reference.from }, path)
    if (this.#isStrict || path.length > 0) return followed
    const seen = this.#recorded().argument(reference, index)
    return seen ? withSeen(followed, seen, this.#isClosure(reference)) : followed
  }

  /** Who calls it, need not be seen. */
  #isClosure({ from }: Reference): boolean {
    return this.graph.functions[from]?.kind === 'closure'
  }

  readonly #recorded = lazily(
    () => new RecordedCalls(this.graph, this.maps, this.#calls, this.#callers, (reference) => this.#ruleOf(reference)),
  )

  /**
   * All values that an argument can have: integers, bools, builders. What may be written to unseen (what is borrowed mutably,
   * fields), and what code that was not read may hand over, is `ANYTHING`. `args`: of the one call of the function that is meant.
   */
  exactly({ from, values }: Reference, index: number, args?: Arguments): Values {
    this.#isStrict = true
    try {
      this.#steps = 0
      const found = this.#valueOf(values?.[index], { fn: from, ...(args && { args }) }, [])
      return found.length > 0 ? found : UNKNOWN
    } finally {
      this.#isStrict = false
    }
  }

  /** What one call hands over, for `exactly`; `outer`: what was handed to the function that it stands in. */
  argumentsOf({ from, values }: Reference, outer?: Arguments): Arguments {
    return (index, path) => this.#valueOf(values?.[index], { fn: from, ...(outer && { args: outer }) }, path)
  }

  #valueOf(value: Symbolic, frame: Frame, path: readonly string[]): Values {
    if (!value || this.#depth >= DEPTH_LIMIT || this.#steps++ >= STEP_LIMIT) return UNKNOWN
    // What was not read there may do anything to it.
    if (this.#isStrict && (this.#unread ??= new UnreadCode(this.graph)).isIn(frame.fn)) return UNKNOWN
    this.#depth++
    try {
      return this.#kindOf(value, frame, path)
    } finally {
      this.#depth--
    }
  }

  // biome-ignore lint/complexity/noExcessiveLinesPerFunction: a table, one arm for each kind of value
  #kindOf(value: SymbolicValue, frame: Frame, path: readonly string[]): Values {
    switch (value.k) {
      case 'text':
      case 'number':
        // `'1' as i32` is not 1.
        if (this.#isStrict && value.k === 'text') return UNKNOWN
        // The one field of a wrapper is what it wraps.
        if (!path.every((name) => name === '0' || isIndex(name))) return UNKNOWN
        return [value.k === 'number' ? numeric(value.text) : written(value.text)]
      case 'built with':
        return [fromEnvironment(value.text)]
      case 'param':
        return frame.args ? frame.args(value.index, path) : this.#parameterAround(frame.fn, value.index, path)
      case 'list': {
        const [at, ...rest] = path
        const isStep = at !== undefined && isIndex(at)
        if (isStep && at !== ANY_INDEX) return this.#valueOf(value.of[Number(at.slice(1, -1))], frame, rest)
        return together(value.of.flatMap((part) => this.#valueOf(part, frame, isStep ? rest : path)))
      }
      case 'any':
        return together(value.of.flatMap((part) => this.#valueOf(part, frame, path)))
      case 'joined':
        // Texts put together are no number, and what `+` makes of two numbers is none of their texts.
        if (this.#isStrict) return UNKNOWN
        return value.of
          .map((part) => this.#valueOf(part, frame, []))
          .reduce((left, right) => joined(left, right), [{ parts: [], by: [] }])
      case 'typed':
        return this.#valueOf(value.of, frame, path)
      case 'bits': {
        const [left = [], right = []] = value.of.map((part) => this.#valueOf(part, frame, []))
        // Nothing comes of what goes round in a circle: its bits would be lost.
        return left.length === 0 || right.length === 0 ? UNKNOWN : bitsOf(left, right)
      }
      case 'cast':
        return this.#valueOf(value.of, frame, path).map((each) => castTo(value.bits, each))
      case 'partly':
        return this.#isStrict ? UNKNOWN : this.#valueOf(value.of, frame, anywhere(path))
      case 'element':
        return this.#valueOf(value.of, frame, [value.index === undefined ? ANY_INDEX : `[${value.index}]`, ...path])
      case 'field':
        return this.#valueOf(value.of, frame, [value.name, ...path])
      case 'struct': {
        // What a type gives when it is gone through, its own impl says.
        const [name, ...rest] = this.#isStrict ? path : withoutIndex(path)
        const found = value.of.find(([field]) => field === name)
        return found ? this.#valueOf(found[1], frame, rest) : UNKNOWN
      }
      case 'tuple': {
        const [name, ...rest] = withoutIndex(path)
        const found = value.of.find(([field]) => field === name)
        if (found) return this.#valueOf(found[1], frame, rest)
        // A pair where one value is wanted: a host and its port.
        if (name === undefined && value.of.length === 2 && value.of.every(([field], i) => field === String(i)))
          return value.of.map(([, part]) => this.#valueOf(part, frame, [])).reduce((a, b) => joined(a, b, ':'))
        return UNKNOWN
      }
      case 'member':
        return this.#written(value.of, path)
      case 'initialiser':
        return this.#valueOf(this.graph.functions[value.of]?.returns, { fn: value.of }, path)
      case 'result':
        return this.#each(value.call, (reference) => this.#result(reference, frame, path))
      case 'changed':
        return this.#each(value.call, (reference) => this.#changed(reference, value.of, frame, path))
      case 'handed':
        return this.#each(value.call, (reference) => {
          const hands = this.#ruleOf(reference)?.row.hands
          // Of what is gone through, an element.
          return hands === undefined || value.index > 0
            ? UNKNOWN
            : this.#given(reference, hands, frame, [ANY_INDEX, ...path])
        })
      case 'closure':
        return UNKNOWN
    }
  }

  #each(call: number, valuesOf: (reference: Reference) => Values): Values {
    const references = this.#calls.get(call) ?? []
    return references.length === 0 ? UNKNOWN : together(references.flatMap(valuesOf))
  }

  #given(reference: Reference, index: number, frame: Frame, path: readonly string[]): Values {
    if (!frame.args) return this.#handed(reference, index, path)
    return this.#valueOf(reference.values?.[index], frame, path)
  }

  /** What a call gives: as a rule of the maps says, or else the function's own body. */
  #result(reference: Reference, frame: Frame, path: readonly string[]): Values {
    // Whose impl runs, may be decided by code that is not in the program.
    if (this.#isStrict && (reference.ofTrait || reference.found === 'dispatch') && !isOfStd(reference)) return UNKNOWN
    const own = reference.to === undefined ? undefined : this.graph.functions[reference.to]
    // A function of the program says by its body what it gives, whatever trait of std it is of.
    const placed = own && own.kind !== 'foreign fn' ? undefined : this.#ruleOf(reference)
    if (placed) return this.#byRule(reference, placed, frame, path)
    if (!isCalled(reference) || reference.to === undefined) return UNKNOWN
    const args: Arguments = (index, inner) => this.#given(reference, index, frame, inner)
    const followed = own?.returns
      ? through(this.#valueOf(own.returns, { fn: reference.to, args }, path), reference.call)
      : UNKNOWN
    if (this.#isStrict || path.length > 0) return followed
    const here = frame.args ? undefined : this.#recorded().resultOf(reference)
    if (here && !here.some(isUnknown)) return withSeen(followed, here, this.#isClosure(reference))
    if (own?.kind !== 'fn') return followed
    const given = (reference.values ?? []).map((value, index) => {
      const text = asGiven(args(index, []))
      // An array of numbers is no text, and is what its initialiser works out.
      return value?.k === 'initialiser' && isUnknown(text) ? this.#recorded().constant(value.of) : text
    })
    const seen = this.#recorded().result(reference.to, given)
    return seen ? withSeen(followed, [seen], false) : followed
  }

  /** What a call leaves in the variable that it borrows: builders and texts grow, of others nobody knows. */
  #changed(reference: Reference, before: Symbolic, frame: Frame, path: readonly string[]): Values {
    if (this.#isStrict) return UNKNOWN
    const rule = this.#ruleOf(reference)?.row
    if (rule?.gives === 'builder' || rule?.gives === 'path' || rule?.gives === 'text')
      return this.#result(reference, frame, path)
    const kept = this.#valueOf(before, frame, path)
    return rule ? kept : together([...kept, ANYTHING])
  }

  #byRule(reference: Reference, placed: PlacedRow<ValueRow>, frame: Frame, path: readonly string[]): Values {
    const { row } = placed
    // What a conversion between types does to bits, the types say; a builder's own copy is the same.
    if (this.#isStrict && (row.gives === 'text' || row.gives === 'path')) return UNKNOWN
    if (this.#isStrict && (row.lossy || (row.gives !== 'builder' && isConversion(reference)))) return UNKNOWN
    const count = reference.values?.length ?? 0
    if (row.argument !== undefined && row.argument >= count) {
      requireArgument(placed, row.argument, reference)
      return UNKNOWN
    }
    const at = row.argument
    const arg = (index: number, inner: readonly string[] = []): Values => this.#given(reference, index, frame, inner)
    switch (row.gives) {
      case 'same':
        return arg(at ?? 0, row.lossy ? anywhere(path) : path)
      case 'builder':
        return this.#builder(reference, row, frame)
      case 'path':
        return joined(arg(0), arg(at ?? 1), '/')
      case 'text':
        return joined(arg(0), arg(at ?? 1))
      case 'either': {
        const other = reference.values?.[at ?? 1]
        const value = other?.k === 'closure' ? other.of : other
        return together([...arg(0, row.lossy ? anywhere(path) : path), ...this.#valueOf(value, frame, path)])
      }
      case 'environment':
        if (row.variable !== undefined) return [{ ...fromEnvironment(row.variable), ...readBy(reference) }]
        return arg(at ?? 0).map((name) => ({
          ...(isAnything(name) ? ANYTHING : { ...fromEnvironment(textOfValue(name)), by: name.by }),
          ...readBy(reference),
        }))
      case 'contents':
        return [{ ...ANYTHING, ...readBy(reference) }]
      case 'closure': {
        const closure = reference.values?.[at ?? 1]
        return closure?.k === 'closure' ? this.#valueOf(closure.of, frame, anywhere(path)) : UNKNOWN
      }
      case 'null':
        return [numeric('0')]
      case 'nothing':
        return UNKNOWN
    }
  }

  #builder(reference: Reference, { begins, argument, option, sets }: ValueRow, frame: Frame): Values {
    if (begins && argument === undefined) return [{ parts: [], by: [], builder: true, options: [] }]
    if (begins) return this.#given(reference, argument ?? 0, frame, []).map((value) => ({ ...value, builder: true }))
    const before = this.#given(reference, 0, frame, [])
    if (sets !== undefined) {
      const names = this.#given(reference, sets, frame, [])
      return before.map((value) => (value.builder ? withVariable(value, names) : value))
    }
    if (argument === undefined) return before
    if (option !== undefined) {
      const set = this.#given(reference, argument, frame, [])
      // Of what goes round in a circle, what was set on the way would be lost.
      if (before.length === 0 || set.length === 0) return UNKNOWN
      return before.map((value) => (value.builder ? withOption(value, option, set) : value))
    }
    const worked = frame.args ? undefined : this.#recorded().argument(reference, argument)
    const more = wordsOf(worked) ?? this.#elements(reference.values?.[argument], frame, 0)
    const sources = sourcesOf(this.#given(reference, argument, frame, []))
    return before.map((value) => (value.builder ? withAdded(value, more, sources) : value))
  }

  /** What is added to a builder: elements one after the other, of each its one value. */
  #elements(value: Symbolic, frame: Frame, depth: number): readonly string[] {
    if (value?.k === 'list' && depth < LIST_DEPTH_LIMIT)
      return value.of.flatMap((part) => this.#elements(part, frame, depth + 1))
    if (value?.k === 'initialiser' && depth < LIST_DEPTH_LIMIT)
      return this.#elements(this.graph.functions[value.of]?.returns, { fn: value.of }, depth + 1)
    const values = this.#valueOf(value, frame, [])
    const [only, ...others] = new Set(values.map(textOfValue))
    return [only !== undefined && others.length === 0 ? only : '*']
  }

  /** A field is what anybody writes to it. */
  #written(field: string, path: readonly string[]): Values {
    if (this.#isStrict) return UNKNOWN
    const writes = this.#fields.get(field) ?? []
    if (writes.length === 0) return UNKNOWN
    return this.#remembered(`${field} ${path.join('.')}`, () =>
      writes
        .slice(0, WRITE_LIMIT)
        .flatMap(({ from, value }) => this.#valueOf(value, { fn: from }, path))
        .concat(writes.length > WRITE_LIMIT ? UNKNOWN : []),
    )
  }

  /** In a closure the parameters of the function are meant whose body it stands in. */
  #parameterAround(fn: number, index: number, path: readonly string[]): Values {
    const body = this.graph.functions[fn]?.kind === 'closure' ? bodyAround(this.graph, this.#callers, fn) : fn
    return body === undefined ? UNKNOWN : this.#parameter(body, index, path)
  }

  /** A parameter is what any call of the function hands over. */
  #parameter(fn: number, index: number, path: readonly string[]): Values {
    return this.#remembered(`${fn} ${index} ${path.join('.')}`, () => {
      const callers = this.#callers.get(fn) ?? []
      const found = callers.slice(0, CALLER_LIMIT).flatMap((caller) => {
        const values = isCalled(caller) ? through(this.#handed(caller, index, path), caller.call) : UNKNOWN
        const { package: by } = checked(this.graph.functions[caller.from])
        return values.map((value) => (value.by.includes(by) ? value : { ...value, by: [...value.by, by].sort() }))
      })
      // Whoever uses the library calls it as well.
      const node = checked(this.graph.functions[fn])
      const isOffered = callers.length === 0 || (node.public && this.#offered.has(node.package))
      if (this.#isStrict && (isOffered || (this.#unseen ??= new UnseenCalls(this.graph)).mayCall(node))) return UNKNOWN
      return isOffered || callers.length > CALLER_LIMIT ? [...found, ANYTHING] : found
    })
  }

  /** What was found out once; of something that is being looked at right now, nothing more comes. */
  #remembered(name: string, find: () => Values): Values {
    const key = this.#isStrict ? `! ${name}` : name
    const known = this.#params.get(key)
    if (known) return known
    if (this.#open.has(key)) {
      this.#circle = true
      return []
    }
    const outer = this.#circle
    this.#circle = false
    this.#open.add(key)
    const values = together(find())
    this.#open.delete(key)
    const isWhole = (!this.#circle || this.#open.size === 0) && this.#steps < STEP_LIMIT && this.#depth < DEPTH_LIMIT
    if (isWhole) this.#params.set(key, values)
    this.#circle = (this.#circle && this.#open.size > 0) || outer
    return values
  }

  /** The call of that number. */
  callOf(call: number): Reference | undefined {
    return this.#calls.get(call)?.[0]
  }

  /** What a call reads that gives something from outside of the source: `$NAME`, a file, the output of a program. */
  sourceText(reference: Reference): string {
    const row = this.#ruleOf(reference)?.row
    if (row?.variable !== undefined) return `$${row.variable}`
    const name = this.argument(reference, row?.argument ?? 0).map((value) =>
      [textOfValue(value), ...(value.added ?? [])].join(' '),
    )
    const text = name.length === 1 ? name[0] : '*'
    return row?.gives === 'environment' ? `$${text}` : `${text}`
  }

  #ruleOf(reference: Reference): PlacedRow<ValueRow> | undefined {
    const { callee, aliases, symbol, item } = reference
    if (item !== undefined) return undefined
    const key = `${callee}\0${symbol ?? ''}\0${aliases.join('\0')}`
    if (this.#rules.has(key)) return this.#rules.get(key)
    const [rule] = findArgumentRows(this.maps, reference, (layer) => layer.values)
    this.#rules.set(key, rule)
    return rule
  }
}

/** What was asked about, and what that hands on. */
function offeredPackages({ exposes = [] }: CallGraph, roots: readonly string[]): ReadonlySet<string> {
  const others = new Map(exposes.map((each) => [each.package, each.others]))
  const offered = new Set(roots)
  for (const id of offered) for (const other of others.get(id) ?? []) offered.add(other)
  return offered
}

const isOfStd = ({ to, callee }: Reference): boolean => to === undefined && callee?.startsWith('<std::') === true

/** A trait's function, for anything but a type of std by its full name. */
const isConversion = ({ callee, found }: Reference): boolean =>
  callee === null || found === 'dispatch' || (callee.startsWith('<') && !callee.startsWith('<std::'))

/** A step into an array, where a step into a struct is a field's name. */
const isIndex = (step: string): boolean => step.startsWith('[')
const ANY_INDEX = '[*]'

/** Where elements have other places than they had. */
const anywhere = (path: readonly string[]): readonly string[] => path.map((step) => (isIndex(step) ? ANY_INDEX : step))

/** What functions of std go through and its elements are one here: there is no step into what is no array. */
const withoutIndex = (path: readonly string[]): readonly string[] =>
  path[0] !== undefined && isIndex(path[0]) ? path.slice(1) : path

/** It gives what it reads. */
const readBy = ({ call }: Reference): Pick<KnownValue, 'sources'> =>
  call === undefined ? {} : { sources: [{ call, via: [] }] }

/** It hands its arguments to the function itself: not to one that calls it back, or drops it. */
export const isCalled = ({ found }: Reference): boolean =>
  found === 'path' || found === 'method' || found === 'dispatch'

function addTo(map: Map<number, Reference[]>, key: number, reference: Reference): void {
  const known = map.get(key)
  if (known) known.push(reference)
  else map.set(key, [reference])
}
