/**
 * Which other packages a library hands on to whoever uses it: by `pub use`, and by what its public functions, fields, aliases
 * and impls are made of. Its users can call what is public there, though they do not depend on those packages themselves.
 */
import type { AdtDef, Crate, Def, FnDef, Module, TraitDef } from '../names/index.js'
import {
  aliasTarget,
  fieldsOf,
  fieldTy,
  implHeader,
  mapTy,
  opaqueBoundsOf,
  type Predicates,
  predicatesOf,
  signatureOf,
  type Ty,
  type TypeContext,
  valueTy,
} from '../types/index.js'

/** Packages by their ids, sorted. */
export function exposedPackages(tcx: TypeContext, crate: Crate): readonly string[] {
  const found = new Set<string>()
  const note = (other: Crate): void => {
    if (other.unit && other !== crate) found.add(other.unit.package)
  }
  const { noteTy, noteAll } = typeNoter(tcx, note)
  const noteBounds = (def: FnDef | TraitDef | AdtDef): void => {
    noteAll(predicatesOf(tcx, def))
  }
  const noteFn = (fn: FnDef): void => {
    const { params, ret } = signatureOf(tcx, fn)
    for (const ty of [...params, ret]) noteTy(ty)
    noteBounds(fn)
  }
  const noteDef = (def: Def): void => {
    switch (def.kind) {
      case 'fn':
        if (def.vis === 'public' || def.container) noteFn(def)
        return
      case 'struct':
      case 'union':
      case 'enum':
        if (def.vis !== 'public') return
        for (const part of def.kind === 'enum' ? def.variants : [def])
          for (const field of fieldsOf(part))
            if (def.kind === 'enum' || field.vis.k === 'public') noteTy(fieldTy(tcx, part, field))
        return
      case 'const':
      case 'static':
        if (def.vis === 'public') noteTy(valueTy(tcx, def))
        return
      case 'alias':
        if (def.vis === 'public' || def.container) noteTy(aliasTarget(tcx, def))
        return
      case 'trait':
        if (def.vis !== 'public') return
        noteBounds(def)
        def.items.forEach(noteDef)
        return
      case 'impl': {
        const { trait } = implHeader(tcx, def)
        if (trait) note(trait.trait.crate)
        for (const item of def.items) if (trait || item.vis === 'public') noteDef(item)
        return
      }
    }
  }
  crate.defs.forEach(noteDef)
  crate.impls.forEach(noteDef)
  noteNames(crate.root, note)
  return [...found].sort()
}

interface TypeNoter {
  readonly noteTy: (ty: Ty) => Ty
  readonly noteAll: (bounds: Predicates) => void
}

/** What types and bounds name. */
function typeNoter(tcx: TypeContext, note: (crate: Crate) => void): TypeNoter {
  const opaques = new Set<Predicates>()
  const noteTy = (ty: Ty): Ty => {
    if (ty.k === 'adt') note(ty.def.crate)
    else if (ty.k === 'dyn') for (const { trait } of ty.bounds) note(trait.crate)
    else if (ty.k === 'proj') note(ty.trait.crate)
    else if (ty.k === 'opaque') {
      const bounds = opaqueBoundsOf(tcx, ty.owner, ty.index)
      // They speak of the type itself.
      if (!opaques.has(bounds)) {
        opaques.add(bounds)
        noteAll(bounds)
      }
    }
    return mapTy(ty, noteTy)
  }
  const noteAll = ({ traits, projections }: Predicates): void => {
    for (const { trait, args } of traits) {
      note(trait.crate)
      args.forEach(noteTy)
    }
    for (const { ty } of projections) noteTy(ty)
  }
  return { noteTy, noteAll }
}

/** What public names lead to, module by module. */
function noteNames(root: Module, note: (crate: Crate) => void): void {
  const todo = [root]
  for (const { scope } of todo) {
    const { types, values, macros } = scope
    for (const { def, vis, via } of [...types.values(), ...values.values(), ...macros.values()]) {
      if (via === 'decl' && def.kind === 'module') todo.push(def)
      else if (vis === 'public' && 'crate' in def) note(def.crate)
    }
  }
}
