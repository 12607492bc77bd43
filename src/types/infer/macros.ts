/**
 * Macro calls in bodies: expanded by names, inferred as the code they make. What could not be expanded is recorded as
 * unresolved, and what could be read of its input is inferred all the same (law 1).
 */
import { checked } from '../../base/index.js'
import type { Source } from '../../names/index.js'
import { type Expansion, expandMacro } from '../../names/index.js'
import type { Expr, Item, MacroCall, Pat, Stmt } from '../../syntax/index.js'
import { langAdt } from '../context.js'
import { predicatesOf } from '../generics.js'
import { tyKey } from '../impl-index.js'
import { adtTy, arrayTy, BOOL, CONST, NEVER, primTy, refTy, STR, type Ty, U8, UNIT, UNKNOWN, USIZE } from '../ty.js'
import type { KnownExpansions } from './block-items.js'
import { inferStatements } from './blocks.js'
import { type BodyContext, fact, fresh, reference, scoped, shallowTy } from './body-context.js'
import { inferExpr } from './expressions.js'
import { noteBuiltin } from './values.js'
import { assignVariable } from './variables.js'

const nameOf = (call: MacroCall): string => call.path.segments[call.path.segments.length - 1]?.name ?? ''
const placeOfName = (call: MacroCall): number => call.path.segments[call.path.segments.length - 1]?.at ?? call.at

export function inferMacro(cx: BodyContext, call: MacroCall, expected: Ty | undefined): Ty {
  const expansion = expandMacro(cx.tcx.program, cx.module, cx.source, call, 'expression')
  switch (expansion.k) {
    case 'ok':
      return scoped(cx, () => {
        cx.source = expansion.source
        const { expr, stmts, tail } = expansion.fragment
        const gives = expr ?? (tail?.cfg ? undefined : tail)
        if (gives) cx.values.set(call, gives)
        if (expr) return inferExpr(cx, expr, expected)
        if (!stmts && !tail) return UNIT
        return inferStatements(
          cx,
          { k: 'block', mode: 'plain', stmts: stmts ?? [], ...(tail ? { tail } : {}) },
          expected,
        )
      })
    case 'builtin':
      if (expansion.format !== undefined) noteDirective(cx, expansion.format, placeOfName(call))
      return builtinTy(cx, expansion.name, inferBuiltin(cx, call, expansion), call, expected)
    case 'lost':
      return inferLost(cx, call, expansion)
  }
}

/** What cargo reads from a build script's output (The Cargo Book, "Outputs of the build script"): `cargo::KEY=VALUE`. */
const DIRECTIVE = /^cargo::?([\w-]+)/

function noteDirective(cx: BodyContext, format: string, at: number): void {
  const key = DIRECTIVE.exec(format)?.[1]
  if (key !== undefined) fact(cx, 'build directive', key, at)
}

/** A macro that only the compiler or foreign code can expand: its input's own code is read. */
function inferLost(
  cx: BodyContext,
  call: MacroCall,
  lost: {
    readonly reads?: readonly string[]
    readonly source?: Source
    readonly fragment?: { readonly stmts?: readonly Stmt[]; readonly tail?: Expr; readonly expr?: Expr }
  },
): Ty {
  reference(cx, placeOfName(call), `${nameOf(call)}!`, 'path', { k: 'unresolved', why: 'opaque macro' })
  noteReads(cx, call, lost)
  const { source, fragment } = lost
  if (source && fragment) {
    scoped(cx, () => {
      cx.source = source
      if (fragment.expr) inferExpr(cx, fragment.expr, undefined)
      if (fragment.stmts || fragment.tail) {
        inferStatements(
          cx,
          { k: 'block', mode: 'plain', stmts: fragment.stmts ?? [], ...(fragment.tail ? { tail: fragment.tail } : {}) },
          undefined,
        )
      }
    })
  }
  return UNKNOWN
}

const ASSEMBLY: ReadonlySet<string> = new Set(['asm', 'naked_asm'])

/** The types of what a built-in macro evaluates; only the arguments are text of the expansion. */
function inferArguments(cx: BodyContext, expansion: Expansion & { readonly k: 'builtin' }): readonly Ty[] {
  const { name, args, formattedBy = [] } = expansion
  return scoped(cx, () => {
    cx.source = expansion.source
    const tys = args.map((arg, i) => inferExpr(cx, arg, name === 'assert' && i === 0 ? BOOL : undefined))
    // What operands are for (`in`, `out`, an address) is not looked at.
    if (ASSEMBLY.has(name)) for (const arg of args) assignVariable(cx, arg, undefined, false)
    for (const [i, names] of formattedBy.entries()) noteFormatting(cx, checked(args[i]), checked(tys[i]), names)
    return tys
  })
}

function inferBuiltin(
  cx: BodyContext,
  call: MacroCall,
  expansion: Expansion & { readonly k: 'builtin' },
): readonly Ty[] {
  const tys = inferArguments(cx, expansion)
  noteBuiltin(cx, call, expansion)
  noteReads(cx, call, expansion)
  return tys
}

function noteReads(cx: BodyContext, call: MacroCall, { reads = [] }: { readonly reads?: readonly string[] }): void {
  for (const read of reads) fact(cx, 'compiler read', read, placeOfName(call))
}

/** The type of a built-in macro's value, and the powers of the macro itself. */
function builtinTy(cx: BodyContext, name: string, tys: readonly Ty[], call: MacroCall, expected: Ty | undefined): Ty {
  const at = placeOfName(call)
  switch (name) {
    case 'assert':
      return UNIT
    case 'format_args':
    case 'format_args_nl':
    case 'const_format_args': {
      const adt = langAdt(cx.tcx, 'format_arguments') ?? langAdt(cx.tcx, 'FormatArguments')
      return adt ? adtTy(adt, []) : UNKNOWN
    }
    case 'concat':
    case 'stringify':
    case 'env':
    case 'file':
    case 'module_path':
      return refTy(STR, false)
    case 'include_str':
      fact(cx, 'embedded data', name, at)
      return refTy(STR, false)
    case 'include_bytes':
      fact(cx, 'embedded data', name, at)
      return refTy(arrayTy(U8, CONST), false)
    case 'concat_bytes':
      return refTy(arrayTy(U8, CONST), false)
    case 'option_env': {
      const option = langAdt(cx.tcx, 'Option')
      return option ? adtTy(option, [refTy(STR, false)]) : UNKNOWN
    }
    case 'line':
    case 'column':
      return primTy('u32')
    case 'cfg':
      return BOOL
    case 'offset_of':
      return USIZE
    case 'asm':
    case 'global_asm':
    case 'naked_asm':
      fact(cx, 'asm', name, at)
      return UNIT
    case 'panic':
    case 'std_panic':
    case 'core_panic':
    case 'unreachable':
    case 'compile_error':
      return NEVER
    case 'addr_of':
    case 'addr_of_mut':
      return tys[0] ?? UNKNOWN
    default:
      return expected ?? tys[0] ?? fresh(cx)
  }
}

/** What `format_args!` makes of an argument asks for a trait; formatting calls that trait's one function. */
function noteFormatting(cx: BodyContext, arg: Expr, given: Ty, constructors: readonly string[]): void {
  if (constructors.length === 0) return
  // Every formatting trait is implemented for references by what they refer to.
  let ty = shallowTy(cx, given)
  while (ty.k === 'ref') ty = shallowTy(cx, ty.ty)
  const adt = langAdt(cx.tcx, 'format_argument')
  if (ty.k === 'prim' || !adt) return
  const known = cx.tcx.impls.inherent.get(tyKey(adtTy(adt, [])) ?? '')
  for (const name of constructors) {
    const maker = known?.get(name)?.[0]?.item
    if (maker?.kind !== 'fn') continue
    for (const { trait } of predicatesOf(cx.tcx, maker).traits) {
      const fn = trait.items.find((item) => item.kind === 'fn')
      if (fn?.kind === 'fn') reference(cx, arg.at, fn.name, 'implicit', { k: 'fn', fn, args: [ty] })
    }
  }
}

export interface ExpandedStatements {
  readonly source: Source
  readonly stmts: readonly Stmt[]
  readonly tail: Expr | undefined
  readonly items: readonly Item[]
}

/** What a macro in statement position makes; undefined for one that is not expanded by example. */
export function expandStatements(
  cx: BodyContext,
  call: MacroCall,
  known: KnownExpansions,
): ExpandedStatements | undefined {
  const expansion =
    known.get(cx.source)?.get(call) ?? expandMacro(cx.tcx.program, cx.module, cx.source, call, 'statements')
  if (expansion.k !== 'ok') return undefined
  const { stmts, tail, facts } = expansion.fragment
  return { source: expansion.source, stmts: stmts ?? [], tail, items: facts.items }
}

/** Hands the pattern that a macro makes to `check`. */
export function expandPattern(cx: BodyContext, call: MacroCall, check: (pat: Pat) => void): void {
  const expansion = expandMacro(cx.tcx.program, cx.module, cx.source, call, 'pattern')
  // What the compiler makes of `stringify!`, `concat!`, `line!` is a literal: it binds nothing.
  if (expansion.k === 'builtin') {
    inferBuiltin(cx, call, expansion)
    return
  }
  if (expansion.k === 'lost') noteReads(cx, call, expansion)
  if (expansion.k !== 'ok' || !expansion.fragment.pat) {
    reference(cx, placeOfName(call), `${nameOf(call)}!`, 'path', { k: 'unresolved', why: 'opaque macro' })
    return
  }
  // Bindings of the pattern must outlive it, so only the source is put back.
  const { source } = cx
  cx.source = expansion.source
  check(expansion.fragment.pat)
  cx.source = source
}
