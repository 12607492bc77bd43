/**
 * What the compiler reads for a built-in macro: a variable of its environment (`env!`, `option_env!`), a file
 * (`include_str!`, `include_bytes!`, `include!`). Only what may be of the machine that builds: variables that cargo sets for each crate
 * and files of the package are none of it.
 */
import { checked } from '../../base/index.js'
import { joinPath } from '../../project/index.js'
import { stringLiteral } from '../../syntax/index.js'
import { directoryOf } from '../module-files.js'
import { callingFile } from '../source.js'
import type { BuiltinCall } from './builtin-call.js'
import type { TokenBuffer } from './token-buffer.js'

/** A piece of a text that the compiler puts together: as it stands, a variable of its environment, not known. */
type Piece = { readonly text: string } | { readonly variable: string } | undefined

const INCLUDES: ReadonlySet<string> = new Set(['include', 'include_str', 'include_bytes'])
const UNKNOWN = '*'
const ROOT = 'CARGO_MANIFEST_DIR'
const OUT_DIR = 'OUT_DIR'

/** Set by cargo when it compiles a crate (The Cargo Book, "Environment variables Cargo sets for crates"). */
const SET_BY_CARGO =
  /^(?:CARGO|CARGO_MANIFEST_(?:DIR|PATH)|CARGO_PKG_(?:VERSION(?:_(?:MAJOR|MINOR|PATCH|PRE))?|AUTHORS|NAME|DESCRIPTION|HOMEPAGE|REPOSITORY|LICENSE|LICENSE_FILE|RUST_VERSION|README)|CARGO_CRATE_NAME|CARGO_BIN_NAME|CARGO_BIN_EXE_.+|CARGO_PRIMARY_PACKAGE|CARGO_TARGET_TMPDIR|OUT_DIR)$/
/** Of these the ones in which no path can stand. */
const ONE_WORD = /^CARGO_(?:PKG_NAME|PKG_VERSION(?:_(?:MAJOR|MINOR|PATCH|PRE))?|CRATE_NAME|BIN_NAME)$/

/** `env NAME` and `file PATH`, as the maps and a report name them; in a path `$NAME` is a variable, `*` what is not known. */
export function compilerReads(cx: BuiltinCall, buffer: TokenBuffer): readonly string[] {
  const { builtin } = cx.def
  const isFile = builtin !== undefined && INCLUDES.has(builtin)
  if (!isFile && builtin !== 'env' && builtin !== 'option_env') return []
  const pieces = piecesOf(buffer, 0, argumentEnd(buffer, 0, buffer.tokens.length))
  if (!isFile) {
    const name = spelled(pieces)
    return SET_BY_CARGO.test(name) ? [] : [`env ${name}`]
  }
  const named = pieces.flatMap((piece) => (piece && 'variable' in piece ? [piece.variable] : []))
  const variables = named.filter((name) => !SET_BY_CARGO.test(name)).map((name) => `env ${name}`)
  return staysInside(cx, pieces) ? variables : [...variables, `file ${spelled(pieces)}`]
}

function spelled(pieces: readonly Piece[]): string {
  const parts = pieces.map((piece) => (!piece ? UNKNOWN : 'text' in piece ? piece.text : `$${piece.variable}`))
  return parts.join('')
}

/** Whether it is certain that the file is one of the package, or one that its build script made. */
function staysInside(cx: BuiltinCall, pieces: readonly Piece[]): boolean {
  const [first] = pieces
  const base =
    first && 'variable' in first && (first.variable === ROOT || first.variable === OUT_DIR) ? first : undefined
  const rest = base ? pieces.slice(1) : pieces
  if (rest.some((piece) => !piece || ('variable' in piece && !ONE_WORD.test(piece.variable)))) return false
  const path = spelled(rest)
  // What follows the directory without a divider is part of its name.
  if (base && path !== '' && !/^[\\/]/.test(path)) return false
  const relative = base ? path.replace(/^[\\/]+/, '') : path
  if (base?.variable === OUT_DIR) return joinPath('', relative) !== undefined
  const isLink = cx.state.program.files.isLink(cx.state.packageId)
  // Relative to where the outermost macro is called, wherever the macros themselves were written.
  const file = joinPath(base ? '' : directoryOf(callingFile(cx.source).path), relative, isLink)
  return file !== undefined && !file.split('/').some((_, i, parts) => isLink(parts.slice(0, i + 1).join('/')))
}

/** Nested macros of the compiler that make a text; of all else nothing is known. */
function piecesOf(buffer: TokenBuffer, from: number, to: number): readonly Piece[] {
  const { tokens, match, text } = buffer
  const first = tokens[from]
  if (!first || from >= to) return [undefined]
  if (first.kind === 'open' && match[from] === to - 1) return piecesOf(buffer, from + 1, to - 1)
  if (first.kind === 'literal' && to === from + 1) {
    const literal = stringLiteral(first.text)
    return [literal?.k === 'str' ? { text: literal.value } : undefined]
  }
  const open = openOf(buffer, from, to)
  if (open === undefined || match[open] !== to - 1) return [undefined]
  const name = tokens[open - 2]?.text
  if (name === 'stringify') {
    const last = tokens[to - 2]
    return last && open + 2 === to - 1 ? [{ text: text.slice(checked(tokens[open + 1]).at, last.end) }] : [undefined]
  }
  if (name === 'env') {
    const variable = piecesOf(buffer, open + 1, argumentEnd(buffer, open + 1, to - 1))
    return [{ variable: spelled(variable) }]
  }
  if (name !== 'concat') return [undefined]
  const pieces: Piece[] = []
  for (let at = open + 1; at < to - 1; ) {
    const end = argumentEnd(buffer, at, to - 1)
    pieces.push(...piecesOf(buffer, at, end))
    at = end + 1
  }
  return pieces
}

/** The delimiter of a macro call that begins at `from`, `::core::concat!(` too. */
function openOf({ tokens }: TokenBuffer, from: number, to: number): number | undefined {
  for (let at = from; at < to; at++) {
    if (tokens[at]?.text === '!') return tokens[at + 1]?.kind === 'open' ? at + 1 : undefined
    if (tokens[at]?.kind === 'open' || tokens[at]?.kind === 'literal') return undefined
  }
  return undefined
}

/** The index of the comma behind the argument at `from`, or of the end. */
function argumentEnd({ tokens, match }: TokenBuffer, from: number, to: number): number {
  let at = from
  while (at < to && tokens[at]?.text !== ',') at = tokens[at]?.kind === 'open' ? checked(match[at]) + 1 : at + 1
  return Math.min(at, to)
}
