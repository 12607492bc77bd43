/** How crates are looked at in a survey: what a result hangs on besides the crate and its lockfile. Part of each result's name. */
import { createHash } from 'node:crypto'

export interface How {
  /** The program that looks: another build may find something else. */
  readonly engine: string
  /** Digest of the capability maps, ours and the user's. */
  readonly maps: string
  readonly features: readonly string[]
  readonly allFeatures: boolean
  readonly noDefaultFeatures: boolean
  /** As asked for; none for those that stand for all. */
  readonly targets: readonly string[]
  /** Digest of the directory that stands for the registry. */
  readonly mirror?: string | undefined
}

export const digestOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** As many digits as keep a survey's results apart. */
const SHORT = 16

export const shortDigest = (digest: string): string => digest.slice(0, SHORT)

/** A digest of all of it. */
export const digestOfHow = (how: How): string => digestOf(JSON.stringify(how, Object.keys(how).sort()))
