/** The capability maps with the user's own laid over them, from the paths that the user names. */
import { readFileSync } from 'node:fs'
import { messageOf, ProjectError } from '../base/index.js'
import type { CapabilityMaps } from '../capabilities/index.js'
import { loadMaps, MapError } from '../capabilities/index.js'

/** Throws ProjectError when a map cannot be read or has a mistake. */
export function loadCapabilityMaps(paths: readonly string[]): CapabilityMaps {
  const own = paths.map((path) => ({ name: path, text: readMap(path) }))
  try {
    return loadMaps(own)
  } catch (thrown) {
    if (!(thrown instanceof MapError)) throw thrown
    throw new ProjectError(
      `The capability map ${thrown.file} cannot be used`,
      `line ${thrown.line}: ${thrown.problem}`,
      'Correct the line; docs/capabilities.md describes the rows of a map.',
    )
  }
}

function readMap(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    throw new ProjectError(
      `The capability map ${path} cannot be read`,
      messageOf(thrown),
      'Name a .toml or .cm file after --capability-map.',
    )
  }
}
