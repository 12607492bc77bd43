/** Times and memory of a run, a line a crate: they differ from run to run, so no result holds them. */
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type CrateVersion, crateText } from './record.js'

export interface RunLine {
  readonly crate: CrateVersion
  readonly outcome: 'analyzed' | 'failed' | 'undone'
  /** Of the clock, from when a worker took it. */
  readonly seconds: number
  /** Of a core. */
  readonly cpu: number
  /** MiB of the worker at most, so far. */
  readonly memory: number
  readonly why?: string
}

export function runLog(directory: string, now: Date): (line: RunLine) => void {
  mkdirSync(directory, { recursive: true })
  const file = join(directory, `${now.toISOString().replaceAll(':', '-')}-${process.pid}.jsonl`)
  return ({ crate, ...rest }) => appendFileSync(file, `${JSON.stringify({ crate: crateText(crate), ...rest })}\n`)
}
