/**
 * What tells two states of a package apart beside what it can do: one sum over its files, one over the code of each build
 * script and proc macro, and the files that are not text. Wiring: which files a crate is made of is known to the graph,
 * what is in them to the project.
 */
import type { CallGraph } from '../graph/index.js'
import {
  CONFIGURATION_PACKAGE,
  contentsWithout,
  digestOfFiles,
  digestOfTree,
  type Package,
  type Unit,
  type Workspace,
} from '../project/index.js'
import type { PackageResult } from '../report/result.js'

export interface PackageDigests {
  /** Empty when not all of the files can be read. */
  readonly ofPackage: Pick<PackageResult, 'digest' | 'binaries'>
  /** Of a build script or proc macro; undefined for other units, and when not all of the files can be read. */
  readonly ofUnit: (unit: Unit) => string | undefined
}

/** Digests package by package. Packages in directories of others are no part of these. */
export function packageDigests({ packages }: Workspace, graph: CallGraph): (owner: Package) => PackageDigests {
  const filesOf = filesOfBuiltUnits(graph)
  const directories = packages.flatMap(({ directory }) => (directory === undefined ? [] : [directory]))
  return (owner) => {
    const contents = owner.tree.contents()
    if (!contents) return { ofPackage: {}, ofUnit: () => undefined }
    // Configuration stands in directories of packages, too.
    const below = owner.id === CONFIGURATION_PACKAGE ? [] : directoriesBelow(owner, directories)
    const own = contentsWithout(contents, below)
    return {
      ofPackage: { digest: digestOfTree(own), binaries: own.binaries },
      ofUnit: (unit) => (isBuilt(unit.kind) ? digestOfFiles(contents, filesOf(unit)) : undefined),
    }
  }
}

/** What is compiled and run to compile: its code is told apart by a digest of its own. */
const isBuilt = (kind: Unit['kind']): boolean => kind === 'build' || kind === 'proc-macro'

/** The Rust files of a unit's package and kind; its root is always among them. Every module is a node of the graph. */
function filesOfBuiltUnits({ functions }: CallGraph): (unit: Unit) => Iterable<string> {
  const found = new Map<string, Set<string>>()
  for (const node of functions) {
    if (!isBuilt(node.unit)) continue
    const key = `${node.package} ${node.unit}`
    const files = found.get(key)
    if (files) files.add(node.file)
    else found.set(key, new Set([node.file]))
  }
  return (unit) => [unit.root, ...(found.get(`${unit.package} ${unit.kind}`) ?? [])]
}

/** Directories of other packages below the owner's, relative to it, each ending in `/`. */
function directoriesBelow({ directory }: Package, directories: readonly string[]): string[] {
  if (directory === undefined) return []
  const prefix = directory === '.' ? '' : `${directory}/`
  return directories
    .filter((other) => other !== directory && other !== '.' && other.startsWith(prefix))
    .map((other) => `${other.slice(prefix.length)}/`)
}
