/**
 * The maps that ship with caps, read from capability-maps/ beside the program, and the user's own over them. The only
 * file of this room that opens files, and none of them belongs to a crate.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readCapslockMap } from './capslock-map.js'
import { type LoadedMap, type MapSource, readMapFile } from './map-file.js'
import { buildMaps, type CapabilityMaps } from './map-index.js'

/** From dist/capabilities/ and from src/capabilities/ alike. */
const MAPS_DIRECTORY = new URL('../../capability-maps/', import.meta.url)

/**
 * Our maps with the user's over them: TOML, or Capslock's lines for a name that ends in `.cm`. Throws `MapError` with
 * file and line when one is wrong.
 */
export function loadMaps(user: readonly MapSource[] = []): CapabilityMaps {
  return buildMaps(builtInMaps(), user.map(readUserMap))
}

/** Our own maps, checked, in the order of their names. */
export function builtInMaps(): LoadedMap[] {
  return mapTexts().map(readMapFile)
}

/** The tags of our own maps, sorted. The other maps are not looked into: they are large. */
export function builtInTags(): readonly string[] {
  const maps = mapTexts().filter(({ text }) => text.includes('[[tags]]'))
  return [...new Set(maps.map(readMapFile).flatMap(({ content }) => content.tags.map(({ tag }) => tag)))].sort()
}

function mapTexts(): MapSource[] {
  const directory = fileURLToPath(MAPS_DIRECTORY)
  const names = readdirSync(directory).filter((name) => name.endsWith('.toml'))
  return names.sort().map((name) => ({ name, text: readFileSync(`${directory}${name}`, 'utf8') }))
}

function readUserMap(source: MapSource): LoadedMap {
  return source.name.endsWith('.cm') ? readCapslockMap(source) : readMapFile(source)
}
