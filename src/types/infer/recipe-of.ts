/**
 * The recipe of a body (recipe-code.ts), made when all of it was inferred: only of one that works something out (operators, loops,
 * closures, what goes through iterators), and of no large one. Macros are looked through where they were expanded; whatever is
 * not expressed makes an `unknown`.
 */
import type { ConstDef, StaticDef } from '../../names/index.js'
import type { Block, Conditional, Expr, MacroCall, Pat, Path, Stmt } from '../../syntax/index.js'
import type { BodyOwner, BodyRecipe } from '../body-types.js'
import type { BodyValue, CallValues } from '../body-values.js'
import type { Code, Pattern } from '../recipe-code.js'
import { resolve } from '../table.js'
import type { Ty } from '../ty.js'
import type { BodyContext, Local } from './body-context.js'

/** Nodes of one recipe: what decodes a text is small. */
const SIZE_LIMIT = 700
/** Longer arrays and texts are kept whole up to here: payloads of a few hundred bytes are usual. */
const ELEMENTS_LIMIT = 600

/** Undefined for a body that works nothing out, or is too large. */
export function recipeOf(cx: BodyContext, owner: BodyOwner, expr: Expr): BodyRecipe | undefined {
  if (!cx.notes.computes) return undefined
  const maker = new RecipeMaker(cx)
  const params = owner.kind === 'fn' ? paramsOf(cx, maker) : []
  const code = maker.code(expr)
  return maker.isTooLarge ? undefined : { params, code, calls: maker.calls, consts: maker.consts }
}

const paramsOf = (cx: BodyContext, maker: RecipeMaker): readonly Pattern[] =>
  cx.notes.params.map((pat) => maker.pattern(pat))

class RecipeMaker {
  readonly calls: CallValues[] = []
  readonly consts: (ConstDef | StaticDef)[] = []
  readonly #locals = new Map<Local, number>()
  #size = 0

  constructor(private readonly cx: BodyContext) {}

  get isTooLarge(): boolean {
    return this.#size > SIZE_LIMIT
  }

  code(expr: Expr): Code {
    if (this.#size++ > SIZE_LIMIT) return NOTHING
    switch (expr.k) {
      case 'lit':
        return this.#literal(expr)
      case 'path':
        return this.#path(expr.path)
      case 'macro':
        return this.#macro(expr.call, expr)
      case 'call':
        return this.#call(expr)
      case 'method': {
        const call = this.cx.notes.callOf.get(expr)
        const args = this.#all([expr.receiver, ...expr.args])
        return call ? { k: 'call', n: numberOf(this.calls, call), args } : this.#unknown(expr)
      }
      case 'binary': {
        const of = [this.code(expr.lhs), this.code(expr.rhs)] as const
        return { k: 'binary', op: expr.op, of, type: this.#typeOf(expr) }
      }
      case 'lazy':
        return { k: 'binary', op: expr.op, of: [this.code(expr.lhs), this.code(expr.rhs)], type: 'bool' }
      case 'unary':
        if (expr.op === '*') return { k: 'deref', of: this.code(expr.expr) }
        return { k: 'unary', op: expr.op, of: this.code(expr.expr), type: this.#typeOf(expr) }
      case 'assign': {
        const op = expr.op === undefined ? {} : { op: expr.op }
        return { k: 'assign', ...op, to: this.code(expr.lhs), of: this.code(expr.rhs), type: this.#typeOf(expr) }
      }
      case 'ref':
        return expr.raw ? this.#unknown(expr) : { k: 'ref', of: this.code(expr.expr), mut: expr.mut }
      case 'cast':
        return { k: 'cast', of: this.code(expr.expr), type: this.#typeOf(expr) }
      case 'range': {
        const from = expr.from && this.code(expr.from)
        const to = expr.to && this.code(expr.to)
        return { k: 'range', ...(from && { from }), ...(to && { to }), inclusive: expr.inclusive }
      }
      case 'try':
        return { k: 'try', of: this.code(expr.expr) }
      case 'let':
        return { k: 'matches', of: this.code(expr.expr), pattern: this.pattern(expr.pat) }
      case 'field':
        return { k: 'field', of: this.code(expr.base), name: expr.name }
      case 'index':
        return { k: 'index', of: this.code(expr.base), at: this.code(expr.index) }
      case 'tuple':
        return { k: 'tuple', of: this.#all(this.#held(expr.exprs)) }
      case 'array':
        if (expr.exprs.length > ELEMENTS_LIMIT || expr.exprs.some(({ cfg }) => cfg)) return NOTHING
        return this.#array(expr.exprs)
      case 'repeat':
        return { k: 'repeat', of: this.code(expr.expr), times: this.code(expr.len) }
      case 'closure':
        if (expr.async) return this.#unknown(expr)
        return { k: 'closure', params: expr.params.map(({ pat }) => this.pattern(pat)), body: this.code(expr.body) }
      default:
        return this.#control(expr)
    }
  }

  #control(expr: Expr): Code {
    switch (expr.k) {
      case 'block':
        return expr.mode === 'async' || expr.mode === 'gen' || expr.mode === 'try'
          ? this.#unknown(expr)
          : this.#block(expr)
      case 'if': {
        const [cond, then] = [this.code(expr.cond), this.code(expr.then)]
        return { k: 'if', cond, then, ...(expr.else && { else: this.code(expr.else) }) }
      }
      case 'match': {
        const of = this.code(expr.expr)
        const arms = this.#held(expr.arms).map(({ pat, guard, body }) => {
          const pattern = this.pattern(pat)
          return { pattern, ...(guard && { guard: this.code(guard) }), body: this.code(body) }
        })
        return { k: 'match', of, arms }
      }
      case 'for': {
        const of = this.code(expr.iter)
        const pattern = this.pattern(expr.pat)
        return { k: 'for', pattern, of, body: this.code(expr.body), ...labelled(expr.label) }
      }
      case 'while':
        return { k: 'while', cond: this.code(expr.cond), body: this.code(expr.body), ...labelled(expr.label) }
      case 'loop':
        return { k: 'while', body: this.code(expr.body), ...labelled(expr.label) }
      case 'return':
        return { k: 'return', ...(expr.expr && { of: this.code(expr.expr) }) }
      case 'break':
        return { k: 'break', ...(expr.expr && { of: this.code(expr.expr) }), ...labelled(expr.label) }
      case 'continue':
        return { k: 'continue', ...labelled(expr.label) }
      case 'struct':
        return this.#struct(expr)
      default:
        return this.#unknown(expr)
    }
  }

  /** A table of numbers is one text: there are large ones. */
  #array(exprs: readonly Expr[]): Code {
    const numbers = exprs.flatMap((expr) => {
      const part = isLiteral(expr) ? this.#literal(expr) : undefined
      return part?.k === 'number' ? [part.text] : []
    })
    if (numbers.length === exprs.length && numbers.length > 0) return { k: 'numbers', text: numbers.join() }
    return { k: 'array', of: this.#all(exprs) }
  }

  #struct(expr: Expr & { k: 'struct' }): Code {
    if (expr.base) return this.#unknown(expr)
    const fields = this.#held(expr.fields)
    const name = expr.path.segments.at(-1)?.name ?? ''
    return {
      k: 'make',
      name,
      of: fields.map((field) => this.code(field.expr)),
      fields: fields.map((field) => field.name),
    }
  }

  #block({ stmts, tail, label }: Block): Code {
    const of = stmts.flatMap((stmt) => this.#statement(stmt))
    const end = tail && this.cx.holds(tail.cfg) ? this.code(tail) : undefined
    const last = stmts.at(-1)
    const gives = end !== undefined || (!tail && last?.k === 'macro' && !last.semi)
    return { k: 'block', of: end ? [...of, end] : of, gives, ...labelled(label) }
  }

  #statement(stmt: Stmt): readonly Code[] {
    if (stmt.k === 'item' || !this.cx.holds(stmt.cfg)) return []
    if (stmt.k === 'expr') return [this.code(stmt.expr)]
    if (stmt.k === 'macro') {
      const made = this.cx.notes.madeStatements.get(stmt.call)
      if (!made) return [this.#macro(stmt.call, stmt)]
      return [...made.stmts.flatMap((inner) => this.#statement(inner)), ...(made.tail ? [this.code(made.tail)] : [])]
    }
    const of = stmt.init && this.code(stmt.init)
    const other = stmt.else && this.code(stmt.else)
    return [{ k: 'let', pattern: this.pattern(stmt.pat), ...(of && { of }), ...(other && { else: other }) }]
  }

  #literal(expr: Expr & { k: 'lit' }): Code {
    const { lit } = expr
    if (lit.k === 'str' || lit.k === 'cstr') return { k: 'text', text: lit.value }
    if (lit.k === 'bytes') return { k: 'bytes', text: lit.value }
    if (lit.k === 'int') return { k: 'number', text: lit.value }
    const text = this.cx.notes.literalTexts.get(expr)
    if (text === undefined || lit.k === 'float') return NOTHING
    if (lit.k === 'bool') return { k: 'bool', text }
    const char = unquoted(text)
    if (char === undefined) return NOTHING
    return lit.k === 'char' ? { k: 'char', text: char } : { k: 'number', text: String(char.codePointAt(0)) }
  }

  #path(path: Path): Code {
    const local = this.cx.notes.variables.get(path)
    if (local) return { k: 'local', n: this.#local(local) }
    const value = this.cx.values.get(path)
    if (value?.k === 'const' && 'def' in value) {
      const { def } = value
      if (def.kind === 'static' && (def.ast.mut || def.foreign)) return NOTHING
      return { k: 'const', n: numberOf(this.consts, def) }
    }
    const call = value?.k === 'closure' && 'given' in value ? resultOf(value.ret) : undefined
    if (call) return { k: 'function', n: numberOf(this.calls, call) }
    const name = this.cx.notes.constructed.get(path)
    return name === undefined ? NOTHING : { k: 'make', name, of: [] }
  }

  #call(expr: Expr & { k: 'call' }): Code {
    const args = this.#all(expr.args)
    const made = this.cx.notes.constructed.get(expr)
    if (made !== undefined) return { k: 'make', name: made, of: args }
    if (expr.callee.k === 'path' && !this.cx.notes.variables.has(expr.callee.path)) {
      const call = this.cx.notes.callOf.get(expr)
      return call ? { k: 'call', n: numberOf(this.calls, call), args } : this.#unknown(expr)
    }
    return { k: 'invoke', of: this.code(expr.callee), args }
  }

  #macro(call: MacroCall, node: object): Code {
    const made = this.cx.values.get(call)
    if (made && 'at' in made) return this.code(made)
    const parts = this.cx.notes.formatted.get(call)
    if (parts)
      return {
        k: 'joined',
        of: parts.map((part) => (typeof part === 'string' ? textCode(part) : part ? this.code(part) : NOTHING)),
      }
    if (made?.k === 'text') return textCode(made.text)
    return this.#unknown(node)
  }

  #all(exprs: readonly Expr[]): readonly Code[] {
    return exprs.map((expr) => this.code(expr))
  }

  #held<T extends Conditional>(parts: readonly T[]): readonly T[] {
    return parts.filter(({ cfg }) => this.cx.holds(cfg))
  }

  pattern(pat: Pat): Pattern {
    switch (pat.k) {
      case 'wild':
        return { k: 'any' }
      case 'rest':
        return { k: 'rest' }
      case 'bind': {
        const local = this.cx.localOfPat.get(pat)
        if (!local) return { k: 'variant', name: pat.name, of: [] }
        return { k: 'bind', n: this.#local(local), ...(pat.sub && { sub: this.pattern(pat.sub) }) }
      }
      case 'tuple':
      case 'slice':
      case 'or':
        return { k: pat.k, of: pat.pats.map((part) => this.pattern(part)) }
      case 'ref':
      case 'box':
        return this.pattern(pat.pat)
      case 'path':
      case 'tuple struct': {
        const name = pat.path.segments.at(-1)?.name ?? ''
        return { k: 'variant', name, of: pat.k === 'path' ? [] : pat.pats.map((part) => this.pattern(part)) }
      }
      case 'struct': {
        const name = pat.path.segments.at(-1)?.name ?? ''
        const of = pat.fields.map((field) => this.pattern(field.pat))
        return { k: 'variant', name, of, fields: pat.fields.map((field) => field.name) }
      }
      case 'expr':
        return { k: 'is', code: this.code(pat.expr) }
      case 'range': {
        const from = pat.from && this.code(pat.from)
        const to = pat.to && this.code(pat.to)
        return { k: 'between', ...(from && { from }), ...(to && { to }) }
      }
      default:
        return { k: 'unknown' }
    }
  }

  /** Whatever it is: the variables that it names may be others behind it. */
  #unknown(node: object): Code {
    const changes = new Set<number>()
    const seen = new Set<object>()
    const look = (part: unknown): void => {
      if (typeof part !== 'object' || part === null || seen.has(part) || seen.size > SIZE_LIMIT) return
      seen.add(part)
      const local = this.cx.notes.variables.get(part as Path)
      if (local) changes.add(this.#local(local))
      for (const inner of Object.values(part)) look(inner)
      const made = this.cx.values.get(part)
      if (made && 'at' in made) look(made)
    }
    look(node)
    return { k: 'unknown', changes: [...changes] }
  }

  #local(local: Local): number {
    let n = this.#locals.get(local)
    if (n === undefined) this.#locals.set(local, (n = this.#locals.size))
    return n
  }

  #typeOf(expr: Expr): string {
    const ty = this.cx.notes.numberTys.get(expr)
    return ty ? nameOf(resolve(this.cx.table, ty)) : ''
  }
}

const NOTHING: Code = { k: 'unknown', changes: [] }

const isLiteral = (expr: Expr): expr is Expr & { k: 'lit' } => expr.k === 'lit'
const nameOf = (ty: Ty): string => (ty.k === 'prim' ? ty.name : '')
const textCode = (text: string): Code => ({ k: 'text', text })
const labelled = (label: string | undefined): { label?: string } => (label === undefined ? {} : { label })

const resultOf = (value: BodyValue | undefined): CallValues | undefined =>
  value?.k === 'result' ? value.of : undefined

function numberOf<T>(list: T[], item: T): number {
  const known = list.indexOf(item)
  return known >= 0 ? known : list.push(item) - 1
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  '0': '\0',
  "'": "'",
  '"': '"',
}

/** The character of `'a'`, `b'\x41'`, `'\u{41}'`. */
function unquoted(text: string): string | undefined {
  const inner = /^b?'(.+)'$/su.exec(text)?.[1]
  if (inner === undefined) return undefined
  if (!inner.startsWith('\\')) return inner
  const code =
    /^\\x([\da-fA-F]{2})$/.exec(inner)?.[1] ?? /^\\u\{([\da-fA-F_]+)\}$/.exec(inner)?.[1]?.replaceAll('_', '')
  if (code === undefined) return ESCAPES[inner.slice(1)]
  const point = Number.parseInt(code, 16)
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined
}
