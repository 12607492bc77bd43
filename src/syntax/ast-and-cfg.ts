/** The two files every later room reads together. */
export type * from './ast.js'
export type { CfgExpr } from './cfg.js'
