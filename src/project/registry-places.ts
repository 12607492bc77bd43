/**
 * Where published crates are looked for: as this machine's configuration says, for as `cargo install` takes them they bring none of
 * their own; or in a mirror, which is looked into once, however many crates are asked of it.
 */
import { cargoHome } from './cargo-home.js'
import { readConfiguration } from './configuration/read-configuration.js'
import { DISK } from './file-view.js'
import { type Mirror, withMirror } from './mirror.js'
import { type SourcePlaces, sourcePlaces } from './sources.js'

const ofMirrors = new WeakMap<Mirror, SourcePlaces>()

export function registryPlaces(mirror: Mirror | undefined): SourcePlaces {
  const known = mirror && ofMirrors.get(mirror)
  if (known) return known
  const home = cargoHome()
  const machine = readConfiguration({ view: DISK, start: DISK.realPath(home) ?? home, cargoHome: home })
  const places = sourcePlaces({ cargoHome: home, configuration: withMirror(machine, mirror) })
  if (mirror) ofMirrors.set(mirror, places)
  return places
}
