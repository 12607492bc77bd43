/** Errors of the system (`ENOSPC`, …) where something is written, as the three parts that a user is told. */
import { UsageError } from './error-message.js'

/** The `code` of an error of the system, if it is one. Asked by shape, as in `project`: what Node throws may be of another realm. */
export const codeOf = (thrown: unknown): string | undefined => textField(thrown, 'code')

function textField(thrown: unknown, key: 'message' | 'code'): string | undefined {
  const value: unknown = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, key) : undefined
  return typeof value === 'string' ? value : undefined
}

const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/**
 * What is thrown when the output could not be written: an error of the system becomes one of the user's, anything else stays.
 * `kept` says what is there now.
 */
export function outputError(thrown: unknown, place: string, kept: string): unknown {
  const [code, message] = [codeOf(thrown), textField(thrown, 'message')]
  if (code === undefined || message === undefined) return thrown
  const fix = NO_ROOM.has(code) ? 'Make room there, or write to another place.' : 'Name a place that you may write to.'
  return new UsageError(`The output cannot be written to ${place}`, `${message}; ${kept}`, fix)
}
