/**
 * What this room hands on: for each package (or module, function, site) and stage, which capabilities it has, how
 * surely, under which condition, and by which path. Plain data; the report makes its own result of it.
 */
import type { CfgExpr, Stage } from '../base/index.js'
import type { Capability } from './capability.js'
import type { ResourceKind } from './map-schema.js'

/** What one finding stands for. */
export type Granularity = 'crate' | 'module' | 'function' | 'site'
export type Certainty = 'certain' | 'possible'
/** direct: code of the crate (module, function) refers to it itself; transitive: only through other code. */
export type Reach = 'direct' | 'transitive'

export interface Findings {
  /** Sorted by id; packages without a capability are not in it. */
  readonly packages: readonly PackageFindings[]
}

export interface PackageFindings {
  /** `name@version`. */
  readonly id: string
  /** By seriousness, then stage, then module, function and place. */
  readonly capabilities: readonly CapabilityFinding[]
}

export interface CapabilityFinding {
  readonly capability: Capability
  readonly stage: Stage
  /** certain when one path has only certain references. */
  readonly certainty: Certainty
  readonly reach: Reach
  /** Never narrower than the truth; `true` when always. */
  readonly condition: CfgExpr
  /** Places in this package: of the power when direct, of the references that lead out when transitive. */
  readonly sites: number
  /** A shortest example that ends at the power; the best of its class (certain before possible, always before sometimes). */
  readonly path: readonly PathStep[]
  /** With granularity module or finer. */
  readonly module?: string
  /** With granularity function or finer. */
  readonly function?: string
  /** String literals in the call of the last step. */
  readonly literals?: readonly string[]
  /** What it acts on; of a transitive finding, what this package hands on. */
  readonly resources?: readonly Resource[]
  /** What was read elsewhere and is handed on here. */
  readonly sends?: readonly Sending[]
  /** Why all of it is what a reader need not look at. */
  readonly commonplace?: string
  /** Of a transitive finding: the functions of others that this code refers to, by name. */
  readonly ways?: readonly Way[]
}

/** References that lead out to one function, under one condition. */
export interface Way {
  readonly function: string
  readonly condition: CfgExpr
  readonly sites: number
}

/** Something from the environment, a file or another program that is handed to a network or exec use. */
export interface Sending {
  /** `$NAME`, a file, a program with its arguments; `*` for what is not known. */
  readonly value: string
  /** Where it is read, the calls that hand it on, where it is used. */
  readonly path: readonly PathStep[]
}

/** What a power acts on, as far as the source says it. */
export interface Resource {
  readonly kind: ResourceKind
  /** The text, `$NAME` in it for a variable of the environment, `*` for what is not known. */
  readonly value: string
  /**
   * It stands so in the source; a part is not known; a part comes from the environment; it is worked out from constants, by code
   * that hides it; nothing is known.
   */
  readonly known: 'written' | 'pattern' | 'environment' | 'concealed' | 'unknown'
  /** Of a program, those that it is started with. */
  readonly arguments?: readonly string[]
  /** What it is, where it is sensitive: `credentials`. */
  readonly tags?: readonly string[]
  /** Places that have the power over it. */
  readonly sites: number
}

/**
 * One function of a path. The place is where the step before refers to it; of the first step, where it is declared.
 */
export interface PathStep {
  /** A path; of the last step what the maps name, or the syntactic fact: `raw dereference`. */
  readonly function: string
  /** Of a last step that no map names by a path: the kind of the fact or loss, which `function` begins with. */
  readonly fact?: string
  readonly package: string
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1, in characters. */
  readonly column: number
}
