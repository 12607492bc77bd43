/** `impl Trait` in a parameter: each stands for a parameter of its own (The Rust Reference, "Impl trait"). */
import type { Bound, TypeRef } from '../syntax/index.js'

/** Every `impl Trait` in a type, outer ones first. */
export function forEachImplTrait(ty: TypeRef, f: (ty: TypeRef, bounds: readonly Bound[]) => void): void {
  switch (ty.k) {
    case 'impl':
      f(ty, ty.bounds)
      for (const bound of ty.bounds) forEachInPath(bound.path.segments, f)
      break
    case 'dyn':
      for (const bound of ty.bounds) forEachInPath(bound.path.segments, f)
      break
    case 'ref':
    case 'ptr':
    case 'slice':
    case 'array':
      forEachImplTrait(ty.ty, f)
      break
    case 'tuple':
      for (const part of ty.tys) forEachImplTrait(part, f)
      break
    case 'path':
      forEachInPath(ty.path.segments, f)
      break
  }
}

function forEachInPath(segments: Bound['path']['segments'], f: (ty: TypeRef, bounds: readonly Bound[]) => void): void {
  for (const segment of segments) {
    for (const arg of segment.args?.args ?? []) if (arg.k !== 'const') forEachImplTrait(arg, f)
    for (const binding of segment.args?.bindings ?? []) if (binding.ty) forEachImplTrait(binding.ty, f)
    if (segment.args?.parenthesized?.output) forEachImplTrait(segment.args.parenthesized.output, f)
  }
}
