/**
 * The shape of one file of capability-maps/ (docs/capability-maps.md says how to write one). Strict: a misspelled field
 * is an error, never a row that matches nothing (ANCHORS §2.7).
 */
import { z } from 'zod'
import { STAGES } from '../base/index.js'
import { FACT_KINDS } from '../graph/call-graph.js'
import { CAPABILITIES } from './capability.js'
import { OPERATION_NAMES } from './concealed/operations.js'
import { parseImplHead, parsePathKey } from './path-key.js'

/** A non-empty list of names; checked in one go, because maps hold thousands of them. */
function namesLike(shape: RegExp) {
  return z
    .array(z.string())
    .min(1)
    .readonly()
    .superRefine((names, context) => {
      names.forEach((name, index) => {
        if (!shape.test(name)) context.addIssue({ code: 'custom', path: [index], message: `"${name}" is not a name` })
      })
    })
}

const grants = z.array(z.enum(CAPABILITIES)).min(1).readonly()
const reason = z.string().min(1)
const pathText = z.string().refine((text) => parsePathKey(text) !== undefined, { error: 'is not a path' })
const implText = z
  .string()
  .refine((text) => parseImplHead(text) !== undefined, { error: 'is not an impl: write "<a::Type as b::Trait>"' })

/** What a row says of the functions it names: exactly one of the three. */
const effect = {
  /** Whoever references it has these. */
  grants: grants.optional(),
  /** A wall without a capability, and why that is right. */
  safe: reason.optional(),
  /** No wall: clears the default of a type or module, its body is looked into. */
  neutral: z.literal(true).optional(),
}
type EffectFields = { grants?: unknown; safe?: unknown; neutral?: unknown }
const oneEffect = (row: EffectFields): boolean =>
  [row.grants, row.safe, row.neutral].filter((field) => field !== undefined).length === 1
const oneEffectError = { error: 'needs exactly one of grants, safe, neutral' }

/** A family of names is only reviewable with the reason beside it. */
const explained = (row: { why?: unknown; safe?: unknown }): boolean => row.why !== undefined || row.safe !== undefined
const explainedError = { error: 'needs a why' }

const row = z
  .strictObject({
    /** One function. */
    path: pathText.optional(),
    /** Every function of a trait for a type. */
    impl: implText.optional(),
    /** Every inherent function of a type. */
    type: pathText.optional(),
    /** Every function of a module and of the modules in it, those of impls of traits for its types too. */
    prefix: pathText.optional(),
    /** The same without impls of traits: what a type does through `Clone` or `Drop`, its body says. */
    module: pathText.optional(),
    ...effect,
    why: reason.optional(),
  })
  .refine((r) => [r.path, r.impl, r.type, r.prefix, r.module].filter((field) => field !== undefined).length === 1, {
    error: 'needs exactly one of path, impl, type, prefix, module',
  })
  .refine(oneEffect, oneEffectError)

/** Names that a linker knows: foreign functions, whoever declares them. */
const symbols = z
  .strictObject({
    why: reason.optional(),
    ...effect,
    /** `sqlite3_*` stands for all that begin so; a longer beginning beats a shorter, a full name beats both. */
    names: namesLike(/^[A-Za-z_$?@.\d]+\*?$/),
  })
  .refine(oneEffect, oneEffectError)
  .refine(explained, explainedError)

/** System calls by the name of their number. */
const syscalls = z
  .strictObject({ why: reason.optional(), ...effect, names: namesLike(/^\w+$/) })
  .refine(oneEffect, oneEffectError)
  .refine(explained, explainedError)

/** What rows of `facts` speak of: what syntax gives, a call of a foreign function that no map names, a loss of the graph. */
const FACT_ROW_KINDS = [...FACT_KINDS, 'foreign call', 'loss'] as const
export type FactRowKind = (typeof FACT_ROW_KINDS)[number]

/** What no path names. */
const fact = z
  .strictObject({
    kind: z.enum(FACT_ROW_KINDS, { error: `is none of ${FACT_ROW_KINDS.map((kind) => `"${kind}"`).join(', ')}` }),
    /** The fact's `what`; `x*` is a beginning; absent for all. */
    what: z.string().min(1).optional(),
    /** Only where the rest of `what`, or the item's own name, is a symbol that a map names: `#[no_mangle] fn malloc`. */
    known_symbol: z.literal(true).optional(),
    grants: grants.optional(),
    safe: reason.optional(),
  })
  .refine((f) => (f.grants === undefined) !== (f.safe === undefined), { error: 'needs grants or safe' })

/**
 * Why rows say other than what is derived from std's own source (docs/capability-maps.md, "Derivation"). Nothing that an
 * analysis looks at.
 */
const difference = z
  .strictObject({
    /** Derived, but not granted by the rows. */
    derived: grants.optional(),
    /** Granted by the rows, but not derived. */
    granted: grants.optional(),
    /** The rows of this file, as they are spelled there. */
    rows: z.array(z.string().min(1)).min(1).readonly(),
    because: reason,
  })
  .refine((d) => d.derived !== undefined || d.granted !== undefined, { error: 'needs derived or granted' })

/** Which functions a row about arguments speaks of. */
const named = {
  rows: z.array(pathText).min(1).readonly().optional(),
  /** Every function of a trait for a type. */
  impls: z.array(implText).min(1).readonly().optional(),
  /** Every inherent function of a type that no row names. */
  types: z.array(pathText).min(1).readonly().optional(),
  symbols: namesLike(/^[A-Za-z_$?@.\d]+$/).optional(),
}
type NamedFields = { rows?: unknown; impls?: unknown; types?: unknown; symbols?: unknown }
const namesOne = (row: NamedFields): boolean => [row.rows, row.impls, row.types, row.symbols].some(Boolean)
const namesOneError = { error: 'needs one of rows, impls, types, symbols' }
/** From 0; the receiver of a method is the first. */
const argument = z.int().nonnegative()

/** What an argument names in the world. */
export const RESOURCE_KINDS = [
  'host',
  'address',
  'path',
  'program',
  'argument',
  'variable',
  'library',
  'symbol',
  'handle',
] as const
export type ResourceKind = (typeof RESOURCE_KINDS)[number]

/** Which argument of a function says what its power acts on. */
const resource = z
  .strictObject({
    kind: z.enum(RESOURCE_KINDS, { error: `is none of ${RESOURCE_KINDS.join(', ')}` }),
    argument,
    /** Of the function's capabilities those that act on it; absent for all. */
    of: grants.optional(),
    ...named,
  })
  .refine(namesOne, namesOneError)

const systems = z.array(z.string().min(1)).min(1).readonly().optional()

/** What must be known of one argument: of every value that it can have. */
const condition = z
  .strictObject({
    argument,
    /** It is one of these integers, `mask` of it. */
    only: z.array(z.int().nonnegative()).min(1).readonly().optional(),
    mask: z.int().positive().optional(),
    /** It is a builder of which none of these options was set to anything but `false`. */
    unset: z.array(z.string().min(1)).min(1).readonly().optional(),
    /** It is of one of these types of std, where the function asks for a trait of std's own. */
    types: z.array(z.string().min(1)).min(1).readonly().optional(),
  })
  .refine((c) => [c.only, c.unset, c.types].filter(Boolean).length === 1, {
    error: 'needs exactly one of only, unset, types',
  })
  .refine((c) => c.mask === undefined || c.only !== undefined, { error: 'has a mask, but no only' })

/** What known arguments take away of a function's capabilities (docs/capability-maps.md, "Flags"). */
const flag = z
  .strictObject({
    without: grants,
    /** All of them must hold. */
    where: z.array(condition).min(1).readonly(),
    /** Systems (`target_os`): the row holds where no other is looked at, or none of those. */
    on: systems,
    not_on: systems,
    why: reason,
    rows: named.rows,
    symbols: named.symbols,
  })
  .refine((f) => f.rows !== undefined || f.symbols !== undefined, { error: 'needs one of rows, symbols' })

/** What functions make of values that they are given (docs/capability-maps.md, "Values"). */
export const VALUE_RULES = [
  'same',
  'builder',
  'path',
  'text',
  'either',
  'environment',
  'contents',
  'closure',
  'null',
  'nothing',
] as const

const valueRule = z
  .strictObject({
    gives: z.enum(VALUE_RULES, { error: `is none of ${VALUE_RULES.join(', ')}` }),
    argument: argument.optional(),
    /** Of a builder: what it is begun with. */
    begins: z.literal(true).optional(),
    /** Of a builder: the option that is set to what `argument` is. */
    option: z.string().min(1).optional(),
    /** Of a builder: the argument that names a variable which is set for what it starts. */
    sets: argument.optional(),
    /** Of `environment`: the variable, where it is always the same. */
    variable: z.string().min(1).optional(),
    /** The argument whose elements are handed to a closure among the others. */
    hands: argument.optional(),
    /** What is given may be another than what was there: a default, an element, elements in other places. It decides no flag. */
    lossy: z.literal(true).optional(),
    ...named,
  })
  .refine(namesOne, namesOneError)

/** Which pure operation a function of std is (docs/capability-maps.md, "Concealed"). */
const operation = z
  .strictObject({
    does: z.enum(OPERATION_NAMES, { error: 'is no operation' }),
    ...named,
  })
  .refine(namesOne, namesOneError)

const words = z.array(z.string().min(1)).min(1).readonly().optional()

/** What values are, where a reviewer asks about them first (docs/capability-maps.md, "Tags"). */
const tag = z
  .strictObject({
    tag: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'is no tag: lower case words, with `-` between them'),
    why: reason,
    /** Of these capabilities alone. */
    of: grants.optional(),
    /** Parts of paths. */
    paths: words,
    programs: words,
    variables: words,
    hosts: words,
    /** Addresses of other machines. */
    literal_addresses: z.literal(true).optional(),
  })
  .refine(
    (t) => [t.paths, t.programs, t.variables, t.hosts, t.literal_addresses].some((field) => field !== undefined),
    {
      error: 'needs one of paths, programs, variables, hosts, literal_addresses',
    },
  )

/** What is done so often that a report need not dwell on it (docs/capability-maps.md, "Commonplace"). */
const commonplace = z
  .strictObject({
    of: z.enum(CAPABILITIES),
    stages: z.array(z.enum(STAGES)).min(1).readonly(),
    programs: words,
    /** All the arguments that such a program may have, list by list. */
    arguments: z
      .array(z.array(z.string().min(1)).readonly())
      .min(1)
      .readonly()
      .optional(),
    variables: words,
    why: reason,
  })
  .refine((c) => (c.variables === undefined) !== (c.programs === undefined), { error: 'needs programs or variables' })
  .refine((c) => (c.programs === undefined) === (c.arguments === undefined), {
    error: 'needs programs with their arguments',
  })

export const mapFileSchema = z.strictObject({
  version: z.literal(1),
  rows: z.array(row).readonly().default([]),
  symbols: z.array(symbols).readonly().default([]),
  syscalls: z.array(syscalls).readonly().default([]),
  facts: z.array(fact).readonly().default([]),
  resources: z.array(resource).readonly().default([]),
  flags: z.array(flag).readonly().default([]),
  values: z.array(valueRule).readonly().default([]),
  operations: z.array(operation).readonly().default([]),
  tags: z.array(tag).readonly().default([]),
  commonplace: z.array(commonplace).readonly().default([]),
  differences: z.array(difference).readonly().default([]),
  /** `path` only re-exports what stands in `means`. */
  alias: z
    .array(z.strictObject({ path: pathText, means: pathText }))
    .readonly()
    .default([]),
  /** Crates that only declare foreign functions: the last segment of a path into them is a symbol. */
  symbol_crates: z.array(z.string().regex(/^\w+$/)).readonly().default([]),
  /** How the names of system call numbers begin, as constants: `SYS_`. */
  syscall_constants: z.array(z.string().regex(/^\w+$/)).readonly().default([]),
})

export type MapFile = z.output<typeof mapFileSchema>
export type MapRow = z.output<typeof row>
export type ResourceRow = z.output<typeof resource>
export type FlagRow = z.output<typeof flag>
export type FlagCondition = z.output<typeof condition>
export type ValueRow = z.output<typeof valueRule>
export type OperationRow = z.output<typeof operation>
export type CommonplaceRow = z.output<typeof commonplace>
export type TagRow = z.output<typeof tag>
export type EffectRow = Pick<MapRow, 'grants' | 'safe' | 'neutral'>
