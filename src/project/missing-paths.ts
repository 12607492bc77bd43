/**
 * Dependencies by path, members and patches that are not there. It is an error, as in cargo; where the user asks for it, a
 * loss of whoever needs them. Nothing is ever looked up elsewhere by the name of what is missing: other code, or nobody's,
 * has that name there.
 */
import { relative, sep } from 'node:path'
import { ProjectError } from '../base/index.js'
import type { ManifestDependency } from './dependency-tables.js'
import { pathOfPatchText } from './lock-misfit-text.js'
import { placeOfDependency } from './manifest-place.js'
import type { PatchEntry } from './patches.js'
import type { MissingPath, PathPackage } from './path-collection.js'
import type { PathWorkspace } from './path-packages.js'
import type { ProjectLoss } from './workspace.js'

const KIND = 'missing package'

/**
 * What the coverage has lost; `idOf` gives the id of a package of a path. Throws ProjectError for what is missing, unless it
 * may be. `roots` stands for the workspace where no package is meant.
 */
export function lossesOfMissing(
  workspace: PathWorkspace,
  roots: readonly PathPackage[],
  idOf: (found: PathPackage) => string,
): readonly ProjectLoss[] {
  const [root] = roots
  const general = [
    ...workspace.missingMembers.map(({ member, why }) => `the member ${member} of the workspace ${why}`),
    ...workspace.missingPatches.map(patchText),
    ...workspace.missingOverrides.map(overrideText),
  ]
  const ofRoot = root
    ? general.map((what) => ({ kind: KIND, what, package: idOf(root), file: 'Cargo.toml', line: 1, column: 1 }))
    : []
  const ofDependents = workspace.missing.map(({ dependent, dependency, absence }) => ({
    kind: KIND,
    what: `${missingText(dependency)}: it ${absence.why}`,
    package: idOf(dependent),
    file: 'Cargo.toml',
    ...placeOfDependency(workspace.view.readInside(dependent.directory, 'Cargo.toml')?.text ?? '', dependency),
  }))
  return [...ofRoot, ...ofDependents]
}

/**
 * Throws ProjectError when something is missing that cargo would not go on without, for what is built for all that is known.
 * `asked` has optional dependencies that are turned on, as far as that is known.
 */
export function requirePaths(
  workspace: PathWorkspace,
  isBuilt: (found: PathPackage) => boolean,
  asked: ReadonlySet<ManifestDependency> = new Set(),
): void {
  const { missing, missingMembers, missingPatches, missingOverrides } = workspace
  const [dependency] = missing.filter((one) => isNeeded(one, asked) && isBuilt(one.dependent))
  if (dependency) {
    const place = relative(workspace.root, dependency.dependent.directory).split(sep).join('/')
    const manifest = `${place === '' ? '' : `${place}/`}Cargo.toml`
    const { dependent, absence } = dependency
    throw absent(`${dependent.manifest.name} depends on ${missingText(dependency.dependency)}`, manifest, absence.why)
  }
  const [member] = missingMembers
  if (member) throw absent(`The workspace has the member ${member.member}, which ${member.why}`, 'Cargo.toml')
  const [patch] = missingPatches
  if (patch) throw absent(patchText(patch), patch.file)
  const [override] = missingOverrides.filter(({ directory }) => workspace.view.absence(directory)?.kind !== 'outside')
  if (override) throw absent(overrideText(override), override.at.file)
}

/**
 * An optional dependency of a package outside the workspace is only read when some feature turns it on. What was outside of
 * the repository at an older revision nobody can have: it is a loss, whatever is asked for.
 */
const isNeeded = ({ dependent, dependency, absence }: MissingPath, asked: ReadonlySet<ManifestDependency>): boolean =>
  absence.kind !== 'outside' && (dependent.isMember || !dependency.optional || asked.has(dependency))

const patchText = (patch: PatchEntry): string =>
  `[patch.${patch.key}] takes ${patch.dependency.packageName} from ${pathOfPatchText(patch)}, where no package is`

const overrideText = ({ directory, at }: PathWorkspace['missingOverrides'][number]): string =>
  `\`paths\` of ${at.file} names ${directory}, where no package is`

const missingText = ({ packageName, path }: ManifestDependency): string =>
  `${packageName} by the path ${path}, where no package is`

const absent = (what: string, manifest: string, why = 'is not there'): ProjectError =>
  new ProjectError(
    what,
    `${manifest} names it, and it ${why}`,
    'Check it out (`git submodule update --init` for a submodule), or go on without it with --allow-missing.',
  )
