/**
 * The capability names (DESIGN.md, "Capabilities"): `family` or `family/sub`, their order of seriousness, and how a
 * user's word selects them. What has which capability is data (capability-maps/), not known here.
 */
import { familyOf } from '../base/index.js'

/** Most serious first: findings keep this order. The reasons stand in report/severity.ts; a test holds both together. */
export const CAPABILITIES = [
  'exec',
  'dynload',
  'memory/exec',
  'asm',
  'syscall',
  'hook',
  'network/connect',
  'network/listen',
  'network/resolve',
  'fs/write',
  'build/link',
  'ffi',
  'fs/read',
  'env/read',
  'env/write',
  'system/write',
  'build/env',
  'unsafe',
  'system/read',
  'fs/meta',
  'process/signal',
  'process/exit',
  'env/args',
  'thread',
  'stdio',
  'random',
  'time',
  'unanalyzed',
] as const

export type Capability = (typeof CAPABILITIES)[number]

const ORDER: ReadonlyMap<string, number> = new Map(CAPABILITIES.map((name, index) => [name, index]))

/** By seriousness. */
export function compareCapabilities(a: Capability, b: Capability): number {
  return (ORDER.get(a) ?? 0) - (ORDER.get(b) ?? 0)
}

/** The capabilities that `fs` or `fs/read` means; empty when the word is neither a capability nor a family. */
export function selectCapabilities(word: string): readonly Capability[] {
  return CAPABILITIES.filter((name) => name === word || familyOf(name) === word)
}
