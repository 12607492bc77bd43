/** cargo's configuration for a workspace, as plain data: the files read and merged, and then key by key. */
import { ProjectError } from '../../base/index.js'
import type { CargoConfiguration } from '../cargo-configuration.js'
import { knownTargets } from '../targets.js'
import { readDecisions } from './decisions.js'
import { type Environment, placeOfVariable } from './environment.js'
import { unknownKeys } from './known-keys.js'
import { type ConfigurationPlaces, loadConfigurationFiles } from './load-files.js'
import { absolutePath, type Text, textAt, textsOf, valueAt } from './lookup.js'
import { namedFiles } from './named-files.js'
import { flaggedTargets, readCfgs, readProfiles } from './options.js'
import { readPowers } from './powers.js'
import { readPatches, readPaths, readRegistries, readSources } from './read-sources.js'
import { type ConfigurationTable, placeOf, placeText } from './values.js'

/** Throws ProjectError where cargo refuses the configuration. */
export function readConfiguration(
  places: ConfigurationPlaces,
  environment: Environment = process.env,
): CargoConfiguration {
  const { root, files, losses: notRead, toolchain } = loadConfigurationFiles(places)
  checkRefused(root)
  const { powers, losses: ofPowers } = readPowers(root)
  const ofToolchain = (toolchain?.losses ?? []).map(({ at, message }) => ({ at: placeOf(at), message }))
  const losses = [...notRead, ...unknownKeys(root), ...ofPowers, ...ofToolchain]
  const cfgs = readCfgs(root, environment, losses)
  const buildTargets = readBuildTargets(root, environment, losses)
  const registries = readRegistries(root, environment)
  const defaultRegistry = textAt(root, 'registry', 'default')?.text
  const incompatible = textAt(root, 'resolver', 'incompatible-rust-versions')
  const known = incompatible?.text === 'allow' || incompatible?.text === 'fallback' ? incompatible.text : undefined
  if (incompatible && known === undefined) {
    const message = `resolver.incompatible-rust-versions is ${incompatible.text}, neither allow nor fallback`
    losses.push({ at: placeOf(incompatible.at), message })
  }
  const named = namedFiles([...powers, ...(toolchain?.powers ?? [])], places)
  return {
    files,
    patches: readPatches(root),
    paths: readPaths(root),
    sources: readSources(root),
    registries,
    ...(defaultRegistry === undefined ? {} : { defaultRegistry }),
    ...(known === undefined ? {} : { incompatibleRustVersions: known }),
    buildTargets: buildTargets.map(({ text }) => text),
    outputDirectories: outputDirectories(root),
    cfgs,
    flaggedTargets: flaggedTargets(root),
    decisions: [...readDecisions(root, cfgs), ...(toolchain?.decisions ?? [])],
    profile: readProfiles(root),
    powers: named.powers,
    named: named.files,
    losses: [...losses, ...named.losses],
  }
}

/** `build.target`; one that is not among the known is lost: nothing is looked at for it. */
function readBuildTargets(
  root: ConfigurationTable,
  environment: Environment,
  losses: CargoConfiguration['losses'][number][],
): readonly Text[] {
  const variable = environment['CARGO_BUILD_TARGET']
  const asked: readonly Text[] = variable
    ? [{ text: variable, at: { ...placeOfVariable('CARGO_BUILD_TARGET'), root: '' } }]
    : textsOf(valueAt(root, 'build', 'target'))
  for (const { text, at } of asked) {
    // What stands for the building machine itself is among the targets that stand for all.
    if (text === 'host-tuple' || knownTargets().has(text)) continue
    losses.push({ at: placeOf(at), message: `build.target ${text} is no target that is known: it was not looked at` })
  }
  return asked
}

function outputDirectories(root: ConfigurationTable): readonly string[] {
  return ['target-dir', 'build-dir'].flatMap((key) => {
    const value = textAt(root, 'build', key)
    // What stands for other paths (`{workspace-root}`) is only taken for a part of the name: nothing is there then.
    return value ? [absolutePath({ ...value, text: value.text.replace('{workspace-root}/', '') })] : []
  })
}

/** Keys that cargo ends at. */
function checkRefused(root: ConfigurationTable): void {
  const index = valueAt(root, 'registry', 'index')
  if (index) {
    throw new ProjectError(
      `${placeText(index.at)}: registry.index is no longer a key of cargo's configuration`,
      'cargo refuses it',
      'Use [source] with replace-with.',
    )
  }
  for (const name of ['CARGO_HOME', 'RUSTUP_HOME', 'RUSTUP_TOOLCHAIN']) {
    const value = valueAt(root, 'env', name)
    if (!value) continue
    throw new ProjectError(
      `${placeText(value.at)}: env.${name} may not be set by a configuration`,
      'cargo refuses it',
      'Remove it.',
    )
  }
}
