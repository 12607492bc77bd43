/**
 * What the engine says of each place that it looks at, for whoever audits it (`caps stats --audit`). A `Source` carries the
 * recorder, and what a macro makes of it carries the same; in other runs there is none, and asking for it is all that is paid.
 *
 * What this deliberately does not do: change anything. Nothing of an analysis may hang on whether it is watched.
 */
import type { CfgExpr } from '../base/index.js'
import type { FragmentKind } from '../syntax/index.js'
import type { Source } from './source.js'

/** What stands at a place. A `const` is the name of a constant or static: it leads somewhere, but is not what is called. */
export type Visited =
  | 'path'
  | 'const'
  | 'method'
  | 'operator'
  | 'index'
  | 'implicit'
  | 'value'
  | 'field'
  | 'fact'
  | 'macro'
  | 'attribute'
  | 'type'

/**
 * Led to a reference or fact; known to need none (a local variable, an operator of the language); told as lost; hanging on
 * the type of a part that is not known, which is for that part to tell; asked what it is without an answer.
 */
export type Outcome = 'led' | 'known' | 'told' | 'follows' | 'unknown'

export interface Visits {
  /** A file that may be part of some crate. */
  readonly loaded: (source: Source) => void
  /** The file is a module of a crate, where code under the conditions for which `holds` says so is looked at. */
  readonly mounted: (source: Source, holds: (cfg: CfgExpr) => boolean) => void
  /** A macro call made this text, which is read as `as`. */
  readonly expanded: (source: Source, as: FragmentKind) => void
  /** A name that an import should have bound; that it was not found is told. */
  readonly lostName: (source: Source, name: string) => void
  readonly note: (source: Source, at: number, what: Visited, outcome: Outcome) => void
  /** Everything from `at` to `end` is told as lost, needs no look or, `left out`, is in no build that is looked at. */
  readonly noteAll: (source: Source, at: number, end: number, outcome: 'known' | 'told' | 'left out') => void
}
