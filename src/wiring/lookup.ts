/** What the maps say of paths, without any crate. */
import { CAPABILITIES, lookupPaths, type PathCapabilities } from '../capabilities/index.js'
import { loadCapabilityMaps } from './capability-maps.js'

/**
 * The capabilities of each path, in the order given; rustc's spellings such as `<std::fs::File as std::io::Read>::read`
 * are understood. `maps` are paths of maps laid over ours.
 */
export function lookup(paths: readonly string[], maps: readonly string[] = []): PathCapabilities[] {
  return lookupPaths(loadCapabilityMaps(maps), paths)
}

/** Every capability that there is. */
export function capabilityNames(): readonly string[] {
  return CAPABILITIES
}
