/**
 * What is known of the arguments of a body's calls, and of what the body gives to who calls it, as records of its crate's
 * share. A call of whose arguments nothing is known has no record, unless its result is another's argument.
 */
import { createHash } from 'node:crypto'
import type { AdtDef, ConstDef, StaticDef, VariantDef } from '../names/index.js'
import { bodyOf, definitionPath, mayBeRewritten } from '../names/index.js'
import type { Code, RecipeConst } from '../types/index.js'
import { anyOf, type BodyRecipe, type BodyTypes, type BodyValue, type CallValues } from '../types/index.js'
import type { FunctionKey, ShareFunction } from './crate-share.js'
import { functionKey } from './function-keys.js'
import type { ShareBuilder } from './share-builder.js'
import type { SymbolicValue } from './symbolic-values.js'

type ShareRecipe = NonNullable<ShareFunction['recipe']>
type ShareValue = SymbolicValue<FunctionKey>

/** How deep a value may nest, and of how many parts it may be made; what is beyond is not known. */
const VALUE_DEPTH_LIMIT = 12
const VALUE_SIZE_LIMIT = 200
/** So much of a text is kept; of a longer one the digest of the whole stands behind it. */
const TEXT_LENGTH = 300

/** `siteOf`: the places of the body's calls; `typesOf`: of their arguments, those types that are told. */
export function noteArguments(
  builder: ShareBuilder,
  index: number,
  types: BodyTypes,
  siteOf: ReadonlyMap<CallValues, number>,
  typesOf: ReadonlyMap<CallValues, readonly (string | undefined)[]>,
): void {
  const record = builder.functions[index]
  const todo: CallValues[] = []
  const isNoted = new Set<CallValues>()
  const want = (call: CallValues): void => {
    if (isNoted.has(call)) return
    isNoted.add(call)
    todo.push(call)
  }
  const cx = { builder, siteOf, want, size: 0 }
  for (const call of siteOf.keys()) if (call.args.some((arg) => arg !== undefined)) want(call)
  for (const call of typesOf.keys()) want(call)
  if (types.returned) {
    cx.size = 0
    const returns = converted(cx, types.returned, 0)
    if (returns && record) record.returns = returns
  }
  const recipe = types.recipe && keptRecipe(cx, types.recipe)
  if (recipe && record) record.recipe = recipe
  for (const { of, name, value } of types.fieldWrites ?? []) {
    cx.size = 0
    noteWrite(builder, index, fieldName(of, name), converted(cx, value, 0))
  }
  for (const call of todo) {
    const site = builder.sites[siteOf.get(call) ?? -1]
    if (!site) continue
    const typed = typesOf.get(call)
    site.values = call.args.map((arg, i) => {
      cx.size = 0
      const value = converted(cx, arg, 0)
      const type = typed?.[i]
      return type === undefined ? value : { k: 'typed', type, of: value }
    })
  }
}

interface Conversion {
  readonly builder: ShareBuilder
  readonly siteOf: ReadonlyMap<CallValues, number>
  readonly want: (call: CallValues) => void
  size: number
}

function converted(cx: Conversion, value: BodyValue | undefined, depth: number): ShareValue | null {
  if (!value || depth > VALUE_DEPTH_LIMIT || cx.size >= VALUE_SIZE_LIMIT) return null
  cx.size++
  const inner = (part: BodyValue | undefined): ShareValue | null => converted(cx, part, depth + 1)
  switch (value.k) {
    case 'text':
      return { k: 'text', text: keptText(value.text) }
    case 'number':
      return value
    case 'built with':
      return { k: 'built with', text: value.variable }
    case 'param':
      return value
    case 'handed': {
      const call = siteOfCall(cx, value.by)
      return call === undefined ? null : { k: 'handed', call, index: value.index }
    }
    case 'result': {
      const call = siteOfCall(cx, value.of)
      return call === undefined ? null : { k: 'result', call }
    }
    case 'changed': {
      const call = siteOfCall(cx, value.by)
      return call === undefined ? null : { k: 'changed', call, of: inner(value.of) }
    }
    case 'any':
    case 'list':
    case 'joined':
    case 'bits':
      return { k: value.k, of: value.of.map(inner) }
    case 'partly':
    case 'cast':
    case 'element': {
      const of = inner(value.of)
      return of && { ...value, of }
    }
    case 'closure': {
      const of = inner(value.ret)
      return of && { k: 'closure', of }
    }
    case 'given':
      return inner(anyOf(value.to.given.map((args) => args[value.index])))
    case 'tuple':
    case 'struct':
      return { k: value.k, of: [...value.of].map(([name, part]) => [name, inner(part)] as const) }
    case 'field': {
      const of = inner(value.of)
      return of && { k: 'field', of, name: value.name }
    }
    case 'member':
      return { k: 'member', of: fieldName(value.of, value.name) }
    case 'const':
      return initialiser(cx.builder, value.def)
  }
}

/** Undefined where a call or constant has no name here. */
function keptRecipe(cx: Conversion, { calls, consts, ...rest }: BodyRecipe): ShareRecipe | undefined {
  const sites = calls.map((call) => siteOfCall(cx, call))
  const known = consts.map((def): RecipeConst<FunctionKey> | undefined => {
    const of = functionKey(cx.builder.tcx, def)
    return plainCode(def) ?? (of === undefined ? undefined : { k: 'initialiser', of })
  })
  if (sites.includes(undefined) || known.includes(undefined)) return undefined
  return {
    ...rest,
    calls: sites.filter((site) => site !== undefined),
    consts: known.filter((one) => one !== undefined),
  }
}

/** Of a constant that has no body of its own in the graph (bodies.ts). */
function plainCode(def: ConstDef | StaticDef): Code | undefined {
  if (def.kind !== 'const' || mayBeRewritten(def)) return undefined
  const expr = bodyOf(def)?.expr
  if (expr?.k !== 'lit') return undefined
  const { lit } = expr
  if (lit.k === 'str' || lit.k === 'cstr') return { k: 'text', text: lit.value }
  if (lit.k === 'bytes') return { k: 'bytes', text: lit.value }
  return lit.k === 'int' ? { k: 'number', text: lit.value } : undefined
}

const fieldNames = new WeakMap<AdtDef | VariantDef, string>()

/** A field by its type's path and its own name: those that builds have in one place are taken together. */
function fieldName(def: AdtDef | VariantDef, name: string): string {
  let path = fieldNames.get(def)
  if (path === undefined) fieldNames.set(def, (path = `${def.crate.unit?.id ?? ''}|${definitionPath(def)}`))
  return `${path}.${name}`
}

/** That something is written of which nothing is known, is noted once for a field. */
function noteWrite({ open, lostFields }: ShareBuilder, index: number, field: string, value: ShareValue | null): void {
  if (value === null && lostFields.has(field)) return
  if (value === null) lostFields.add(field)
  open.fieldWrites.push({ field, function: index, value })
}

function siteOfCall({ siteOf, want }: Conversion, call: CallValues): number | undefined {
  const site = siteOf.get(call)
  if (site !== undefined) want(call)
  return site
}

/** The sign bit of the smallest integers. */
const SMALLEST_SIGN = 128

const plainValues = new WeakMap<ConstDef | StaticDef, ShareValue | null>()

/** A number or text is put in the constant's place: it has no body of its own in the graph (bodies.ts). */
function initialiser({ tcx }: ShareBuilder, def: ConstDef | StaticDef): ShareValue | null {
  const known = plainValues.get(def)
  if (known !== undefined) return known
  const value = plainValue(def) ?? keyed()
  plainValues.set(def, value)
  return value

  function keyed(): ShareValue | null {
    // Whoever may write to it gives it other values.
    if (def.kind === 'static' && (def.ast.mut || def.foreign)) return null
    const of = functionKey(tcx, def)
    return of === undefined ? null : { k: 'initialiser', of }
  }
}

function plainValue(def: ConstDef | StaticDef): ShareValue | undefined {
  if (def.kind !== 'const' || mayBeRewritten(def)) return undefined
  const body = bodyOf(def)
  let expr = body?.expr
  let sign = ''
  let isCast = false
  while (expr?.k === 'unary' || expr?.k === 'cast') {
    isCast ||= expr.k === 'cast'
    if (expr.k === 'unary' && expr.op !== '-') return undefined
    if (expr.k === 'unary') sign = '-'
    expr = expr.expr
  }
  if (!body || expr?.k !== 'lit') return undefined
  const { lit } = expr
  // A cast to a small type may cut it, or fill it with its sign: which type that is, is not looked up here.
  if (lit.k === 'int' && isCast && !(Number(lit.value.replaceAll('_', '')) < SMALLEST_SIGN)) return undefined
  if (lit.k === 'int') return { k: 'number', text: sign + lit.value }
  if (lit.k === 'str' || lit.k === 'bytes' || lit.k === 'cstr') return { k: 'text', text: keptText(lit.value) }
  return lit.k === 'bool' ? { k: 'number', text: body.source.text.slice(expr.at, expr.end) } : undefined
}

function keptText(text: string): string {
  if (text.length <= TEXT_LENGTH) return text
  const digest = createHash('sha256').update(text).digest('hex')
  return `${text.slice(0, TEXT_LENGTH)}… (${text.length} characters, sha256 ${digest})`
}
