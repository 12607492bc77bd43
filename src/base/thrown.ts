/** What anything thrown says. Asked by shape, since what Node throws need not be of this realm's Error. */

/** Its message; what is no error is printed. */
export function messageOf(thrown: unknown): string {
  return textField(thrown, 'message') ?? String(thrown)
}

/** The `code` of a system error (`ENOENT`), if it is one. */
export function codeOf(thrown: unknown): string | undefined {
  return textField(thrown, 'code')
}

function textField(thrown: unknown, key: 'message' | 'code'): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined
  const value: unknown = Reflect.get(thrown, key)
  return typeof value === 'string' ? value : undefined
}
