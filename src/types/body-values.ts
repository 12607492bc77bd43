/**
 * Symbolic values: what a body says of the value of an expression, in so far as it is made of what stands in the source.
 * A call's result is named by the call itself: what the called function does with its arguments is not known here, the maps
 * and the whole program say it later. Undefined stands for a value of which nothing is known.
 *
 * Nothing here is a type or decides one; where inference gives up, a value is simply not known.
 */
import type { AdtDef, ConstDef, StaticDef, VariantDef } from '../names/index.js'

export type BodyValue =
  /** A string, byte string or C string. */
  | { readonly k: 'text'; readonly text: string }
  /** An integer, or `true` and `false`. */
  | { readonly k: 'number'; readonly text: string }
  /** A variable of the environment that the compiler reads: `env!`, `option_env!`. */
  | { readonly k: 'built with'; readonly variable: string }
  /** A parameter of the function, `self` among them; of a closure what `by` hands to it. */
  | { readonly k: 'param'; readonly index: number }
  | { readonly k: 'handed'; readonly by: CallValues; readonly index: number }
  | { readonly k: 'result'; readonly of: CallValues }
  /** What a call leaves in the variable that it borrows mutably. */
  | { readonly k: 'changed'; readonly by: CallValues; readonly of: BodyValue | undefined }
  /** One of them. */
  | { readonly k: 'any'; readonly of: readonly (BodyValue | undefined)[] }
  /** Elements of an array. */
  | { readonly k: 'list'; readonly of: readonly (BodyValue | undefined)[] }
  /** Texts put together, in this order. */
  | { readonly k: 'joined'; readonly of: readonly (BodyValue | undefined)[] }
  /** Integers whose bits are put together. */
  | { readonly k: 'bits'; readonly of: readonly [BodyValue, BodyValue] }
  /** What was seen of it, which need not be all: who borrows it may change it, a pattern may take another part of it. */
  | { readonly k: 'partly'; readonly of: BodyValue }
  /** A cast among numbers: what fits into so many bits is what it was. None are known until the types are. */
  | { readonly k: 'cast'; bits: number; readonly of: BodyValue }
  /** Any element of an array, or the one at a place that is known. */
  | { readonly k: 'element'; readonly of: BodyValue; readonly index?: number }
  /** Of a tuple, or of a type of the program: what such a type is to others (`Deref`, `Display`) is its own matter. */
  | { readonly k: 'tuple' | 'struct'; readonly of: ReadonlyMap<string, BodyValue | undefined> }
  | { readonly k: 'field'; readonly of: BodyValue; readonly name: string }
  /** What anybody writes to the field of a type of the program. */
  | { readonly k: 'member'; readonly of: AdtDef | VariantDef; readonly name: string }
  | ClosureValue
  /** What calls of a closure in its body hand to it. */
  | { readonly k: 'given'; readonly to: ClosureValue; readonly index: number }
  | { readonly k: 'const'; readonly def: ConstDef | StaticDef }

/** What is written to a field: by a literal, a constructor, an assignment. */
export interface FieldWrite {
  readonly of: AdtDef | VariantDef
  readonly name: string
  readonly value: BodyValue | undefined
}

/** What a closure gives to who calls it, and what the calls give to it that were seen. */
export interface ClosureValue {
  readonly k: 'closure'
  ret: BodyValue | undefined
  readonly given: (readonly (BodyValue | undefined)[])[]
}

/** The arguments of one call, the receiver of a method first. It stands for the call: two calls are two objects. */
export interface CallValues {
  args: readonly (BodyValue | undefined)[]
}

/** Of an array or a list of alternatives so many are kept; the others are not known. */
export const VALUE_PARTS_LIMIT = 64

/** One of the values; nothing is known of it when nothing is known of any. */
export function anyOf(values: readonly (BodyValue | undefined)[]): BodyValue | undefined {
  const flat = values.flatMap((value) => (value?.k === 'any' ? value.of : [value]))
  const known = flat.filter((value) => value !== undefined)
  if (known.length === 0) return undefined
  if (flat.length === 1) return known[0]
  const kept = known.length > VALUE_PARTS_LIMIT ? known.slice(0, VALUE_PARTS_LIMIT) : known
  return { k: 'any', of: kept.length < flat.length ? [...kept, undefined] : kept }
}

/** The elements of an array. */
export function listOf(elements: readonly (BodyValue | undefined)[]): BodyValue | undefined {
  if (elements.every((element) => element === undefined)) return undefined
  if (elements.length <= VALUE_PARTS_LIMIT) return { k: 'list', of: elements }
  return { k: 'list', of: [...elements.slice(0, VALUE_PARTS_LIMIT), undefined] }
}

/** Texts put together; nothing is known when no part is. */
export const joinedOf = (parts: readonly (BodyValue | undefined)[]): BodyValue | undefined =>
  parts.some((part) => part !== undefined) ? { k: 'joined', of: parts } : undefined

export const partly = (value: BodyValue): BodyValue => (value.k === 'partly' ? value : { k: 'partly', of: value })

/** It, or something else. */
export const orAnything = (value: BodyValue): BodyValue => ({ k: 'any', of: [value, undefined] })

/** Of which nothing is known, where undefined would mean that it is what it is made of. */
export const NOTHING_KNOWN: BodyValue = { k: 'any', of: [undefined] }
