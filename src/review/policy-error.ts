/** A policy that cannot be used: what, where and what to do, in three parts as every error that a user can mend. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  readonly what: string
  readonly why: string

  constructor(
    readonly file: string,
    /** From 1. */
    readonly line: number,
    readonly problem: string,
    readonly fix: string,
  ) {
    super(`${file}:${line}: ${problem}`)
    this.what = `The policy ${file} cannot be used`
    this.why = `${file}:${line}: ${problem}`
  }
}
