/**
 * Facts as short text, so that a test reads like the Rust it is about. It shows structure (what belongs to what), not
 * places; tests of places look at the facts themselves.
 */
import type { Bound, Expr, GenericArg, Pat, Path, Stmt, TypeRef } from '../../src/syntax/ast.js'

export function showPath(path: Path): string {
  const qself = path.qself
  const self = qself
    ? `<${showType(qself.ty)}${qself.trait ? ` as ${showPath(qself.trait)}` : ''}>::`
    : path.global
      ? '::'
      : ''
  return self + path.segments.map((segment) => segment.name + showArgs(segment.args)).join('::')
}

function showArgs(args: Path['segments'][number]['args']): string {
  if (!args) return ''
  const list = args.args.map(showArg)
  if (args.parenthesized) {
    const { output } = args.parenthesized
    return `(${list.join(', ')})${output ? ` -> ${showType(output)}` : ''}`
  }
  const bindings = args.bindings.map((binding) =>
    binding.ty
      ? `${binding.name}${showArgs(binding.args)} = ${showType(binding.ty)}`
      : `${binding.name}: ${showBounds(binding.bounds)}`,
  )
  return `<${[...list, ...bindings].join(', ')}>`
}

function showArg(arg: GenericArg): string {
  return arg.k === 'const' ? `{${showExpr(arg.value)}}` : showType(arg)
}

export function showBounds(bounds: readonly Bound[]): string {
  return bounds.map((bound) => (bound.maybe ? '?' : '') + showPath(bound.path)).join(' + ')
}

export function showType(type: TypeRef): string {
  switch (type.k) {
    case 'path':
      return showPath(type.path)
    case 'ref':
      return `&${type.mut ? 'mut ' : ''}${showType(type.ty)}`
    case 'ptr':
      return `*${type.mut ? 'mut' : 'const'} ${showType(type.ty)}`
    case 'slice':
      return `[${showType(type.ty)}]`
    case 'array':
      return `[${showType(type.ty)}; ${showExpr(type.len)}]`
    case 'tuple':
      return `(${type.tys.map((part) => `${showType(part)},`).join(' ')})`
    case 'never':
      return '!'
    case 'infer':
      return '_'
    case 'fn': {
      const head = `${type.unsafe ? 'unsafe ' : ''}${type.abi === undefined ? '' : `extern "${type.abi}" `}`
      const params = [...type.params.map(showType), ...(type.variadic ? ['...'] : [])]
      return `${head}fn(${params.join(', ')})${type.ret ? ` -> ${showType(type.ret)}` : ''}`
    }
    case 'dyn':
    case 'impl':
      return `${type.k} ${showBounds(type.bounds)}`
    case 'macro':
      return `${showPath(type.call.path)}!`
    case 'error':
      return 'ERROR'
  }
}

export function showPat(pat: Pat): string {
  switch (pat.k) {
    case 'wild':
      return '_'
    case 'rest':
      return '..'
    case 'bind':
      return `${pat.ref ? 'ref ' : ''}${pat.mut ? 'mut ' : ''}${pat.name}${pat.sub ? ` @ ${showPat(pat.sub)}` : ''}`
    case 'path':
      return `path ${showPath(pat.path)}`
    case 'tuple struct':
      return `${showPath(pat.path)}(${pat.pats.map(showPat).join(', ')})`
    case 'struct': {
      const fields = pat.fields.map((field) => `${field.name}: ${showPat(field.pat)}`)
      return `${showPath(pat.path)} { ${[...fields, ...(pat.rest ? ['..'] : [])].join(', ')} }`
    }
    case 'tuple':
      return `(${pat.pats.map((part) => `${showPat(part)},`).join(' ')})`
    case 'slice':
      return `[${pat.pats.map(showPat).join(', ')}]`
    case 'or':
      return pat.pats.map(showPat).join(' | ')
    case 'ref':
      return `&${pat.mut ? 'mut ' : ''}${showPat(pat.pat)}`
    case 'box':
      return `box ${showPat(pat.pat)}`
    case 'expr':
      return `= ${showExpr(pat.expr)}`
    case 'range':
      return `${pat.from ? showExpr(pat.from) : ''}..${pat.to ? showExpr(pat.to) : ''}`
    case 'macro':
      return `${showPath(pat.call.path)}!`
    default:
      return pat.k.toUpperCase()
  }
}

const optional = (expr: Expr | undefined): string => (expr ? ` ${showExpr(expr)}` : '')
const labelled = (label: string | undefined): string => (label === undefined ? '' : `'${label}: `)

export function showExpr(expr: Expr): string {
  switch (expr.k) {
    case 'path':
      return showPath(expr.path)
    case 'lit':
      return 'value' in expr.lit ? `${expr.lit.k} ${JSON.stringify(expr.lit.value)}` : expr.lit.k
    case 'call':
      return `${showExpr(expr.callee)}(${expr.args.map(showExpr).join(', ')})`
    case 'method':
      return `${showExpr(expr.receiver)}.${expr.name}${showArgs(expr.generics)}(${expr.args.map(showExpr).join(', ')})`
    case 'field':
      return `${showExpr(expr.base)}.${expr.name}`
    case 'index':
      return `${showExpr(expr.base)}[${showExpr(expr.index)}]`
    case 'unary':
      return `(${expr.op}${showExpr(expr.expr)})`
    case 'binary':
    case 'lazy':
      return `(${showExpr(expr.lhs)} ${expr.op} ${showExpr(expr.rhs)})`
    case 'assign':
      return `(${showExpr(expr.lhs)} ${expr.op ?? ''}= ${showExpr(expr.rhs)})`
    case 'ref':
      return `(&${expr.raw ? 'raw ' : ''}${expr.mut ? 'mut ' : ''}${showExpr(expr.expr)})`
    case 'cast':
      return `(${showExpr(expr.expr)} as ${showType(expr.ty)})`
    case 'range':
      return `(${expr.from ? showExpr(expr.from) : ''}..${expr.inclusive ? '=' : ''}${expr.to ? showExpr(expr.to) : ''})`
    case 'try':
      return `${showExpr(expr.expr)}?`
    case 'await':
      return `${showExpr(expr.expr)}.await`
    case 'let':
      return `let ${showPat(expr.pat)} = ${showExpr(expr.expr)}`
    case 'if':
      return `if ${showExpr(expr.cond)} ${showExpr(expr.then)}${expr.else ? ` else${optional(expr.else)}` : ''}`
    case 'match': {
      const arms = expr.arms.map(
        (arm) => `${showPat(arm.pat)}${arm.guard ? ` if${optional(arm.guard)}` : ''} => ${showExpr(arm.body)}`,
      )
      return `match ${showExpr(expr.expr)} { ${arms.join(', ')} }`
    }
    case 'loop':
      return `${labelled(expr.label)}loop ${showExpr(expr.body)}`
    case 'while':
      return `${labelled(expr.label)}while ${showExpr(expr.cond)} ${showExpr(expr.body)}`
    case 'for':
      return `${labelled(expr.label)}for ${showPat(expr.pat)} in ${showExpr(expr.iter)} ${showExpr(expr.body)}`
    case 'block': {
      const mode = expr.mode === 'plain' ? '' : `${expr.mode} `
      return `${labelled(expr.label)}${mode}{ ${[...expr.stmts.map(showStmt), ...(expr.tail ? [showExpr(expr.tail)] : [])].join(' ')} }`
    }
    case 'closure': {
      const params = expr.params.map((param) => showPat(param.pat) + (param.ty ? `: ${showType(param.ty)}` : ''))
      const head = `${expr.async ? 'async ' : ''}${expr.move ? 'move ' : ''}`
      return `${head}|${params.join(', ')}|${expr.ret ? ` -> ${showType(expr.ret)}` : ''} ${showExpr(expr.body)}`
    }
    case 'tuple':
      return `(${expr.exprs.map((part) => `${showExpr(part)},`).join(' ')})`
    case 'array':
      return `[${expr.exprs.map(showExpr).join(', ')}]`
    case 'repeat':
      return `[${showExpr(expr.expr)}; ${showExpr(expr.len)}]`
    case 'struct': {
      const fields = expr.fields.map((field) => `${field.name}: ${showExpr(field.expr)}`)
      return `${showPath(expr.path)} { ${[...fields, ...(expr.base ? [`..${showExpr(expr.base)}`] : [])].join(', ')} }`
    }
    case 'return':
    case 'yield':
    case 'become':
      return expr.k + optional(expr.expr)
    case 'break':
      return `break${expr.label === undefined ? '' : ` '${expr.label}`}${optional(expr.expr)}`
    case 'continue':
      return `continue${expr.label === undefined ? '' : ` '${expr.label}`}`
    case 'underscore':
      return '_'
    case 'macro':
      return `${showPath(expr.call.path)}!`
    case 'error':
      return 'ERROR'
  }
}

export function showStmt(stmt: Stmt): string {
  switch (stmt.k) {
    case 'let': {
      const type = stmt.ty ? `: ${showType(stmt.ty)}` : ''
      return `let ${showPat(stmt.pat)}${type}${stmt.init ? ` =${optional(stmt.init)}` : ''}${stmt.else ? ` else${optional(stmt.else)}` : ''};`
    }
    case 'expr':
      return showExpr(stmt.expr) + (stmt.semi ? ';' : '')
    case 'macro':
      return `${showPath(stmt.call.path)}!${stmt.semi ? ';' : ''}`
    case 'item':
      return `item ${stmt.item.k} ${stmt.item.name};`
  }
}
