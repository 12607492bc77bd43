/** The state that the inference of a body begins with: nothing is known but where it stands. */
import { currentView, noteCondition, otherTargets } from '../../names/index.js'
import type { ClosureBody } from '../body-types.js'
import type { TypeContext } from '../context.js'
import { newEffort } from '../effort.js'
import { containerOf, environmentOf, genericsOf } from '../generics.js'
import { NO_PREDICATES } from '../generics-info.js'
import { newTable } from '../table.js'
import { UNKNOWN } from '../ty.js'
import { type BodyContext, type RecipeNotes, scoped } from './body-context.js'
import type { BodyInput } from './body-input.js'
import { inferExpr } from './expressions.js'

/** `before`: the closures that earlier views found, whose numbers stay theirs. */
export function newBodyContext(tcx: TypeContext, input: BodyInput, before: readonly ClosureBody[]): BodyContext {
  const view = currentView(tcx.program)
  const { owner } = input
  const others = otherTargets(tcx.program)
  const generic = owner.kind === 'static' ? undefined : owner
  const cx: BodyContext = {
    name: owner.name,
    home: input.module,
    tcx,
    table: newTable(),
    env: generic ? environmentOf(tcx, generic) : NO_PREDICATES,
    crate: input.crate,
    generics: generic && genericsOf(tcx, generic),
    container: generic && containerOf(generic),
    holds: (cfg) => {
      noteCondition(others, cfg)
      return input.holds(cfg)
    },
    effort: newEffort(input.crate),
    pending: [],
    module: input.module,
    source: input.source,
    // What is chosen for a name agrees with the condition of the code that asks.
    get cfg() {
      return view.under
    },
    set cfg(under) {
      view.under = under
    },
    locals: [],
    loops: [],
    ret: UNKNOWN,
    owner: -1,
    depth: 0,
    at: input.expr.at,
    late: [],
    captures: [],
    consts: new Set(),
    inferConst: (expr, source) =>
      scoped(cx, () => {
        // A macro may have made the type.
        cx.source = source
        inferExpr(cx, expr, undefined)
      }),
    references: [],
    facts: [],
    closures: [...before],
    made: new Set(),
    owned: [],
    blocks: new Set(),
    values: new Map(),
    localOfPath: new Map(),
    localOfPat: new Map(),
    otherSides: new Set(),
    handsOn: new Set(),
    memberOf: new Map(),
    fieldWrites: [],
    returned: [],
    leftWith: new Map(),
    handedBy: undefined,
    calledPath: undefined,
    notes: newNotes(),
  }
  return cx
}

const newNotes = (): RecipeNotes => ({
  computes: false,
  characters: 0,
  params: [],
  variables: new Map(),
  callOf: new Map(),
  constructed: new Map(),
  numberTys: new Map(),
  literalTexts: new Map(),
  formatted: new Map(),
  madeStatements: new Map(),
})
