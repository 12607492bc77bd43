/** A short text that is equal for equal types: the key of memo tables. */
import type { Ty } from './ty.js'

export function tyId(ty: Ty): string {
  switch (ty.k) {
    case 'adt':
      return ty.args.length === 0 ? `a${ty.def.id}` : `a${ty.def.id}<${ty.args.map(tyId).join(',')}>`
    case 'prim':
      return ty.name
    case 'param':
      return `p${ty.index}`
    case 'var':
      return `v${ty.id}`
    case 'ref':
      return `${ty.mut ? '&m' : '&'}${tyId(ty.ty)}`
    case 'ptr':
      return `${ty.mut ? '*m' : '*'}${tyId(ty.ty)}`
    case 'slice':
      return `[${tyId(ty.ty)}]`
    case 'array':
      return `[${tyId(ty.ty)};${tyId(ty.len)}]`
    case 'const':
      return `=${ty.value ?? ''}`
    case 'tuple':
      return `(${ty.tys.map(tyId).join(',')})`
    case 'fndef':
      return `f${ty.def.id}<${ty.args.map(tyId).join(',')}>`
    case 'fnptr':
      return `${ty.header}fn(${ty.params.map(tyId).join(',')})${tyId(ty.ret)}`
    // Numbers count the closures of one body, and what is kept by this text is kept for all bodies.
    case 'closure':
      return `c${ty.id}(${ty.params.map(tyId).join(',')})${tyId(ty.ret)}`
    case 'future':
      return `fut${tyId(ty.output)}`
    case 'proj':
      return `j${ty.assoc.id}<${ty.args.map(tyId).join(',')}>`
    case 'opaque':
      return `o${ty.owner.id}.${ty.index}<${ty.args.map(tyId).join(',')}>`
    case 'dyn':
      return `d(${ty.bounds.map((b) => `${b.trait.id}<${b.args.map(tyId).join(',')}>${b.bindings.map((x) => `${x.assoc.id}=${tyId(x.ty)}`).join(',')}`).join('+')})`
    default:
      return ty.k
  }
}
