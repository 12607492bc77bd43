/**
 * Which crates a package compiles to: what its manifest declares, and what cargo finds by looking (`src/lib.rs`,
 * `src/main.rs`, `src/bin/*`, `build.rs`, …; Cargo book, Package layout). Reads no file, only the list of them.
 */
import { posix } from 'node:path'
import { compareText } from '../base/index.js'
import { joinPath } from './join-path.js'
import { editionOf, type Manifest } from './manifest.js'
import type { RawCompileTarget } from './manifest-schema.js'
import type { Edition, SourceTree, UnitKind } from './workspace.js'

export interface CompileTarget {
  readonly kind: UnitKind
  /** The target's name as in cargo; `-` is allowed in that of a program. */
  readonly name: string
  /** The crate's name in code. */
  readonly crateName: string
  /** Root file inside the package. */
  readonly root: string
  readonly edition: Edition
  readonly requiredFeatures: readonly string[]
  /** Other crates can name it: of a library, not only for C programs. */
  readonly isLinkable: boolean
  /** `cargo build --all-targets` compiles it for its tests: `test` and `bench`, or what stands for them in its kind. */
  readonly hasTests: boolean
}

const LINKABLE: readonly string[] = ['lib', 'rlib', 'dylib', 'proc-macro']

type DeclaredKind = 'bin' | 'example' | 'test' | 'bench'

/** Where cargo looks for each kind, and the target named like the package that some of them have. */
export const PLACES: Readonly<Record<DeclaredKind, { readonly directory: string; readonly main?: string }>> = {
  bin: { directory: 'src/bin', main: 'src/main.rs' },
  example: { directory: 'examples' },
  test: { directory: 'tests' },
  bench: { directory: 'benches' },
}

/** The crates of a package, and what of them is not there. */
export interface FoundTargets {
  /** Library first, then the build script, then the rest by kind and name. */
  readonly targets: readonly CompileTarget[]
  /** Cargo compiles them, and their file was left out or is not there: in words. */
  readonly lost: readonly LostTarget[]
}

export interface LostTarget {
  readonly kind: UnitKind
  readonly root: string
  readonly what: string
  readonly requiredFeatures?: readonly string[]
}

/**
 * The crates of a package with these files. Targets whose file is not among them are lost where cargo would compile them:
 * libraries and build scripts of every package, programs of a `local` one, and `withTests` what tests it. Of others, programs
 * are noted in `problems`: published packages rarely have all that their manifest names.
 */
export function findCompileTargets(
  manifest: Manifest,
  tree: Pick<SourceTree, 'files' | 'leftOut' | 'links'>,
  problems: string[],
  { local, withTests }: { readonly local: boolean; readonly withTests: boolean },
): FoundTargets {
  const { targets } = manifest
  const files = withLeftOut(tree)
  const found = [
    ...findLibrary(manifest, files, problems),
    ...findBuildScripts(manifest, files),
    ...findDeclared('bin', targets.bins, targets.autobins, manifest, files, problems),
    ...findDeclared('example', targets.examples, targets.autoexamples, manifest, files, problems),
    ...findDeclared('test', targets.tests, targets.autotests, manifest, files, problems),
    ...findDeclared('bench', targets.benches, targets.autobenches, manifest, files, problems),
  ]
  const lost: LostTarget[] = []
  const whole = found.filter(({ kind, name, root, requiredFeatures }) => {
    if (tree.files.has(root)) return true
    if (isTestKind(kind) && !withTests) return false
    const what = `the ${kind} target ${name} has no file ${root}${files.has(root) ? ' that may be read' : ''}`
    if (kind === 'bin' && !local) problems.push(what)
    else lost.push({ kind, root, what, requiredFeatures })
    return false
  })
  for (const path of tree.leftOut ?? []) {
    // Which programs are in a directory that was left out nobody knows.
    const isHidden =
      local && targets.autobins !== false && /^src(\/bin(\/[^/]+)?)?$/.test(path) && !path.endsWith('.rs')
    if (isHidden) lost.push({ kind: 'bin', root: path, what: `programs may be in ${path}, which was left out` })
  }
  return { targets: whole, lost: [...lost, ...differingByCase(tree.files.keys(), local)] }
}

const WELL_KNOWN = /^(?:build\.rs|src\/(?:lib|main)\.rs|src\/bin\/.*\.rs)$/i

/**
 * On file systems that ignore case (macOS, Windows) cargo finds `Build.rs` where it looks for `build.rs`, and of `a.rs` and
 * `A.rs` a checkout has one: what is compiled there is not what is read here.
 */
function differingByCase(paths: Iterable<string>, local: boolean): readonly LostTarget[] {
  const lost: LostTarget[] = []
  const seen = new Map<string, string>()
  for (const path of paths) {
    if (!/\.rs$/i.test(path)) continue
    // Some file systems take other forms of the same characters for one name, too.
    const lower = path.normalize('NFC').toLowerCase()
    const other = seen.get(lower)
    seen.set(lower, path)
    const place = path.replace(/^src\/bin\/.*/, 'src/bin/x.rs')
    const isOther = WELL_KNOWN.test(path) && place !== place.toLowerCase() && (local || !/^src\/(main|bin)/i.test(path))
    const what = other === undefined ? `${path} is ${lower}` : `${other} and ${path} are one file`
    if (other !== undefined || isOther) lost.push({ kind: 'lib', root: path, what: `${what} where case is ignored` })
  }
  return lost
}

/** What cargo sees: it follows links wherever they lead. */
interface SeenFiles {
  has(path: string): boolean
  keys(): Iterable<string>
  /** Whether `..` behind a path leads elsewhere than the path says. */
  isLink(path: string): boolean
}

function withLeftOut({ files, leftOut = [], links = [] }: Pick<SourceTree, 'files' | 'leftOut' | 'links'>): SeenFiles {
  return {
    has: (path) => files.has(path) || leftOut.some((one) => path === one || path.startsWith(`${one}/`)),
    keys: () => (leftOut.length === 0 ? files.keys() : [...files.keys(), ...leftOut]),
    isLink: (path) => links.includes(path) || leftOut.includes(path),
  }
}

/** Where a path of the manifest leads in the package; as it is written where it leads elsewhere. */
function rootOf(written: string, files: SeenFiles): string {
  const path = joinPath('', written, files.isLink)
  return path ?? written
}

/** Kinds that are only compiled to test or show the package. */
export function isTestKind(kind: UnitKind): boolean {
  return kind === 'example' || kind === 'test' || kind === 'bench'
}

/** A crate's name in code: `-` becomes `_`. */
export function codeName(name: string): string {
  return name.replaceAll('-', '_')
}

function findLibrary(manifest: Manifest, files: SeenFiles, problems: string[]): CompileTarget[] {
  const { lib, autolib } = manifest.targets
  if (!lib && (autolib === false || !files.has('src/lib.rs'))) return []
  const name = lib?.name ?? codeName(manifest.name)
  const isOld = manifest.edition === 2015 && !files.has('src/lib.rs') && files.has(`src/${name}.rs`)
  const path = lib?.path ?? (isOld ? `src/${name}.rs` : 'src/lib.rs')
  // With crate types of its own it is what these say, built for the host all the same.
  const types = lib?.['crate-type'] ?? lib?.crate_type
  const isMacro = manifest.procMacro && (types === undefined || types.includes('proc-macro'))
  return [target(isMacro ? 'proc-macro' : 'lib', name, path, lib, manifest, files, problems)]
}

function findBuildScripts(manifest: Manifest, files: SeenFiles): CompileTarget[] {
  const declared = manifest.targets.build
  const paths = declared ?? (files.has('build.rs') ? ['build.rs'] : [])
  return paths.map((path) => {
    const name = `build-script-${posix.basename(path, '.rs')}`
    return target('build', name, path, undefined, manifest, files, [])
  })
}

function findDeclared(
  kind: DeclaredKind,
  declared: readonly RawCompileTarget[] | undefined,
  auto: boolean | undefined,
  manifest: Manifest,
  files: SeenFiles,
  problems: string[],
): CompileTarget[] {
  const inferred = inferTargets(kind, manifest, files)
  const explicit = (declared ?? []).flatMap((raw): CompileTarget[] => {
    if (raw.name === undefined) {
      problems.push(`a [[${kind}]] has no name`)
      return []
    }
    const { name } = raw
    const [one, another] = inferred.filter((other) => other.name === name)
    // With two files of its name cargo takes the old place too, where there is one.
    const old = one === undefined || another !== undefined ? oldPlace(kind, name, manifest, files) : undefined
    const path = raw.path ?? old ?? one?.root ?? `${PLACES[kind].directory}/${name}.rs`
    return [target(kind, name, path, raw, manifest, files, problems)]
  })
  // In edition 2015 a declared target of a kind turns the search for others of that kind off.
  const search = auto ?? !(manifest.edition === 2015 && declared !== undefined)
  const more = inferred.filter((one) => !explicit.some((other) => other.name === one.name || other.root === one.root))
  return [...explicit, ...(search ? more : [])].sort((a, b) => compareText(a.name, b.name))
}

/** Where cargo still looks for a declared target of edition 2015 that has no path, and not one file where it belongs. */
export function oldPlace(
  kind: DeclaredKind,
  name: string,
  { edition, targets }: Manifest,
  files: Pick<SeenFiles, 'has'>,
): string | undefined {
  if (edition !== 2015) return undefined
  if (kind === 'bench') return name === 'bench' && files.has('src/bench.rs') ? 'src/bench.rs' : undefined
  if (kind !== 'bin') return undefined
  const library = targets.lib ?? (targets.autolib !== false && files.has('src/lib.rs'))
  const ownName = library === false ? [`src/${name}.rs`] : []
  return [...ownName, 'src/main.rs', 'src/bin/main.rs'].find((path) => files.has(path))
}

function inferTargets(kind: DeclaredKind, manifest: Manifest, files: SeenFiles): CompileTarget[] {
  const { directory, main } = PLACES[kind]
  const found: CompileTarget[] = []
  if (main !== undefined && files.has(main))
    found.push(target(kind, manifest.name, main, undefined, manifest, files, []))
  for (const path of files.keys()) {
    if (!path.startsWith(`${directory}/`)) continue
    const [, name] = /^([^/.][^/]*?)(?:\/main)?\.rs$/.exec(path.slice(directory.length + 1)) ?? []
    if (name !== undefined) found.push(target(kind, name, path, undefined, manifest, files, []))
  }
  return found
}

function target(
  kind: UnitKind,
  name: string,
  path: string,
  raw: RawCompileTarget | undefined,
  manifest: Manifest,
  files: SeenFiles,
  problems: string[],
): CompileTarget {
  const types = raw?.['crate-type'] ?? raw?.crate_type ?? []
  const inside = kind === 'lib' || kind === 'proc-macro' || kind === 'bin'
  return {
    kind,
    name,
    crateName: codeName(name),
    root: rootOf(path, files),
    edition: raw?.edition === undefined ? manifest.edition : editionOf(raw.edition, problems),
    requiredFeatures: raw?.['required-features'] ?? [],
    isLinkable: types.length === 0 || types.some((type) => LINKABLE.includes(type)),
    hasTests: (raw?.test ?? (kind === 'test' || inside)) || (raw?.bench ?? (kind === 'bench' || inside)),
  }
}
