/**
 * Our capabilities as Capslock's (DESIGN.md, "Capabilities"). What is not here, Capslock has no name for: it looks at
 * neither terminal, clock, randomness nor at what is linked. The other direction, wider where Capslock's word is, stands
 * in capabilities/capslock-map.ts; a test holds both together.
 */

/** Without `CAPABILITY_`, as `capability_name` of Capslock's results has them. */
const CAPSLOCK_NAMES: ReadonlyMap<string, string> = new Map([
  ['fs/read', 'FILES'],
  ['fs/write', 'FILES'],
  ['fs/meta', 'FILES'],
  ['network/connect', 'NETWORK'],
  ['network/listen', 'NETWORK'],
  ['network/resolve', 'NETWORK'],
  ['exec', 'EXEC'],
  ['env/read', 'READ_SYSTEM_STATE'],
  ['env/args', 'READ_SYSTEM_STATE'],
  ['env/write', 'MODIFY_SYSTEM_STATE'],
  ['system/read', 'READ_SYSTEM_STATE'],
  ['system/write', 'MODIFY_SYSTEM_STATE'],
  ['process/exit', 'MODIFY_SYSTEM_STATE'],
  ['process/signal', 'MODIFY_SYSTEM_STATE'],
  ['thread', 'RUNTIME'],
  ['syscall', 'SYSTEM_CALLS'],
  ['ffi', 'CGO'],
  ['dynload', 'DYNAMIC_LOADING'],
  ['asm', 'ARBITRARY_EXECUTION'],
  ['memory/exec', 'ARBITRARY_EXECUTION'],
  ['unsafe', 'UNSAFE_POINTER'],
  ['unanalyzed', 'UNANALYZED'],
])

/** Capslock's enumeration, in its order. Its parsers refuse a name that is not in it; `capability_name` may be any. */
const ENUMERATION: readonly string[] = [
  'UNSPECIFIED',
  'SAFE',
  'FILES',
  'NETWORK',
  'RUNTIME',
  'READ_SYSTEM_STATE',
  'MODIFY_SYSTEM_STATE',
  'OPERATING_SYSTEM',
  'SYSTEM_CALLS',
  'ARBITRARY_EXECUTION',
  'CGO',
  'UNANALYZED',
  'UNSAFE_POINTER',
  'REFLECT',
  'EXEC',
]

/** Undefined when Capslock has no word for it. */
export function capslockName(capability: string): string | undefined {
  return CAPSLOCK_NAMES.get(capability)
}

/** The place in Capslock's enumeration; undefined for a name that came after it was closed. */
export function capslockOrdinal(name: string): number | undefined {
  const ordinal = ENUMERATION.indexOf(name)
  return ordinal < 0 ? undefined : ordinal
}
