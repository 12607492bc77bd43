/**
 * Options from outside (`loom` in `[target.'cfg(loom)'.dependencies]`) that bring dependencies which were not read, as nothing sets
 * them: code that hangs on such an option would have names of crates in it that nobody knows.
 */
import { type CfgExpr, cfgTruth } from '../base/index.js'
import type { ManifestDependency } from './dependency-tables.js'
import type { UnitExtern, UnitKind } from './workspace.js'

/** What rustc sets itself, and features, which cargo sets. */
export const NOT_FROM_OUTSIDE =
  /^(?:unix|windows|target_\w+|debug_assertions|overflow_checks|panic|proc_macro|test|doc|doctest|relocation_model|sanitize|ub_checks|fmt_debug|feature)$/

/** `name` or `name=value` of each, in order. */
export function unreadOptions(
  dependencies: readonly ManifestDependency[],
  externs: readonly UnitExtern[],
  unit: UnitKind,
): readonly string[] {
  const options = new Set<string>()
  for (const { platform, kind } of dependencies) {
    if (!platform || platform.predicate.k === 'triple' || kind !== (unit === 'build' ? 'build' : 'normal')) continue
    if (externs.some((extern) => extern.platform === platform.text)) continue
    for (const option of neededOptions(platform.predicate)) options.add(option)
  }
  return [...options].sort()
}

/** Those from outside in a predicate that none of them being set makes false. */
function neededOptions(predicate: CfgExpr): readonly string[] {
  const found: string[] = []
  const truth = cfgTruth(predicate, (name, value) => {
    if (NOT_FROM_OUTSIDE.test(name)) return undefined
    found.push(value === undefined ? name : `${name}=${value}`)
    return false
  })
  return truth === false ? found : []
}
