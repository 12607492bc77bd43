/**
 * The workspace of a directory under cargo's configuration. That is read as if cargo were run in the directory that was
 * named, wherever caps itself runs: so that a report does not hang on where it was made.
 */
import { join } from 'node:path'
import { cargoHome } from './cargo-home.js'
import { unreadConfiguration } from './configuration/load-files.js'
import { readConfiguration } from './configuration/read-configuration.js'
import type { FileView } from './file-view.js'
import { type PathWorkspace, readPathWorkspace } from './path-packages.js'
import { repositoryOf } from './repository.js'

/** `start` is a real path with a Cargo.toml. Throws ProjectError. */
export function readConfiguredWorkspace(start: string, view: FileView): PathWorkspace {
  const near = { view, start, repository: repositoryOf(start), cargoHome: cargoHome() }
  const configuration = readConfiguration(near)
  const workspace = readPathWorkspace(join(start, 'Cargo.toml'), view, configuration)
  // Without version control, the workspace is what everything is a part of; where it begins is known only now.
  const places = { ...near, repository: repositoryOf(workspace.root) }
  const whole = places.repository === near.repository ? configuration : readConfiguration(places)
  const unread = unreadConfiguration(places, whole.files, [...workspace.packages.keys()])
  return { ...workspace, configuration: { ...whole, losses: [...whole.losses, ...unread] } }
}
