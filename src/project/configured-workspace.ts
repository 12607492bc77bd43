/**
 * The workspace of a directory under cargo's configuration. That is read as if cargo were run in the directory that was
 * named, wherever caps itself runs: so that a report does not hang on where it was made.
 */
import { join } from 'node:path'
import { cargoHome } from './cargo-home.js'
import { unreadConfiguration } from './configuration/load-files.js'
import { readConfiguration } from './configuration/read-configuration.js'
import type { FileView } from './file-view.js'
import { type PathWorkspace, readPathWorkspace, workspaceRootOf } from './path-packages.js'
import { repositoryOf } from './repository.js'

/** `start` is a real path with a Cargo.toml. Throws ProjectError. */
export function readConfiguredWorkspace(start: string, view: FileView): PathWorkspace {
  const manifest = join(start, 'Cargo.toml')
  // Without version control, the workspace is what everything is a part of.
  const repository = repositoryOf(workspaceRootOf(manifest, view))
  const places = { view, start, repository, cargoHome: cargoHome() }
  const configuration = readConfiguration(places)
  const workspace = readPathWorkspace(manifest, view, configuration)
  const unread = unreadConfiguration(places, configuration.files, [...workspace.packages.keys()])
  return { ...workspace, configuration: { ...configuration, losses: [...configuration.losses, ...unread] } }
}
