/** The built-in types' names (The Rust Reference, "Types"); they yield to everything of the same name but preludes. */
import type { PrimDef } from './defs.js'

const NAMES = 'bool char str u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f16 f32 f64 f128'

const byName: ReadonlyMap<string, PrimDef> = new Map(NAMES.split(' ').map((name) => [name, { kind: 'prim', name }]))

/** The type of that name, always the same object. */
export function primitive(name: string): PrimDef | undefined {
  return byName.get(name)
}
