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
