/**
 * The repository's configuration files as a package, so that whatever is said of packages is said of them: what they can do, what
 * changed, what a policy allows. Files that these name (programs, descriptions of targets) are among its files.
 * No crate can have its name. Files of the machine are not in it: another one has others.
 */
import { compareText } from '../../base/index.js'
import type { CargoConfiguration } from '../cargo-configuration.js'
import { contentsOf } from '../contents.js'
import type { Package, PackageId, ProjectDiagnostic } from '../workspace.js'

/** The package's name; of crates, none begins with a dot. */
export const CONFIGURATION_NAME = '.cargo'
export const CONFIGURATION_PACKAGE: PackageId = `${CONFIGURATION_NAME}@0.0.0`

/** The package; none when the repository has no such file. */
export function configurationPackages({ files, named, losses }: CargoConfiguration): readonly Package[] {
  const own = files.filter(({ scope }) => scope === 'repository')
  if (own.length === 0 && named.length === 0 && !losses.some(({ at }) => at.scope === 'repository')) return []
  const texts = new Map(own.map(({ file, text }) => [file, text]))
  const all = new Map<string, Uint8Array>(named.map((one) => [one.file, one.bytes]))
  for (const [path, text] of texts) all.set(path, Buffer.from(text))
  const bytes = [...all].map(([path, content]) => ({ path, bytes: content }))
  return [
    {
      id: CONFIGURATION_PACKAGE,
      name: CONFIGURATION_NAME,
      version: '0.0.0',
      source: { kind: 'path', directory: '.' },
      edition: 2021,
      // Its files are named from the top of the repository.
      directory: '.',
      dependencies: [],
      tree: {
        files: new Map(
          bytes.map((file) => [file.path, file.bytes.length] as const).sort(([a], [b]) => compareText(a, b)),
        ),
        read: (path) => {
          const text = texts.get(path)
          return text === undefined ? undefined : { text }
        },
        contents: () => contentsOf(bytes.map((file) => ({ ...file, size: file.bytes.length, whole: true }))),
      },
    },
  ]
}

/** What of the machine's configuration was not understood; that of the repository is lost code of its package. */
export function machineLosses({ losses }: CargoConfiguration): readonly ProjectDiagnostic[] {
  return losses
    .filter(({ at }) => at.scope === 'machine')
    .map(({ at, message }) => ({
      file: at.file,
      message: `line ${at.line}: ${message} (configuration of this machine)`,
    }))
}
