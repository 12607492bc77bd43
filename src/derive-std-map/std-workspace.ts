/**
 * std's own source as a workspace of ordinary crates, so that the rooms read it like any other code. It is one package,
 * because std's crates take in one another's files by `#[path]`. Which crates there are is told by data/std/derive.json.
 */
import { z } from 'zod'
import { ProjectError } from '../base/index.js'
import type { StdOptions } from '../make-std-model/index.js'
import type { Package, SourceTree, TargetPlatform, Unit, Workspace } from '../project/index.js'
import { NO_CONFIGURATION, parsePlatform, platformHolds } from '../project/index.js'

const crateSchema = z.strictObject({
  /** As Rust code spells it. */
  name: z.string(),
  /** Inside of the library directory; `*` stands for the rest of a directory's name. */
  root: z.string(),
  edition: z.union([z.literal(2015), z.literal(2018), z.literal(2021), z.literal(2024)]),
  features: z.array(z.string()).readonly().default([]),
  /** Crates that its code can name; they stand before it, or are not for the target. */
  externs: z.array(z.string()).readonly().default([]),
  /** Further names of such crates. */
  renamed: z.record(z.string(), z.string()).default({}),
  /** The targets that it is built for; absent for all. */
  platform: z.string().optional(),
})

/** data/std/derive.json: how std is built, which its source does not tell, and what is asked of it. */
export const stdBuildSchema = z.strictObject({
  comment: z.string(),
  crates: z.array(crateSchema).readonly(),
  /** The crates whose public functions are the question. */
  public: z.array(z.string()).readonly(),
  /** Options that a build script sets. */
  options: z.array(z.string()).readonly(),
  /** The capability maps that say what the operating system's functions can do. */
  entryPoints: z.array(z.string()).readonly(),
  targets: z.array(z.string()).readonly(),
})
/** With what data/std/build.json says of options, which the std model is made by as well. */
export type StdBuild = z.output<typeof stdBuildSchema> & Pick<StdOptions, 'always' | 'as'>
type StdCrate = StdBuild['crates'][number]

/** The name of the one package that all of std's crates are said to be of. */
const PACKAGE = 'std'

/** The workspace as one target sees it. Throws ProjectError when a crate's root is not in the tree. */
export function stdWorkspace(build: StdBuild, version: string, tree: SourceTree, target: TargetPlatform): Workspace {
  const id = `${PACKAGE}@${version}`
  const pkg: Package = {
    id,
    name: PACKAGE,
    version,
    source: { kind: 'path' },
    edition: 2024,
    dependencies: [],
    tree,
  }
  const crates = build.crates.filter(
    ({ platform }) => platform === undefined || platformHolds(parsePlatform(platform), target),
  )
  const names = new Set(crates.map(({ name }) => name))
  return {
    roots: [id],
    packages: [pkg],
    units: crates.map((crate) => unitOf(crate, names, id, tree)),
    targets: [{ ...target, cfg: optionsOf(build, target) }],
    diagnostics: [],
    configuration: NO_CONFIGURATION,
  }
}

/** The target's options, and those that only an unstable compiler tells: they are there where the atomics are. */
function optionsOf(build: StdBuild, { cfg }: TargetPlatform): TargetPlatform['cfg'] {
  const like = Object.entries(build.as).flatMap(([name, known]) =>
    cfg.flatMap((option) => (option.name === known ? [{ ...option, name }, { name }] : [])),
  )
  const atomics = new Set(Object.values(build.as))
  const always = build.always.flatMap((name) => [
    { name },
    ...cfg.flatMap((option) => (atomics.has(option.name) ? [{ ...option, name }] : [])),
  ])
  return [...cfg, ...like, ...always, ...build.options.map((name) => ({ name }))]
}

function unitOf(crate: StdCrate, present: ReadonlySet<string>, id: string, tree: SourceTree): Unit {
  const externs = [...crate.externs.map((name) => [name, name] as const), ...Object.entries(crate.renamed)]
  return {
    id: crate.name,
    package: id,
    kind: 'lib',
    crateName: crate.name,
    root: rootOf(crate.root, tree),
    edition: crate.edition,
    features: crate.features,
    declaredFeatures: crate.features,
    stages: ['run'],
    externs: externs.flatMap(([name, unit]) => (present.has(unit) ? [{ name, unit }] : [])),
  }
}

function rootOf(root: string, tree: SourceTree): string {
  const [before = '', after = ''] = root.split('*')
  for (const path of tree.files.keys()) {
    if (path === root) return path
    const middle = path.slice(before.length, path.length - after.length)
    if (root !== before && path.startsWith(before) && path.endsWith(after) && !middle.includes('/')) return path
  }
  throw new ProjectError(
    'The source of std is not complete',
    `there is no ${root} in it`,
    'Name the `library` directory of a Rust release’s source, with the crates that are vendored in it.',
  )
}
