/**
 * Runs recipes (types/recipe-code.ts) with what is known of their parameters. A condition that is not known is taken both ways; what
 * then differs is not known. Steps have a limit, and whoever reaches it gets what was found until then.
 *
 * `onCall` hears what every call of the program is given: that is how the argument of a call is found out.
 */
import type { Code, Pattern } from '../../graph/index.js'
import { iterOf } from './iterators.js'
import {
  bool,
  char,
  copied,
  type Frame,
  int,
  LENGTH_LIMIT,
  list,
  type PlaceValue,
  plain,
  same,
  text,
  textOf,
  UNIT,
  UNKNOWN,
  unknownOf,
  type Value,
} from './machine-values.js'
import { fieldOf, indexed, matches } from './matching.js'
import { calculated, integer, wrapped } from './numbers.js'
import type { Machine } from './operation.js'

/** Steps of one run. */
const STEP_LIMIT = 60_000
/** Calls in calls. */
const DEPTH_LIMIT = 24
/** Conditions that are not known, one in another. */
const FORK_LIMIT = 6

/** What stands behind calls and constants. */
export interface Surroundings {
  /** What a call gives; undefined where it is not known. */
  readonly called: (machine: RecipeMachine, call: number, args: readonly Value[]) => Value | undefined
  /** Whether its function only works something out, though here it could not. */
  readonly isOperation: (call: number) => boolean
}

/** A run that took too many steps. */
export class TooLong extends Error {}

/** A `return`, `break` or `continue` on its way out. */
class Leaves {
  constructor(
    readonly k: 'return' | 'break' | 'continue',
    readonly label: string | undefined,
    readonly value: Value,
  ) {}
}

export class RecipeMachine implements Machine {
  readonly #left: { steps: number }
  #depth = 0
  #forks = 0

  constructor(
    private readonly around: Surroundings,
    budget: { steps: number },
  ) {
    this.#left = budget
    this.#end = Math.max(0, budget.steps - STEP_LIMIT)
  }

  readonly #end: number

  readonly tick = (): void => {
    if (this.#left.steps-- <= this.#end) throw new TooLong()
  }

  /** Runs a body; a parameter of which nothing is known is UNKNOWN. */
  run(frame: Frame, params: readonly Pattern[], args: readonly Value[], code: Code): Value {
    if (this.#depth >= DEPTH_LIMIT) return unknownOf(args)
    this.#depth++
    const outer = this.#mayReturn
    this.#mayReturn = false
    try {
      for (const [i, param] of params.entries()) this.#bind(frame, param, args[i] ?? UNKNOWN)
      const value = this.eval(frame, code)
      return this.#mayReturn ? unknownOf([value]) : value
    } catch (left) {
      if (left instanceof Leaves && left.k === 'return') return this.#mayReturn ? unknownOf([left.value]) : left.value
      throw left
    } finally {
      this.#depth--
      this.#mayReturn = outer
    }
  }

  readonly apply = (fn: Value, args: readonly Value[]): Value => {
    const of = plain(fn)
    if (of.k === 'function') return this.#called(of.call, args)
    if (of.k !== 'closure') return unknownOf(args)
    return this.run(of.frame, of.params, args, of.body)
  }

  eval(frame: Frame, code: Code): Value {
    this.tick()
    switch (code.k) {
      case 'text':
      case 'bytes':
        return text(code.text)
      case 'number':
        return int(integer(code.text))
      case 'numbers':
        return list(code.text.split(',').map((part) => int(integer(part))))
      case 'char':
        return char(code.text)
      case 'bool':
        return bool(code.text === 'true')
      case 'local':
        return frame.variables.get(code.n) ?? UNKNOWN
      case 'const':
        return copied(frame.consts[code.n]?.() ?? UNKNOWN)
      case 'function':
        return { k: 'function', call: frame.calls[code.n] ?? -1 }
      case 'call':
        return this.#called(
          frame.calls[code.n] ?? -1,
          code.args.map((arg) => this.eval(frame, arg)),
        )
      case 'invoke':
        return this.apply(
          this.eval(frame, code.of),
          code.args.map((arg) => this.eval(frame, arg)),
        )
      case 'make':
        return { k: 'made', name: code.name, fields: code.fields, items: code.of.map((part) => this.#own(frame, part)) }
      case 'closure':
        return { k: 'closure', params: code.params, body: code.body, frame }
      case 'array':
        return list(code.of.map((part) => this.#own(frame, part)))
      case 'tuple':
        return { k: 'tuple', items: code.of.map((part) => this.#own(frame, part)) }
      case 'joined':
        return this.#joined(frame, code.of)
      case 'repeat': {
        const [of, times] = [this.eval(frame, code.of), plain(this.eval(frame, code.times))]
        if (times.k !== 'int' || times.n > BigInt(LENGTH_LIMIT)) return unknownOf([of])
        return list(Array.from({ length: Number(times.n) }, () => copied(of)))
      }
      case 'range': {
        const from = code.from ? this.eval(frame, code.from) : int(0)
        const to = code.to ? this.eval(frame, code.to) : bool(false)
        return { k: 'made', name: 'Range', items: [from, to, bool(code.inclusive)] }
      }
      case 'ref':
        return code.mut ? this.#place(frame, code.of) : this.eval(frame, code.of)
      case 'deref':
        return plain(this.eval(frame, code.of))
      case 'try': {
        const of = plain(this.eval(frame, code.of))
        return of.k === 'made' && of.items.length === 1 ? (of.items[0] ?? UNKNOWN) : of
      }
      default:
        return this.#operator(frame, code)
    }
  }

  #operator(frame: Frame, code: Code): Value {
    switch (code.k) {
      case 'index':
        return indexed(this.eval(frame, code.of), this.eval(frame, code.at))
      case 'field':
        return fieldOf(this.eval(frame, code.of), code.name)
      case 'unary': {
        const of = plain(this.eval(frame, code.of))
        if (of.k === 'bool' && code.op === '!') return bool(!of.is)
        if (of.k !== 'int') return unknownOf([of])
        return int(code.op === '!' ? wrapped(~of.n, code.type) : -of.n, code.op === '!' || of.hidden)
      }
      case 'binary':
        return this.#binary(frame, code)
      case 'cast':
        return this.#cast(plain(this.eval(frame, code.of)), code.type)
      case 'assign':
        return this.#assign(frame, code)
      case 'let': {
        const of = code.of && this.#own(frame, code.of)
        if (of) this.#bind(frame, code.pattern, of)
        return UNIT
      }
      case 'matches': {
        const is = this.#matches(frame, code.pattern, this.eval(frame, code.of))
        return is === undefined ? UNKNOWN : bool(is)
      }
      default:
        return this.#control(frame, code)
    }
  }

  #control(frame: Frame, code: Code): Value {
    switch (code.k) {
      case 'block':
        return this.#block(frame, code)
      case 'if': {
        const cond = plain(this.eval(frame, code.cond))
        if (cond.k === 'bool' && cond.is) return this.eval(frame, code.then)
        const other = (): Value => (code.else ? this.eval(frame, code.else) : UNIT)
        return cond.k === 'bool' ? other() : this.#either(frame, [() => this.eval(frame, code.then), other])
      }
      case 'match':
        return this.#match(frame, code)
      case 'for':
        return this.#for(frame, code)
      case 'while':
        return this.#while(frame, code)
      case 'return':
      case 'break':
      case 'continue':
        throw new Leaves(code.k, code.label, code.of ? this.eval(frame, code.of) : UNIT)
      case 'unknown':
        for (const n of code.changes) frame.variables.set(n, UNKNOWN)
        return UNKNOWN
      default:
        return UNKNOWN
    }
  }

  /** A value of one's own: what is copied by a move or `Copy` changes nothing elsewhere. */
  #own(frame: Frame, code: Code): Value {
    const value = this.eval(frame, code)
    return code.k === 'local' || code.k === 'field' || code.k === 'index' || code.k === 'deref' ? copied(value) : value
  }

  #called(call: number, args: readonly Value[]): Value {
    const result = this.around.called(this, call, args)
    if (result) return result
    // Whoever is called may call what it is given, and change what it borrows.
    for (const arg of args) {
      const of = plain(arg)
      if (of.k === 'closure') {
        const params = of.params.map(() => UNKNOWN)
        this.#perhapsAgain(of.frame, () => this.apply(of, params))
      }
      if (arg.k === 'place') arg.set(UNKNOWN)
    }
    return this.around.isOperation(call) ? unknownOf(args) : UNKNOWN
  }

  #joined(frame: Frame, parts: readonly Code[]): Value {
    const out = text('')
    const values = parts.map((part) => this.eval(frame, part))
    for (const value of values) {
      const more = textOf(value)
      if (!more) return unknownOf(values.filter((each) => plain(each).k !== 'text'))
      out.s += more.s
      out.hidden ||= more.hidden
    }
    return out
  }

  #binary(frame: Frame, code: Code & { k: 'binary' }): Value {
    const left = plain(this.eval(frame, code.of[0]))
    if (code.type === 'bool' && (code.op === '&&' || code.op === '||')) {
      if (left.k === 'bool' && left.is === (code.op === '||')) return left
      const right = plain(this.eval(frame, code.of[1]))
      return left.k === 'bool' ? right : UNKNOWN
    }
    const right = plain(this.eval(frame, code.of[1]))
    return this.#calculated(code.op, left, right, code.type)
  }

  #calculated(op: string, left: Value, right: Value, type: string): Value {
    if (left.k === 'int' && right.k === 'int') return calculated(op, left, right, type) ?? UNKNOWN
    if (op === '==' || op === '!=') {
      const is = same(left, right)
      return is === undefined ? UNKNOWN : bool(is === (op === '=='))
    }
    if (left.k === 'char' && right.k === 'char') {
      const [a, b] = [left, right].map(({ c }) => int(c.codePointAt(0) ?? 0))
      return (a && b && calculated(op, a, b, '')) ?? UNKNOWN
    }
    if (op === '+' && left.k === 'text') {
      const more = textOf(right)
      if (more) return { ...left, s: left.s + more.s, hidden: left.hidden || more.hidden }
    }
    return unknownOf([left, right])
  }

  #cast(of: Value, type: string): Value {
    if (of.k === 'char' && type !== 'char') {
      const { c, hidden, origin, at } = of
      return { k: 'int', n: BigInt(c.codePointAt(0) ?? 0), hidden, origin, ...(at !== undefined && { at }) }
    }
    if (of.k === 'bool') return int(of.is ? 1 : 0)
    if (of.k !== 'int') return of
    const { hidden, origin, at } = of
    if (type === 'char')
      return {
        k: 'char',
        c: String.fromCodePoint(Number(of.n & 0xffn)),
        hidden,
        origin,
        ...(at !== undefined && { at }),
      }
    return { ...of, n: wrapped(of.n, type) }
  }

  #place(frame: Frame, code: Code): Value {
    const place = this.#placeOf(frame, code)
    // Texts and lists are changed in place.
    const held = place && plain(place.get())
    return place && held?.k !== 'text' && held?.k !== 'list' ? place : (held ?? this.eval(frame, code))
  }

  #placeOf(frame: Frame, code: Code): PlaceValue | undefined {
    switch (code.k) {
      case 'local': {
        const { variables } = frame
        return { k: 'place', get: () => variables.get(code.n) ?? UNKNOWN, set: (to) => void variables.set(code.n, to) }
      }
      case 'deref': {
        const of = this.eval(frame, code.of)
        return of.k === 'place' ? of : this.#placeOf(frame, code.of)
      }
      case 'index': {
        const [of, at] = [plain(this.eval(frame, code.of)), plain(this.eval(frame, code.at))]
        if (of.k !== 'list' || at.k !== 'int') return undefined
        return itemPlace(of.items, Number(at.n))
      }
      case 'field': {
        const of = plain(this.eval(frame, code.of))
        if (of.k === 'tuple') return itemPlace(of.items, Number(code.name))
        if (of.k !== 'made') return undefined
        return itemPlace(of.items, of.fields ? of.fields.indexOf(code.name) : Number(code.name))
      }
      default:
        return undefined
    }
  }

  #assign(frame: Frame, code: Code & { k: 'assign' }): Value {
    const value = this.#own(frame, code.of)
    const place = this.#placeOf(frame, code.to)
    if (!place) {
      this.#lose(frame, code.to)
      return UNIT
    }
    const held = place.get()
    const target = held.k === 'place' ? held : place
    if (code.op === undefined) place.set(value)
    else {
      const before = plain(target.get())
      target.set(
        this.#calculated(code.op, before.k === 'text' ? (copied(before) as Value) : before, plain(value), code.type),
      )
    }
    return UNIT
  }

  /** It was written to, where is not known. */
  #lose(frame: Frame, to: Code): void {
    let at = to
    while (at.k === 'index' || at.k === 'field' || at.k === 'deref') at = at.of
    if (at.k === 'local') frame.variables.set(at.n, unknownOf([frame.variables.get(at.n) ?? UNKNOWN]))
    else if (at.k === 'tuple' || at.k === 'array') for (const part of at.of) this.#lose(frame, part)
  }

  #block(frame: Frame, code: Code & { k: 'block' }): Value {
    let last: Value = UNIT
    try {
      for (const part of code.of) last = this.eval(frame, part)
    } catch (left) {
      if (left instanceof Leaves && left.k === 'break' && left.label !== undefined && left.label === code.label)
        return left.value
      throw left
    }
    return code.gives ? last : UNIT
  }

  #match(frame: Frame, code: Code & { k: 'match' }): Value {
    const of = this.eval(frame, code.of)
    const open: (() => Value)[] = []
    for (const { pattern, guard, body } of code.arms) {
      const is = this.#matches(frame, pattern, of)
      if (is === false) continue
      const cond = guard && plain(this.eval(frame, guard))
      if (cond?.k === 'bool' && !cond.is) continue
      const isSure = is === true && (!guard || cond?.k === 'bool')
      if (isSure && open.length === 0) return this.eval(frame, body)
      open.push(() => {
        this.#bind(frame, pattern, of)
        return this.eval(frame, body)
      })
      if (isSure) break
    }
    return open.length === 0 ? UNKNOWN : this.#either(frame, open)
  }

  #for(frame: Frame, code: Code & { k: 'for' }): Value {
    const of = iterOf(this.eval(frame, code.of))
    if (!of) {
      return this.#perhapsAgain(frame, () => {
        this.#bind(frame, code.pattern, UNKNOWN)
        return this.#once(frame, code.body, code.label) ?? UNIT
      })
    }
    for (let item = of.next(); item; item = of.next()) {
      this.#bind(frame, code.pattern, item)
      if (this.#once(frame, code.body, code.label)) break
    }
    return UNIT
  }

  #while(frame: Frame, code: Code & { k: 'while' }): Value {
    for (;;) {
      this.tick()
      const cond = code.cond ? plain(this.eval(frame, code.cond)) : bool(true)
      if (cond.k !== 'bool')
        return this.#perhapsAgain(frame, () => {
          this.#once(frame, code.body, code.label)
          return code.cond ? this.eval(frame, code.cond) : UNIT
        })
      if (!cond.is) return UNIT
      const left = this.#once(frame, code.body, code.label)
      if (left) return left
    }
  }

  /** It runs any number of times: in the second round what the first one changed is not known. */
  #perhapsAgain(frame: Frame, run: () => Value): Value {
    for (let i = 0; i < 2; i++) this.#either(frame, [run, () => UNIT])
    return UNIT
  }

  /** One round; what a `break` gives, where one ends the loop. */
  #once(frame: Frame, body: Code, label: string | undefined): Value | undefined {
    try {
      this.eval(frame, body)
      return undefined
    } catch (left) {
      if (!(left instanceof Leaves) || left.k === 'return') throw left
      if (left.label !== undefined && left.label !== label) throw left
      return left.k === 'break' ? left.value : undefined
    }
  }

  /** It is not known which of them runs: each does, from the same beginning, and what differs is not known. */
  #either(frame: Frame, ways: readonly (() => Value)[]): Value {
    if (this.#forks >= FORK_LIMIT) throw new TooLong()
    this.#forks++
    const before = frame.variables
    const ends: { readonly variables: Map<number, Value>; readonly value: Value }[] = []
    const left: Leaves[] = []
    for (const way of ways) {
      frame.variables = new Map([...before].map(([n, value]) => [n, copied(value)]))
      try {
        const value = way()
        ends.push({ variables: frame.variables, value })
      } catch (leaving) {
        if (!(leaving instanceof Leaves)) {
          frame.variables = before
          this.#forks--
          throw leaving
        }
        left.push(leaving)
      }
    }
    this.#forks--
    frame.variables = before
    const [first, ...others] = ends
    if (!first) throw left[0]
    for (const [n, value] of first.variables)
      before.set(n, others.every(({ variables }) => isSame(variables.get(n), value)) ? value : UNKNOWN)
    // A loop that may have ended has another state behind it.
    if (left.some(({ k }) => k !== 'return')) throw new TooLong()
    if (left.length > 0) this.#mayReturn = true
    return others.every(({ value }) => isSame(value, first.value)) ? first.value : UNKNOWN
  }

  /** Some way was left by a `return` whose value is in no result. */
  #mayReturn = false

  #matches(frame: Frame, pattern: Pattern, value: Value): boolean | undefined {
    return matches({ frame, evaluate: (code) => this.eval(frame, code) }, pattern, value)
  }

  /** Binds what is bound whether or not it matches. */
  #bind(frame: Frame, pattern: Pattern, value: Value): void {
    this.#matches(frame, pattern, value)
  }
}

const itemPlace = (items: Value[], at: number): PlaceValue | undefined =>
  at >= 0 && at < items.length
    ? { k: 'place', get: () => items[at] ?? UNKNOWN, set: (to) => void (items[at] = to) }
    : undefined

const isSame = (a: Value | undefined, b: Value): boolean => a !== undefined && same(a, b) === true
