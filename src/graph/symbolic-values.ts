/**
 * What is known of the values that calls hand over, as plain data: what stands in the source, and for the rest where it comes
 * from (a parameter, the result of another call). Null is a value of which nothing is known.
 *
 * `Fn` is how a function is named: by its key in a share, by its number in a graph. Calls are numbers: in a share the place
 * that they stand at, in a graph those of `Reference.call`. What a function does with its arguments is for the maps to say.
 */
export type SymbolicValue<Fn = number> =
  /** A text of the source, an integer or bool, a variable of the environment that the compiler reads. */
  | { readonly k: 'text' | 'number' | 'built with'; readonly text: string }
  | { readonly k: 'param'; readonly index: number }
  /** What a call hands to the closure among its arguments. */
  | { readonly k: 'handed'; readonly call: number; readonly index: number }
  | { readonly k: 'result'; readonly call: number }
  /** What a call leaves in the variable that it borrows mutably. */
  | { readonly k: 'changed'; readonly call: number; readonly of: SymbolicValue<Fn> | null }
  | { readonly k: 'any' | 'list' | 'joined'; readonly of: readonly (SymbolicValue<Fn> | null)[] }
  /** Integers whose bits are put together (`|`). */
  | { readonly k: 'bits'; readonly of: readonly (SymbolicValue<Fn> | null)[] }
  /** What was seen of it, which need not be all. */
  | { readonly k: 'partly'; readonly of: SymbolicValue<Fn> }
  /** A cast among numbers: what fits into so many bits is what it was. */
  | { readonly k: 'cast'; readonly bits: number; readonly of: SymbolicValue<Fn> }
  /** Of a type of std that its function asks for by a trait. */
  | { readonly k: 'typed'; readonly type: string; readonly of: SymbolicValue<Fn> | null }
  | { readonly k: 'element'; readonly of: SymbolicValue<Fn>; readonly index?: number }
  | { readonly k: 'closure'; readonly of: SymbolicValue<Fn> }
  | { readonly k: 'tuple' | 'struct'; readonly of: readonly (readonly [string, SymbolicValue<Fn> | null])[] }
  | { readonly k: 'field'; readonly of: SymbolicValue<Fn>; readonly name: string }
  /** What anybody writes to a field: see `FieldWrites`. */
  | { readonly k: 'member'; readonly of: string }
  /** What a const or static is initialised with. */
  | { readonly k: 'initialiser'; readonly of: Fn }

/** The same value with calls and functions named otherwise; what has no name there is not known. */
export function renamed<A, B>(
  value: SymbolicValue<A>,
  callOf: (call: number) => number | undefined,
  functionOf: (fn: A) => B | undefined,
): SymbolicValue<B> | null {
  const inner = (part: SymbolicValue<A> | null): SymbolicValue<B> | null => part && renamed(part, callOf, functionOf)
  switch (value.k) {
    case 'text':
    case 'number':
    case 'built with':
    case 'param':
    case 'member':
      return value
    case 'handed': {
      const call = callOf(value.call)
      return call === undefined ? null : { k: 'handed', call, index: value.index }
    }
    case 'result': {
      const call = callOf(value.call)
      return call === undefined ? null : { k: 'result', call }
    }
    case 'changed': {
      const call = callOf(value.call)
      return call === undefined ? null : { k: 'changed', call, of: inner(value.of) }
    }
    case 'any':
    case 'list':
    case 'joined':
    case 'bits':
      return { k: value.k, of: value.of.map(inner) }
    case 'typed':
      return { ...value, of: inner(value.of) }
    case 'element':
    case 'partly':
    case 'cast':
    case 'closure': {
      const of = inner(value.of)
      return of && { ...value, of }
    }
    case 'tuple':
    case 'struct':
      return { k: value.k, of: value.of.map(([name, part]) => [name, inner(part)] as const) }
    case 'field': {
      const of = inner(value.of)
      return of && { k: 'field', of, name: value.name }
    }
    case 'initialiser': {
      const of = functionOf(value.of)
      return of === undefined ? null : { k: 'initialiser', of }
    }
  }
}
