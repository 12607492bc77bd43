/** The floor: what every room may use, and what would otherwise be written in each of them. It imports nothing. */
export {
  CFG_FALSE,
  CFG_TRUE,
  type CfgExpr,
  type CfgOracle,
  cfgAnd,
  cfgHolds,
  cfgOr,
  cfgTruth,
  printCfg,
  simplifyCfg,
} from './cfg.js'
export { checked } from './checked.js'
export { compareText } from './compare.js'
export { familyOf } from './family.js'
export { firstOf } from './first.js'
export { globTest } from './glob.js'
export { nearestWord } from './nearest-word.js'
export { ProjectError } from './project-error.js'
export { shortestCfg } from './shortest-cfg.js'
export { STAGES, type Stage } from './stages.js'
export { codeOf, messageOf } from './thrown.js'
export { lineOfValue, tomlPlaces, type ValuePath } from './toml-places.js'
