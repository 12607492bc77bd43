/** Paths that name a struct, union or variant, and associated types on the way there (The Rust Reference, "Paths"). */
import { checked } from '../../base/index.js'
import { type AdtDef, type Def, resolvePath, type VariantDef } from '../../names/index.js'
import type { Path, PathSegment } from '../../syntax/index.js'
import { findAssocType, localType, lowerArgs, lowerTy, tyOfDef } from '../lower.js'
import { normalize } from '../normalize.js'
import { projTy, type Ty, UNKNOWN } from '../ty.js'
import { type BodyContext, lowering, shallowTy } from './body-context.js'

/** A struct, union or variant named by a path in a pattern or struct expression, and its type. */
export function resolveAdt(
  cx: BodyContext,
  path: Path,
): { readonly def: VariantDef | AdtDef; readonly ty: Ty } | undefined {
  const { segments } = path
  const cxl = lowering(cx, true)
  if (!path.qself) {
    const start = localType(cxl, path)
    if (start) return adtMember(cx, start, segments, 1)
    const resolution = resolvePath(cx.module, cx.source, path, 'types')
    const def =
      resolution.rest === segments.length ? (pickAdt(resolution.types) ?? pickAdt(resolution.values)) : resolution.types
    if (!def) return undefined
    if (def.kind === 'variant') return { def, ty: tyOfDef(cxl, def, segments, segments.length - 1) }
    return adtMember(cx, tyOfDef(cxl, def, segments, resolution.rest - 1), segments, resolution.rest)
  }
  return adtMember(
    cx,
    lowerTy(cxl, { k: 'path', path: { ...path, segments: segments.slice(0, -1) } }),
    segments,
    segments.length - 1,
  )
}

const pickAdt = (def: Def | undefined): Def | undefined =>
  def &&
  (def.kind === 'variant' ||
    def.kind === 'struct' ||
    def.kind === 'union' ||
    def.kind === 'alias' ||
    def.kind === 'enum')
    ? def
    : undefined

function adtMember(
  cx: BodyContext,
  start: Ty,
  segments: readonly PathSegment[],
  from: number,
): { readonly def: VariantDef | AdtDef; readonly ty: Ty } | undefined {
  let ty = shallowTy(cx, normalize(cx, start))
  for (let i = from; i < segments.length; i++) {
    const segment = checked(segments[i])
    const variant = ty.k === 'adt' ? ty.def.variants.find((candidate) => candidate.name === segment.name) : undefined
    if (variant) return { def: variant, ty }
    ty = shallowTy(cx, normalize(cx, assocTypeIn(cx, ty, segment)))
  }
  return ty.k === 'adt' ? { def: ty.def, ty } : undefined
}

/** `Self::Name` inside of a path: the projection that the name stands for. */
export function assocTypeIn(cx: BodyContext, self: Ty, segment: PathSegment): Ty {
  const cxl = lowering(cx, true)
  const found = findAssocType(cxl, self, segment.name)
  return found
    ? projTy(found.ref.trait, found.assoc, lowerArgs(cxl, found.assoc, segment.args, found.ref.args))
    : UNKNOWN
}
