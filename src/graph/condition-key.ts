/** Conditions as parts of keys. */
import { type CfgExpr, printCfg } from '../base/index.js'

/** Nothing for what always exists. */
export const conditionKey = (cfg: CfgExpr): string => (cfg.k === 'true' ? '' : printCfg(cfg))
