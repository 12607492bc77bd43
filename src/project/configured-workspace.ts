/**
 * The workspace of a directory under cargo's configuration. That is read as if cargo were run in the directory that was
 * named, wherever caps itself runs: so that a report does not hang on where it was made.
 */
import { join } from 'node:path'
import type { CargoConfiguration } from './cargo-configuration.js'
import { cargoHome } from './cargo-home.js'
import { unreadConfiguration } from './configuration/load-files.js'
import { readPowers } from './configuration/powers.js'
import { readConfiguration } from './configuration/read-configuration.js'
import { parseConfiguration } from './configuration/toml-values.js'
import type { FileView } from './file-view.js'
import { type PathWorkspace, readPathWorkspace, workspaceRootOf } from './path-packages.js'
import { placeInRepository, repositoryOf } from './repository.js'

/** `start` is a real path with a Cargo.toml. Throws ProjectError. */
export function readConfiguredWorkspace(start: string, view: FileView): PathWorkspace {
  const manifest = join(start, 'Cargo.toml')
  // Without version control, the workspace is what everything is a part of.
  const repository = repositoryOf(workspaceRootOf(manifest, view))
  const places = { view, start, repository, cargoHome: cargoHome() }
  const configuration = readConfiguration(places)
  const workspace = readPathWorkspace(manifest, view, configuration)
  const { powers, losses, named } = profilePowers(view, workspace.root, repository)
  const unread = unreadConfiguration(places, configuration.files, [...workspace.packages.keys()])
  return {
    ...workspace,
    configuration: {
      ...configuration,
      powers: [...configuration.powers, ...powers],
      named: [...configuration.named, ...named],
      losses: [...configuration.losses, ...unread, ...losses],
    },
  }
}

/** `[profile]` of the workspace's manifest has the keys that it has in configuration; a nightly cargo takes flags there. */
function profilePowers(
  view: FileView,
  root: string,
  repository: string,
): Pick<CargoConfiguration, 'powers' | 'losses' | 'named'> {
  const text = view.readInside(root, 'Cargo.toml')?.text ?? ''
  const nothing = { powers: [], losses: [], named: [] }
  if (!/rustflags|codegen-backend/.test(text)) return nothing
  const file = `${placeInRepository(repository, root) ?? '.'}/Cargo.toml`.replace(/^\.\//, '')
  const manifest = parseConfiguration({ file, scope: 'repository', text }, root)
  const profile = manifest.entries.get('profile')
  if (!profile) return nothing
  const { powers, losses } = readPowers({ ...manifest, entries: new Map([['profile', profile]]) })
  // All else in the manifest is no configuration, and may change without another sum.
  const said = powers.map(({ key, does, what }) => `${key} ${does} ${what}\n`).join('')
  return { powers, losses, named: powers.length === 0 ? [] : [{ file, bytes: Buffer.from(said) }] }
}
