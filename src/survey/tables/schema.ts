/**
 * The tables of a survey: their columns, with what each means. The one source of the Parquet files, of docs/survey-tables.md and of the
 * types of rows. A column that is added, renamed, removed or read otherwise raises the version (a test holds that).
 */

/** Of all tables together. */
export const TABLES_VERSION = 1

export interface Column {
  readonly type: 'STRING' | 'INT32' | 'INT64' | 'BOOLEAN'
  readonly nullable: boolean
  readonly about: string
}
export interface Table {
  readonly about: string
  readonly columns: Readonly<Record<string, Column>>
}

const text = (about: string) => ({ type: 'STRING', nullable: false, about }) as const
const maybeText = (about: string) => ({ type: 'STRING', nullable: true, about }) as const
const count = (about: string) => ({ type: 'INT32', nullable: false, about }) as const
const maybeCount = (about: string) => ({ type: 'INT32', nullable: true, about }) as const
const maybeLarge = (about: string) => ({ type: 'INT64', nullable: true, about }) as const
const flag = (about: string) => ({ type: 'BOOLEAN', nullable: false, about }) as const

const crate = text('The crate version that was looked at, `name@version`.')
const pkg = text('A package of its tree, `name@version`; the crate itself among them.')
const capability = text('`family` or `family/sub`; see capabilities.md.')
const stage = text('When the code runs: `run`, `build`, `macro`, `test`.')
const granularity = text(
  'What the finding is told of: `crate`, `module`, `function`, `site`; all but `crate` of the crate itself only.',
)
const condition = text('The cfg formula under which the code exists; `true` when always.')
const certainty = text('`certain` or `possible`.')
const module = maybeText('The module that has it, where it is told of modules or finer.')
const fn = maybeText('The function that has it, where it is told of functions or finer.')
const file = text('Path inside the package.')

export const TABLES = {
  crates: {
    about: 'A row a crate version of the list.',
    columns: {
      crate,
      name: text('Its name.'),
      version: text('Its version.'),
      rank: maybeCount('Its place in the list, from 1.'),
      downloads: maybeLarge('As the list has it.'),
      outcome: text('`analyzed`; `failed`: see failures; `left`: not looked at yet.'),
      lockfile: maybeText('sha256 of the lockfile, in locks/.'),
      locked_by: maybeText('How the lockfile was chosen: `resolved`, `archive`, `offline`, …'),
      packages: maybeCount('Packages of its tree, itself included.'),
      modules: maybeCount('Modules of the crate itself.'),
      functions: maybeCount('Functions, closures and initialisers of the crate itself.'),
      public_functions: maybeCount('Functions that others can name.'),
      engine: text('Which build of caps looked.'),
      maps: text('Digest of the capability maps.'),
    },
  },
  packages: {
    about: 'A row a package of each tree.',
    columns: {
      crate,
      package: pkg,
      name: text('Its name.'),
      version: text('Its version.'),
      origin: text('`registry`, `git`, `path`, `archive`.'),
      is_root: flag('It is the crate itself.'),
      checksum: maybeText('sha256 of its archive, as the lockfile has it.'),
      digest: maybeText('sha256 over its files: two of one digest are the same.'),
      binaries: maybeCount('Files that are not text.'),
    },
  },
  dependencies: {
    about: 'A row an edge of each tree.',
    columns: {
      crate,
      package: pkg,
      dependency: text('The package that it depends on, `name@version`.'),
      kind: text('`normal`, `build`, `dev`.'),
    },
  },
  findings: {
    about: 'What can be done: a row a capability, stage and certainty of each package, module, function or site.',
    columns: {
      crate,
      package: pkg,
      granularity,
      capability,
      family: text('The part of the capability before `/`.'),
      stage,
      certainty,
      reach: text('`direct`: code of the package refers to it; `transitive`: only through another package.'),
      condition,
      sites: count('Places that refer to it.'),
      module,
      function: fn,
      via: maybeText('Of a transitive finding, the function of another package that the example goes through first.'),
      power: text('What the example ends at: a function that a map names, or a fact.'),
      power_package: text('The package whose code refers to it.'),
      steps: count('Functions of the example.'),
      file: text('Where the example ends, inside of `power_package`.'),
      line: count('From 1; 0 when the whole file is meant.'),
    },
  },
  resources: {
    about: 'What findings act on: files, programs, hosts, variables.',
    columns: {
      crate,
      package: pkg,
      granularity,
      capability,
      stage,
      reach: text('As of the finding.'),
      module,
      function: fn,
      kind: text('`host`, `path`, `program`, `variable`, …'),
      value: text('The text; `$NAME` is a variable of the environment, `*` what is not known.'),
      known: text('`written`, `pattern`, `environment`, `unknown`.'),
      arguments: maybeText('Of a program: JSON, a list of texts.'),
      tags: maybeText('What it is where it is sensitive, with commas between.'),
      sites: count('Places that have the power over it.'),
    },
  },
  calls: {
    about: 'References of the crate’s own code that lead out of it: to other packages, and to what the maps know.',
    columns: {
      crate,
      from_function: text('A function of the crate.'),
      to_package: maybeText('`name@version`; null for std, core, alloc and foreign functions.'),
      to_function: text('What it refers to.'),
      certainty,
      condition,
      capabilities: maybeText('What the maps say of it, with commas between.'),
      places: count('Places of such references.'),
    },
  },
  build_scripts: {
    about:
      'What runs when a tree is built: build scripts and proc macros. What they can do stands in findings, by stage.',
    columns: {
      crate,
      package: pkg,
      kind: text('`build` or `proc-macro`.'),
      file,
      digest: maybeText('sha256 over its Rust files.'),
    },
  },
  coverage: {
    about: 'How much of each tree was read and resolved.',
    columns: {
      crate,
      rust_files: count('Rust files.'),
      rust_bytes: { type: 'INT64', nullable: false, about: 'Their size.' },
      written: count('Paths and method names that refer to functions.'),
      exact: count('Led to one function.'),
      trait: count('Led to a trait’s method.'),
      value: count('Calls of a function value.'),
      unresolved: count('The rest.'),
      losses: count('Pieces of code that were not read or not expanded.'),
      diagnostics: count('Notes about the tree.'),
    },
  },
  losses: {
    about: 'What was not read or not resolved, by kind and package.',
    columns: {
      crate,
      package: pkg,
      kind: text('`proc macro`, `syntax error`, …; of references `unresolved: ` and the reason.'),
      places: count('How many.'),
    },
  },
  failures: {
    about: 'Crate versions that cannot be analyzed, by their own fault.',
    columns: {
      crate,
      stage: text('`resolve` or `analyze`.'),
      kind: text('`input`, `memory`, `work`, `crash`.'),
      what: text('What happened.'),
      why: text('The cause.'),
    },
  },
} as const satisfies Readonly<Record<string, Table>>

export type TableName = keyof typeof TABLES
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[]

type Value<C extends Column> =
  | (C['type'] extends 'STRING' ? string : C['type'] extends 'BOOLEAN' ? boolean : number)
  | (C['nullable'] extends true ? null : never)

/** A row of a table, column by column. */
export type Row<T extends TableName> = {
  readonly [C in keyof (typeof TABLES)[T]['columns']]: (typeof TABLES)[T]['columns'][C] extends Column
    ? Value<(typeof TABLES)[T]['columns'][C]>
    : never
}
/** Rows of every table. */
export type Rows = { readonly [T in TableName]: readonly Row<T>[] }
