/**
 * Two different things under one key are a defect of caps: the later one is lost without a trace. In tests, and where
 * CAPS_BACKTRACE is set, each key is held against what it was made for; else nothing is kept and nothing costs.
 */
import type { OpenReference } from './graph-state.js'

export const checksKeys = Boolean(process.env['CAPS_BACKTRACE']) || process.env['NODE_ENV'] === 'test'

/** Throws where a key that stands for one thing is asked for another. */
export function sameOrDefect(what: string, key: string, known: unknown, asked: unknown): void {
  if (checksKeys && known !== undefined && known !== asked)
    throw new Error(`Two different values under one key: ${what} ${key}`)
}

/** What a reference says, but its name (which is for the reader) and whom it was led to. */
export function saidBy({ found, certainty, callee, symbol, why, literals, writtenAt }: OpenReference): string {
  // What can be meant is said once at a place, however it was thought of.
  const how = certainty === 'possible' ? [] : [found, symbol, why]
  return JSON.stringify([callee, certainty, literals ?? [], writtenAt, ...how])
}
