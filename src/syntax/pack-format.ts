/**
 * The format of packed trees, for pack.ts and unpack.ts.
 *
 * A value is one integer, its low bits the tag; an object is its shape's number and then its fields in the shape's
 * order. Behind the trees stand the frozen objects that they share, then (where `ints[0]` points) the tables: shapes,
 * each with the string of its `k` (or -1), its number of keys and their strings; and the places of the shared objects.
 * Keys that are undefined are left out.
 *
 * The std model has another form, for other reasons: names/std-model-format.ts says which.
 */
export const TAG_BITS = 3
export const TAG_MASK = (1 << TAG_BITS) - 1

/** An integer stands beside its tag. */
export const INTEGER = 0
/** A number of the string table. */
export const STRING = 1
/** A length; the elements follow. */
export const ARRAY = 2
/** A number of the shape table; the fields follow. */
export const OBJECT = 3
/** 0 or 1. */
export const BOOLEAN = 4
/** A number of the table of shared objects. */
export const SHARED = 5

/** Integers beyond this do not fit beside their tag. */
export const MAX_INTEGER = 2 ** (31 - TAG_BITS) - 1

/** The key that tells objects of one union apart; its value, where it is a string, is part of the shape. */
export const DISCRIMINANT = 'k'
