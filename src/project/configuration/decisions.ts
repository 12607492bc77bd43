/**
 * Which keys decide what is looked at, for the report: two machines that differ in one of them read different code. What
 * only does something when built is a power; what only changes how cargo talks or where it writes is neither.
 */
import type { ConfigurationDecision, ConfiguredCfg } from '../cargo-configuration.js'
import { entriesAt, valueAt } from './lookup.js'
import { type ConfigurationTable, type ConfigurationValue, keyText, placeOf } from './values.js'

const KEYS: readonly (readonly string[])[] = [
  ['paths'],
  ['registry', 'default'],
  ['resolver', 'incompatible-rust-versions'],
  ['build', 'target'],
]

/** In the order of the keys; one for each file that a list has elements of. `cfgs`: those that hold. */
export function readDecisions(
  root: ConfigurationTable,
  cfgs: readonly ConfiguredCfg[],
): readonly ConfigurationDecision[] {
  const found: ConfigurationDecision[] = []
  const add = (path: readonly string[], value: ConfigurationValue | undefined): void => {
    for (const at of value ? placesOf(value) : []) found.push({ at: placeOf(at), key: keyText(path) })
  }
  for (const [name, value] of entriesAt(root, 'source')) add(['source', name], value)
  for (const [source] of entriesAt(root, 'patch')) {
    for (const [name, value] of entriesAt(root, 'patch', source)) add(['patch', source, name], value)
  }
  for (const [name] of entriesAt(root, 'registries')) {
    add(['registries', name, 'index'], valueAt(root, 'registries', name, 'index'))
  }
  for (const path of KEYS) add(path, valueAt(root, ...path))
  for (const { at, name, value } of cfgs) {
    found.push({ at, key: `--cfg ${name}${value === undefined ? '' : `="${value}"`}` })
  }
  return found
}

/** The place of a value; of a list a place in each file that has a part in it. */
function placesOf(value: ConfigurationValue): readonly ConfigurationValue['at'][] {
  if (value.k !== 'list') return [value.at]
  return [...new Map(value.items.map(({ at }) => [at.file, at])).values()]
}
