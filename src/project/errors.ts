/**
 * Trouble that ends a run. The three parts are printed apart by the command line (exit code 2); everything less grave is
 * a `ProjectDiagnostic` and stays in the result.
 */
export class ProjectError extends Error {
  override readonly name = 'ProjectError'

  /**
   * @param what what happened, one sentence that names the file or package
   * @param why the cause as far as it is known: a parser's message, cargo's output, the two checksums
   * @param fix what the user can do
   */
  constructor(
    readonly what: string,
    readonly why: string,
    readonly fix: string,
  ) {
    super(`${what}: ${why}`)
  }
}

/** The message of anything thrown. Asked by shape, since what Node throws need not be of this realm's Error. */
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
