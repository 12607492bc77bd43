/** What goes through elements: iterators are asked for one element at a time, so that endless ones can be. */
import {
  chars,
  copied,
  elements,
  type IterValue,
  int,
  LENGTH_LIMIT,
  list,
  NONE,
  option,
  plain,
  some,
  textOf,
  textOfParts,
  UNKNOWN,
  type Value,
} from './machine-values.js'
import type { Operation } from './operation.js'

export const iter = (items: readonly Value[]): IterValue => {
  let at = 0
  return { k: 'iter', next: () => items[at++] }
}

const generated = (values: Iterator<Value>): IterValue => ({
  k: 'iter',
  next: () => values.next().value as Value | undefined,
})

/** What a loop goes through; undefined where it is not known. */
export function iterOf(value: Value): IterValue | undefined {
  const of = plain(value)
  if (of.k === 'iter') return of
  if (of.k === 'made' && of.name === 'Range') return rangeOf(of.items)
  if (of.k === 'made' && (of.name === 'Some' || of.name === 'None')) return iter(of.items)
  const items = elements(of)
  return items && iter(items)
}

function rangeOf([from, to, inclusive]: readonly Value[]): IterValue | undefined {
  const [a, b] = [from && plain(from), to && plain(to)]
  if (a?.k !== 'int' && a?.k !== 'char') return undefined
  const last = b?.k === 'bool' ? undefined : b
  if (last && last.k !== a.k) return undefined
  const code = (value: Value): bigint =>
    value.k === 'int' ? value.n : BigInt((value as { c: string }).c.codePointAt(0) ?? 0)
  const end = last === undefined ? undefined : code(last) + (inclusive?.k === 'bool' && inclusive.is ? 1n : 0n)
  let at = code(a)
  return {
    k: 'iter',
    next: () => {
      if (end !== undefined && at >= end) return undefined
      const n = at++
      return a.k === 'int' ? int(n) : { k: 'char', c: String.fromCodePoint(Number(n)), hidden: false }
    },
  }
}

/** All elements; undefined of what is endless or not known. */
export function allOf(value: Value, tick: () => void): Value[] | undefined {
  const of = iterOf(value)
  if (!of) return undefined
  const out: Value[] = []
  for (let item = of.next(); item; item = of.next()) {
    tick()
    if (out.length >= LENGTH_LIMIT) return undefined
    out.push(item)
  }
  return out
}

/** An iterator made of the first argument's elements. */
const through =
  (
    make: (
      items: () => Value | undefined,
      args: readonly Value[],
      ...context: Parameters<Operation>
    ) => Iterator<Value> | undefined,
  ): Operation =>
  (machine, args, call) => {
    const of = args[0] && iterOf(args[0])
    const made = of && make(of.next, args, machine, args, call)
    return made && generated(made)
  }

const numberOf = (value: Value | undefined): number | undefined => {
  const of = value && plain(value)
  return of?.k === 'int' && of.n >= 0n && of.n < 1_000_000n ? Number(of.n) : undefined
}

function* mapped(next: () => Value | undefined, change: (item: Value) => Value | undefined): Generator<Value> {
  for (let item = next(); item; item = next()) {
    const value = change(item)
    if (value) yield value
  }
}

const isTrue = (value: Value): boolean => {
  const of = plain(value)
  return of.k === 'bool' && of.is
}

/** The inside of `Some`, `Ok`; nothing for others. */
const inside = (value: Value): Value | undefined => {
  const of = plain(value)
  return of.k === 'made' && (of.name === 'Some' || of.name === 'Ok') ? of.items[0] : of.k === 'unknown' ? of : undefined
}

export const ITERATORS = {
  elements: (_, [of]) => of && iterOf(of),
  'elements-to-change': (_, [value]) => {
    const of = value && plain(value)
    if (of?.k !== 'list') return undefined
    return iter(
      of.items.map(
        (_item, i): Value => ({ k: 'place', get: () => of.items[i] as Value, set: (to) => void (of.items[i] = to) }),
      ),
    )
  },
  chars: (_, [value]) => {
    const of = value && textOf(value)
    return of && iter(chars(of))
  },
  'char-indices': (_, [value]) => {
    const of = value && textOf(value)
    return of && iter(chars(of).map((c, i): Value => ({ k: 'tuple', items: [int(i), c] })))
  },
  map: through((next, [, fn], machine) => fn && mapped(next, (item) => machine.apply(fn, [item]))),
  filter: through(
    (next, [, fn], machine) => fn && mapped(next, (item) => (isTrue(machine.apply(fn, [item])) ? item : undefined)),
  ),
  'filter-map': through((next, [, fn], machine) => fn && mapped(next, (item) => inside(machine.apply(fn, [item])))),
  'flat-map': through((next, [, fn], machine) => {
    function* all(): Generator<Value> {
      for (let item = next(); item; item = next()) {
        const inner = iterOf(fn ? machine.apply(fn, [item]) : item)
        if (!inner) {
          yield UNKNOWN
          continue
        }
        for (let one = inner.next(); one; one = inner.next()) yield one
      }
    }
    return all()
  }),
  inspect: (_, [of]) => of && iterOf(of),
  enumerate: through((next) => {
    let i = 0
    return mapped(next, (item) => ({ k: 'tuple', items: [int(i++), item] }))
  }),
  zip: through((next, [, other]) => {
    const second = other && iterOf(other)
    if (!second) return undefined
    function* pairs(): Generator<Value> {
      for (let item = next(); item; item = next()) {
        const more = second?.next()
        if (!more) return
        yield { k: 'tuple', items: [item, more] }
      }
    }
    return pairs()
  }),
  chain: through((next, [, other]) => {
    const second = other && iterOf(other)
    if (!second) return undefined
    function* both(): Generator<Value> {
      for (let item = next(); item; item = next()) yield item
      for (let item = second?.next(); item; item = second?.next()) yield item
    }
    return both()
  }),
  rev: (machine, [of]) => {
    const items = of && allOf(of, machine.tick)
    return items && iter(items.reverse())
  },
  cycle: (machine, [of]) => {
    const items = of && allOf(of, machine.tick)
    if (!items || items.length === 0) return items && iter([])
    let at = 0
    return { k: 'iter', next: () => items[at++ % items.length] }
  },
  skip: through((next, [, count]) => {
    const n = numberOf(count)
    if (n === undefined) return undefined
    let left = n
    function* rest(): Generator<Value> {
      for (let item = next(); item; item = next()) if (left-- <= 0) yield item
    }
    return rest()
  }),
  take: through((next, [, count]) => {
    const n = numberOf(count)
    if (n === undefined) return undefined
    let left = n
    function* first(): Generator<Value> {
      while (left-- > 0) {
        const item = next()
        if (!item) return
        yield item
      }
    }
    return first()
  }),
  'step-by': through((next, [, count]) => {
    const n = numberOf(count)
    if (n === undefined || n === 0) return undefined
    let at = 0
    return mapped(next, (item) => (at++ % n === 0 ? item : undefined))
  }),
  'take-while': through((next, [, fn], machine) => {
    function* first(): Generator<Value> {
      for (let item = next(); item && fn && isTrue(machine.apply(fn, [item])); item = next()) yield item
    }
    return first()
  }),
  'skip-while': through((next, [, fn], machine) => {
    let isOpen = false
    return mapped(next, (item) => ((isOpen ||= !fn || !isTrue(machine.apply(fn, [item]))) ? item : undefined))
  }),
  windows: (_, [of, size]) => pieces(of, numberOf(size), 1, false),
  chunks: (_, [of, size]) => pieces(of, numberOf(size), numberOf(size), true),
  'chunks-exact': (_, [of, size]) => pieces(of, numberOf(size), numberOf(size), false),
  collect: (machine, [of]) => {
    const items = of && allOf(of, machine.tick)
    if (!items || items.some((item) => plain(item).k === 'unknown')) return undefined
    // What is collected is a text where it is used as one.
    if (items.length > 0 && items.every((item) => plain(item).k === 'text')) return list(items.map(copied))
    if (items.some((item) => plain(item).k === 'char')) return textOfParts(items) ?? list(items.map(plain))
    return list(items.map((item) => copied(plain(item))))
  },
  fold: (machine, [of, first, fn]) => {
    const items = of && allOf(of, machine.tick)
    return items && first && fn && items.reduce((value: Value, item) => machine.apply(fn, [value, item]), first)
  },
  'for-each': (machine, [of, fn]) => {
    const items = of && allOf(of, machine.tick)
    if (!items || !fn) return undefined
    for (const item of items) machine.apply(fn, [item])
    return { k: 'tuple', items: [] }
  },
  next: (_, [value]) => {
    const of = value && plain(value)
    return of?.k === 'iter' ? option(of.next()) : undefined
  },
  'next-back': (machine, [of]) => {
    const items = of && allOf(of, machine.tick)
    return items && option(items.at(-1))
  },
  nth: (_, [of, count]) => {
    const n = numberOf(count)
    const items = of && iterOf(of)
    if (n === undefined || !items) return undefined
    for (let i = 0; i < n; i++) if (!items.next()) return NONE
    return option(items.next())
  },
  count: (machine, [of]) => {
    const items = of && allOf(of, machine.tick)
    return items && int(items.length)
  },
  sum: (machine, [of]) => {
    const items = of && allOf(of, machine.tick)?.map(plain)
    if (!items) return undefined
    if (items.every((item) => item.k === 'int'))
      return int(
        items.reduce((sum, item) => sum + (item.k === 'int' ? item.n : 0n), 0n),
        true,
      )
    return undefined
  },
  position: (machine, [of, fn]) => {
    const items = of && allOf(of, machine.tick)
    if (!items || !fn) return undefined
    for (const [i, item] of items.entries()) {
      const found = plain(machine.apply(fn, [item]))
      if (found.k !== 'bool') return undefined
      if (found.is) return some(int(i))
    }
    return NONE
  },
} satisfies Readonly<Record<string, Operation>>

/** Parts of a list or text, of one length. */
function pieces(
  of: Value | undefined,
  size: number | undefined,
  step: number | undefined,
  isRest: boolean,
): Value | undefined {
  const items = of && elements(of)
  if (!items || !size || !step) return undefined
  const out: Value[] = []
  for (let at = 0; at < items.length; at += step)
    if (isRest || at + size <= items.length) out.push(list(items.slice(at, at + size)))
  return iter(out)
}
