/**
 * Macros that the compiler expands itself (`#[rustc_builtin_macro]` in std). Most only hand their arguments on; here
 * those become expressions. Files are included only from inside of the package (law 4), and what a build script makes
 * is reported as generated code.
 */
import type { Expr } from '../../syntax/index.js'
import { stringLiteral } from '../../syntax/index.js'
import { lose } from '../crate-state.js'
import { asmOperands } from './asm-operands.js'
import { type Argument, type BuiltinCall, expressionList } from './builtin-call.js'
import { cfgSelect } from './cfg-select.js'
import { compilerReads } from './compiler-reads.js'
import type { Expansion } from './expansion.js'
import { copyText, KEEP_MARKS, newExpansionText, writeText } from './expansion-text.js'
import { formatArguments } from './format-arguments.js'
import { expandInclude } from './include.js'
import { lostCall, parsed } from './made-expansion.js'
import { type TokenBuffer, tokenBuffer } from './token-buffer.js'

/** How each macro's arguments are found. Those not listed take a list of expressions. */
const ARGUMENTS: ReadonlyMap<string, (buffer: TokenBuffer) => readonly Argument[]> = new Map([
  ['format_args', formatArguments],
  ['format_args_nl', formatArguments],
  ['const_format_args', formatArguments],
  ['std_panic', formatArguments],
  ['core_panic', formatArguments],
  ['panic', formatArguments],
  ['unreachable', formatArguments],
  ['assert', (buffer: TokenBuffer) => formatArguments(buffer, 1)],
  ['asm', asmOperands],
  ['global_asm', asmOperands],
  ['naked_asm', asmOperands],
])
/** Macros whose tokens are no code. */
const NO_CODE = new Set(
  'stringify concat_idents line column file module_path cfg env option_env include_str include_bytes compile_error trace_macros log_syntax concat_bytes pattern_type'.split(
    ' ',
  ),
)

export function expandBuiltin(cx: BuiltinCall): Expansion {
  const { state, def, source, call, as } = cx
  const name = def.builtin as string
  const buffer = tokenBuffer(source, call.tokens.at, call.tokens.end, state.crate.edition)
  if (!buffer) return lostCall(state, 'unresolved macro', `${name}!: delimiters do not match`, source, call, as)
  if (name === 'include') return withReads(expandInclude(cx, buffer), compilerReads(cx, buffer))
  if (name === 'cfg_select') return cfgSelect(cx, buffer)
  const format = firstString(buffer)
  const reads = compilerReads(cx, buffer)
  const rest = { ...(format !== undefined && { format }), ...(reads.length > 0 && { reads }) }
  const args = NO_CODE.has(name) ? [] : (ARGUMENTS.get(name) ?? expressionList)(buffer)
  if (args.length === 0) return { k: 'builtin', name, source, args: [], ...rest }
  const text = newExpansionText()
  writeText(text, '(', source, call.at, KEEP_MARKS)
  for (const arg of args) {
    if (arg.capture === undefined) copyText(text, source, arg.at, arg.end, KEEP_MARKS)
    else writeText(text, arg.capture, source, arg.at, KEEP_MARKS)
    writeText(text, ',', source, call.at, KEEP_MARKS)
  }
  writeText(text, ')', source, call.at, KEEP_MARKS)
  const made = parsed(state, name, text, source, call, 'expression')
  if (made.fragment.facts.errors.length > 0) {
    lose(state, 'syntax error', `arguments of ${name}!`, source, call.at)
  }
  const elements = elementsOf(made.fragment.expr)
  const formatted = elements.length === args.length && args.some((arg) => arg.formattedBy)
  return {
    k: 'builtin',
    name,
    source: made.source,
    args: elements,
    fragment: made.fragment,
    ...(formatted && {
      formattedBy: args.map((arg) => arg.formattedBy ?? []),
      argumentNames: args.map((arg) => arg.capture ?? arg.name),
    }),
    ...rest,
  }
}

const withReads = (expansion: Expansion, reads: readonly string[]): Expansion =>
  expansion.k === 'lost' && reads.length > 0 ? { ...expansion, reads } : expansion

function elementsOf(expr: Expr | undefined): readonly Expr[] {
  if (!expr) return []
  return expr.k === 'tuple' ? expr.exprs : [expr]
}

/** The first token's value, when that is a string. */
function firstString(buffer: TokenBuffer): string | undefined {
  const first = buffer.tokens[0]
  const literal = first?.kind === 'literal' ? stringLiteral(first.text) : undefined
  return literal?.k === 'str' ? literal.value : undefined
}
