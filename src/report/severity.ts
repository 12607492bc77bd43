/**
 * The order in which a person reads capabilities, most serious first, and the reason of each place. It ranks what the
 * power lets an attacker do; whether a crate may have it is the reader's judgement and no business of this file.
 */
import { compareText, familyOf } from '../base/index.js'

export interface Rank {
  readonly capability: string
  readonly why: string
  readonly tone: Tone
}
/** How loud a row is drawn. */
export type Tone = 'alarm' | 'notice' | 'quiet'

export const RANKS: readonly Rank[] = [
  { capability: 'exec', tone: 'alarm', why: 'another program can do everything that the user can' },
  { capability: 'dynload', tone: 'alarm', why: 'runs code that stands in no source' },
  { capability: 'memory/exec', tone: 'alarm', why: 'runs bytes as code' },
  { capability: 'asm', tone: 'alarm', why: 'instructions that no source analysis follows' },
  { capability: 'syscall', tone: 'alarm', why: 'asks the kernel for anything, past every named function' },
  { capability: 'hook', tone: 'alarm', why: 'runs without being called' },
  { capability: 'network/connect', tone: 'alarm', why: 'sends data out, brings commands in' },
  { capability: 'network/listen', tone: 'alarm', why: 'opens a door' },
  { capability: 'network/resolve', tone: 'alarm', why: 'a name look-up carries data out' },
  { capability: 'fs/write', tone: 'alarm', why: 'a written file can be run, or destroy' },
  { capability: 'build/link', tone: 'alarm', why: 'puts native code into the program' },
  { capability: 'ffi', tone: 'alarm', why: 'foreign code that no map names' },
  { capability: 'fs/read', tone: 'notice', why: 'reads secrets' },
  { capability: 'env/read', tone: 'notice', why: 'secrets stand in the environment of CI machines' },
  { capability: 'env/write', tone: 'notice', why: 'changes what later programs run' },
  { capability: 'system/write', tone: 'notice', why: 'changes limits, users, mounts; signals others' },
  { capability: 'build/env', tone: 'notice', why: 'changes how the compiler is called' },
  { capability: 'unsafe', tone: 'notice', why: 'the compiler does not check what it does' },
  { capability: 'system/read', tone: 'notice', why: 'tells one machine from another' },
  { capability: 'fs/meta', tone: 'notice', why: 'sees which files there are' },
  { capability: 'process/signal', tone: 'notice', why: 'runs at any moment' },
  { capability: 'process/exit', tone: 'quiet', why: 'ends the program' },
  { capability: 'env/args', tone: 'quiet', why: 'reads what the user typed' },
  { capability: 'thread', tone: 'quiet', why: 'goes on beside the caller' },
  { capability: 'stdio', tone: 'quiet', why: 'talks to the terminal' },
  { capability: 'random', tone: 'quiet', why: 'makes runs differ' },
  { capability: 'time', tone: 'quiet', why: 'waits for a date' },
  { capability: 'unanalyzed', tone: 'quiet', why: 'could be anything; stands in the coverage with its places' },
]

const RANK_OF: ReadonlyMap<string, number> = new Map(RANKS.map((rank, index) => [rank.capability, index]))

/** The place in the order; a capability of a user's own map comes before the quiet ones, behind all that we judged loud. */
function rankOf(capability: string): number {
  const own = RANK_OF.get(capability)
  if (own !== undefined) return own
  const family = RANKS.findIndex((rank) => rank.capability.startsWith(`${familyOf(capability)}/`))
  return family >= 0 ? family : RANKS.findIndex((rank) => rank.tone === 'quiet') - 0.5
}

/** For sorting: most serious first, then by name. */
export function compareCapabilities(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || compareText(a, b)
}

/** How loud the capability's row is drawn. */
export function toneOf(capability: string): Tone {
  return RANKS[RANK_OF.get(capability) ?? Math.max(0, Math.ceil(rankOf(capability)))]?.tone ?? 'notice'
}
