/** What a typed reference points to, in the words of the graph: paths, other spellings, symbols, certainty. */
import type { CfgExpr } from '../base/index.js'
import type { Crate, FnDef } from '../names/index.js'
import { definitionPath } from '../names/index.js'
import type { BodyReference, Callee, Ty, TypeContext } from '../types/index.js'
import type { Found, NoFunction, Reference, Unresolved } from './call-graph.js'
import { constructorPath, fnPath, namePath, traitFnPath } from './type-path.js'

export interface GraphCallee {
  readonly path: string | null
  readonly item?: NoFunction
  readonly aliases: readonly string[]
  readonly certainty: Reference['certainty']
  readonly found: Found
  /** The function whose node it leads to. */
  readonly fn?: FnDef
  readonly symbol?: string
  readonly ofTrait?: true
  readonly why?: Unresolved
  /** The conditions under which the callee exists: where they differ from target to target, so may the callee. */
  readonly conditions: readonly CfgExpr[]
  /** It is so in some builds for the target alone. */
  readonly cfg?: CfgExpr
}

export function calleeOf(tcx: TypeContext, ref: BodyReference, from: Crate): readonly GraphCallee[] {
  const { callee } = ref
  switch (callee.k) {
    case 'fn':
      return [
        ...(ref.found === 'implicit' ? implicitCallees(tcx, ref, callee, from) : fnCallees(tcx, ref, callee, from)),
        ...calledBack(tcx, ref, callee, from),
      ]
    case 'constructor':
      return [
        {
          path: constructorPath(callee.def),
          item: 'constructor',
          aliases: [],
          certainty: 'certain',
          found: ref.found,
          conditions: [callee.def.cfg],
        },
      ]
    case 'const':
      // See const-reads.ts.
      return []
    case 'value':
      return []
    case 'unresolved':
      return [{ path: null, aliases: [], certainty: 'certain', found: ref.found, why: callee.why, conditions: [] }]
  }
}

/**
 * What syntax calls unseen is said when it is a function of the program's, or of an impl of std's that reaches the system:
 * iterators may read directories. What else syntax means is built in, or has no power.
 */
function implicitCallees(
  tcx: TypeContext,
  ref: BodyReference,
  callee: Callee & { k: 'fn' },
  from: Crate,
): readonly GraphCallee[] {
  const own = callee.impl ?? callee.fn
  if (own.container?.kind !== 'impl') return []
  return own.crate.unit || tcx.system.has(tcx, own.container) ? fnCallees(tcx, ref, callee, from) : []
}

/** What std calls back, and what a call means when an impl could not be chosen; the one function of an impl that syntax asks for (`From` of `?`) is called for certain. */
function calledBack(
  tcx: TypeContext,
  ref: BodyReference,
  callee: Callee & { k: 'fn' },
  from: Crate,
): readonly GraphCallee[] {
  const fns = callee.calledBack ?? []
  const certain = ref.found === 'implicit' && fns.length === 1
  const said = (of: FnDef, certainty: GraphCallee['certainty'], found: Found): GraphCallee[] =>
    [of, ...(of.otherBuilds ?? [])].map((fn) => ({
      path: fnPath(tcx, fn, from),
      aliases: [],
      certainty,
      found,
      fn,
      conditions: [fn.cfg],
      ...(fn === of ? {} : { cfg: fn.cfg }),
    }))
  return [
    ...fns.flatMap((fn) => said(fn, certain ? 'certain' : 'possible', certain ? 'implicit' : 'callback')),
    ...(callee.candidates ?? []).flatMap((fn) => said(fn, 'possible', 'dispatch')),
  ]
}

/** The function, what other builds have in its place, and what the linker calls it there. */
function fnCallees(tcx: TypeContext, ref: BodyReference, callee: Callee & { k: 'fn' }, from: Crate): GraphCallee[] {
  const own = fnCallee(tcx, ref, callee, from)
  const { fn } = callee
  const names = fn.foreign?.otherNames ?? []
  const inItsPlace = (callee.impl ?? fn).otherBuilds ?? []
  return [
    own,
    ...names.map(({ name, cfg }) => ({ ...own, symbol: name ?? fn.name, cfg })),
    ...inItsPlace.map((other) => ({
      ...fnCallee(tcx, ref, callee.impl ? { ...callee, impl: other } : { ...callee, fn: other }, from),
      cfg: other.cfg,
    })),
  ]
}

function fnCallee(tcx: TypeContext, ref: BodyReference, callee: Callee & { k: 'fn' }, from: Crate): GraphCallee {
  const { fn, self, impl } = callee
  const own = impl ?? fn
  const aliases = new Set<string>()
  let path: string
  if (fn.container?.kind === 'trait') {
    path = traitFnPath(fn, fn.container, self as Ty)
    if (impl) aliases.add(fnPath(tcx, impl, from))
  } else {
    path = fnPath(tcx, fn, from)
    if (!fn.container) aliases.add(definitionPath(fn)).add(namePath(fn))
  }
  aliases.delete(path)
  const target = impl ?? (fn.container?.kind === 'trait' && !fn.ast.body && fn.ast.body !== 0 ? undefined : fn)
  return {
    path,
    aliases: [...aliases],
    // That a function of the trait is called is certain; which code it is, is not.
    certainty: callee.candidates && target ? 'possible' : 'certain',
    found: ref.found,
    conditions: [fn.cfg, own.cfg, ...(fn.foreign?.nameCfg ? [fn.foreign.nameCfg] : [])],
    ...(target ? { fn: target } : {}),
    ...(fn.container?.kind === 'trait' ? { ofTrait: true as const } : {}),
    ...(fn.foreign ? { symbol: fn.foreign.linkName ?? fn.name } : {}),
  }
}
