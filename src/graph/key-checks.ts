/**
 * Two different things under one key are a defect of caps: the later one is lost without a trace. In tests, and where
 * CAPS_BACKTRACE is set, each key is held against what it was made for; else nothing is kept and nothing costs.
 */

export const checksKeys = Boolean(process.env['CAPS_BACKTRACE']) || process.env['NODE_ENV'] === 'test'

/** Throws where a key that stands for one thing is asked for another. */
export function sameOrDefect(what: string, key: string, known: unknown, asked: unknown): void {
  if (checksKeys && known !== undefined && known !== asked)
    throw new Error(`Two different values under one key: ${what} ${key}`)
}
