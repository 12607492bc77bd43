/** The account of every place of an analysis's files, as plain data for `caps stats --audit`. */

export interface AuditCounts {
  /** References and facts are recorded for it. */
  readonly led: number
  /** A local variable, an operator of the language, an attribute without power. */
  readonly known: number
  /** In the coverage, as not resolved or not read. */
  readonly told: number
  /** Under a condition that no target looked at meets. */
  readonly conditional: number
  /** Nothing was said of it. */
  readonly left: number
}
export interface AuditPlace {
  readonly package: string
  readonly file: string
  readonly line: number
  readonly column: number
}
export interface AuditResult extends AuditCounts {
  readonly files: number
  /** Texts that macros made. */
  readonly expansions: number
  readonly kinds: readonly (AuditCounts & { readonly kind: string })[]
  /** What is left over. */
  readonly places: readonly (AuditPlace & {
    readonly kind: string
    readonly name: string
    readonly calledAt?: AuditPlace
  })[]
}
