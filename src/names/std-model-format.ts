/**
 * The std model's bytes: plain values (objects, arrays, strings, whole numbers, booleans) to a compact form and back.
 *
 * Objects of one shape share one entry of a table that also holds what never differs between them (`at: 0`,
 * `k: 'path'`), strings are numbered, and all else is LEB128 numbers. The members of modules, traits and impls and the
 * signatures of functions are decoded only when they are first read: an analysis touches a small part of std.
 * Nothing is known here of Rust; the format is described in data/std/README.md.
 *
 * It is not the form of syntax/pack-format.ts, and the two have no base in common: this one is small on disk and mostly never
 * read (numbers of one byte, constants in the shapes, parts that are skipped by their length), that one is quick in memory
 * and read as a whole (an integer a value, shared between threads, objects of one hidden class). What both do, numbering
 * strings and shapes, is a Map each; number coding, shapes and laziness, which are the rest, have nothing in common.
 */

/** `generics`, `self`, `params` and `ret` of a function are decoded together, at the first look at any of them. */
const SIGNATURE_KEYS = ['generics', 'self', 'params', 'ret'] as const
/** Members of modules, impls, traits and extern blocks. */
export const MEMBERS_KEY = 'items'

/** A key of a shape: what it always holds, or how its value is written. */
export type Slot = readonly ['const', string | number | boolean] | readonly ['string' | 'array' | 'empty' | 'any']
export type Shape = readonly (readonly [key: string, slot: Slot])[]

export interface PackedValue {
  readonly shapes: readonly Shape[]
  readonly strings: readonly string[]
  readonly bytes: Uint8Array
}

/** Tags of values whose kind the shape does not tell; an object's tag is TAG_SHAPE plus the number of its shape. */
export const TAG_FALSE = 0
export const TAG_TRUE = 1
export const TAG_NUMBER = 2
export const TAG_STRING = 3
export const TAG_ARRAY = 4
export const TAG_SHAPE = 5

export function isSignatureKey(key: string): boolean {
  return (SIGNATURE_KEYS as readonly string[]).includes(key)
}
