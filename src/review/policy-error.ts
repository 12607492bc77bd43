/** Errors about policies, each in the three parts in which a user is told (what, why, fix). */

/** A policy that cannot be used: the place of the first mistake and what to do. */
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

/** A request for an allowance that no policy could say: a capability, package or target that there is not. */
export class AllowanceError extends Error {
  override readonly name = 'AllowanceError'
  readonly what = 'What is asked for cannot be allowed'

  constructor(
    readonly why: string,
    readonly fix: string,
  ) {
    super(why)
  }
}
