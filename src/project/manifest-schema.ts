/**
 * The parts of Cargo.toml that matter here, as they stand in the file: tolerant of keys it does not know, strict about the
 * types of those it does. `manifest.ts` turns them into one plain shape.
 */
import { z } from 'zod'

/** `version.workspace = true` */
const inherited = z.looseObject({ workspace: z.literal(true) })

/** A dependency in long form; both spellings of `default-features` are cargo's. */
const detailedDependency = z.looseObject({
  version: z.string().optional(),
  path: z.string().optional(),
  git: z.string().optional(),
  branch: z.string().optional(),
  tag: z.string().optional(),
  rev: z.string().optional(),
  registry: z.string().optional(),
  'registry-index': z.string().optional(),
  package: z.string().optional(),
  features: z.array(z.string()).optional(),
  optional: z.boolean().optional(),
  'default-features': z.boolean().optional(),
  default_features: z.boolean().optional(),
  workspace: z.literal(true).optional(),
})
/** A dependency as it stands in a table, of a manifest or of `[patch]` in a configuration. */
export const dependencySchema = z.union([z.string(), detailedDependency])
const dependencyTable = z.record(z.string(), dependencySchema)

const dependencySet = {
  dependencies: dependencyTable.optional(),
  'build-dependencies': dependencyTable.optional(),
  build_dependencies: dependencyTable.optional(),
  'dev-dependencies': dependencyTable.optional(),
  dev_dependencies: dependencyTable.optional(),
}
const platformTable = z.looseObject(dependencySet)

/** `[lib]`, `[[bin]]`, `[[example]]`, … */
const compileTarget = z.looseObject({
  name: z.string().optional(),
  path: z.string().optional(),
  edition: z.string().optional(),
  'proc-macro': z.boolean().optional(),
  proc_macro: z.boolean().optional(),
  'crate-type': z.array(z.string()).optional(),
  crate_type: z.array(z.string()).optional(),
  'required-features': z.array(z.string()).optional(),
  test: z.boolean().optional(),
  bench: z.boolean().optional(),
})

const packageTable = z.looseObject({
  name: z.string(),
  version: z.union([z.string(), inherited]).optional(),
  edition: z.union([z.string(), inherited]).optional(),
  links: z.string().optional(),
  build: z.union([z.string(), z.boolean(), z.array(z.string())]).optional(),
  workspace: z.string().optional(),
  resolver: z.string().optional(),
  'rust-version': z.union([z.string(), inherited]).optional(),
  autolib: z.boolean().optional(),
  autobins: z.boolean().optional(),
  autoexamples: z.boolean().optional(),
  autotests: z.boolean().optional(),
  autobenches: z.boolean().optional(),
})

const workspaceTable = z.looseObject({
  members: z.array(z.string()).optional(),
  exclude: z.array(z.string()).optional(),
  'default-members': z.array(z.string()).optional(),
  resolver: z.string().optional(),
  package: z
    .looseObject({
      version: z.string().optional(),
      edition: z.string().optional(),
      'rust-version': z.string().optional(),
    })
    .optional(),
  dependencies: dependencyTable.optional(),
})

export const manifestSchema = z.looseObject({
  package: packageTable.optional(),
  /** The name that `[package]` had before 2015. */
  project: packageTable.optional(),
  workspace: workspaceTable.optional(),
  lib: compileTarget.optional(),
  bin: z.array(compileTarget).optional(),
  example: z.array(compileTarget).optional(),
  test: z.array(compileTarget).optional(),
  bench: z.array(compileTarget).optional(),
  features: z.record(z.string(), z.array(z.string())).optional(),
  target: z.record(z.string(), platformTable).optional(),
  patch: z.record(z.string(), dependencyTable).optional(),
  replace: dependencyTable.optional(),
  'cargo-features': z.array(z.string()).optional(),
  ...dependencySet,
})

export type RawManifest = z.infer<typeof manifestSchema>
export type RawWorkspace = z.infer<typeof workspaceTable>
export type RawDependency = z.infer<typeof dependencySchema>
export type RawDetailedDependency = z.infer<typeof detailedDependency>
export type RawDependencySet = z.infer<typeof platformTable>
export type RawCompileTarget = z.infer<typeof compileTarget>
