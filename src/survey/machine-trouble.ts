/**
 * Whose fault an error is: the crate's, which the next try would meet again, or the machine's, which may be gone by then. Where
 * cargo was asked only what it says of the crate itself counts against the crate; anything else may be the network's doing.
 */

/** Codes of the system for what is full, gone, forbidden or broken on this machine. */
const OF_SYSTEM: ReadonlySet<string> = new Set([
  'EACCES',
  'EAGAIN',
  'EBUSY',
  'EDQUOT',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'ENOSPC',
  'EPERM',
  'EROFS',
  'ETIMEDOUT',
])

/** What cargo says when no choice of versions can be made for the crate, whoever asks and whenever. */
const CARGO_REFUSES =
  /failed to select a version|no matching package|is not found in registry|cyclic package dependency|failed to parse|invalid (?:character|type|value)|does not have (?:a |the |these )?feature|attempted to resolve|package collision|requires rustc|feature .* is required/

const NOT_HERE = /is not on this machine|packages are not on this machine|A package is not on this machine/

/** `phase`: whether cargo may have been asked, or all that is read lies here. */
export function isOfMachine(message: string, code: string | undefined, phase: 'fetching' | 'reading'): boolean {
  const codes = [code ?? '', ...[...message.matchAll(/\bE[A-Z]{2,}\b/g)].map(([found]) => found)]
  if (codes.some((found) => OF_SYSTEM.has(found))) return true
  if (NOT_HERE.test(message)) return true
  if (phase === 'reading') return false
  return /^cargo \S+ failed/.test(message)
    ? !CARGO_REFUSES.test(message)
    : /^Cargo is not started|no cargo on PATH|temporary directory/.test(message)
}
