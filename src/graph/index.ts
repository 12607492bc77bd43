/**
 * graph: who refers to whom, at which place, under which condition. Nothing here knows what is dangerous.
 *
 * What it computes, and in which order:
 *
 * 1. `inferCrate` (infer-crate.ts) takes the bodies of one crate, for one target, to a *share*: functions, references,
 *    facts and losses, and what only the whole program can tell, as records that hold no definition (crate-share.ts). Each
 *    file `*-records.ts` makes one kind of them. Dependencies come before who needs them, targets one after another.
 * 2. link/ adds shares to one graph in a fixed order (target, unit, body), by keys, and at the end brings together what is
 *    open: impls that a call can mean (link/dispatch.ts), values (values.ts), drop glue (drops.ts), reads of initialisers
 *    (const-reads.ts), functions made of bytes (casts.ts), conditions of targets (target-conditions.ts). It sees shares
 *    alone; `npm run rooms` holds it to that.
 *
 * Why it ends: a share is one pass over bodies, each at most once; of the passes of linking, those that go on until nothing is
 * new only add to finite sets (functions by parameter, initialisers that lead somewhere, parameters that are reinterpreted).
 *
 * The law that it keeps: what can be meant and is not known to be is a reference that is `possible`; a call with too many of
 * those is a loss. A share says what holds whichever crate is asked about; which of its types others make is linking's to say.
 *
 * What is not yet as the design has it:
 * - Inference reads its dependencies' definitions, not a meta of theirs. It needs no body of theirs (a test deletes them), but
 *   for the values of constants and what `impl Trait` hides.
 * - A share is a function of its inputs but for two things: in cycles, what headers and bounds come to may depend on which was
 *   asked for first (sentinels in types/generics.ts and types/signature.ts), so crates are inferred in the order of the Program;
 *   and a type macro of another crate, expanded when a signature is lowered, is lost, or spends its limit, at whoever asked first.
 * - Which bodies a later target infers again hangs on what earlier ones met (earlier-bodies.ts), by keys.
 * - `alike` (which targets a condition does not tell apart) is asked while inferring, for that alone.
 * - Caches at module level hang on definitions (function-keys.ts, type-shape.ts, differing-names.ts, blanket-bounds.ts,
 *   cast-records.ts): they say what their definition says, and go with it.
 * - Keys hold offsets into files, so an edit above a function changes its key, and what refers to it changes with it.
 */

export {
  addProgram,
  addProjectLosses,
  finishGraph,
  type GraphState,
  newGraphState,
  newShareState,
  nextContext,
  type ShareState,
  sharesOf,
  sharesOfPart,
} from './build-graph.js'
export type * from './call-graph.js'
export { countOf, partOf, partsOf, type UnitParts } from './crate-parts.js'
export type { CrateShare } from './crate-share.js'
export { bodiesIn, type EarlierBody } from './earlier-bodies.js'
export { HIDING_LOSSES } from './hiding-losses.js'
export { type InferenceContext, type PreparedProgram, withOwnCaches } from './infer-crate.js'
export { inferredBodies } from './inferred-bodies.js'
export { addShare } from './link/add-share.js'
export { addConfiguration } from './link/configuration-facts.js'
export type { TargetGroups } from './link/target-conditions.js'
export { isNameable } from './public-items.js'
export type { SymbolicValue } from './symbolic-values.js'
export { systemImpls } from './system-impls.js'
export { fnPath, namePath, preferFacade, traitFnPath, typePath } from './type-path.js'
