/**
 * The limits of the source and what happens when one is reached; test/infra/limits.test.ts holds it against the source.
 *
 * - `loss`: it is in the coverage, with a place (or, of a path search, `truncated` in the answer).
 * - `error`: nothing is said of the crate but that it is too large.
 * - `caller`: there is no such thing, which is an error to whoever asked: a reference, a link, a token.
 * - `more`: what is not known counts as there: a condition gets wider, a type fits, a verdict is `maybe`.
 * - `same`: only how fast or in which order things are done hangs on it.
 */
export const LIMITS: Readonly<Record<string, 'loss' | 'error' | 'caller' | 'more' | 'same'>> = {
  // base: a condition stays as long as it was
  MAX_OPEN: 'same',
  MAX_LEFT_OUT: 'same',
  MAX_WORLDS: 'same',
  MAX_SETS: 'same',
  // graph: how work is cut in parts
  MOST_PARTS: 'same',
  // syntax
  MAX_DEPTH: 'loss',
  // An attribute's list stays text: its condition is not known.
  MAX_META_DEPTH: 'more',
  // Errors stay where they are.
  REREAD_LIMIT: 'same',
  KEPT_CAPACITY: 'same',
  MAX_WORKERS: 'same',
  // More values than a reader would look through: the rule has no list then.
  MAX_VALUES: 'more',
  MOST_GROUPS: 'same',
  MAX_INTEGER: 'error',
  // The digest of the whole, or the whole, stands behind it.
  MAX_STRING: 'same',
  LITERAL_LENGTH: 'same',
  MAX_INTEGER_DIGITS: 'same',
  // names
  MODULE_DEPTH_LIMIT: 'loss',
  EXPANSION_DEPTH_LIMIT: 'loss',
  CRATE_EXPANSION_LIMIT: 'loss',
  EXPANSION_SIZE_LIMIT: 'loss',
  MATCH_STEP_LIMIT: 'loss',
  IMPORT_ROUND_LIMIT: 'loss',
  SETTLE_ROUND_LIMIT: 'loss',
  VIEW_LIMIT: 'loss',
  // What is not parsed ahead is parsed when it is asked for, or missing, which is told.
  FILE_LIMIT: 'same',
  TOKEN_LIMIT: 'same',
  CACHED_SIZE: 'same',
  // The call that is read loosely is a loss whatever is found in it.
  EXPRESSION_LIMIT: 'same',
  OPEN_LIMIT: 'more',
  // Names for items; one without a public path has its own.
  MODULE_LIMIT: 'same',
  // types
  AUTODEREF_LIMIT: 'loss',
  ELABORATION_LIMIT: 'loss',
  TYPE_DEPTH_LIMIT: 'loss',
  WHERE_DEPTH_LIMIT: 'loss',
  NORMALIZE_LIMIT: 'loss',
  BOUND_LIMIT: 'loss',
  OWNED_TYPES_LIMIT: 'loss',
  EXPRESSION_DEPTH_LIMIT: 'loss',
  // A body that has spent its share: infer-body.ts tells.
  EFFORT_PER_CRATE: 'same',
  ROUND_LIMIT: 'loss',
  NESTING_LIMIT: 'more',
  SEEN_LIMIT: 'more',
  // A constant that is not evaluated fits any.
  DEPTH_LIMIT: 'more',
  MAX_SHIFT: 'more',
  CUT_LENGTH: 'more',
  // Only what the outer ones need is learnt; a type that stays open is unresolved where it is asked.
  LEARNING_DEPTH: 'same',
  // graph
  IMPLS_PER_CALL: 'loss',
  DROPS_PER_FUNCTION: 'loss',
  VALUES_PER_CALL: 'loss',
  SHAPE_DEPTH: 'more',
  PRINT_DEPTH: 'more',
  // Of values: what is beyond is anything.
  VALUE_PARTS_LIMIT: 'more',
  VALUE_DEPTH_LIMIT: 'more',
  VALUE_SIZE_LIMIT: 'more',
  // The digest of the whole stands behind it.
  TEXT_LENGTH: 'same',
  // A larger constant that is cast is not known.
  SMALLEST_SIGN: 'more',
  // capabilities
  KNOWN_VALUES_LIMIT: 'more',
  PRODUCT_LIMIT: 'more',
  PARTS_LIMIT: 'more',
  ADDED_LIMIT: 'more',
  STEP_LIMIT: 'more',
  CALLER_LIMIT: 'more',
  // Fewer powers are taken away.
  CHAIN_LIMIT: 'more',
  OPEN_FLAG_LIMIT: 'more',
  COPY_LIMIT: 'more',
  WRITE_LIMIT: 'more',
  LIST_DEPTH_LIMIT: 'more',
  // What is worked out: what is beyond is not known.
  SIZE_LIMIT: 'more',
  ELEMENTS_LIMIT: 'more',
  LENGTH_LIMIT: 'more',
  SHIFT_LIMIT: 'more',
  FUNCTION_LIMIT: 'more',
  FORK_LIMIT: 'more',
  CALLER_DEPTH: 'more',
  ROUNDS_LIMIT: 'more',
  ARGUMENT_LIMIT: 'more',
  SOURCES_LIMIT: 'more',
  VIA_LIMIT: 'more',
  REPEAT_LIMIT: 'more',
  MAX_FORMULAS: 'more',
  MAX_CONJUNCTION: 'more',
  MAX_ALTERNATIVES: 'more',
  // Names that an error proposes.
  MAX_NEAR: 'error',
  MAX_UPDATES: 'more',
  // No row of a map is as long, as deep or as often renamed.
  MAX_PATH_LENGTH: 'same',
  MAX_TYPE_DEPTH: 'same',
  MAX_ALIAS_ROUNDS: 'same',
  // store: a file that is no exported cache
  MOST_LINE: 'error',
  // project: what is too large is a problem of the package, or nothing is analyzed at all
  MAX_ARCHIVE_BYTES: 'error',
  MAX_INFLATE_CHUNK: 'same',
  MAX_FILE_BYTES: 'loss',
  MAX_MANIFEST_BYTES: 'error',
  MAX_CARGO_OUTPUT_BYTES: 'same',
  MAX_CONFIGURATION_FILES: 'error',
  MAX_CONFIGURATION_BYTES: 'error',
  MAX_MISFITS: 'same',
  // Without a digest of the contents nothing is compared by it.
  // As deep as cargo puts its own records.
  RECORD_DEPTH: 'same',
  MAX_CONTENTS_BYTES: 'more',
  MAX_TREE_DEPTH: 'loss',
  MAX_TREE_FILES: 'loss',
  MAX_FEATURE_STEPS: 'error',
  MAX_INDEX_BYTES: 'error',
  MAX_DELTA_BYTES: 'error',
  KEPT_BASE_BYTES: 'same',
  KEPT_WINDOWS: 'same',
  MAX_LINK_STEPS: 'caller',
  MAX_LINK_BYTES: 'caller',
  // No path that a system call takes has more.
  MAX_PARENT_DIRECTORIES: 'same',
  MAX_ALTERNATES: 'error',
  MAX_COMMIT_STEPS: 'error',
  MAX_PATH_PACKAGES: 'error',
  MAX_PLATFORM_DEPTH: 'more',
  MAX_SHOWN_FILES: 'same',
  MAX_RESOLVE_STEPS: 'error',
  MAX_REPORT_BYTES: 'error',
  // review: how much is shown, and how it is written
  MAX_LINE_CHARACTERS: 'same',
  MAX_PLACES: 'same',
  MAX_EXAMPLES: 'same',
  MAX_LENGTH: 'same',
  MAX_CFG_LENGTH: 'same',
  MAX_LINE: 'same',
  LONGEST_ESCAPE: 'caller',
  // survey
  MOST_CRATES: 'error',
  MOST_TROUBLE: 'error',
}

/** Constants that things are compared with, and that limit nothing. */
export const NO_LIMITS: ReadonlySet<string> = new Set([
  'SEED',
  'BLOCK',
  'COUNTED_DEPTH',
  'ENCODED_BYTES',
  'FORMAT_BYTES',
  'LARGE',
  'LAST_VERSION_WITH_DEFAULT_MASTER',
  'MIN_SHARED',
  'NEWEST_ENTRY',
  'NEWEST_KNOWN_VERSION',
  'RESERVED_PREFIXES',
  'SHORT',
  'SHOWN_DIGITS',
  'SINGLE_CHARACTERS',
  'SINGLE_LIMIT',
  'STALE_MS',
  'WORTH_THREADS',
])

/** Numbers without a name: characters, editions, lengths of words. Those of file formats (project/) are left aside. */
export const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  // Bytes, places of references in each other, the largest base of digits.
  'capabilities/concealed/machine-values.ts': [16, 256],
  'capabilities/concealed/texts.ts': [36],
  // The last code point.
  'types/infer/recipe-of.ts': [0x10ffff],
  // A byte of an address.
  'capabilities/tags.ts': [255],
  // A key: what is longer has a digest in its place.
  'audit/recorder.ts': [40],
  // Surrogates of UTF-16.

  'names/macros/joined-names.ts': [3],
  'names/macros/rules.ts': [2021, 2024],
  'names/program.ts': [2018],
  'names/resolve-path.ts': [2018],
  'names/source.ts': [0xdc00, 0xdfff],
  'names/std-model-pack.ts': [128],
  'names/std-model-unpack.ts': [128],
  'review/policy-words.ts': [40],
  // What is shown of a name that is none; a directory for names of each length.
  'survey/crate-list.ts': [80],
  'survey/survey-directory.ts': [4],
  'syntax/identifiers.ts': [97, 122, 65, 90, 48, 57, 127, 128],
  'syntax/lexer.ts': [128, 9, 13, 4, 0xffff],
  'syntax/literals.ts': [0x10ffff],
  // Surrogates of UTF-16.
  'syntax/parser-input.ts': [0xd800, 0xdc00],
}
