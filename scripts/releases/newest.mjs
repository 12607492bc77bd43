// The last releases of a crate, from the copy of the registry's index that cargo keeps once it was asked for the crate.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import semver from 'semver'
import { cargoHome } from '../../dist/project/cargo-home.js'
import { resolveOnePackage } from '../../dist/project/resolve-lock.js'

/** 21 versions make twenty pairs. */
const VERSIONS = 21

/** In the order of their numbers, oldest first; without yanked ones and pre-releases. */
export async function newestReleases(name) {
  await resolveOnePackage(`The releases of ${name} are not known`, name, '*', { offline: false })
  const index = join(cargoHome(), 'registry', 'index')
  const files = readdirSync(index, { recursive: true }).filter((file) => basename(file) === name)
  const entries = files.flatMap((file) =>
    readFileSync(join(index, file), 'utf8')
      .split('\0')
      .filter((part) => part.startsWith('{'))
      .map((part) => JSON.parse(part)),
  )
  const released = entries.filter(({ vers, yanked }) => !yanked && semver.prerelease(vers) === null)
  return semver.sort(released.map(({ vers }) => vers)).slice(-VERSIONS)
}
