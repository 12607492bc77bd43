/**
 * Why cargo would not take the crates that a manifest names: a library or program whose file is neither named nor where it is
 * looked for, two files for one name, a package with nothing to compile. Asked of packages that stand in a directory: what
 * is published was taken once. That a file which is named has been lost is told when it is read.
 */
import { firstOf } from '../base/index.js'
import { codeName, oldPlace, PLACES } from './compile-targets.js'
import type { Manifest } from './manifest.js'
import type { RawCompileTarget } from './manifest-schema.js'

/** What may be asked about the files of a package. */
export interface PackageFiles {
  has(path: string): boolean
  directoriesIn(path: string): readonly string[]
  /** All of them, asked only of packages that have nothing in the usual places. */
  all(): Iterable<string>
}

type Kind = keyof typeof PLACES

/** The trouble in words that follow the manifest's name; undefined when there is none. */
export function targetTrouble(manifest: Manifest, files: PackageFiles): string | undefined {
  const { lib, bins, examples, tests, benches } = manifest.targets
  const lists: readonly [Kind, readonly RawCompileTarget[] | undefined][] = [
    ['bin', bins],
    ['example', examples],
    ['test', tests],
    ['bench', benches],
  ]
  return (
    libraryTrouble(manifest, lib, files) ??
    firstOf(lists, ([kind, declared]) => declaredTrouble(kind, declared ?? [], manifest, files)) ??
    emptyTrouble(manifest, files)
  )
}

function libraryTrouble(
  { edition, name }: Manifest,
  lib: RawCompileTarget | undefined,
  files: PackageFiles,
): string | undefined {
  if (!lib || lib.path !== undefined || files.has('src/lib.rs')) return undefined
  const crate = lib.name ?? codeName(name)
  if (edition === 2015 && files.has(`src/${crate}.rs`)) return undefined
  return `its library ${crate} has no path, and there is no src/lib.rs`
}

function declaredTrouble(
  kind: Kind,
  declared: readonly RawCompileTarget[],
  manifest: Manifest,
  files: PackageFiles,
): string | undefined {
  const { directory, main } = PLACES[kind]
  const names = new Set<string>()
  for (const { name, path } of declared) {
    if (name === undefined) return `a [[${kind}]] has no name`
    if (names.has(name)) return `two of its [[${kind}]] are named ${name}`
    names.add(name)
    if (path !== undefined) continue
    const places = [`${directory}/${name}.rs`, `${directory}/${name}/main.rs`]
    const found = [...places, ...(main !== undefined && name === manifest.name ? [main] : [])].filter((place) =>
      files.has(place),
    )
    if (found.length === 1 || oldPlace(kind, name, manifest, files) !== undefined) continue
    if (found.length > 1) return `its ${kind} ${name} may be ${found.join(' or ')}`
    return `its ${kind} ${name} has no path, and there is no ${places.join(' or ')}`
  }
  const twice = files.directoriesIn(directory).find((name) => {
    const both = files.has(`${directory}/${name}.rs`) && files.has(`${directory}/${name}/main.rs`)
    return both && !names.has(name)
  })
  const search = manifest.targets[AUTO[kind]] ?? !(manifest.edition === 2015 && declared.length > 0)
  return twice === undefined || !search
    ? undefined
    : `its ${kind} ${twice} may be ${twice}.rs or ${twice}/main.rs in ${directory}`
}

const AUTO = { bin: 'autobins', example: 'autoexamples', test: 'autotests', bench: 'autobenches' } as const

function emptyTrouble({ targets }: Manifest, files: PackageFiles): string | undefined {
  const { lib, bins, examples, tests, benches } = targets
  if (lib || [bins, examples, tests, benches].some((list) => list !== undefined && list.length > 0)) return undefined
  if (targets.autolib !== false && files.has('src/lib.rs')) return undefined
  if (targets.autobins !== false && files.has('src/main.rs')) return undefined
  const kinds = (['bin', 'example', 'test', 'bench'] as const).filter((kind) => targets[AUTO[kind]] !== false)
  for (const path of files.all()) {
    if (kinds.some((kind) => new RegExp(`^${PLACES[kind].directory}/[^/]+(?:/main)?\\.rs$`).test(path)))
      return undefined
  }
  return 'it has nothing to compile: there is no src/lib.rs, src/main.rs, [lib] or [[bin]]'
}
