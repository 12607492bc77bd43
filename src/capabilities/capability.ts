/**
 * The capability names (DESIGN.md, "Capabilities"): `family` or `family/sub`, their order of seriousness, and how a
 * user's word selects them. What has which capability is data (capability-maps/), not known here.
 */

/** Most serious first; reports keep this order. */
export const CAPABILITIES = [
  'exec',
  'dynload',
  'asm',
  'memory/exec',
  'hook',
  'syscall',
  'ffi',
  'network/connect',
  'network/listen',
  'network/resolve',
  'fs/write',
  'fs/read',
  'fs/meta',
  'system/write',
  'env/write',
  'process/signal',
  'build/link',
  'build/env',
  'env/read',
  'env/args',
  'system/read',
  'process/exit',
  'thread',
  'random',
  'time',
  'stdio',
  'unsafe',
  'unanalyzed',
] as const

export type Capability = (typeof CAPABILITIES)[number]

const ORDER: ReadonlyMap<string, number> = new Map(CAPABILITIES.map((name, index) => [name, index]))

export function isCapability(name: string): name is Capability {
  return ORDER.has(name)
}

/** `fs` of `fs/read`; the name itself when it has no parts. */
export function familyOf(capability: Capability): string {
  return capability.split('/', 1)[0] as string
}

/** By seriousness. */
export function compareCapabilities(a: Capability, b: Capability): number {
  return (ORDER.get(a) ?? 0) - (ORDER.get(b) ?? 0)
}

/** The capabilities that `fs` or `fs/read` means; empty when the word is neither a capability nor a family. */
export function selectCapabilities(word: string): readonly Capability[] {
  return CAPABILITIES.filter((name) => name === word || familyOf(name) === word)
}
