/** A body to infer, and where it stands. */
import type { CfgExpr } from '../../base/index.js'
import type { Crate, Module, Source } from '../../names/index.js'
import type { Expr } from '../../syntax/index.js'
import type { BodyOwner } from '../body-types.js'

export interface BodyInput {
  readonly owner: BodyOwner
  readonly expr: Expr
  readonly source: Source
  readonly crate: Crate
  readonly module: Module
  readonly cfg: CfgExpr
  readonly holds: (cfg: CfgExpr | undefined) => boolean
}
