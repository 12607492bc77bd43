/** The bodies of a crate with what inference says of each, one after another, those of the items in their blocks among them. */
import type { CfgExpr } from '../base/index.js'
import type { Crate, Def } from '../names/index.js'
import { isActive, type Met, meeting, newMet, otherTargets } from '../names/index.js'
import { type BodyTypes, inferBody, type TypeContext } from '../types/index.js'
import { type BodyTask, bodiesOf, bodiesOfBlock } from './bodies.js'

export interface InferredBody<Wanted> {
  readonly task: BodyTask
  /** What `want` said of it. */
  readonly wanted: Wanted
  readonly types: BodyTypes
  /** What it hangs on; whoever looks at what inference says adds to it. */
  readonly met: Met
  /** Of an item in a block: what `want` said of the body around it. */
  readonly around?: Wanted
}

/** Infers the bodies that are wanted: `want` is asked of each once, before the body is read, and says undefined for the others. */
export function* inferredBodies<Wanted>(
  tcx: TypeContext,
  crate: Crate,
  want: (task: BodyTask) => Wanted | undefined,
): Generator<InferredBody<Wanted>> {
  const first: BodyTask[] = []
  const rest: BodyTask[] = []
  const listed = new Set<Def>()
  for (const task of bodiesOf(tcx.program, crate, listed)) (mayHoldImpl(task) ? first : rest).push(task)
  // An impl in a block holds for the whole crate: bodies that may have one come before those that may ask for it.
  yield* inferAll(tcx, crate, want, first, listed)
  yield* inferAll(tcx, crate, want, rest, listed)
}

/** By the text alone: one too many makes no difference but in the order. Unnamed constants are there for what macros make in them. */
function mayHoldImpl({ name, source, at, end }: BodyTask): boolean {
  return name === '_' || source.text.slice(at, end).includes('impl')
}

function* inferAll<Wanted>(
  tcx: TypeContext,
  crate: Crate,
  want: (task: BodyTask) => Wanted | undefined,
  queue: BodyTask[],
  listed: Set<Def>,
): Generator<InferredBody<Wanted>> {
  const holds = (cfg: CfgExpr | undefined): boolean => isActive(crate, cfg)
  const others = otherTargets(tcx.program)
  const bodiesAround = new Map<BodyTask, Wanted>()
  for (const task of queue) {
    const wanted = want(task)
    const body = wanted === undefined ? undefined : task.body()
    if (wanted === undefined || !body) continue
    const { owner, module, cfg } = task
    others.asked.clear()
    const met = newMet()
    const types = meeting(others, met, () =>
      inferBody(tcx, { owner, expr: body.expr, source: body.source, crate, module, cfg, holds }),
    )
    const around = bodiesAround.get(task)
    yield { task, wanted, types, met, ...(around !== undefined && { around }) }
    for (const block of types.blocks) {
      for (const inner of bodiesOfBlock(tcx.program, block, listed)) {
        bodiesAround.set(inner, wanted)
        queue.push(inner)
      }
    }
  }
}
