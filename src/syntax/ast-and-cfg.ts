/** The two files every later room reads together. */

export type { CfgExpr } from '../base/index.js'
export type * from './ast.js'
